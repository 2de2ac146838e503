"""The people and service accounts in a project."""

from __future__ import annotations

import pytest
from mlsteward import management
from mlsteward.management import ProjectMemberRole, exceptions

from tests.facade_support import Team, fresh

pytestmark = pytest.mark.usefixtures("connected")
BOTH = [(role, str(role)) for role in (*ProjectMemberRole, "viewer", "contributor", "owner")]


@pytest.fixture
def project(team: Team) -> str:
    return team.project()


@pytest.mark.covers(
    "neptune.add_project_member",
    "neptune.get_project_member_list",
    "neptune.get_project_member_list:shape",
    "neptune.management:roles_as_string_or_enum",
    "neptune.ProjectMemberRole",
)
@pytest.mark.parametrize(("role", "text"), BOTH)
def test_add_and_list(team: Team, project: str, role: str, text: str) -> None:
    jackie = team.person()
    assert management.add_project_member(project=project, username=jackie.username, role=role) is None
    found = management.get_project_member_list(project=project)
    assert found == {team.admin.username: "owner", jackie.username: text}
    # Plain strings, as from Neptune: members of an enum would look different in a report.
    assert {type(value) for value in found.values()} == {str}
    assert management.get_project_list(jackie.api_token) == [project]


@pytest.mark.parametrize("role", ["admin", "member", "", None, "OWNER"])
def test_roles_that_are_none(team: Team, project: str, role: str) -> None:
    with pytest.raises(exceptions.UnsupportedValue, match="'owner', 'contributor', 'viewer'"):
        management.add_project_member(project, team.person().username, role)
    with pytest.raises(exceptions.UnsupportedValue):
        management.add_project_service_account(project, team.robot().username, role)


def test_add_who_is_in_it_or_nowhere(team: Team, project: str) -> None:
    jackie = team.person()
    management.add_project_member(project, jackie.username, "viewer")
    with pytest.raises(exceptions.UserAlreadyHasAccess):
        management.add_project_member(project, jackie.username, "owner")
    assert management.get_project_member_list(project)[jackie.username] == "viewer"
    for nobody in (fresh("nobody"), Team(team.backend).admin.username, team.robot().username):
        with pytest.raises(exceptions.UserNotExistsOrWithoutAccess):
            management.add_project_member(project, nobody, "viewer")
    with pytest.raises(exceptions.ProjectNotFound):
        management.add_project_member(f"{team.workspace}/{fresh('nothing')}", jackie.username, "viewer")


@pytest.mark.covers("neptune.remove_project_member")
def test_remove(team: Team, project: str) -> None:
    jackie = team.in_project("viewer", project)
    assert management.remove_project_member(project=project, username=jackie.username) is None
    assert jackie.username not in management.get_project_member_list(project)
    assert management.get_project_list(jackie.api_token) == []
    for nobody in (jackie.username, fresh("nobody")):
        with pytest.raises(exceptions.UserNotExistsOrWithoutAccess):
            management.remove_project_member(project, nobody)


@pytest.mark.covers(
    "neptune.add_project_service_account",
    "neptune.get_project_service_account_list",
    "neptune.remove_project_service_account",
    "neptune.service_account:name_form",
)
@pytest.mark.parametrize(("role", "text"), BOTH)
def test_service_accounts(team: Team, project: str, role: str, text: str) -> None:
    robot = team.robot()
    assert robot.username.endswith(f"@{team.workspace}")
    assert management.get_project_service_account_list(project) == {}
    assert (
        management.add_project_service_account(project=project, service_account_name=robot.username, role=role) is None
    )
    assert management.get_project_service_account_list(project=project) == {robot.username: text}
    # Each kind has a list of its own.
    assert management.get_project_member_list(project) == {team.admin.username: "owner"}
    assert management.get_project_list(robot.api_token) == [project]
    assert management.remove_project_service_account(project=project, service_account_name=robot.username) is None
    assert management.get_project_service_account_list(project) == {}
    assert management.get_project_list(robot.api_token) == []


def test_service_accounts_that_are_there_or_not(team: Team, project: str) -> None:
    robot = team.robot()
    management.add_project_service_account(project, robot.username, "viewer")
    with pytest.raises(exceptions.ServiceAccountAlreadyHasAccess):
        management.add_project_service_account(project, robot.username, "owner")
    for nobody in (fresh("robot"), f"{fresh('robot')}@{team.workspace}", team.admin.username):
        with pytest.raises(exceptions.ServiceAccountNotFound):
            management.add_project_service_account(project, nobody, "viewer")
    management.remove_project_service_account(project, robot.username)
    for nobody in (robot.username, team.admin.username):
        with pytest.raises(exceptions.ServiceAccountNotExistsOrWithoutAccess):
            management.remove_project_service_account(project, nobody)
    with pytest.raises(exceptions.UserNotExistsOrWithoutAccess):
        management.remove_project_member(project, robot.username)


