"""Everybody in everything."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from mlsteward import errors
from mlsteward.records import (
    AccessEntry,
    AccessObjectType,
    AccessRule,
    AccountKind,
    Dataset,
    DatasetPermission,
    ProjectRole,
)

from tests.facade_support import Person, Team, fresh


class Peopled(Team):
    """A workspace with a dataset, a project that members may enter, an archived one, and people."""

    dataset: Dataset
    projects: list[str]
    jackie: Person
    guest: Person
    robot: Person

    @property
    def accounts(self) -> list[str]:
        return sorted(person.username for person in (self.admin, self.jackie, self.guest, self.robot))


@pytest.fixture
def peopled(team: Team) -> Peopled:
    team.__class__ = Peopled
    assert isinstance(team, Peopled)
    steward = team.admin.steward
    team.dataset = steward.datasets.create(fresh("signs"), workspace=team.workspace, default_permission="VIEW")
    team.projects = [team.project(visibility="workspace"), team.project()]
    steward.projects.archive(team.projects[1])
    team.jackie, team.guest, team.robot = team.person(), team.person("guest"), team.robot()
    return team


def shown(entries: Iterable[AccessEntry]) -> list[tuple[str, str]]:
    return [(entry.object_name, entry.username) for entry in entries]


def test_all(peopled: Peopled) -> None:
    access = peopled.admin.steward.access
    entries = access.list(workspace=peopled.workspace).to_list()
    names = [peopled.dataset.name, *(name.partition("/")[2] for name in peopled.projects)]
    assert shown(entries) == [(name, account) for name in names for account in peopled.accounts]
    assert [entry.object_type for entry in entries[:4]] == [AccessObjectType.DATASET] * 4
    assert {entry.object_type for entry in entries[4:]} == {AccessObjectType.PROJECT}
    for page_size in (1, 5, 500):
        assert access.list(workspace=peopled.workspace, page_size=page_size).to_list() == entries
    assert access.list(workspace=peopled.workspace, limit=5).to_list() == entries[:5]
    # The default workspace of the caller.
    assert access.list().to_list() == entries


def test_what_an_entry_says(peopled: Peopled) -> None:
    found = {
        (entry.object_name, entry.username): (entry.kind, entry.role, entry.rule)
        for entry in peopled.admin.steward.access.list(workspace=peopled.workspace)
    }
    dataset, project = peopled.dataset.name, peopled.projects[0].partition("/")[2]
    user, robot = AccountKind
    expected = {
        (dataset, peopled.admin): (user, DatasetPermission.MANAGE, AccessRule.ADMIN),
        (dataset, peopled.jackie): (user, DatasetPermission.VIEW, AccessRule.DEFAULT),
        (dataset, peopled.guest): (user, DatasetPermission.NO_ACCESS, AccessRule.NONE),
        (dataset, peopled.robot): (robot, DatasetPermission.VIEW, AccessRule.DEFAULT),
        (project, peopled.admin): (user, ProjectRole.OWNER, AccessRule.ADMIN),
        (project, peopled.jackie): (user, ProjectRole.OWNER, AccessRule.VISIBILITY),
        (project, peopled.guest): (user, None, AccessRule.NONE),
    }
    for (name, person), says in expected.items():
        assert found[name, person.username] == says, (name, person.username)


def test_each_entry_agrees_with_its_explanation(peopled: Peopled) -> None:
    access = peopled.admin.steward.access
    for entry in access.list(workspace=peopled.workspace):
        target = {str(entry.object_type): entry.object_id}
        why = access.explain(entry.username, **target)
        assert (why.object_id, why.user_id) == (entry.object_id, entry.user_id)
        assert (why.role, why.rule, why.group) == (entry.role, entry.rule, entry.group)


def test_the_group_that_decided(peopled: Peopled) -> None:
    steward, group = peopled.admin.steward, fresh("labelers")
    steward.groups.create(group, workspace=peopled.workspace, users=[peopled.guest.username])
    steward.datasets.permissions.grant(peopled.dataset.id, "TAG", group=group)
    (entry,) = steward.access.list(user=peopled.guest.username, dataset=peopled.dataset.id)
    assert (entry.role, entry.rule, entry.group) == (DatasetPermission.TAG, AccessRule.GROUP_GRANT, group)


def test_only_who_may_do_something(peopled: Peopled) -> None:
    access = peopled.admin.steward.access
    entries = access.list(workspace=peopled.workspace).to_list()
    granted = access.list(workspace=peopled.workspace, granted=True, page_size=2).to_list()
    assert granted == [entry for entry in entries if entry.role not in (None, DatasetPermission.NO_ACCESS)]
    assert 0 < len(granted) < len(entries)


def test_only_one_account(peopled: Peopled) -> None:
    access = peopled.admin.steward.access
    entries = access.list(workspace=peopled.workspace).to_list()
    for person in (peopled.jackie, peopled.robot):
        expected = [entry for entry in entries if entry.username == person.username]
        assert access.list(workspace=peopled.workspace, user=person.username).to_list() == expected
        assert len(expected) == 3


def test_only_one_thing(peopled: Peopled) -> None:
    access, dataset = peopled.admin.steward.access, peopled.dataset
    entries = access.list(workspace=peopled.workspace).to_list()
    for project in peopled.projects:
        bare = project.partition("/")[2]
        expected = [entry for entry in entries if entry.object_name == bare]
        object_id = expected[0].object_id
        assert access.list(project=project).to_list() == expected
        assert access.list(project=bare).to_list() == expected
        assert access.list(workspace=peopled.workspace, project=bare).to_list() == expected
        assert access.list(workspace=peopled.workspace, project=object_id, page_size=1).to_list() == expected
    expected = [entry for entry in entries if entry.object_id == dataset.id]
    assert access.list(dataset=dataset.full_name).to_list() == expected
    assert access.list(dataset=dataset.name).to_list() == expected
    assert access.list(workspace=peopled.workspace, dataset=dataset.name).to_list() == expected
    assert access.list(workspace=peopled.workspace, dataset=dataset.id, page_size=3).to_list() == expected
    both = access.list(workspace=peopled.workspace, dataset=dataset.id, project=peopled.projects[0])
    assert {entry.object_name for entry in both} == {dataset.name, peopled.projects[0].partition("/")[2]}


def test_the_workspace_that_a_full_name_names(peopled: Peopled) -> None:
    elsewhere = Team(peopled.backend)
    peopled.operator.members.add(peopled.admin.username, workspace=elsewhere.workspace, role="admin")
    access = peopled.admin.steward.access
    there = peopled.admin.steward.datasets.create("signs", workspace=elsewhere.workspace)
    assert {entry.object_id for entry in access.list(dataset=there.full_name)} == {there.id}
    project = elsewhere.project()
    assert {entry.object_name for entry in access.list(project=project)} == {project.partition("/")[2]}
    with pytest.raises(errors.ConflictingWorkspaceName):
        access.list(workspace=peopled.workspace, dataset=there.full_name)
    with pytest.raises(errors.DatasetNotFound):
        access.list(workspace=peopled.workspace, dataset=there.id).first()


def test_what_there_is_not(peopled: Peopled) -> None:
    access, nothing = peopled.admin.steward.access, fresh("nothing")
    with pytest.raises(errors.MemberNotFound):
        access.list(workspace=peopled.workspace, user=nothing).first()
    with pytest.raises(errors.ProjectNotFound):
        access.list(workspace=peopled.workspace, project=nothing).first()
    with pytest.raises(errors.DatasetNotFound):
        access.list(workspace=peopled.workspace, dataset=nothing).first()
    with pytest.raises(errors.WorkspaceNotFound):
        access.list(workspace=nothing).first()


def test_lists_are_for_admins(peopled: Peopled) -> None:
    for caller in (peopled.jackie, peopled.guest, peopled.robot):
        with pytest.raises(errors.Forbidden):
            caller.steward.access.list(workspace=peopled.workspace).first()
        with pytest.raises(errors.Forbidden):
            caller.steward.access.matrix(workspace=peopled.workspace, user="me")


def test_arguments_are_checked_before_anything_is_sent(peopled: Peopled) -> None:
    access = peopled.admin.steward.access
    for act in (
        lambda: access.list(workspace=""),
        lambda: access.list(user=""),
        lambda: access.list(project="a/b/c"),
        lambda: access.list(dataset=7),
        lambda: access.list(limit=-1),
        lambda: access.matrix(dataset=""),
    ):
        with pytest.raises(errors.InvalidArgument):
            act()
