"""What the template overrides promise, on the real generated package and on a spec with every kind of property."""

from __future__ import annotations

import asyncio
import copy
import importlib
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from http import HTTPStatus
from pathlib import Path
from types import ModuleType
from typing import Any

import bundle_spec
import generate
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsteward_api import types
from mlsteward_api.api.identity import create_api_key, get_health
from mlsteward_api.api.projects import delete_project, get_project, list_project_users, list_projects, update_project
from mlsteward_api.client import AuthenticatedClient, Client
from mlsteward_api.models import (
    ApiKeyCreate,
    ApiKeyCreated,
    PlanUpdate,
    Problem,
    Project,
    ProjectRole,
    ProjectUpdate,
    ProjectUser,
    Visibility,
    Workspace,
)
from mlsteward_api.models.visibility import parse_visibility
from mlsteward_api.types import UNSET, Unset

MOMENT = "2025-01-01T10:00:00.123456+00:00"
PROJECT: dict[str, Any] = {
    "id": "p1",
    "workspace": "team",
    "name": "classification",
    "handle": "classification-x1",
    "key": "CLS",
    "visibility": "workspace",
    "roster_policy": "owners",
    "created_at": MOMENT,
    "last_updated": MOMENT,
}
PROBLEM = {
    "type": "/problems/x",
    "title": "X",
    "status": 404,
    "detail": "x",
    "code": "x",
    "hint": "h",
    "request_id": "r",
}


def client(status: int, body: object, seen: list[httpx.Request] | None = None) -> Client:
    def answer(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        return httpx.Response(status, json=body)

    transport = httpx.MockTransport(answer)
    made = Client(base_url="").set_httpx_client(httpx.Client(base_url="http://test/api/v1", transport=transport))
    return made.set_async_httpx_client(httpx.AsyncClient(base_url="http://test/api/v1", transport=transport))


# Open enums


def test_an_unknown_value_is_itself() -> None:
    project = Project.from_dict({**PROJECT, "visibility": "galactic"})
    assert isinstance(project.visibility, Visibility)
    assert isinstance(project.visibility, str)
    assert project.visibility == "galactic"
    assert project.visibility.value == project.visibility.name == "galactic"
    assert f"{project.visibility}" == str(project.visibility) == "galactic"
    assert hash(project.visibility) == hash("galactic")
    assert repr(project.visibility) == "<Visibility.galactic: 'galactic'>"
    assert project.to_dict()["visibility"] == "galactic"
    assert type(project.to_dict()["visibility"]) is str
    assert json.dumps({"x": project.visibility}) == '{"x": "galactic"}'


def test_an_unknown_value_is_one_object_and_no_listed_member() -> None:
    assert Visibility("future") is Visibility("future") is parse_visibility("future")
    assert Visibility("future") is not ProjectRole("future")
    assert type(ProjectRole("future")) is ProjectRole
    assert {"private", "public", "workspace"} <= {member.value for member in Visibility}
    assert "future" not in [*Visibility, *Visibility.__members__]


@pytest.mark.parametrize("value", ["private", "pickled", "x" * 1000, ""])
def test_members_survive_pickling_and_copying(value: str) -> None:
    member = Visibility(value)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(member, protocol))
        assert again == member
        assert type(again) is Visibility
    assert copy.deepcopy(member) == copy.copy(member) == member
    if len(value) < types._UNKNOWN_LENGTH:
        assert pickle.loads(pickle.dumps(member)) is copy.deepcopy(member) is member


def test_known_values_are_the_members() -> None:
    assert parse_visibility("private") is Visibility("private") is Visibility.PRIVATE
    assert Visibility(Visibility.PRIVATE) is parse_visibility(Visibility.PRIVATE) is Visibility.PRIVATE
    assert str(Visibility.PRIVATE) == "private"


@pytest.mark.parametrize("wrong", [None, 1, True, b"private", UNSET])
def test_what_is_no_text_is_no_member(wrong: Any) -> None:
    with pytest.raises(ValueError, match="is not a valid Visibility"):
        parse_visibility(wrong)
    with pytest.raises(ValueError, match="is not a valid Visibility"):
        Visibility(wrong)


