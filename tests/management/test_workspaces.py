"""Workspaces, who is in them, and how much they use."""

from __future__ import annotations

import json

import pytest
from mlsteward import errors, management
from mlsteward.management import WorkspaceMemberRole, exceptions

from tests.facade_support import Answers, Team, fresh
from tests.support.server import Settings, open_app

pytestmark = pytest.mark.usefixtures("connected")


@pytest.mark.covers("neptune.get_workspace_member_list", "neptune.get_workspace_member_list:shape")
def test_member_list(team: Team) -> None:
    jackie, janus = team.person(), team.person("admin", "janus")
    team.robot()
    found = management.get_workspace_member_list(workspace=team.workspace, api_token=jackie.api_token)
    assert found == {team.admin.username: "admin", jackie.username: "member", janus.username: "admin"}
    assert json.loads(json.dumps(found)) == found
    assert management.get_workspace_member_list(team.workspace.upper()) == found


@pytest.mark.covers(
    "neptune.get_workspace_service_account_list",
    "neptune.get_workspace_service_account_list:member_only",
    "neptune.service_account:name_form",
)
def test_service_account_list(team: Team) -> None:
    assert management.get_workspace_service_account_list(team.workspace) == {}
    made = [management.create_service_account(name, team.workspace) for name in ("cicd", "test")]
    assert made == [f"cicd@{team.workspace}", f"test@{team.workspace}"]
    found = management.get_workspace_service_account_list(workspace=team.workspace, api_token=team.person().api_token)
    assert found == dict.fromkeys(made, "member")
    assert not set(found) & set(management.get_workspace_member_list(team.workspace))


@pytest.mark.parametrize(
    "function",
    [
        management.get_workspace_member_list,
        management.get_workspace_service_account_list,
        management.get_workspace_status,
    ],
)
def test_what_is_not_theirs(team: Team, function: object) -> None:
    stranger = Team(team.backend).admin
    for name in (team.workspace, fresh("nothing")):
        with pytest.raises(exceptions.WorkspaceNotFound):
            function(name, api_token=stranger.api_token)  # type: ignore[operator]


@pytest.mark.covers("neptune.invite_to_workspace")
@pytest.mark.parametrize("by", ["username", "email"])
def test_invite(team: Team, by: str) -> None:
    stranger = Team(team.backend).person()
    invitee = {by: getattr(stranger, by)}
    assert management.invite_to_workspace(**invitee, workspace=team.workspace, api_token=team.admin.api_token) is None
    (sent,) = team.admin.steward.invitations.list(workspace=team.workspace)
    assert (getattr(sent, by), sent.role, sent.add_to_all_projects) == (getattr(stranger, by), "member", False)
    assert stranger.username not in management.get_workspace_member_list(team.workspace)
    stranger.steward.invitations.accept(sent.url)
    assert management.get_workspace_member_list(team.workspace)[stranger.username] == "member"
    with pytest.raises(exceptions.UserAlreadyInvited):
        management.invite_to_workspace(**invitee, workspace=team.workspace)


@pytest.mark.covers(
    "neptune.invite_to_workspace:role_default",
    "neptune.WorkspaceMemberRole",
    "neptune.management:roles_as_string_or_enum",
)
@pytest.mark.parametrize("role", ["admin", "member", WorkspaceMemberRole.ADMIN, WorkspaceMemberRole.MEMBER])
def test_invite_with_a_role(team: Team, role: str) -> None:
    management.invite_to_workspace(email=f"{fresh('janus')}@example.org", workspace=team.workspace, role=role)
    (sent,) = team.admin.steward.invitations.list(workspace=team.workspace)
    accepted = team.operator.invitations.accept(sent.url)
    assert management.get_workspace_member_list(team.workspace)[accepted.username] == str(role)


@pytest.mark.parametrize("role", ["guest", "collaborator", "owner", "", None])
def test_invite_with_a_role_that_is_none(team: Team, role: str) -> None:
    with pytest.raises(exceptions.UnsupportedValue, match="'member', 'admin'"):
        management.invite_to_workspace(email="janus@example.org", workspace=team.workspace, role=role)


@pytest.mark.covers("neptune.invite_to_workspace:username_xor_email")
def test_invite_by_both_or_neither(team: Team) -> None:
    with pytest.raises(errors.InvalidArgument, match="both"):
        management.invite_to_workspace("janus", "janus@example.org", team.workspace)
    with pytest.raises(errors.InvalidArgument, match="neither"):
        management.invite_to_workspace(workspace=team.workspace)
    assert team.admin.steward.invitations.list(workspace=team.workspace).to_list() == []


def test_invite_whom_or_where_there_is_not(team: Team) -> None:
    for invitee, workspace in ((fresh("nobody"), team.workspace), (team.admin.username, fresh("nothing"))):
        with pytest.raises(exceptions.WorkspaceOrUserNotFound):
            management.invite_to_workspace(username=invitee, workspace=workspace)


@pytest.mark.covers("neptune.invite_to_workspace:add_to_all_projects")
@pytest.mark.parametrize("add", [True, False])
def test_invite_to_all_projects(team: Team, add: bool) -> None:
    project = team.project()
    management.invite_to_workspace(
        email=f"{fresh('janus')}@example.org", workspace=team.workspace, add_to_all_projects=add
    )
    (sent,) = team.admin.steward.invitations.list(workspace=team.workspace)
    username = team.operator.invitations.accept(sent.url).username
    assert management.get_project_member_list(project).get(username) == ("viewer" if add else None)


