"""The people in a workspace."""

from __future__ import annotations

import pytest
from mlsteward import errors
from mlsteward.records import WorkspaceRole

from tests.facade_support import Team, fresh


def test_create_makes_the_account(team: Team) -> None:
    name = fresh("jackie")
    made = team.operator.members.add(
        name, workspace=team.workspace, email=f"{name}@Example.org", name="Jackie", surname="Doe", role="collaborator"
    )
    assert (made.username, made.role, made.email) == (name, WorkspaceRole.COLLABORATOR, f"{name}@Example.org")
    assert (made.name, made.surname) == ("Jackie", "Doe")
    assert made.id
    assert made.joined_at is not None
    assert team.admin.steward.members.get(name, workspace=team.workspace) == made
    assert team.admin.steward.members.get(made.id, workspace=team.workspace) == made
    assert team.admin.steward.members.get(f"{name}@example.ORG", workspace=team.workspace) == made


def test_create_takes_an_account_there_is(team: Team) -> None:
    other, jackie = Team(team.backend), team.person()
    assert other.operator.members.add(jackie.username.upper(), workspace=other.workspace).username == jackie.username
    assert (
        other.operator.members.add(jackie.username, workspace=Team(team.backend).workspace, email=jackie.email).role
        is WorkspaceRole.MEMBER
    )


def test_create_twice(team: Team) -> None:
    jackie = team.person("guest")
    with pytest.raises(errors.AlreadyExists, match="member_exists"):
        team.operator.members.add(jackie.username, workspace=team.workspace)
    again = team.operator.members.add(jackie.username, workspace=team.workspace, role="admin", exist_ok=True)
    assert again.role is WorkspaceRole.GUEST


def test_create_with_what_belongs_to_others(team: Team) -> None:
    jackie = team.person()
    with pytest.raises(errors.Conflict, match="email_taken"):
        team.operator.members.add(fresh("janus"), workspace=team.workspace, email=jackie.email)
    with pytest.raises(errors.Conflict, match="username_taken"):
        team.operator.members.add(jackie.username, workspace=Team(team.backend).workspace, email="x@example.org")
    with pytest.raises(errors.Conflict, match="username_taken"):
        team.operator.members.add("me", workspace=team.workspace)


def test_the_default_role_of_the_workspace(team: Team) -> None:
    add = team.operator.members.add
    assert add(fresh("janus"), workspace=team.workspace).role is WorkspaceRole.MEMBER
    team.admin.steward.workspaces.settings.update(team.workspace, default_user_role="guest")
    assert add(fresh("janus"), workspace=team.workspace).role is WorkspaceRole.GUEST
    assert add(fresh("janus"), workspace=team.workspace, role="collaborator").role is WorkspaceRole.COLLABORATOR


def test_only_the_operator_creates(team: Team) -> None:
    with pytest.raises(errors.Forbidden):
        team.admin.steward.members.add(fresh("janus"), workspace=team.workspace)


@pytest.mark.parametrize("wrong", [{"username": "with@at"}, {"username": "x", "email": "no-at"}, {"username": "a b"}])
def test_names_that_are_none(team: Team, wrong: dict[str, str]) -> None:
    with pytest.raises(errors.InvalidRequest):
        team.operator.members.add(workspace=team.workspace, **wrong)


def test_roles_that_are_none(team: Team) -> None:
    with pytest.raises(errors.InvalidArgument, match="'admin', 'member', 'collaborator', 'guest'"):
        team.operator.members.add(fresh("x"), workspace=team.workspace, role="owner")
    with pytest.raises(errors.InvalidArgument):
        team.admin.steward.members.update(team.admin.username, workspace=team.workspace, role=WorkspaceRole)


def test_list_basic_and_full(team: Team) -> None:
    jackie = team.person()
    team.robot()
    basic = jackie.steward.members.list(workspace=team.workspace).to_list()
    assert {m.username: m.role for m in basic} == {
        team.admin.username: WorkspaceRole.ADMIN,
        jackie.username: WorkspaceRole.MEMBER,
    }
    assert all(m.id is m.email is m.name is m.joined_at is None for m in basic)
    full = team.admin.steward.members.list(workspace=team.workspace, full=True).to_list()
    assert {m.username: m.email for m in full} == {p.username: p.email for p in (team.admin, jackie)}
    with pytest.raises(errors.Forbidden):
        jackie.steward.members.list(workspace=team.workspace, full=True).to_list()


