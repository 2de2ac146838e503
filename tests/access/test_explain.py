"""Why an account may do what it may."""

from __future__ import annotations

from typing import Any

import pytest
from mlsteward import Steward, errors
from mlsteward.records import (
    AccessExplanation,
    AccessObjectType,
    AccessRule,
    AccountKind,
    DatasetPermission,
    ProjectRole,
    WorkspaceRole,
)

from tests.facade_support import Backend, Team, fresh


def rules(explanation: AccessExplanation) -> list[tuple[Any, Any, Any, bool]]:
    return [(found.rule, found.role, found.group, found.decides) for found in explanation.considered]


def test_a_dataset(team: Team) -> None:
    admin, jackie = team.admin.steward, team.person()
    dataset = admin.datasets.create(fresh("signs"), workspace=team.workspace, default_permission="VIEW")
    group = fresh("labelers")
    admin.groups.create(group, workspace=team.workspace, users=[jackie.username])
    admin.datasets.permissions.grant(dataset.id, "EDIT", group=group)
    admin.datasets.permissions.grant(dataset.id, "TAG", user=jackie.username)
    found = admin.access.explain(jackie.username, dataset=dataset.full_name)
    assert (found.object_type, found.object_id, found.object_name, found.workspace) == (
        AccessObjectType.DATASET,
        dataset.id,
        dataset.name,
        team.workspace,
    )
    assert (found.user_id, found.username) == (jackie.steward.whoami().id, jackie.username)
    assert (found.kind, found.workspace_role) == (AccountKind.USER, WorkspaceRole.MEMBER)
    assert (found.role, found.rule, found.group) == (DatasetPermission.TAG, AccessRule.OWN_GRANT, None)
    assert rules(found) == [
        (AccessRule.OWN_GRANT, DatasetPermission.TAG, None, True),
        (AccessRule.GROUP_GRANT, DatasetPermission.EDIT, group, False),
        (AccessRule.DEFAULT, DatasetPermission.VIEW, None, False),
    ]
    admin.datasets.permissions.revoke(dataset.id, user=jackie.username)
    found = admin.access.explain(jackie.username, dataset=dataset.id)
    assert (found.role, found.rule, found.group) == (DatasetPermission.EDIT, AccessRule.GROUP_GRANT, group)
    assert found.role == admin.datasets.permissions.get(dataset.id, user=jackie.username)


def test_a_project(team: Team) -> None:
    project, admin = team.project(visibility="workspace"), team.admin.steward
    jackie, guest, robot = team.person(), team.person("guest"), team.robot()
    admin.projects.members.add(project, guest.username, role="viewer")
    found = admin.access.explain(guest.email, project=project)
    assert (found.object_type, found.role, found.rule) == (
        AccessObjectType.PROJECT,
        ProjectRole.VIEWER,
        AccessRule.ROSTER,
    )
    assert rules(found) == [(AccessRule.ROSTER, ProjectRole.VIEWER, None, True)]
    found = admin.access.explain(jackie.username, project=project)
    assert (found.role, found.rule) == (ProjectRole.OWNER, AccessRule.VISIBILITY)
    found = admin.access.explain(team.admin.username, project=project)
    assert (found.role, found.rule) == (ProjectRole.OWNER, AccessRule.ADMIN)
    assert admin.access.explain(robot.username, project=project).kind is AccountKind.SERVICE_ACCOUNT


def test_nothing(team: Team) -> None:
    project, admin, guest = team.project(), team.admin.steward, team.person("guest")
    dataset = admin.datasets.create(fresh("signs"), workspace=team.workspace, default_permission="EDIT")
    found = admin.access.explain(guest.username, project=project)
    assert (found.role, found.rule, found.considered) == (None, AccessRule.NONE, ())
    found = admin.access.explain(guest.username, dataset=dataset.id)
    assert (found.role, found.rule, found.considered) == (DatasetPermission.NO_ACCESS, AccessRule.NONE, ())


def test_the_first_that_is_considered_decides(team: Team) -> None:
    project, admin = team.project(visibility="public"), team.admin.steward
    dataset = admin.datasets.create(fresh("signs"), workspace=team.workspace, default_permission="EDIT")
    for role in WorkspaceRole:
        account = team.person(role).username
        for target in (project, dataset):
            found = admin.access.explain(account, target)
            decisive = [given for given in found.considered if given.decides]
            assert decisive == list(found.considered[:1])
            for given in decisive:
                assert (given.role, given.rule, given.group) == (found.role, found.rule, found.group)


def test_what_is_meant(team: Team) -> None:
    admin, jackie = team.admin.steward, team.person().username
    project = admin.projects.get(team.project())
    dataset = admin.datasets.create(fresh("signs"), workspace=team.workspace)
    explain = admin.access.explain
    by_name = {"workspace": team.workspace}
    for target, options in ((project, {}), (project.full_name, {}), (project.name, by_name), (project.id, {})):
        assert explain(jackie, target, **options) == explain(jackie, project=project.full_name)
    for target, options in ((dataset, {}), (dataset.full_name, {}), (dataset.name, by_name), (dataset.id, {})):
        assert explain(jackie, target, **options) == explain(jackie, dataset=dataset.full_name)
    # The default workspace of the caller.
    assert explain(jackie, project.name).object_id == explain(jackie, project=project.name).object_id == project.id
    assert explain(jackie, dataset.name).object_id == explain(jackie, dataset=dataset.name).object_id == dataset.id


