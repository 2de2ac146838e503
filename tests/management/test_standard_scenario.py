"""What a script that looks after a workspace does, from beginning to end."""

from __future__ import annotations

import pytest
from mlsteward.management import (
    ProjectMemberRole,
    add_project_member,
    add_project_service_account,
    create_project,
    delete_project,
    get_project_list,
    get_project_member_list,
    get_project_service_account_list,
    get_workspace_member_list,
    get_workspace_service_account_list,
    remove_project_member,
    remove_project_service_account,
)
from mlsteward.management.exceptions import UserAlreadyHasAccess, UserNotExistsOrWithoutAccess

from tests.facade_support import Team, fresh

pytestmark = pytest.mark.usefixtures("connected")


@pytest.mark.covers("neptune.management:service_account_allowed", "neptune.get_project_list:only_accessible")
@pytest.mark.parametrize("separate", [True, False], ids=["workspace-argument", "full-name"])
def test_private_project(team: Team, separate: bool) -> None:
    admin, user, robot = team.admin, team.person(), team.robot()
    bare = fresh("e2e")
    full = f"{team.workspace}/{bare}"
    project = {"project": bare, "workspace": team.workspace} if separate else {"project": full}

    assert get_workspace_member_list(team.workspace, admin.api_token)[user.username] == "member"
    assert get_workspace_service_account_list(team.workspace, admin.api_token)[robot.username] == "member"
    for caller in (admin, user, robot):
        assert full not in get_project_list(caller.api_token)

    name = {"name": project["project"], **({"workspace": team.workspace} if separate else {})}
    assert create_project(**name, key="ETOE", visibility="priv", api_token=admin.api_token) == full
    assert full in get_project_list(admin.api_token)
    for caller in (user, robot):
        assert full not in get_project_list(caller.api_token)

    as_admin = {**project, "api_token": admin.api_token}
    add_project_member(**as_admin, username=user.username, role="contributor")
    add_project_service_account(**as_admin, service_account_name=robot.username, role=ProjectMemberRole.CONTRIBUTOR)
    for caller in (admin, user, robot):
        seen = {**project, "api_token": caller.api_token}
        assert full in get_project_list(caller.api_token)
        assert get_project_member_list(**seen) == {admin.username: "owner", user.username: "contributor"}
        assert get_project_service_account_list(**seen) == {robot.username: "contributor"}

    remove_project_member(**as_admin, username=user.username)
    remove_project_service_account(**as_admin, service_account_name=robot.username)
    assert get_project_member_list(**as_admin) == {admin.username: "owner"}
    assert get_project_service_account_list(**as_admin) == {}
    for caller in (user, robot):
        assert full not in get_project_list(caller.api_token)

    delete_project(**as_admin)
    assert full not in get_project_list(admin.api_token)


@pytest.mark.covers("neptune.create_project:visibility_makes_owners", "neptune.role:workspace_member")
@pytest.mark.parametrize("visibility", ["workspace", "pub"])
def test_project_that_is_open_to_the_workspace(team: Team, visibility: str) -> None:
    admin, user, robot = team.admin, team.person(), team.robot()
    project = create_project(f"{team.workspace}/{fresh('open')}", visibility=visibility, api_token=admin.api_token)
    owners = {admin.username: "owner", user.username: "owner"}
    for caller in (admin, user, robot):
        assert project in get_project_list(caller.api_token)
        assert get_project_member_list(project, api_token=caller.api_token) == owners
        assert get_project_service_account_list(project, api_token=caller.api_token) == {}

    as_admin = {"project": project, "api_token": admin.api_token}
    with pytest.raises(UserAlreadyHasAccess):
        add_project_member(**as_admin, username=user.username, role="viewer")
    with pytest.raises(UserNotExistsOrWithoutAccess):
        remove_project_member(**as_admin, username=user.username)

    add_project_service_account(**as_admin, service_account_name=robot.username, role="contributor")
    assert get_project_service_account_list(**as_admin) == {robot.username: "contributor"}
    remove_project_service_account(**as_admin, service_account_name=robot.username)
    assert get_project_service_account_list(**as_admin) == {}
    assert get_project_member_list(**as_admin) == owners
    delete_project(**as_admin)