def test_list_a_page_at_a_time(team: Team) -> None:
    names = sorted([team.admin.username, *(team.person().username for _ in range(4))])
    members = team.admin.steward.members
    assert [m.username for m in members.list(workspace=team.workspace, page_size=2)] == names
    assert [len(page) for page in members.list(workspace=team.workspace, page_size=2).pages()] == [2, 2, 1]
    assert [m.username for m in members.list(workspace=team.workspace, limit=3)] == names[:3]


@pytest.mark.parametrize("role", ["guest", "collaborator"])
def test_guests_and_collaborators_do_not_see_members(team: Team, role: str) -> None:
    outsider = team.person(role)
    with pytest.raises(errors.Forbidden):
        outsider.steward.members.list(workspace=team.workspace).to_list()
    assert outsider.steward.members.get("me", workspace=team.workspace).role == role


def test_get_oneself_and_others(team: Team) -> None:
    jackie, janus = team.person(), team.person(username="janus")
    assert jackie.steward.members.get("me").username == jackie.username
    assert jackie.steward.members.get(jackie.email, workspace=team.workspace).role is WorkspaceRole.MEMBER
    with pytest.raises(errors.Forbidden):
        jackie.steward.members.get(janus.username, workspace=team.workspace)
    with pytest.raises(errors.MemberNotFound):
        team.admin.steward.members.get(fresh("nobody"), workspace=team.workspace)


def test_update(team: Team) -> None:
    jackie = team.person()
    for role in WorkspaceRole:
        assert team.admin.steward.members.update(jackie.username, workspace=team.workspace, role=role).role is role
        assert jackie.steward.workspaces.get(team.workspace).role is role
    with pytest.raises(errors.MemberNotFound):
        team.admin.steward.members.update(fresh("nobody"), workspace=team.workspace, role="guest")


def test_members_do_not_promote_themselves(team: Team) -> None:
    jackie = team.person()
    with pytest.raises(errors.Forbidden):
        jackie.steward.members.update("me", workspace=team.workspace, role="admin")


def test_the_last_admin_stays(team: Team) -> None:
    admin = team.admin
    with pytest.raises(errors.Conflict, match="last_admin"):
        admin.steward.members.update("me", workspace=team.workspace, role="member")
    with pytest.raises(errors.Conflict, match="last_admin"):
        admin.steward.members.remove("me", workspace=team.workspace)
    second = team.person("admin")
    admin.steward.members.update("me", workspace=team.workspace, role="member")
    with pytest.raises(errors.Conflict, match="last_admin"):
        second.steward.members.remove("me", workspace=team.workspace)


def test_delete(team: Team) -> None:
    jackie, project = team.person(), team.project()
    team.admin.steward.projects.members.add(project, jackie.username, role="viewer")
    team.admin.steward.members.remove(jackie.username, workspace=team.workspace)
    assert jackie.username not in {m.username for m in team.admin.steward.members.list(workspace=team.workspace)}
    assert jackie.username not in {m.username for m in team.admin.steward.projects.members.list(project)}
    with pytest.raises(errors.MemberNotFound):
        team.admin.steward.members.remove(jackie.username, workspace=team.workspace)
    team.admin.steward.members.remove(jackie.username, workspace=team.workspace, missing_ok=True)
    with pytest.raises(errors.WorkspaceNotFound):
        team.operator.members.remove(jackie.username, workspace=fresh("nothing"), missing_ok=True)


def test_delete_keeps_an_account_with_another_workspace(team: Team) -> None:
    other, jackie = Team(team.backend), team.person()
    other.operator.members.add(jackie.username, workspace=other.workspace)
    team.admin.steward.members.remove(jackie.username, workspace=team.workspace)
    # Neither who added them there nor who removed them here decides what their default workspace is.
    assert jackie.steward.whoami().default_workspace is None
    assert jackie.steward.workspaces.get(other.workspace).role == "member"
    with pytest.raises(errors.WorkspaceNotFound):
        jackie.steward.workspaces.get(team.workspace)


def test_only_admins_delete(team: Team) -> None:
    jackie, janus = team.person(), team.person(username="janus")
    with pytest.raises(errors.Forbidden):
        jackie.steward.members.remove(janus.username, workspace=team.workspace)