def test_the_configured_workspace(on_server: Backend) -> None:
    team, other = Team(on_server), Team(on_server)
    on_server.steward.members.add(team.admin.username, workspace=other.workspace, role="admin")
    place = {**on_server.place, "api_token": team.admin.api_token, "workspace": other.workspace}
    with Steward(**place) as steward:
        here = steward.datasets.create(fresh("signs"))
        assert steward.access.explain("me", here.name).workspace == other.workspace
        assert steward.access.explain("me", dataset=here.name).object_id == here.id
        assert {found.object_id for found in steward.access.list()} == {here.id}
        with pytest.raises(errors.ProjectOrDatasetNotFound):
            steward.access.explain("me", here.name, workspace=team.workspace)


def test_a_project_and_a_dataset_of_one_name(team: Team) -> None:
    admin, jackie = team.admin.steward, team.person()
    name = team.project("twin")
    dataset = admin.datasets.create(name)
    for target, options in ((name, {}), (dataset.name, {"workspace": team.workspace}), (dataset.name, {})):
        with pytest.raises(errors.AmbiguousName, match="pass project= or dataset="):
            admin.access.explain(jackie.username, target, **options)
    assert admin.access.explain(jackie.username, project=name).object_type is AccessObjectType.PROJECT
    assert admin.access.explain(jackie.username, dataset=name).object_type is AccessObjectType.DATASET
    assert admin.access.explain(jackie.username, dataset).object_id == dataset.id
    assert admin.access.explain(jackie.username, admin.projects.get(name)).object_type is AccessObjectType.PROJECT
    # What the caller cannot see is not there to be confused with.
    admin.datasets.permissions.grant(dataset.id, "VIEW", user=jackie.username)
    assert jackie.steward.access.explain("me", name).object_type is AccessObjectType.DATASET


def test_neither_a_project_nor_a_dataset(team: Team) -> None:
    explain, hidden = team.admin.steward.access.explain, Team(team.backend)
    for name in (fresh("nothing"), f"{team.workspace}/{fresh('nothing')}", "0" * 32, hidden.project()):
        with pytest.raises(errors.ProjectOrDatasetNotFound, match="no project and no dataset") as caught:
            explain("me", name)
        assert isinstance(caught.value, ValueError)
        assert (caught.value.status, caught.value.code) == (404, None)
        assert caught.value.request_id
    with pytest.raises(errors.ProjectNotFound):
        explain("me", project=f"{team.workspace}/{fresh('nothing')}")
    with pytest.raises(errors.DatasetNotFound):
        explain("me", dataset=f"{team.workspace}/{fresh('nothing')}")


def test_whom_there_is_not(team: Team) -> None:
    admin, stranger = team.admin.steward, Team(team.backend).person()
    project, dataset = team.project(), admin.datasets.create(fresh("signs"), workspace=team.workspace)
    for user in (fresh("nobody"), stranger.username):
        for target in ({"project": project}, {"dataset": dataset.id}):
            with pytest.raises(errors.MemberNotFound):
                admin.access.explain(user, **target)
        for name in (project, dataset.full_name):
            with pytest.raises(errors.MemberNotFound):
                admin.access.explain(user, name)


def test_everybody_may_ask_about_themselves(team: Team) -> None:
    jackie, janus = team.person(), team.person(username="janus")
    project = team.project(visibility="workspace")
    dataset = team.admin.steward.datasets.create(fresh("signs"), workspace=team.workspace, default_permission="VIEW")
    for target, role in ((project, ProjectRole.OWNER), (dataset, DatasetPermission.VIEW)):
        for user in ("me", jackie.username, jackie.email):
            assert jackie.steward.access.explain(user, target).role is role
        with pytest.raises(errors.Forbidden):
            jackie.steward.access.explain(janus.username, target)
    hidden = team.admin.steward.datasets.create(fresh("signs"), workspace=team.workspace)
    with pytest.raises(errors.DatasetNotFound):
        jackie.steward.access.explain("me", hidden)


def test_arguments_are_checked_before_anything_is_sent(backend: Backend) -> None:
    explain = backend.steward.access.explain
    for act, word in (
        (lambda: explain("me"), "exactly one of project_or_dataset, project and dataset"),
        (lambda: explain("me", "a/x", dataset="a/x"), "exactly one of"),
        (lambda: explain("me", project="a/x", dataset="a/x"), "exactly one of"),
        (lambda: explain("", "a/x"), "user must not be empty"),
        (lambda: explain(7, "a/x"), "user must be a str"),
        (lambda: explain("me", 7), "project_or_dataset must be a str"),
        (lambda: explain("me", ""), "project_or_dataset must not be empty"),
        (lambda: explain("me", "a/b/c"), "cannot be read"),
        (lambda: explain("me", "a/x", workspace="b"), "another workspace"),
    ):
        with pytest.raises(errors.InvalidArgument, match=word):
            act()
