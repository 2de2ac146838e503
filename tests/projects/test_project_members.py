"""Who is in a project."""

from __future__ import annotations

from typing import Any

import pytest
from mlsteward import errors
from mlsteward.records import AccessSource, AccountKind, ProjectRole

from tests.facade_support import Person, Team, fresh


@pytest.fixture
def project(team: Team) -> str:
    return team.project()


def roles(steward: Any, project: str, **options: Any) -> dict[str, str | None]:
    return {m.username: m.role for m in steward.projects.members.list(project, **options)}


@pytest.mark.parametrize("role", [*ProjectRole, "owner", "contributor", "viewer"])
def test_add(team: Team, project: str, role: str) -> None:
    jackie, members = team.person(), team.admin.steward.projects.members
    added = members.add(project, jackie.username, role=role)
    assert (added.username, added.role, added.kind) == (jackie.username, ProjectRole(role), AccountKind.USER)
    assert added.source is AccessSource.ROSTER
    assert added.added_at is not None
    assert members.get(project, jackie.username) == added
    assert jackie.steward.projects.members.get(project, "me") == added
    assert roles(jackie.steward, project) == {team.admin.username: "owner", jackie.username: role}


@pytest.mark.parametrize("form", ["username", "email", "id"])
def test_forms_of_a_name(team: Team, project: str, form: str) -> None:
    jackie, members = team.person(), team.admin.steward.projects.members
    name = {"username": jackie.username.upper(), "email": jackie.email, "id": jackie.steward.whoami().id}[form]
    assert members.add(project, name, role="viewer").username == jackie.username
    assert members.update(project, name, role="owner").role is ProjectRole.OWNER
    members.remove(project, name)


def test_bare_name_with_workspace(team: Team, project: str) -> None:
    jackie, members = team.person(), team.admin.steward.projects.members
    bare = {"workspace": team.workspace}
    name = project.partition("/")[2]
    members.add(name, jackie.username, role="viewer", **bare)
    assert members.get(name, jackie.username, **bare).role == "viewer"
    assert members.update(name, jackie.username, role="owner", **bare).role == "owner"
    assert jackie.username in {m.username for m in members.list(name, **bare)}
    members.remove(name, jackie.username, **bare)


def test_add_twice(team: Team, project: str) -> None:
    jackie, robot, members = team.person(), team.robot(), team.admin.steward.projects.members
    for account in (jackie, robot):
        first = members.add(project, account.username, role="viewer")
        with pytest.raises(errors.AlreadyExists, match="project_user_exists") as caught:
            members.add(project, account.username, role="owner")
        assert caught.value.resource == "project_member"
        assert members.add(project, account.username, role="owner", exist_ok=True) == first


def test_add_who_is_not_in_the_workspace(team: Team, project: str) -> None:
    stranger, members = Team(team.backend), team.admin.steward.projects.members
    for name in (stranger.admin.username, fresh("nobody")):
        with pytest.raises(errors.NotFound, match="user_not_found"):
            members.add(project, name, role="viewer", exist_ok=True)
    for name in (stranger.robot().username, f"{fresh('robot')}@{team.workspace}"):
        with pytest.raises(errors.NotFound, match="service_account_not_found"):
            members.add(project, name, role="viewer", kind="service_account")


def test_add_one_of_another_kind(team: Team, project: str) -> None:
    jackie, robot, members = team.person(), team.robot(), team.admin.steward.projects.members
    with pytest.raises(errors.NotFound, match="user_not_found"):
        members.add(project, robot.username, role="viewer", kind=AccountKind.USER)
    with pytest.raises(errors.NotFound, match="service_account_not_found"):
        members.add(project, jackie.username, role="viewer", kind=AccountKind.SERVICE_ACCOUNT)


def test_words_that_are_none(team: Team, project: str) -> None:
    members = team.admin.steward.projects.members
    for act in (
        lambda: members.add(project, "x", role="admin"),
        lambda: members.add(project, "x", role=None),
        lambda: members.update(project, "x", role="OWNER"),
        lambda: members.list(project, kind="robot"),
        lambda: members.remove(project, "x", kind="robot"),
    ):
        with pytest.raises(errors.InvalidArgument):
            act()


def test_list_by_kind(team: Team, project: str) -> None:
    jackie, robot, members = team.person(), team.robot(), team.admin.steward.projects.members
    members.add(project, jackie.username, role="contributor")
    members.add(project, robot.username, role="viewer")
    people = {team.admin.username: "owner", jackie.username: "contributor"}
    admin = team.admin.steward
    assert roles(admin, project) == people | {robot.username: "viewer"}
    assert roles(admin, project, kind="user") == people
    assert roles(admin, project, kind=AccountKind.SERVICE_ACCOUNT) == {robot.username: "viewer"}


def test_list_a_page_at_a_time(team: Team, project: str) -> None:
    names = sorted([team.admin.username, *(team.in_project("viewer", project).username for _ in range(4))])
    members = team.admin.steward.projects.members
    assert [m.username for m in members.list(project, page_size=2)] == names
    assert [len(page) for page in members.list(project, page_size=2).pages()] == [2, 2, 1]
    assert [m.username for m in members.list(project, limit=3, page_size=2)] == names[:3]


