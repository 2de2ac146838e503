"""Projects: making them, listing them, deleting them."""

from __future__ import annotations

import re

import pytest
from mlsteward import management
from mlsteward.management import ProjectVisibility, exceptions

from tests.facade_support import Team, fresh

pytestmark = pytest.mark.usefixtures("connected")
KEY = re.compile("(?=.*[A-Z])[A-Z0-9]{1,10}")


@pytest.mark.covers("neptune.get_project_list", "neptune.get_project_list:only_accessible")
def test_list_holds_what_is_accessible(team: Team) -> None:
    hidden, shared, public = team.project(), team.project(visibility="workspace"), team.project(visibility="public")
    jackie, guest, robot = team.person(), team.person("guest"), team.robot()
    assert management.get_project_list(api_token=jackie.api_token) == [shared, public]
    assert management.get_project_list(api_token=robot.api_token) == [shared, public]
    assert management.get_project_list(guest.api_token) == []
    assert set(management.get_project_list(team.admin.api_token)) == {hidden, shared, public}
    management.add_project_member(hidden, guest.username, "viewer")
    assert management.get_project_list(guest.api_token) == [hidden]
    stranger = Team(team.backend).admin
    assert management.get_project_list(stranger.api_token) == []


@pytest.mark.covers("neptune.get_project_list:across_workspaces")
def test_list_mixes_workspaces(team: Team) -> None:
    other, jackie = Team(team.backend), team.person()
    other.operator.members.add(jackie.username, workspace=other.workspace)
    ours, theirs = team.project(visibility="workspace"), other.project(visibility="workspace")
    assert sorted(management.get_project_list(jackie.api_token)) == sorted([ours, theirs])


def test_list_is_complete(team: Team) -> None:
    """More than one page of the API."""
    names = [team.project("p") for _ in range(52)]
    assert management.get_project_list(team.admin.api_token) == names


@pytest.mark.covers("neptune.create_project", "neptune.create_project:returns_full_name")
def test_create(team: Team) -> None:
    made = management.create_project(
        workspace=team.workspace,
        name="named-entity-recognition",
        key="NER",
        visibility="priv",
        description="About names.",
        api_token=team.admin.api_token,
    )
    assert made == f"{team.workspace}/named-entity-recognition"
    project = team.admin.steward.projects.get(made)
    assert (project.key, project.visibility, project.description) == ("NER", "private", "About names.")


@pytest.mark.covers(
    "neptune.create_project:key_generated",
    "neptune.create_project:visibility_default",
    "neptune.create_project:description_default",
)
@pytest.mark.parametrize("name", ["named-entity-recognition", "classification", "a", "2048", "x-" * 60 + "x"])
def test_create_with_defaults(team: Team, name: str) -> None:
    made = management.create_project(f"{team.workspace}/{name}", api_token=team.admin.api_token)
    project = team.admin.steward.projects.get(made)
    assert KEY.fullmatch(project.key)
    assert (project.visibility, project.description) == ("private", None)


def test_generated_keys_differ(team: Team) -> None:
    for number in range(12):
        management.create_project(f"{team.workspace}/classification-{'x' * number}")
    keys = [project.key for project in team.admin.steward.projects.list(workspace=team.workspace)]
    assert len(set(keys)) == 12
    assert all(KEY.fullmatch(key) for key in keys)


@pytest.mark.covers("neptune.create_project:key_format")
@pytest.mark.parametrize("key", ["A", "CLS2", "2CLS", "ABCDEFGHIJ", "123456789Z"])
def test_keys(team: Team, key: str) -> None:
    made = management.create_project(f"{team.workspace}/p", key)
    assert team.admin.steward.projects.get(made).key == key


@pytest.mark.covers("neptune.create_project:key_format")
@pytest.mark.parametrize("key", ["", "cls", "123", "ABCDEFGHIJK", "CL-S", "CLS ", "Ä"])
def test_keys_that_are_none(team: Team, key: str) -> None:
    with pytest.raises(exceptions.ProjectKeyInvalid):
        management.create_project(f"{team.workspace}/p", key)


@pytest.mark.covers("neptune.create_project:name_charset")
@pytest.mark.parametrize("name", ["classification", "named-entity-recognition", "A-b-C"])
def test_names(team: Team, name: str) -> None:
    assert management.create_project(name, workspace=team.workspace) == f"{team.workspace}/{name}"


@pytest.mark.covers("neptune.create_project:name_charset")
@pytest.mark.parametrize("name", ["-", "with?mark", "ümlaut", "x" * 129, "line\nbreak"])
def test_names_that_are_none(team: Team, name: str) -> None:
    with pytest.raises(exceptions.ProjectNameInvalid):
        management.create_project(name, workspace=team.workspace)


@pytest.mark.covers("neptune.management:roles_as_string_or_enum", "neptune.ProjectVisibility")
@pytest.mark.parametrize(
    ("visibility", "found"),
    [
        ("priv", "private"),
        ("workspace", "workspace"),
        ("pub", "public"),
        # The plan note of the documents calls it so.
        ("public", "public"),
        (ProjectVisibility.PRIVATE, "private"),
        (ProjectVisibility.WORKSPACE, "workspace"),
        (ProjectVisibility.PUBLIC, "public"),
    ],
)
def test_visibility(team: Team, visibility: str, found: str) -> None:
    made = management.create_project(f"{team.workspace}/p", visibility=visibility)
    assert team.operator.projects.get(made).visibility == found


