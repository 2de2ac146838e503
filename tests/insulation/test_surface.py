"""Generated code stays below: nothing people see mentions it."""

from __future__ import annotations

import builtins
import inspect
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from functools import cache
from operator import attrgetter
from pkgutil import resolve_name
from typing import Any

import attrs
import public_surface
import pytest
from mlsteward import AsyncSteward, Steward, errors, records
from mlsteward._async.resource import AsyncResource
from mlsteward._sync.resource import Resource
from mlsteward.management import exceptions
from mlsteward.matrix import AccessMatrix
from mlsteward.pagination import Pager
from mlsteward.reviews.review import AccessReview
from surface.comparing import Line

from tests.insulation.surface import namespaces, written_namespaces

GENERATED = "mlsteward_api"


@cache
def surface() -> tuple[tuple[Line, ...], dict[str, str]]:
    """Every name that people can use, and where each type comes from that these mention."""
    found = public_surface.read()
    return tuple(map(Line.of, found.lines())), found.mentioned


def existing(name: str) -> Any:
    """What has this name, in Python as it runs. Namespaces are attributes of a client, not of its class."""
    for client in (Steward, AsyncSteward):
        prefix = f"mlsteward.{client.__name__}."
        if name.startswith(prefix):
            return attrgetter(name.removeprefix(prefix))(client.over(None))  # type: ignore[arg-type]
    return resolve_name(name)


def is_ours(value: Any) -> bool:
    """Whether a value, and every class that its class is, comes from somewhere else than generated code."""
    cls = value if isinstance(value, type) else type(value)
    return not any(base.__module__.startswith(GENERATED) for base in cls.__mro__)


def test_no_annotation_default_or_base_leads_into_generated_code() -> None:
    lines, mentioned = surface()
    assert len(lines) > 500
    assert len(mentioned) > 50
    assert {path: name for path, name in mentioned.items() if path.startswith(GENERATED)} == {}


def test_every_name_exists_and_is_ours() -> None:
    seen = 0
    for line in surface()[0]:
        try:
            found = existing(line.name)
        except AttributeError:
            assert not line.words, line.name
            continue  # instances have it; what they hold is looked at below
        seen += 1
        assert is_ours(found), line.name
        if isinstance(found, type):
            assert all(map(is_ours, vars(found).values())), line.name
        function = getattr(found, "__func__", getattr(found, "__wrapped__", found))
        if inspect.isfunction(function):
            assert not function.__module__.startswith(GENERATED), line.name
            for parameter in inspect.signature(function).parameters.values():
                assert is_ours(parameter.default), f"{line.name}: {parameter}"
    assert seen > 500


def test_docstrings_name_public_exceptions() -> None:
    known = {*vars(errors), *vars(exceptions), *vars(builtins)}
    named = {
        (name, line.name)
        for line in surface()[0]
        if line.words
        for section in re.findall(r"Raises:\n((?: +.*\n?)+)", inspect.getdoc(existing(line.name)) or "")
        for name in re.findall(r"^    (\w+):", section, re.MULTILINE)
    }
    assert len(named) > 50
    assert [one for one in named if one[0] not in known] == []


@pytest.fixture(scope="module")
def steward() -> Iterator[Steward]:
    with Steward(path=":memory:") as client:
        client.workspaces.create("ml-team", projects_limit=5)
        client.members.add("jackie", workspace="ml-team", email="jackie@example.org")
        client.service_accounts.create("cicd", workspace="ml-team")
        client.projects.create("ml-team/nlp", visibility="workspace")
        client.projects.members.add("ml-team/nlp", "cicd@ml-team", role="viewer")
        client.datasets.create("ml-team/signs")
        yield client