@pytest.mark.parametrize("wrong", [[], {}])
def test_what_cannot_be_looked_up_is_a_type_or_value_error(wrong: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        parse_visibility(wrong)


def test_a_server_cannot_fill_the_memory_with_values() -> None:
    known, listed = dict(types._unknown), len(Visibility)
    try:
        members = [Visibility(f"flood-{number}") for number in range(2 * types._UNKNOWN_KEPT)]
        Visibility("x" * (types._UNKNOWN_LENGTH + 1))
        assert len(types._unknown) <= types._UNKNOWN_KEPT
        assert [str(member) for member in members] == [f"flood-{number}" for number in range(len(members))]
        assert members[-1] == Visibility(members[-1])
        assert len(Visibility) == listed
    finally:
        types._unknown.clear()
        types._unknown.update(known)


# Unset


def test_unset_is_one_falsy_object() -> None:
    assert not UNSET
    assert isinstance(UNSET, Unset)
    assert repr(UNSET) == "UNSET"
    assert pickle.loads(pickle.dumps(UNSET)) is copy.deepcopy(UNSET) is UNSET


def test_a_copied_model_still_leaves_out_what_was_absent() -> None:
    project = Project.from_dict(PROJECT)
    for again in (copy.deepcopy(project), pickle.loads(pickle.dumps(project))):
        assert again == project
        assert again.to_dict() == PROJECT


# Models


def test_unknown_fields_are_kept_and_sent_back() -> None:
    source = {**PROJECT, "description": "d", "of-tomorrow": "red", "nested": {"a": 1}}
    project = Project.from_dict(source)
    assert project.additional_properties == {"of-tomorrow": "red", "nested": {"a": 1}}
    assert project["of-tomorrow"] == "red"
    assert "of-tomorrow" in project
    assert project.additional_keys == ["of-tomorrow", "nested"]
    assert project.to_dict() == source
    project["name"] = "not the name"
    assert project.to_dict()["name"] == "classification"


def test_models_share_no_dictionary() -> None:
    one, other = Project.from_dict(PROJECT), Project.from_dict(PROJECT)
    one["x"] = 1
    assert other.additional_properties == {}
    source = {**PROJECT, "y": 1}
    Project.from_dict(source)["z"] = 2
    assert source.keys() == {*PROJECT, "y"}


@pytest.mark.parametrize("name", sorted(PROJECT))
def test_a_missing_required_field_is_absent(name: str) -> None:
    part = {key: value for key, value in PROJECT.items() if key != name}
    found = Project.from_dict({**part, "later": 1})
    assert getattr(found, name) is UNSET
    assert found.additional_properties == {"later": 1}
    whole = Project.from_dict(PROJECT)
    assert all(getattr(found, key) == getattr(whole, key) for key in part)


def test_as_many_unknown_fields_as_absent_ones_are_not_overlooked() -> None:
    source = {**PROJECT, "a": 1, "b": 2, "c": 3}
    assert Project.from_dict(source).additional_properties == {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize("wrong", [None, [], "text", 5, [PROJECT]])
def test_what_is_no_object_is_refused(wrong: Any) -> None:
    with pytest.raises((TypeError, KeyError, AttributeError)):
        Project.from_dict(wrong)


@pytest.mark.parametrize(("name", "wrong"), [("created_at", None), ("created_at", "soon"), ("visibility", None)])
def test_a_wrong_value_is_refused(name: str, wrong: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        Project.from_dict({**PROJECT, name: wrong})


def test_from_dict_and_the_constructor_agree() -> None:
    project = Project.from_dict({**PROJECT, "owner": "ann"})
    moment = datetime.fromisoformat(MOMENT)
    values = {**PROJECT, "visibility": Visibility.WORKSPACE, "created_at": moment, "last_updated": moment}
    values["roster_policy"] = project.roster_policy
    made = Project(**values, owner="ann")
    assert made == project
    assert repr(made) == repr(project)
    assert made.to_dict() == project.to_dict() == {**PROJECT, "owner": "ann"}
    assert type(Project.from_dict(PROJECT).created_at) is datetime


def test_a_subclass_is_made_of_itself() -> None:
    class Mine(Project):
        pass

    assert type(Mine.from_dict(PROJECT)) is Mine


def test_null_and_absent_are_different_in_requests() -> None:
    assert PlanUpdate(projects_limit=None).to_dict() == {"projects_limit": None}
    assert PlanUpdate.from_dict({"projects_limit": None}).projects_limit is None
    assert PlanUpdate.from_dict({}).projects_limit is UNSET
    assert PlanUpdate.from_dict({"allowed_visibilities": ["public", "new"]}).to_dict() == {
        "allowed_visibilities": ["public", "new"]
    }


def test_nested_models() -> None:
    plan = {"allowed_visibilities": ["private"], "unknown": 1}
    source = {"id": "w", "name": "team", "mode": "cloud", "plan": plan, "created_at": MOMENT}
    workspace = Workspace.from_dict(source)
    assert workspace.plan.allowed_visibilities == [Visibility.PRIVATE]
    assert workspace.to_dict() == source


def test_secrets_are_not_in_a_repr() -> None:
    document = bundle_spec.bundle(bundle_spec.ROOT / bundle_spec.DOMAINS)
    models = importlib.import_module("mlsteward_api.models")
    seen = 0
    for name, schema in document["components"]["schemas"].items():
        for key, value in schema.get("properties", {}).items():
            fields = getattr(models, name).__attrs_attrs__
            field = getattr(fields, key, None) or getattr(fields, f"{key}_")
            assert field.repr is not value.get("x-secret", False), (name, key)
            seen += value.get("x-secret", False)
    assert seen >= 3
    key = ApiKeyCreated.from_dict(
        {"id": "1", "name": "n", "preview": "p", "scopes": ["read"], "created_at": MOMENT, "secret": "mls_canary"}
    )
    assert "canary" not in repr(key)
    assert key.secret == "mls_canary"


def test_a_client_shows_no_secret() -> None:
    for made in (
        Client("http://u:canary@host", headers={"x": "canary"}, cookies={"x": "canary"}, httpx_args={"auth": "canary"}),
        AuthenticatedClient("http://host", "canary", headers={"x": "canary"}),
    ):
        assert "canary" not in repr(made)
    authenticated = AuthenticatedClient("http://host", "canary")
    with authenticated:
        assert "canary" not in repr(authenticated)


ZONES = [None, UTC, timezone(timedelta(hours=-3, minutes=-30)), timezone(timedelta(seconds=61))]


@given(st.datetimes(timezones=st.sampled_from(ZONES)))
def test_times_are_written_as_isoformat_does(moment: datetime) -> None:
    assert types.format_datetime(moment) == moment.isoformat()
    assert types.parse_datetime(types.format_datetime(moment)) == moment


def test_a_kind_of_datetime_is_written_as_it_says_itself() -> None:
    class Own(datetime):
        def isoformat(self, *_: Any, **__: Any) -> str:
            return "own"

    assert types.format_datetime(Own(2025, 1, 1, tzinfo=UTC)) == "own"


# Endpoints


def test_a_request_is_what_is_sent_and_how_its_answer_is_read() -> None:
    asked = list_projects.request(workspace="ml-team", limit=2)
    assert asked.arguments() == {"method": "get", "url": "/projects", "params": {"workspace": "ml-team", "limit": 2}}
    assert asked.read(httpx.Response(200, json=[PROJECT])) == [Project.from_dict(PROJECT)]
    assert get_project.request("a b/c").url == "/projects/a%20b%2Fc"


def test_the_four_functions_of_an_endpoint() -> None:
    """As users of openapi-python-client know them."""
    seen: list[httpx.Request] = []
    made = client(200, PROJECT, seen)
    whole = Project.from_dict(PROJECT)

    async def wait() -> list[Any]:
        return [await get_project.asyncio("p", client=made), await get_project.asyncio_detailed("p", client=made)]

    plain, detailed = asyncio.run(wait())
    assert [plain, detailed.parsed, get_project.sync("p", client=made)] == [whole] * 3
    assert get_project.sync_detailed("p", client=made).parsed == whole
    assert len(seen) == 4
    assert isinstance(get_project.sync("p", client=client(404, {"code": "project_not_found"}, seen)), Problem)


def test_a_list_is_parsed() -> None:
    seen: list[httpx.Request] = []
    response = list_projects.sync_detailed(client=client(200, [PROJECT, PROJECT], seen), archived=False, limit=2)
    assert response.status_code is HTTPStatus.OK
    assert response.parsed == [Project.from_dict(PROJECT)] * 2
    assert str(seen[0].url) == "http://test/api/v1/projects?archived=false&limit=2"


def test_enums_unset_and_bodies_on_the_wire() -> None:
    seen: list[httpx.Request] = []
    user = {"id": "u", "username": "ann", "kind": "robot", "source": "roster"}
    made = client(200, [user], seen)
    kind = ProjectUser.from_dict(user).kind
    assert list_project_users.sync_detailed("p", client=made, kind=kind).parsed == [ProjectUser.from_dict(user)]
    assert seen[0].url.query == b"kind=robot"

    body = ProjectUpdate(description="", archived=False)
    update_project.sync_detailed("p", client=client(200, PROJECT, seen), body=body, idempotency_key="k")
    assert json.loads(seen[1].content) == {"description": "", "archived": False}
    assert seen[1].headers["Idempotency-Key"] == "k"
    assert seen[1].headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("status", [404, 520, 561, 599])
def test_a_problem_is_parsed_whatever_its_status(status: int) -> None:
    response = get_project.sync_detailed("p", client=client(status, PROBLEM))
    assert response.status_code == status
    assert response.parsed == Problem.from_dict(PROBLEM)
    assert isinstance(response.status_code, HTTPStatus) == (status == 404)


def test_an_empty_answer_is_none() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(204))
    made = Client(base_url="").set_httpx_client(httpx.Client(base_url="http://test", transport=transport))
    assert delete_project.sync_detailed("p", client=made).parsed is None


def test_a_body_that_is_not_json_is_a_value_error() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, text="<html>"))
    made = Client(base_url="").set_httpx_client(httpx.Client(base_url="http://test", transport=transport))
    with pytest.raises(json.JSONDecodeError):
        get_health.sync_detailed(client=made)


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_path_parameter_cannot_lead_elsewhere(name: str) -> None:
    seen: list[httpx.Request] = []
    with pytest.raises(ValueError, match="cannot be a part of a path"):
        delete_project.sync_detailed(name, client=client(204, None, seen))
    assert seen == []


