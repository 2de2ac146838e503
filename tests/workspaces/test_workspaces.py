"""Workspaces and their plans."""

from __future__ import annotations

import pytest
from mlsteward import Steward, errors
from mlsteward.records import Plan, Visibility, WorkspaceMode, WorkspaceRole

from tests.facade_support import Backend, Team, fresh
from tests.support.server import Settings, open_app

EVERYTHING = tuple(Visibility)


def test_create_and_get(backend: Backend) -> None:
    name = fresh("ml-team")
    made = backend.steward.workspaces.create(name)
    assert (made.name, made.mode, made.role) == (name, WorkspaceMode.CLOUD, WorkspaceRole.ADMIN)
    assert made.plan == Plan(EVERYTHING, None, None)
    assert made.created_at.tzinfo is not None
    workspaces = backend.steward.workspaces
    assert workspaces.get(name) == workspaces.get(made.id) == workspaces.get(name.upper()) == made


def test_create_with_a_plan(backend: Backend) -> None:
    made = backend.steward.workspaces.create(
        fresh("small"),
        projects_limit=2,
        storage_bytes_limit=10**12,
        allowed_visibilities=["workspace", Visibility.PUBLIC],
    )
    assert made.plan == Plan((Visibility.WORKSPACE, Visibility.PUBLIC), 2, 10**12)


def test_create_for_another_admin(team: Team) -> None:
    jackie, name = team.person(), fresh("theirs")
    team.operator.workspaces.create(name, admin=jackie.username)
    assert jackie.steward.workspaces.get(name).role is WorkspaceRole.ADMIN
    assert [m.username for m in jackie.steward.members.list(workspace=name)] == [jackie.username]
    with pytest.raises(errors.UserNotFound):
        team.operator.workspaces.create(fresh("theirs"), admin=fresh("nobody"))


def test_create_twice(team: Team) -> None:
    with pytest.raises(errors.WorkspaceAlreadyExists):
        team.operator.workspaces.create(team.workspace)
    with pytest.raises(errors.WorkspaceAlreadyExists):
        team.operator.workspaces.create(team.workspace.upper())
    there = team.operator.workspaces.get(team.workspace)
    assert team.operator.workspaces.create(team.workspace, projects_limit=1, exist_ok=True) == there


def test_only_the_operator_creates_and_changes(team: Team) -> None:
    with pytest.raises(errors.Forbidden):
        team.admin.steward.workspaces.create(fresh("mine"))
    with pytest.raises(errors.Forbidden):
        team.admin.steward.workspaces.update(team.workspace, projects_limit=None)


@pytest.mark.parametrize("name", ["", "with space", "dot.dot", "a/b", "-", "ä", "x" * 65])
def test_names_that_are_none(backend: Backend, name: str) -> None:
    with pytest.raises(ValueError):
        backend.steward.workspaces.create(name)


def test_get_what_is_not_there_or_not_ours(team: Team) -> None:
    stranger = Team(team.backend).person()
    for name in (team.workspace, fresh("nothing")):
        with pytest.raises(errors.WorkspaceNotFound) as caught:
            stranger.steward.workspaces.get(name)
        assert caught.value.status == 404


def test_default_workspace(team: Team) -> None:
    jackie = team.person()
    assert jackie.steward.workspaces.get().name == team.workspace
    assert jackie.steward.workspaces.status().members_count == 2


def test_default_workspace_of_nobody(team: Team) -> None:
    nowhere = Steward(**team.backend.place, api_token=team.operator.api_keys.create("t").secret)
    with nowhere, pytest.raises(errors.WorkspaceNotFound):
        nowhere.workspaces.get(fresh("nothing"))


def test_default_workspace_of_the_client(team: Team) -> None:
    other = Team(team.backend)
    options = {**team.backend.options, "workspace": other.workspace}
    with Steward(**options) as steward:
        assert steward.workspaces.get().name == other.workspace
        assert [m.username for m in steward.members.list()] == [other.admin.username]
        assert steward.projects.create("bare").full_name == f"{other.workspace}/bare"
        assert steward.projects.get("bare").name == "bare"


def test_list(team: Team) -> None:
    jackie = team.person()
    assert [w.name for w in jackie.steward.workspaces.list()] == [team.workspace]
    others = [Team(team.backend) for _ in range(3)]
    for other in others:
        other.operator.members.add(jackie.username, workspace=other.workspace, role="guest")
    found = jackie.steward.workspaces.list(page_size=2)
    assert [len(page) for page in found.pages()] == [2, 2]
    names = [w.name for w in found]
    assert names == sorted([team.workspace, *(other.workspace for other in others)])
    assert {w.name: w.role for w in found}[team.workspace] is WorkspaceRole.MEMBER
    assert [w.name for w in jackie.steward.workspaces.list(limit=3, page_size=2)] == names[:3]
    # The operator sees them all.
    assert set(names) <= {w.name for w in team.operator.workspaces.list(page_size=500)}


def test_update_leaves_the_rest_as_it_is(team: Team) -> None:
    change = team.operator.workspaces.update
    assert change(team.workspace, projects_limit=3).plan == Plan(EVERYTHING, 3, None)
    assert change(team.workspace, storage_bytes_limit=5).plan == Plan(EVERYTHING, 3, 5)
    assert change(team.workspace).plan == Plan(EVERYTHING, 3, 5)
    assert change(team.workspace, projects_limit=None).plan == Plan(EVERYTHING, None, 5)
    assert change(team.workspace, allowed_visibilities=["public"]).plan == Plan((Visibility.PUBLIC,), None, 5)
    assert team.admin.steward.workspaces.get(team.workspace).plan == Plan((Visibility.PUBLIC,), None, 5)
    with pytest.raises(errors.WorkspaceNotFound):
        change(fresh("nothing"), projects_limit=1)


@pytest.mark.parametrize("wrong", [{"allowed_visibilities": ["secret"]}, {"allowed_visibilities": "public"}])
def test_update_with_words_that_are_none(team: Team, wrong: dict[str, object]) -> None:
    with pytest.raises(errors.InvalidArgument):
        team.operator.workspaces.update(team.workspace, **wrong)


def test_update_with_numbers_that_are_none(team: Team) -> None:
    with pytest.raises(errors.InvalidRequest) as caught:
        team.operator.workspaces.update(team.workspace, projects_limit=-1)
    assert caught.value.status == 422
    assert any("projects_limit" in pointer for pointer, _ in caught.value.errors) or "projects_limit" in str(
        caught.value
    )


def test_status(team: Team) -> None:
    team.person()
    team.robot()
    team.project()
    archived = team.project()
    team.admin.steward.projects.archive(archived)
    status = team.admin.steward.workspaces.status(team.workspace)
    assert (status.members_count, status.active_projects, status.storage_bytes_used) == (2, 1, 0)
    assert (status.storage_bytes_limit, status.storage_bytes_available, status.active_projects_limit) == (
        None,
        None,
        None,
    )
    team.operator.workspaces.update(team.workspace, projects_limit=4, storage_bytes_limit=100)
    status = team.admin.steward.workspaces.status(team.workspace)
    assert (status.storage_bytes_limit, status.storage_bytes_available, status.active_projects_limit) == (100, 100, 4)


def test_status_of_a_self_hosted_server() -> None:
    app = open_app(":memory:", settings=Settings(mode="self_hosted"))
    with Steward(app=app) as steward:
        assert steward.workspaces.create("ml-team").mode is WorkspaceMode.SELF_HOSTED
        with pytest.raises(errors.NotAvailable) as caught:
            steward.workspaces.status("ml-team")
        assert isinstance(caught.value, errors.NotFound)
    app.close()
