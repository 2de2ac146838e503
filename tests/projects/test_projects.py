"""Projects."""

from __future__ import annotations

import pytest
from mlsteward import errors
from mlsteward.records import RosterPolicy, Visibility

from tests.facade_support import Team, fresh


def test_create_and_get(team: Team) -> None:
    projects, name = team.admin.steward.projects, fresh("named-entity-recognition")
    made = projects.create(f"{team.workspace}/{name}", key="NER", description="About names.")
    assert (made.workspace, made.name, made.full_name) == (team.workspace, name, f"{team.workspace}/{name}")
    assert (made.key, made.visibility, made.description) == ("NER", Visibility.PRIVATE, "About names.")
    assert (made.owner, made.roster_policy, made.archived_at) == (team.admin.username, RosterPolicy.OWNERS, None)
    assert made.created_at == made.last_updated
    assert made.handle
    for found in (
        projects.get(made.full_name),
        projects.get(name, workspace=team.workspace),
        projects.get(made.full_name, workspace=team.workspace.upper()),
        projects.get(made.full_name.upper()),
        projects.get(made.id),
    ):
        assert found == made


def test_create_with_little(team: Team) -> None:
    workspace = team.admin.steward.workspaces.get(team.workspace)
    made = team.admin.steward.projects.create("bare", workspace=workspace.id)
    assert (made.full_name, made.description, made.visibility) == (f"{team.workspace}/bare", None, "private")
    assert 1 <= len(made.key) <= 10
    assert made.key.isalnum()
    assert made.key.isupper()


@pytest.mark.parametrize("visibility", [*Visibility, "private", "workspace", "public"])
def test_visibility_as_member_and_as_text(team: Team, visibility: str) -> None:
    made = team.admin.steward.projects.create(f"{team.workspace}/x", visibility=visibility)
    assert made.visibility is Visibility(visibility)


def test_create_twice(team: Team) -> None:
    projects = team.admin.steward.projects
    made = projects.create(f"{team.workspace}/Taken", key="TAKEN")
    with pytest.raises(errors.AlreadyExists, match="project_name_taken") as caught:
        projects.create(f"{team.workspace}/taken")
    assert caught.value.resource == "project"
    with pytest.raises(errors.Conflict, match="project_key_taken") as collision:
        projects.create(f"{team.workspace}/other", key="TAKEN")
    assert not isinstance(collision.value, errors.AlreadyExists)
    assert projects.create(f"{team.workspace}/taken", description="no matter", exist_ok=True) == made
    assert projects.create("taken", workspace=team.workspace, exist_ok=True) == made
    # Content with the name does not mean content with somebody else's key.
    with pytest.raises(errors.Conflict, match="project_key_taken"):
        projects.create(f"{team.workspace}/other", key="TAKEN", exist_ok=True)


def test_create_one_that_exists_but_is_not_ours_to_see(team: Team) -> None:
    project, jackie = team.project(), team.person()
    with pytest.raises(errors.AlreadyExists, match="project_name_taken"):
        jackie.steward.projects.create(project, exist_ok=True)


@pytest.mark.parametrize("name", ["-x", "x" * 129, "ümlaut", "tab\tbed"])
def test_names_that_are_none(team: Team, name: str) -> None:
    with pytest.raises(errors.InvalidRequest, match="project_name_invalid") as caught:
        team.admin.steward.projects.create(name, workspace=team.workspace)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("key", ["lower", "123", "TOOLONGAKEY", "A-B", ""])
def test_keys_that_are_none(team: Team, key: str) -> None:
    with pytest.raises(errors.InvalidRequest, match="project_key_invalid"):
        team.admin.steward.projects.create(f"{team.workspace}/x", key=key)


def test_who_may_create(team: Team) -> None:
    for caller in (team.person(), team.robot(), team.backend):
        made = caller.steward.projects.create(f"{team.workspace}/{fresh('mine')}")
        assert caller.steward.projects.get(made.id) == made
    for role in ("collaborator", "guest"):
        with pytest.raises(errors.Forbidden):
            team.person(role).steward.projects.create(f"{team.workspace}/x")
    with pytest.raises(errors.WorkspaceNotFound):
        Team(team.backend).admin.steward.projects.create(f"{team.workspace}/x")