@pytest.mark.parametrize(
    ("name", "path"),
    [("a/../b", b"a%2F..%2Fb"), ("ws:näme x", b"ws%3An%C3%A4me%20x"), ("...", b"..."), ("a?b#c%2F", b"a%3Fb%23c%252F")],
)
def test_a_path_parameter_is_one_segment(name: str, path: bytes) -> None:
    seen: list[httpx.Request] = []
    get_project.sync_detailed(name, client=client(200, PROJECT, seen))
    assert seen[0].url.raw_path == b"/api/v1/projects/" + path


async def _create_key(made: Client) -> types.Response[Any]:
    return await create_api_key.asyncio_detailed("me", client=made, body=ApiKeyCreate(name="ci"))


def test_the_async_flavour() -> None:
    answer = {"id": "1", "name": "n", "preview": "p", "scopes": ["read"], "created_at": MOMENT, "secret": "s"}
    transport = httpx.MockTransport(lambda request: httpx.Response(201, json=answer))
    made = Client(base_url="").set_async_httpx_client(httpx.AsyncClient(base_url="http://t", transport=transport))
    coroutine = _create_key(made)
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)
    assert done.value.value.parsed == ApiKeyCreated.from_dict(answer)


# Imports


def run(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_an_endpoint_imports_only_the_models_it_names() -> None:
    code = (
        "import sys, mlsteward_api.api.projects.list_projects as m; print([x for x in sys.modules if 'models.' in x])"
    )
    loaded = run(code)
    assert "mlsteward_api.models.project'" in loaded
    assert "mlsteward_api.models.workspace'" not in loaded


def test_the_models_are_there_when_asked_for() -> None:
    code = (
        "from mlsteward_api import models\n"
        "assert 'Project' not in vars(models) and 'Project' in dir(models)\n"
        "assert models.Project is models.Project is vars(models)['Project']\n"
        "from mlsteward_api.models import *\n"
        "assert set(models.__all__) <= set(globals()) and Workspace is models.Workspace\n"
        "assert not hasattr(models, 'Nothing')\n"
        "try:\n    from mlsteward_api.models import Nothing\n"
        "except ImportError:\n    print('right')"
    )
    assert run(code) == "right"


# Every kind of property, compared with what the generator's own templates do.

KINDS = {
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "real": {"type": "number"},
    "flag": {"type": "boolean"},
    "anything": {},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "uuid": {"type": "string", "format": "uuid"},
    "colour": {"$ref": "#/components/schemas/Colour"},
    "other": {"$ref": "#/components/schemas/Other"},
    "fixed": {"const": "yes"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "moments": {"type": "array", "items": {"type": "string", "format": "date-time"}},
    "others": {"type": "array", "items": {"$ref": "#/components/schemas/Other"}},
    "grid": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/components/schemas/Colour"}}},
    "maybe": {"type": ["integer", "null"]},
    "maybe-moment": {"type": ["string", "null"], "format": "date-time"},
    "either": {"oneOf": [{"$ref": "#/components/schemas/Other"}, {"type": "string"}]},
    "eithers": {"type": "array", "items": {"oneOf": [{"type": "string", "format": "date-time"}, {"type": "integer"}]}},
    "class": {"type": "string"},
    "self": {"type": "string"},
    "prop": {"type": "string"},
}
VALUES: dict[str, list[Any]] = {
    "text": ["", "x"],
    "whole": [0, 5],
    "real": [0.5, 2],
    "flag": [False, True],
    "anything": [None, {"a": [1]}],
    "day": ["2025-02-03"],
    "moment": [MOMENT, "2025-01-01T00:00:00"],
    "uuid": ["12345678-1234-5678-1234-567812345678"],
    "colour": ["red", "blue"],
    "other": [{"name": "o"}, {"name": "o", "parent": {"name": "p"}}],
    "fixed": ["yes"],
    "texts": [[], ["a", "b"]],
    "moments": [[], [MOMENT]],
    "others": [[], [{"name": "a"}, {"name": "b", "more": 1}]],
    "grid": [[], [["red"], [], ["blue", "red"]]],
    "maybe": [None, 3],
    "maybe-moment": [None, MOMENT],
    "either": [{"name": "o"}, "text"],
    "eithers": [[MOMENT, 4]],
    "class": ["t"],
    "self": ["t"],
    "prop": ["t"],
}


def document() -> dict[str, Any]:
    def model(**more: Any) -> dict[str, Any]:
        return {"type": "object", "properties": KINDS, **more}

    other = {"parent": {"$ref": "#/components/schemas/Other"}, "back": {"$ref": "#/components/schemas/Optional"}}
    schemas = {
        "Colour": {"type": "string", "enum": ["red", "blue"]},
        "Other": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, **other}},
        "Required": model(required=list(KINDS)),
        "Optional": model(),
        "Closed": model(additionalProperties=False),
        "Empty": {"type": "object", "properties": {}},
        "Moments": {"type": "object", "additionalProperties": {"type": "string", "format": "date-time"}},
        "Others": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Other"}},
        "Eithers": {"type": "object", "additionalProperties": KINDS["either"], "properties": {"a": {"type": "string"}}},
    }
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ModuleType, ModuleType]]:
    """The models of that spec by our templates, and by the generator's own."""
    folder = tmp_path_factory.mktemp("generated")
    bare = tmp_path_factory.mktemp("bare")
    (bare / generate.TEMPLATES).mkdir(parents=True)
    (bare / generate.CONFIG).write_bytes((generate.ROOT / generate.CONFIG).read_bytes())
    for name, root in (("ours", generate.ROOT), ("theirs", bare)):
        for path, content in generate.package(root, json.dumps(document()).encode()).items():
            target = folder / name / path.relative_to(generate.PACKAGE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    sys.path.insert(0, str(folder))
    yield importlib.import_module("ours.models"), importlib.import_module("theirs.models")
    sys.path.remove(str(folder))
    for module in [name for name in sys.modules if name.partition(".")[0] in ("ours", "theirs")]:
        del sys.modules[module]


FULL = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})
SOME = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})
EXTRA = st.dictionaries(st.sampled_from(["x", "y-z", "additional_properties", "_known"]), st.integers())


