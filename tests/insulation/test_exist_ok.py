"""`exist_ok` and `missing_ok` mean the same everywhere: see docs/decisions/0017-exist-ok-and-missing-ok.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mlsteward import Steward, errors

from tests.insulation.test_signatures import METHODS, parameters

HOME = "ml-team"
ELSEWHERE = "nowhere"

Act = Callable[..., Any]


def creating(steward: Any) -> dict[str, tuple[Act, Act]]:
    """Each method with `exist_ok`: create something, and the same again with another wish that must not count."""
    return {
        "workspaces.create": (
            lambda **ok: steward.workspaces.create(HOME, **ok),
            lambda **ok: steward.workspaces.create(HOME.upper(), projects_limit=1, **ok),
        ),
        "members.add": (
            lambda **ok: steward.members.add("jill", workspace=HOME, **ok),
            lambda **ok: steward.members.add("jill", workspace=HOME, role="guest", **ok),
        ),
        "service_accounts.create": (
            lambda **ok: steward.service_accounts.create("cicd", workspace=HOME, **ok),
            lambda **ok: steward.service_accounts.create("CICD", workspace=HOME, **ok),
        ),
        "groups.create": (
            lambda **ok: steward.groups.create("labelers", workspace=HOME, **ok),
            lambda **ok: steward.groups.create("LABELERS", workspace=HOME, description="other", **ok),
        ),
        "projects.create": (
            lambda **ok: steward.projects.create(f"{HOME}/nlp", **ok),
            lambda **ok: steward.projects.create(f"{HOME}/nlp", visibility="workspace", **ok),
        ),
        "projects.members.add": (
            lambda **ok: steward.projects.members.add(f"{HOME}/roster", "jackie", role="viewer", **ok),
            lambda **ok: steward.projects.members.add(f"{HOME}/roster", "jackie", role="owner", **ok),
        ),
        "datasets.create": (
            lambda **ok: steward.datasets.create(f"{HOME}/signs", **ok),
            lambda **ok: steward.datasets.create(f"{HOME}/SIGNS", default_permission="EDIT", **ok),
        ),
    }


def deleting(steward: Any) -> dict[str, tuple[Act, Act | None]]:
    """Each method with `missing_ok`: for something that is not there, and where the thing around it is not."""
    permissions = steward.datasets.permissions
    return {
        "members.remove": (
            lambda **ok: steward.members.remove("nobody", workspace=HOME, **ok),
            lambda **ok: steward.members.remove("jackie", workspace=ELSEWHERE, **ok),
        ),
        "service_accounts.delete": (
            lambda **ok: steward.service_accounts.delete("nobody", workspace=HOME, **ok),
            lambda **ok: steward.service_accounts.delete("nobody", workspace=ELSEWHERE, **ok),
        ),
        "invitations.revoke": (
            lambda **ok: steward.invitations.revoke("nobody@example.org", workspace=HOME, **ok),
            lambda **ok: steward.invitations.revoke("nobody@example.org", workspace=ELSEWHERE, **ok),
        ),
        "groups.delete": (
            lambda **ok: steward.groups.delete("nothing", workspace=HOME, **ok),
            lambda **ok: steward.groups.delete("nothing", workspace=ELSEWHERE, **ok),
        ),
        # The server does not tell which workspaces exist: there the project or dataset is not found.
        "projects.delete": (lambda **ok: steward.projects.delete(f"{HOME}/nothing", **ok), None),
        "datasets.delete": (lambda **ok: steward.datasets.delete(f"{HOME}/nothing", **ok), None),
        "projects.members.remove": (
            lambda **ok: steward.projects.members.remove(f"{HOME}/roster", "jackie", **ok),
            lambda **ok: steward.projects.members.remove(f"{HOME}/nothing", "jackie", **ok),
        ),
        "experiments.assets.delete": (
            lambda **ok: steward.experiments.assets.delete(f"{HOME}/RUN-1", "0" * 32, **ok),
            lambda **ok: steward.experiments.assets.delete(f"{HOME}/RUN-7", "0" * 32, **ok),
        ),
        "datasets.permissions.revoke": (
            lambda **ok: permissions.revoke(f"{HOME}/graph", user="jackie", **ok),
            lambda **ok: permissions.revoke(f"{HOME}/nothing", user="jackie", **ok),
        ),
        "api_keys.delete": (
            lambda **ok: steward.api_keys.delete("0" * 32, **ok),
            lambda **ok: steward.api_keys.delete("0" * 32, user="nobody", **ok),
        ),
    }


@pytest.fixture
def operator() -> Iterator[Steward]:
    with Steward(path=":memory:") as steward:
        steward.workspaces.create(HOME)
        steward.members.add("jackie", workspace=HOME)
        steward.projects.create(f"{HOME}/roster", key="RUN")
        steward.experiments.create(f"{HOME}/roster")
        steward.datasets.create(f"{HOME}/graph")
        yield steward


def taking(flag: str) -> set[str]:
    return {name for name in METHODS if flag in parameters(name)}


def test_every_method_is_here(operator: Steward) -> None:
    assert set(creating(operator)) == taking("exist_ok")
    assert set(deleting(operator)) == taking("missing_ok")


def test_exist_ok_returns_what_exists_unchanged(operator: Steward) -> None:
    for name, (create, again) in creating(operator).items():
        made = create(exist_ok=True)
        assert again(exist_ok=True) == made, name
        with pytest.raises(errors.Conflict):
            again()


def test_exist_ok_is_about_the_name_only(operator: Steward) -> None:
    operator.projects.create(f"{HOME}/one", key="KEY")
    with pytest.raises(errors.Conflict) as caught:
        operator.projects.create(f"{HOME}/two", key="KEY", exist_ok=True)
    assert caught.value.code == "project_key_taken"


def test_exist_ok_fails_as_before_where_the_caller_cannot_see_it(operator: Steward) -> None:
    operator.projects.create(f"{HOME}/hidden")
    operator.datasets.create(f"{HOME}/hidden")
    member = operator.as_account(operator.api_keys.create("tests", user="jackie").secret)
    for create, code in (
        (member.projects.create, "project_name_taken"),
        (member.datasets.create, "dataset_name_taken"),
    ):
        with pytest.raises(errors.Conflict) as caught:
            create(f"{HOME}/hidden", exist_ok=True)
        assert caught.value.code == code


def test_missing_ok_succeeds_where_the_thing_itself_is_not_found(operator: Steward) -> None:
    for delete, _ in deleting(operator).values():
        with pytest.raises(errors.NotFound):
            delete()
        assert delete(missing_ok=True) is None


def test_missing_ok_fails_where_what_it_is_in_is_not_found(operator: Steward) -> None:
    for name, (_, elsewhere) in deleting(operator).items():
        if elsewhere is not None:
            with pytest.raises(errors.NotFound) as caught:
                elsewhere(missing_ok=True)
            assert caught.value.code != "route_not_found", name


def test_missing_ok_where_the_caller_cannot_see_or_may_not_delete_it(operator: Steward) -> None:
    operator.projects.create(f"{HOME}/hidden")
    operator.projects.create(f"{HOME}/shared", visibility="workspace")
    member = operator.as_account(operator.api_keys.create("tests", user="jackie").secret)
    member.projects.delete(f"{HOME}/hidden", missing_ok=True)
    member.projects.delete(f"{ELSEWHERE}/hidden", missing_ok=True)
    assert operator.projects.get(f"{HOME}/hidden").name == "hidden"
    with pytest.raises(errors.Forbidden):
        member.projects.delete(f"{HOME}/shared", missing_ok=True)