@pytest.mark.covers("neptune.invite_to_workspace:admin_only", "neptune.management:service_account_forbidden")
def test_only_people_who_are_admins_invite(team: Team) -> None:
    for caller in (team.person(), team.robot(), team.person("guest")):
        with pytest.raises(errors.Forbidden):
            management.invite_to_workspace(
                email=f"{fresh('x')}@example.org", workspace=team.workspace, api_token=caller.api_token
            )
    management.invite_to_workspace(
        email=f"{fresh('x')}@example.org", workspace=team.workspace, api_token=team.person("admin").api_token
    )


@pytest.mark.covers("neptune.role:workspace_admin")
def test_admins_manage_users(team: Team) -> None:
    jackie, second = team.person(), team.person("admin")
    second.steward.members.update(jackie.username, workspace=team.workspace, role="admin")
    assert management.get_workspace_member_list(team.workspace)[jackie.username] == "admin"
    second.steward.members.remove(jackie.username, workspace=team.workspace)
    assert jackie.username not in management.get_workspace_member_list(team.workspace)


@pytest.mark.covers("neptune.get_workspace_status", "neptune.get_workspace_status:active_projects")
def test_status(team: Team) -> None:
    team.operator.workspaces.update(team.workspace, projects_limit=2, storage_bytes_limit=214748364800)
    team.person()
    team.robot()
    first = team.project()
    found = management.get_workspace_status(workspace=team.workspace, api_token=team.admin.api_token)
    assert found == {
        "storageBytesAvailable": 214748364800,
        "storageBytesLimit": 214748364800,
        "storageBytesUsed": 0,
        "activeProjectsUsage": 1,
        "activeProjectsLimit": 2,
        "membersCount": 2,
    }
    assert {type(value) for value in found.values()} == {int}
    second = team.project()
    assert management.get_workspace_status(team.workspace)["activeProjectsUsage"] == 2
    team.admin.steward.projects.archive(first)
    assert management.get_workspace_status(team.workspace)["activeProjectsUsage"] == 1
    management.delete_project(second)
    assert management.get_workspace_status(team.workspace)["activeProjectsUsage"] == 0


@pytest.mark.covers("neptune.get_workspace_status:arithmetic")
@pytest.mark.parametrize("limit", [0, 10**12, None])
def test_status_adds_up(team: Team, limit: int | None) -> None:
    team.operator.workspaces.update(team.workspace, storage_bytes_limit=limit)
    found = management.get_workspace_status(team.workspace)
    assert found["storageBytesAvailable"] == found["storageBytesLimit"] - found["storageBytesUsed"]
    # Without a limit there is a number all the same, for scripts that compare.
    assert found["storageBytesLimit"] == (2**53 - 1 if limit is None else limit)
    assert found["activeProjectsLimit"] == 2**53 - 1


@pytest.mark.covers("neptune.get_workspace_status", "neptune.get_workspace_status:arithmetic")
@pytest.mark.parametrize(("used", "available"), [(913035, 214747451765), (214748364801, 0)])
def test_status_of_a_workspace_that_stores_something(used: int, available: int) -> None:
    """The very numbers of the documents, and what more than the limit comes to."""
    server = Answers()
    body = {
        "storage_bytes_used": used,
        "storage_bytes_limit": 214748364800,
        "active_projects": 1,
        "active_projects_limit": 2,
        "members_count": 5,
    }
    server.answers["GET /workspaces/ml-team/status"] = ("200 OK", body)
    with management.connect(app=server):
        assert management.get_workspace_status(workspace="ml-team") == {
            "storageBytesAvailable": available,
            "storageBytesLimit": 214748364800,
            "storageBytesUsed": used,
            "activeProjectsUsage": 1,
            "activeProjectsLimit": 2,
            "membersCount": 5,
        }


def test_status_of_the_default_workspace(team: Team) -> None:
    jackie = team.person()
    assert management.get_workspace_status(api_token=jackie.api_token)["membersCount"] == 2


@pytest.mark.covers("neptune.get_workspace_status:not_onprem")
def test_status_of_a_self_hosted_server() -> None:
    app = open_app(":memory:", settings=Settings(mode="self_hosted"))
    with management.connect(app=app):
        management.create_workspace("ml-team")
        with pytest.raises(errors.NotAvailable, match="self-hosted"):
            management.get_workspace_status("ml-team")
    app.close()


def test_create_workspace(team: Team) -> None:
    name = fresh("ml-org")
    assert management.create_workspace(name) == name
    with pytest.raises(errors.WorkspaceAlreadyExists):
        management.create_workspace(name)
    with pytest.raises(errors.Forbidden):
        management.create_workspace(fresh("mine"), api_token=team.admin.api_token)


def test_create_service_account(team: Team) -> None:
    with pytest.raises(errors.Forbidden):
        management.create_service_account("cicd", team.workspace, api_token=team.person().api_token)
    assert management.create_service_account("cicd", team.workspace, team.admin.api_token) == f"cicd@{team.workspace}"
    with pytest.raises(errors.ServiceAccountAlreadyExists):
        management.create_service_account("cicd", team.workspace)