def same(mine: Any, other: Any, source: dict[str, Any]) -> None:
    """Both read the source alike, and write the same."""
    ours, theirs = mine.from_dict(source), other.from_dict(source)
    assert repr(ours).replace("ours.", "theirs.") == _unset(theirs)
    assert ours.to_dict() == theirs.to_dict()
    assert ours == mine.from_dict(ours.to_dict()) == copy.deepcopy(ours)


def _unset(model: Any) -> str:
    unset = importlib.import_module("theirs.types").Unset
    unset.__repr__ = lambda self: "UNSET"
    return repr(model)


@given(FULL, EXTRA)
def test_required_properties_of_every_kind(
    generated: tuple[ModuleType, ModuleType], full: dict[str, Any], extra: dict[str, Any]
) -> None:
    same(generated[0].Required, generated[1].Required, {**extra, **full})
    assert generated[0].Required.from_dict(full).to_dict() == full


@given(SOME, EXTRA)
def test_optional_properties_of_every_kind(
    generated: tuple[ModuleType, ModuleType], some: dict[str, Any], extra: dict[str, Any]
) -> None:
    same(generated[0].Optional, generated[1].Optional, {**some, **extra})
    assert generated[0].Optional.from_dict({**some, **extra}).to_dict() == {**some, **extra}