def test_limit_of_the_plan(team: Team) -> None:
    team.operator.workspaces.update(team.workspace, projects_limit=1)
    projects, first = team.admin.steward.projects, team.project()
    with pytest.raises(errors.LimitReached, match="projects_limit_reached"):
        projects.create(f"{team.workspace}/second")
    projects.archive(first)
    second = projects.create(f"{team.workspace}/second")
    with pytest.raises(errors.LimitReached, match="projects_limit_reached") as caught:
        projects.restore(first)
    assert caught.value.resource == "project"
    projects.delete(second.id)
    assert projects.restore(first).archived_at is None


def test_visibilities_of_the_plan(team: Team) -> None:
    team.operator.workspaces.update(team.workspace, allowed_visibilities=["workspace", "public"])
    projects = team.admin.steward.projects
    with pytest.raises(errors.InvalidRequest, match="private"):
        projects.create(f"{team.workspace}/x")
    made = projects.create(f"{team.workspace}/x", visibility="workspace")
    with pytest.raises(errors.InvalidRequest, match="project_visibility_restricted"):
        projects.update(made.id, visibility="private")
    assert projects.update(made.id, visibility=Visibility.PUBLIC).visibility is Visibility.PUBLIC


def test_update(team: Team) -> None:
    projects = team.admin.steward.projects
    made = projects.create(f"{team.workspace}/before", description="old")
    renamed = projects.update(f"{team.workspace}/before", name="after")
    assert (renamed.id, renamed.name, renamed.description) == (made.id, "after", "old")
    assert (renamed.handle, renamed.key) == (made.handle, made.key)
    assert renamed.last_updated > made.last_updated
    assert projects.update("after", workspace=team.workspace, description="new").description == "new"
    assert projects.update(made.id, description="").description is None
    assert projects.update(made.id, visibility="workspace").visibility is Visibility.WORKSPACE
    with pytest.raises(errors.ProjectNotFound):
        projects.get(f"{team.workspace}/before")


def test_update_what_cannot_be(team: Team) -> None:
    projects, mine, other = team.admin.steward.projects, team.project(), team.project()
    with pytest.raises(errors.AlreadyExists, match="project_name_taken"):
        projects.update(mine, name=other.partition("/")[2])
    with pytest.raises(errors.InvalidRequest, match="project_name_invalid"):
        projects.update(mine, name=other)
    with pytest.raises(errors.InvalidArgument):
        projects.update(mine, visibility="priv")
    with pytest.raises(errors.ProjectNotFound):
        projects.update(f"{team.workspace}/{fresh('nothing')}", description="x")
    with pytest.raises(errors.Forbidden):
        team.in_project("contributor", mine).steward.projects.update(mine, description="x")


def test_archive_and_restore(team: Team) -> None:
    projects, project = team.admin.steward.projects, team.project()
    archived = projects.archive(project)
    assert archived.archived_at is not None
    assert projects.archive(project).archived_at == archived.archived_at
    assert projects.get(project) == projects.get(archived.id)
    assert project not in {p.full_name for p in projects.list(workspace=team.workspace)}
    assert [p.full_name for p in projects.list(workspace=team.workspace, archived=True)] == [project]
    assert projects.restore(project).archived_at is None
    assert [p.full_name for p in projects.list(workspace=team.workspace)] == [project]


def test_list_what_is_accessible(team: Team) -> None:
    jackie, guest = team.person(), team.person("guest")
    private, shared, public = team.project(), team.project(visibility="workspace"), team.project(visibility="public")
    elsewhere = Team(team.backend).project(visibility="public")
    added = team.project()
    for person in (jackie, guest):
        team.admin.steward.projects.members.add(added, person.username, role="viewer")

    def seen(person: object) -> set[str]:
        return {project.full_name for project in person.steward.projects.list()}  # type: ignore[attr-defined]

    assert seen(jackie) == {shared, public, added}
    assert seen(guest) == {added}
    assert seen(team.admin) == {private, shared, public, added}
    assert {private, shared, public, added, elsewhere} <= seen(team.backend)
    # Public ones elsewhere can be read, but are not listed.
    assert jackie.steward.projects.get(elsewhere).full_name == elsewhere