def test_visibility_lets_members_in(team: Team) -> None:
    project = team.project(visibility="workspace")
    jackie, guest, robot = team.person(), team.person("guest"), team.robot()
    members = team.admin.steward.projects.members
    assert roles(jackie.steward, project) == {team.admin.username: "owner", jackie.username: "owner"}
    entry = members.get(project, jackie.username)
    assert (entry.source, entry.role, entry.added_at) == (AccessSource.VISIBILITY, "owner", None)

    with pytest.raises(errors.AlreadyExists, match="project_user_exists"):
        members.add(project, jackie.username, role="viewer")
    assert members.add(project, jackie.username, role="viewer", exist_ok=True) == entry
    with pytest.raises(errors.NotFound, match="user_not_found"):
        members.remove(project, jackie.username)
    with pytest.raises(errors.NotFound, match="user_not_found"):
        members.update(project, jackie.username, role="viewer")

    # Neither guests nor service accounts are listed before they are added; then both can be removed again.
    for account in (guest, robot):
        assert account.username not in roles(team.admin.steward, project)
        added = members.add(project, account.username, role="viewer")
        # A service account is a member of the workspace, whom this visibility makes an owner.
        counts = "owner" if account is robot else "viewer"
        assert (added.source, added.roster_role, added.role) == (AccessSource.ROSTER, "viewer", counts)
        assert team.admin.steward.access.explain(account.username, project=project).role == counts
        assert roles(team.admin.steward, project)[account.username] == counts
        members.remove(project, account.username)
        assert account.username not in roles(team.admin.steward, project)


def test_update(team: Team, project: str) -> None:
    jackie, members = team.in_project("viewer", project), team.admin.steward.projects.members
    with pytest.raises(errors.Forbidden):
        jackie.steward.projects.members.update(project, "me", role="owner")
    assert members.update(project, jackie.username, role=ProjectRole.OWNER).role is ProjectRole.OWNER
    jackie.steward.projects.members.update(project, "me", role="contributor")
    assert members.get(project, jackie.username).role is ProjectRole.CONTRIBUTOR
    with pytest.raises(errors.NotFound, match="user_not_found"):
        members.update(project, team.person().username, role="viewer")


def test_get_who_is_not_in_it(team: Team, project: str) -> None:
    for name in (team.person().username, fresh("nobody")):
        with pytest.raises(errors.NotFound, match="user_not_found"):
            team.admin.steward.projects.members.get(project, name)


def test_remove(team: Team, project: str) -> None:
    jackie, robot, members = team.in_project("owner", project), team.robot(), team.admin.steward.projects.members
    members.add(project, robot.username, role="owner")
    for account in (jackie, robot):
        members.remove(project, account.username)
        with pytest.raises(errors.ProjectNotFound):
            account.steward.projects.get(project)
        with pytest.raises(errors.NotFound, match="project_user_not_found") as caught:
            members.remove(project, account.username)
        assert caught.value.resource == "project_member"
        members.remove(project, account.username, missing_ok=True)
    with pytest.raises(errors.ProjectNotFound):
        members.remove(f"{team.workspace}/{fresh('nothing')}", jackie.username, missing_ok=True)


def test_remove_one_of_another_kind(team: Team, project: str) -> None:
    jackie, members = team.in_project("viewer", project), team.admin.steward.projects.members
    with pytest.raises(errors.NotFound, match="project_user_not_found"):
        members.remove(project, jackie.username, kind="service_account")
    assert members.get(project, jackie.username).role == "viewer"


@pytest.mark.parametrize("role", ["viewer", "contributor"])
def test_only_owners_change_the_roster(team: Team, project: str, role: str) -> None:
    caller, jackie = team.in_project(role, project), team.in_project("viewer", project)
    robot, members = team.robot(), caller.steward.projects.members
    team.admin.steward.projects.members.add(project, robot.username, role="viewer")
    assert jackie.username in roles(caller.steward, project)
    with pytest.raises(errors.Forbidden):
        members.add(project, team.person().username, role="viewer")
    with pytest.raises(errors.Forbidden, match="forbidden"):
        members.remove(project, jackie.username, missing_ok=True)
    with pytest.raises(errors.Forbidden, match="forbidden"):
        members.remove(project, robot.username)


def owners(team: Team, project: str) -> dict[str, Person]:
    robot = team.robot()
    team.operator.projects.members.add(project, robot.username, role="owner")
    return {"person": team.in_project("owner", project), "robot": robot, "admin": team.admin}


@pytest.mark.parametrize("kind", ["person", "robot", "admin"])
def test_owners_change_the_roster(team: Team, project: str, kind: str) -> None:
    jackie, members = team.person(), owners(team, project)[kind].steward.projects.members
    members.add(project, jackie.username, role="viewer")
    members.update(project, jackie.username, role="contributor")
    members.remove(project, jackie.username)