@given(SOME)
def test_a_closed_model_drops_what_it_does_not_know(
    generated: tuple[ModuleType, ModuleType], some: dict[str, Any]
) -> None:
    same(generated[0].Closed, generated[1].Closed, {**some, "unknown": 1})
    assert generated[0].Closed.from_dict({**some, "unknown": 1}).to_dict() == some


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Empty", {}),
        ("Empty", {"a": 1}),
        ("Moments", {"a": MOMENT}),
        ("Others", {"a": {"name": "x"}, "b": {"name": "y", "parent": {"name": "z"}}}),
        ("Eithers", {"a": "t", "b": {"name": "x"}, "c": "text"}),
    ],
)
def test_typed_maps(generated: tuple[ModuleType, ModuleType], name: str, source: dict[str, Any]) -> None:
    same(getattr(generated[0], name), getattr(generated[1], name), source)


def test_models_that_need_each_other(generated: tuple[ModuleType, ModuleType]) -> None:
    source = {"name": "a", "back": {"other": {"name": "b", "parent": {"name": "c"}}}}
    assert generated[0].Other.from_dict(source).to_dict() == source


@pytest.mark.parametrize("module", ["ours.models.other", "ours.models.optional", "ours.models.required"])
def test_models_that_need_each_other_can_be_imported_first(
    generated: tuple[ModuleType, ModuleType], module: str
) -> None:
    folder = Path(generated[0].__file__ or "").parents[2]
    assert run(f"import sys; sys.path.insert(0, {str(folder)!r}); import {module}; print('right')") == "right"


def test_the_models_of_every_kind_are_typed(generated: tuple[ModuleType, ModuleType], tmp_path: Path) -> None:
    folder = Path(generated[0].__file__ or "").parents[1]
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={tmp_path}", str(folder)]
    result = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