def answers(steward: Steward) -> dict[str, Any]:
    """What methods give, at least one for each kind of record."""
    sent = steward.invitations.send(workspace="ml-team", email="janus@example.org")
    steward.invitations.send(workspace="ml-team", email="jill@example.org")
    permissions = steward.datasets.permissions
    return {
        "identity.whoami": steward.identity.whoami(),
        "identity.health": steward.identity.health(),
        "api_keys.create": (key := steward.api_keys.create("x", expires=timedelta(days=1))),
        "api_keys.rotate": steward.api_keys.rotate(key.id),
        "api_keys.list": steward.api_keys.list(),
        "api_keys.revoke_many": steward.api_keys.revoke_many(["x"]),
        "workspaces.list": steward.workspaces.list(),
        "workspaces.get": steward.workspaces.get("ml-team"),
        "workspaces.create": steward.workspaces.create("ml-team", exist_ok=True),
        "workspaces.update": steward.workspaces.update("ml-team", storage_bytes_limit=5),
        "workspaces.status": steward.workspaces.status("ml-team"),
        "workspaces.settings.get": steward.workspaces.settings.get("ml-team"),
        "workspaces.settings.update": steward.workspaces.settings.update("ml-team", default_user_role="member"),
        "members.list": steward.members.list(workspace="ml-team", full=True),
        "members.get": steward.members.get("jackie", workspace="ml-team"),
        "members.add": steward.members.add("jackie", workspace="ml-team", exist_ok=True),
        "members.import_": steward.members.import_(["?"], workspace="ml-team"),
        "members.update": steward.members.update("jackie", workspace="ml-team", role="member"),
        "members.offboard": steward.members.offboard("local", workspace="ml-team", successor="jackie"),
        "service_accounts.list": steward.service_accounts.list(workspace="ml-team"),
        "service_accounts.create": steward.service_accounts.create("cicd", workspace="ml-team", exist_ok=True),
        "invitations.list": steward.invitations.list(workspace="ml-team"),
        "invitations.send": sent,
        "invitations.send_many": steward.invitations.send_many(["?"], workspace="ml-team"),
        "invitations.accept": steward.invitations.accept(sent.url),
        "groups.create": steward.groups.create("labelers", workspace="ml-team", users=["jackie"]),
        "groups.list": (
            steward.groups.list(workspace="ml-team"),
            steward.groups.list(user="jackie", workspace="ml-team"),
        ),
        "groups.get": steward.groups.get("labelers", workspace="ml-team"),
        "groups.update": steward.groups.update("labelers", workspace="ml-team", description="x"),
        "groups.members.list": steward.groups.members.list("labelers", workspace="ml-team"),
        "groups.members.add": steward.groups.members.add("labelers", "local", workspace="ml-team"),
        "groups.members.set": steward.groups.members.set("labelers", ["jackie"], workspace="ml-team"),
        "groups.members.remove": steward.groups.members.remove("labelers", "local", workspace="ml-team"),
        "projects.list": steward.projects.list(),
        "projects.get": steward.projects.get("ml-team/nlp"),
        "projects.create": steward.projects.create("ml-team/nlp", exist_ok=True),
        "projects.update": steward.projects.update("ml-team/nlp", description="x"),
        "projects.archive": steward.projects.archive("ml-team/nlp"),
        "projects.restore": steward.projects.restore("ml-team/nlp"),
        "projects.members.list": steward.projects.members.list("ml-team/nlp"),
        "projects.members.get": steward.projects.members.get("ml-team/nlp", "jackie"),
        "projects.members.add": steward.projects.members.add(
            "ml-team/nlp", "cicd@ml-team", role="viewer", exist_ok=True
        ),
        "projects.members.update": steward.projects.members.update("ml-team/nlp", "cicd@ml-team", role="owner"),
        "experiments.create": (experiment := steward.experiments.create("ml-team/nlp")),
        "experiments.list": steward.experiments.list("ml-team/nlp"),
        "experiments.get": steward.experiments.get(experiment.id),
        "experiments.update": steward.experiments.update(experiment.id, status="finished"),
        "experiments.assets.upload": (asset := steward.experiments.assets.upload(experiment.id, b"x", name="x")),
        "experiments.assets.list": steward.experiments.assets.list(experiment.id),
        "experiments.assets.download": steward.experiments.assets.download(experiment.id, asset.id, os.devnull),
        "datasets.list": steward.datasets.list(),
        "datasets.get": steward.datasets.get("ml-team/signs"),
        "datasets.create": steward.datasets.create("ml-team/signs", exist_ok=True),
        "datasets.permissions.set_default": permissions.set_default("signs", "VIEW"),
        "datasets.permissions.grant_many": permissions.grant_many(
            "ml-team/signs", [{"user": "?", "permission": "VIEW"}]
        ),
        "datasets.permissions.grant": (
            permissions.grant("signs", "EDIT", user="jackie"),
            permissions.grant("signs", "EDIT", group="labelers"),
            permissions.grant("signs", "EDIT", user="jill@example.org", invite=True),
        ),
        "datasets.permissions.get": (
            permissions.get("signs", user="jackie"),
            permissions.get("signs", group="labelers"),
        ),
        "datasets.permissions.list": (
            permissions.list("signs"),
            permissions.list(user="jackie", workspace="ml-team"),
            permissions.list(group="labelers", workspace="ml-team"),
        ),
        "datasets.permissions.list_groups": permissions.list_groups("signs"),
        "access.explain": steward.access.explain("jackie", "ml-team/signs"),
        "access.list": steward.access.list(workspace="ml-team"),
        "access.can": steward.access.can("jackie", "delete_project", "ml-team/nlp"),
        "access.check": steward.access.check([("jackie", "get_project", "ml-team/nlp")]),
        "storage.clean_up": (job := steward.storage.clean_up()),
        "jobs.list": steward.jobs.list(),
        "jobs.get": steward.jobs.get(job.id),
        "jobs.wait": steward.jobs.wait(job.id),
        "access.matrix": steward.access.matrix(workspace="ml-team"),
        "access.review": steward.access.review(workspace="ml-team", since=timedelta(days=1)),
        "audit.follow": next(iter(steward.audit.follow(workspace="ml-team", since=timedelta(days=1)))),
        "audit.list": (steward.audit.list(workspace="ml-team"), steward.audit.list(project="ml-team/nlp")),
    }