def test_list_a_page_at_a_time(team: Team) -> None:
    made = [team.project() for _ in range(5)]
    projects = team.admin.steward.projects
    assert [p.full_name for p in projects.list(workspace=team.workspace)] == made
    assert [len(page) for page in projects.list(page_size=2).pages()] == [2, 2, 1]
    assert [p.full_name for p in projects.list(limit=3, page_size=2)] == made[:3]
    assert projects.list(limit=1).to_list() == [projects.list().first()]
    assert projects.list(archived=True).first() is None
    pager = projects.list(page_size=2)
    # Each iteration reads the list anew.
    assert [p.full_name for p in pager] == [p.full_name for p in pager] == made


def test_list_of_one_workspace(team: Team) -> None:
    other, jackie = Team(team.backend), team.person()
    other.operator.members.add(jackie.username, workspace=other.workspace)
    ours, theirs = team.project(visibility="workspace"), other.project(visibility="workspace")
    projects = jackie.steward.projects
    assert {p.full_name for p in projects.list()} == {ours, theirs}
    assert [p.full_name for p in projects.list(workspace=other.workspace)] == [theirs]
    with pytest.raises(errors.WorkspaceNotFound):
        projects.list(workspace=fresh("nothing")).to_list()


@pytest.mark.parametrize(
    "wrong", [{"limit": -1}, {"limit": True}, {"page_size": 0}, {"page_size": "9"}, {"workspace": ""}]
)
def test_list_with_what_cannot_be(team: Team, wrong: dict[str, object]) -> None:
    with pytest.raises(errors.InvalidArgument):
        team.admin.steward.projects.list(**wrong)


def test_a_page_larger_than_there_are(team: Team) -> None:
    with pytest.raises(errors.InvalidRequest):
        team.admin.steward.projects.list(page_size=501).to_list()


def test_delete(team: Team) -> None:
    projects, project = team.admin.steward.projects, team.project()
    projects.delete(project)
    with pytest.raises(errors.ProjectNotFound):
        projects.get(project)
    with pytest.raises(errors.ProjectNotFound):
        projects.delete(project)
    projects.delete(project, missing_ok=True)
    projects.delete(project.partition("/")[2], workspace=team.workspace, missing_ok=True)
    assert projects.create(project).full_name == project


def test_who_may_delete(team: Team) -> None:
    project = team.project(visibility="workspace")
    robot = team.robot()
    team.admin.steward.projects.members.add(project, robot.username, role="owner")
    for caller in (team.person(), robot, team.in_project("owner", project)):
        with pytest.raises(errors.Forbidden, match="forbidden") as caught:
            caller.steward.projects.delete(project, missing_ok=True)
        assert isinstance(caught.value, errors.Forbidden)
        assert caught.value.code == "forbidden"
    team.admin.steward.projects.get(project)


def test_private_projects_do_not_exist_for_others(team: Team) -> None:
    project, jackie = team.project(), team.person()
    for act in (
        lambda: jackie.steward.projects.get(project),
        lambda: jackie.steward.projects.update(project, description="x"),
        lambda: jackie.steward.projects.delete(project),
        lambda: jackie.steward.projects.members.list(project).to_list(),
    ):
        with pytest.raises(errors.ProjectNotFound):
            act()


def test_names_with_everything_that_is_allowed(team: Team) -> None:
    name = "A project 1.0_final-2"
    made = team.admin.steward.projects.create(name, workspace=team.workspace)
    assert team.admin.steward.projects.get(made.full_name).name == name
    assert [m.username for m in team.admin.steward.projects.members.list(made.full_name)] == [team.admin.username]
