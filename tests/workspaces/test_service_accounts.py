"""The accounts of programs."""

from __future__ import annotations

import pytest
from mlsteward import errors
from mlsteward.records import WorkspaceRole

from tests.facade_support import Team, fresh


def test_create(team: Team) -> None:
    name = fresh("cicd")
    made = team.admin.steward.service_accounts.create(name, workspace=team.workspace)
    assert (made.name, made.role) == (f"{name}@{team.workspace}", WorkspaceRole.MEMBER)
    assert team.admin.steward.service_accounts.list(workspace=team.workspace).to_list() == [made]
    key = team.admin.steward.api_keys.create("ci", user=made.name)
    assert team.admin.steward.as_account(key.secret).whoami().id == made.id


def test_create_twice(team: Team) -> None:
    accounts = team.admin.steward.service_accounts
    made = accounts.create("cicd", workspace=team.workspace)
    with pytest.raises(errors.ServiceAccountAlreadyExists):
        accounts.create("CICD", workspace=team.workspace)
    assert accounts.create("cicd", workspace=team.workspace, exist_ok=True) == made
    assert accounts.create("CICD", workspace=team.workspace, exist_ok=True) == made


def test_same_name_in_two_workspaces(team: Team) -> None:
    other = Team(team.backend)
    ours = team.admin.steward.service_accounts.create("cicd", workspace=team.workspace)
    theirs = other.admin.steward.service_accounts.create("cicd", workspace=other.workspace)
    assert (ours.name, theirs.name) == (f"cicd@{team.workspace}", f"cicd@{other.workspace}")


@pytest.mark.parametrize("name", ["", "a@b", "with space", "x" * 64])
def test_names_that_are_none(team: Team, name: str) -> None:
    with pytest.raises(ValueError):
        team.admin.steward.service_accounts.create(name, workspace=team.workspace)


def test_only_admins_manage_them(team: Team) -> None:
    jackie, robot = team.person(), team.robot()
    for caller in (jackie, robot):
        with pytest.raises(errors.Forbidden):
            caller.steward.service_accounts.create(fresh("mine"), workspace=team.workspace)
        with pytest.raises(errors.Forbidden):
            caller.steward.service_accounts.delete(robot.username, workspace=team.workspace)
        assert [a.name for a in caller.steward.service_accounts.list(workspace=team.workspace)] == [robot.username]


def test_list_a_page_at_a_time(team: Team) -> None:
    names = sorted(team.robot().username for _ in range(3))
    accounts = team.admin.steward.service_accounts
    assert [a.name for a in accounts.list(workspace=team.workspace, page_size=1)] == names
    assert [len(page) for page in accounts.list(workspace=team.workspace, page_size=2).pages()] == [2, 1]
    assert [a.name for a in accounts.list(workspace=team.workspace, limit=2, page_size=1)] == names[:2]


@pytest.mark.parametrize("form", ["full", "short", "id"])
def test_delete(team: Team, form: str) -> None:
    accounts, project = team.admin.steward.service_accounts, team.project()
    made = accounts.create(fresh("cicd"), workspace=team.workspace)
    key = team.admin.steward.api_keys.create("ci", user=made.name)
    team.admin.steward.projects.members.add(project, made.name, role="viewer")
    name = {"full": made.name, "short": made.name.partition("@")[0], "id": made.id}[form]
    accounts.delete(name, workspace=team.workspace)
    assert accounts.list(workspace=team.workspace).to_list() == []
    assert made.name not in {m.username for m in team.admin.steward.projects.members.list(project)}
    with pytest.raises(errors.ApiKeyInvalid):
        team.admin.steward.as_account(key.secret).whoami()
    with pytest.raises(errors.ServiceAccountNotFound):
        accounts.delete(name, workspace=team.workspace)
    accounts.delete(name, workspace=team.workspace, missing_ok=True)


def test_delete_that_of_another_workspace(team: Team) -> None:
    robot = Team(team.backend).robot()
    with pytest.raises(errors.ServiceAccountNotFound):
        team.admin.steward.service_accounts.delete(robot.username, workspace=team.workspace)
    robot.steward.whoami()


def test_people_are_not_service_accounts(team: Team) -> None:
    with pytest.raises(errors.ServiceAccountNotFound):
        team.admin.steward.service_accounts.delete(team.person().username, workspace=team.workspace)