@pytest.mark.parametrize("visibility", ["secret", "", None, 1, ProjectVisibility, "PRIV"])
def test_visibility_that_is_none(team: Team, visibility: object) -> None:
    with pytest.raises(exceptions.UnsupportedValue, match="'priv', 'workspace', 'pub'"):
        management.create_project(f"{team.workspace}/p", visibility=visibility)  # type: ignore[arg-type]


@pytest.mark.covers("neptune.create_project:visibility_makes_owners")
@pytest.mark.parametrize("visibility", ["workspace", "pub"])
def test_visibility_makes_owners(team: Team, visibility: str) -> None:
    project = management.create_project(f"{team.workspace}/p", visibility=visibility, api_token=team.admin.api_token)
    jackie, robot = team.person(), team.robot()
    guest = team.person("guest")
    assert management.get_project_member_list(project)[jackie.username] == "owner"
    # Owner's rights: changing who is in it.
    for caller in (jackie, robot):
        management.add_project_member(project, guest.username, "viewer", api_token=caller.api_token)
        management.remove_project_member(project, guest.username, api_token=caller.api_token)


@pytest.mark.covers("neptune.create_project:plan_without_access_control")
def test_plan_without_private_projects(team: Team) -> None:
    team.operator.workspaces.update(team.workspace, allowed_visibilities=["workspace", "public"])
    for options in ({}, {"visibility": "priv"}):
        with pytest.raises(exceptions.ProjectPrivacyRestrictedException, match="private"):
            management.create_project(f"{team.workspace}/classification", **options)
    for visibility in ("workspace", "pub"):
        name = f"{team.workspace}/{visibility}"
        assert management.create_project(name, key="CLS" + visibility[0].upper(), visibility=visibility) == name


@pytest.mark.covers("neptune.create_project:projects_quota")
def test_projects_quota(team: Team) -> None:
    team.operator.workspaces.update(team.workspace, projects_limit=1)
    first = management.create_project(f"{team.workspace}/first")
    with pytest.raises(exceptions.ProjectsLimitReached) as caught:
        management.create_project(f"{team.workspace}/second")
    assert type(caught.value) is exceptions.ActiveProjectsLimitReachedException
    team.admin.steward.projects.archive(first)
    management.create_project(f"{team.workspace}/second")
    # A larger plan is the other way out.
    team.operator.workspaces.update(team.workspace, projects_limit=2)
    management.create_project(f"{team.workspace}/third")


def test_create_twice(team: Team) -> None:
    management.create_project(f"{team.workspace}/classification", key="CLS")
    with pytest.raises(exceptions.ProjectAlreadyExists) as caught:
        management.create_project(f"{team.workspace}/classification")
    assert type(caught.value) is exceptions.ProjectNameCollision
    with pytest.raises(exceptions.ProjectKeyCollision):
        management.create_project(f"{team.workspace}/other", key="CLS")


@pytest.mark.covers("neptune.role:workspace_member")
def test_members_create_and_reach(team: Team) -> None:
    jackie, shared, hidden = team.person(), team.project(visibility="workspace"), team.project()
    mine = management.create_project(f"{team.workspace}/{fresh('mine')}", api_token=jackie.api_token)
    assert set(management.get_project_list(jackie.api_token)) == {shared, mine}
    with pytest.raises(exceptions.ProjectNotFound):
        management.get_project_member_list(hidden, api_token=jackie.api_token)
    with pytest.raises(exceptions.WorkspaceNotFound):
        management.create_project(f"{team.workspace}/x", api_token=Team(team.backend).admin.api_token)


@pytest.mark.covers("neptune.delete_project")
def test_delete(team: Team) -> None:
    project = team.project()
    assert management.delete_project(project, api_token=team.admin.api_token) is None
    assert management.get_project_list(team.admin.api_token) == []
    with pytest.raises(exceptions.ProjectNotFound):
        management.delete_project(project, api_token=team.admin.api_token)
    # Its name and key are free again.
    assert management.create_project(project, api_token=team.admin.api_token) == project


@pytest.mark.covers("neptune.delete_project:admin_only", "neptune.role:workspace_admin")
def test_only_admins_delete(team: Team) -> None:
    project = team.project(visibility="workspace")
    for caller in (team.in_project("owner", project), team.person()):
        with pytest.raises(exceptions.AccessRevokedOnDeletion):
            management.delete_project(project, api_token=caller.api_token)
    management.delete_project(project, api_token=team.person("admin").api_token)


@pytest.mark.covers("neptune.management:service_account_forbidden")
def test_service_accounts_do_not_delete(team: Team) -> None:
    project, robot = team.project(), team.robot()
    management.add_project_service_account(project, robot.username, "owner")
    with pytest.raises(exceptions.AccessRevokedOnDeletion, match=r"[Ss]ervice account"):
        management.delete_project(project, api_token=robot.api_token)
    own = management.create_project(f"{team.workspace}/{fresh('own')}", api_token=robot.api_token)
    with pytest.raises(exceptions.AccessRevokedOnDeletion):
        management.delete_project(own, api_token=robot.api_token)