@pytest.mark.covers("neptune.role:viewer", "neptune.role:contributor", "neptune.management:owner_restricted_list")
@pytest.mark.parametrize("role", ["viewer", "contributor"])
def test_viewers_and_contributors_only_look(team: Team, project: str, role: str) -> None:
    caller, janus, robot = team.in_project(role, project), team.person(username="janus"), team.robot()
    management.add_project_member(project, janus.username, "viewer")
    management.add_project_service_account(project, robot.username, "viewer")
    token = {"api_token": caller.api_token}
    assert management.get_project_member_list(project, **token)[caller.username] == role
    assert management.get_project_service_account_list(project, **token) == {robot.username: "viewer"}
    with pytest.raises(exceptions.ManagementOperationFailure) as caught:
        management.add_project_member(project, team.person().username, "viewer", **token)
    assert caught.value.status == 403
    with pytest.raises(exceptions.ManagementOperationFailure) as caught:
        management.add_project_service_account(project, team.robot().username, "viewer", **token)
    assert caught.value.status == 403
    with pytest.raises(exceptions.AccessRevokedOnMemberRemoval):
        management.remove_project_member(project, janus.username, **token)
    with pytest.raises(exceptions.AccessRevokedOnServiceAccountRemoval):
        management.remove_project_service_account(project, robot.username, **token)


@pytest.mark.covers(
    "neptune.role:owner",
    "neptune.management:owner_restricted_list",
    "neptune.management:service_account_allowed",
    "neptune.role:workspace_admin",
)
@pytest.mark.parametrize("kind", ["person", "robot", "admin"])
def test_owners_and_admins_decide(team: Team, project: str, kind: str) -> None:
    robot = team.robot()
    management.add_project_service_account(project, robot.username, "owner")
    callers = {"person": team.in_project("owner", project), "robot": robot, "admin": team.person("admin")}
    token = {"api_token": callers[kind].api_token}
    janus, other = team.person(username="janus"), team.robot()
    management.add_project_member(project, janus.username, "contributor", **token)
    management.add_project_service_account(project, other.username, "contributor", **token)
    assert management.get_project_member_list(project, **token)[janus.username] == "contributor"
    assert management.get_project_service_account_list(project, **token)[other.username] == "contributor"
    management.remove_project_member(project, janus.username, **token)
    management.remove_project_service_account(project, other.username, **token)


@pytest.mark.covers("neptune.management:service_account_allowed")
@pytest.mark.parametrize("role", ["viewer", "contributor"])
def test_service_accounts_do_what_their_role_allows(team: Team, project: str, role: str) -> None:
    robot = team.robot()
    management.add_project_service_account(project, robot.username, role)
    assert management.get_project_service_account_list(project, api_token=robot.api_token) == {robot.username: role}
    with pytest.raises(exceptions.AccessRevokedOnMemberRemoval):
        management.remove_project_member(project, team.admin.username, api_token=robot.api_token)


def test_on_the_roster_without_a_role(team: Team, project: str) -> None:
    """Only other front doors make such entries. They have no role to show, so they are left out."""
    from mlsteward_api.api.projects import add_project_user
    from mlsteward_api.models.project_user_add import ProjectUserAdd

    jackie = team.person()
    reference = ":".join(project.split("/"))
    body = ProjectUserAdd(user=jackie.username)
    team.operator._connection.call(add_project_user.request(project=reference, body=body))
    assert management.get_project_member_list(project) == {team.admin.username: "owner"}
    with pytest.raises(exceptions.UserAlreadyHasAccess):
        management.add_project_member(project, jackie.username, "viewer")


def test_lists_are_complete(team: Team, project: str) -> None:
    """More than one page of the API."""
    names = {team.admin.username}
    for _ in range(55):
        name = fresh("x")
        team.operator.members.add(name, workspace=team.workspace)
        team.operator.projects.members.add(project, name, role="viewer")
        names.add(name)
    assert set(management.get_project_member_list(project)) == names
    assert set(management.get_workspace_member_list(team.workspace)) == names