def check(value: Any, where: str) -> None:
    home = type(value).__module__
    assert not home.startswith(GENERATED), f"{where} is a {home}.{type(value).__name__}"
    if isinstance(value, Pager):
        assert value.first() is not None, where
        for item in value:
            check(item, where)
    elif isinstance(value, AccessMatrix):
        assert len(value) > 0
        check(value.entries, where)
    elif isinstance(value, AccessReview):
        for field in attrs.fields(AccessReview):
            check(getattr(value, field.name), f"{where}.{field.name}")
    elif attrs.has(type(value)):
        assert type(value).__name__ in records.__all__
        for field in attrs.fields(type(value)):
            check(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, tuple):
        for item in value:
            check(item, where)
    elif isinstance(value, Enum):
        assert home == "mlsteward.records.enums", where


def test_answers(steward: Steward) -> None:
    """What methods declare is checked above, for all of them; this is what they really give."""
    given = answers(steward)
    for where, value in given.items():
        check(value, where)
    methods = {
        f"{home}.{name}"
        for home, namespace in namespaces(steward, Resource)
        for name, method in inspect.getmembers(namespace, inspect.ismethod)
        if not name.startswith("_") and method.__annotations__["return"] != "None"
    }
    assert given.keys() == methods, "add what is missing to `answers`"


def test_namespaces_are_all_there() -> None:
    for client in (Steward, AsyncSteward):
        public = {
            n for n in dir(client) if not n.startswith("_") and hasattr(inspect.getattr_static(client, n), "func")
        }
        written = written_namespaces()
        assert {type(getattr(AsyncSteward.over(None), name)) for name in public} == written  # type: ignore[arg-type]
        assert len(public) == len(written) > 10


def test_both_clients_have_the_same_signatures() -> None:
    blocking, asynchronous = Steward.over(None), AsyncSteward.over(None)  # type: ignore[arg-type]
    twins = dict(namespaces(asynchronous, AsyncResource)) | {"": asynchronous}
    resources = dict(namespaces(blocking, Resource)) | {"": blocking}
    assert resources.keys() == twins.keys()
    for name, resource in resources.items():
        for method, function in inspect.getmembers(resource, inspect.ismethod):
            if not method.startswith("_"):
                twin = getattr(twins[name], {"close": "aclose"}.get(method, method))
                parameters = inspect.signature(function).parameters.values()
                others = inspect.signature(twin).parameters.values()
                assert [(p.name, p.kind, p.default) for p in parameters] == [
                    (p.name, p.kind, p.default) for p in others
                ]


@pytest.mark.parametrize(
    "act",
    [
        lambda s: s.projects.get("ml-team/nothing"),
        lambda s: s.projects.create("ml-team/nlp"),
        lambda s: s.projects.create("ml-team/x", key="?"),
        lambda s: s.projects.create("ml-team/x", description="x" * 10_001),
        lambda s: s.projects.list(page_size=501).to_list(),
        lambda s: s.projects.members.list("ml-team/nlp", kind="x"),
        lambda s: s.projects.get("ml-team/\ud800"),
        lambda s: s.projects.create("ml-team/x", description=object()),
        lambda s: s.datasets.get("ml-team/nothing"),
        lambda s: s.datasets.create("ml-team/signs"),
        lambda s: s.datasets.create("ml-team/\ud800"),
        lambda s: s.datasets.permissions.grant("signs", "OWN", user="jackie"),
        lambda s: s.datasets.permissions.revoke("signs", user="local", workspace="x"),
        lambda s: s.access.explain("jackie", "ml-team/nothing"),
        lambda s: s.members.offboard("local", workspace="ml-team", dry_run=False),
        lambda s: s.api_keys.create("x", scopes=["x"]),
        lambda s: s.api_keys.create("x", expires=timedelta(days=-1)),
    ],
)
def test_refusals(steward: Steward, act: Any) -> None:
    with pytest.raises(errors.StewardError) as caught:
        act(steward)
    error = caught.value
    assert GENERATED not in f"{type(error)} {error} {error!r} {vars(error)}"
    for value in vars(error).values():
        assert not type(value).__module__.startswith(GENERATED)
