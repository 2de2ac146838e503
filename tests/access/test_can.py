"""Whether an account may do something, and what it lacks."""

from __future__ import annotations

import pytest
from mlsteward import errors
from mlsteward.records import AccessLevel, DatasetPermission, KeyScope, ProjectRole, WorkspaceRole

from tests.facade_support import Team, fresh


def test_yes_and_no_on_each_ladder(team: Team) -> None:
    admin, project = team.admin.steward, team.project()
    dataset = admin.datasets.create(fresh("signs"), workspace=team.workspace)
    jackie, owner = team.person(), team.in_project("owner", project)
    admin.datasets.permissions.grant(dataset.id, "TAG", user=jackie.username)
    can = admin.access.can

    found = can(jackie.username, "create_group", workspace=team.workspace)
    assert not found
    assert (
        found.reason
        == f"create_group needs the role admin in the workspace '{team.workspace}'; {jackie.username} is a member."
    )
    assert found.needs == AccessLevel("workspace", team.workspace, WorkspaceRole.ADMIN)
    assert found.has == AccessLevel("workspace", team.workspace, WorkspaceRole.MEMBER)
    assert (found.code, found.scope) == ("forbidden", KeyScope.ADMIN)
    assert can(team.admin.username, "create_group", workspace=team.workspace)

    found = can(jackie.username, "update_project", project)
    assert (bool(found), found.allowed, found.code) == (False, False, "project_not_found")
    assert found.needs is not None
    assert found.has is not None
    assert (found.needs.role, found.has.role) == (ProjectRole.OWNER, None)
    found = can(owner.email, "update_project", project)
    assert found
    assert (found.username, found.reason, found.needs, found.has) == (owner.username, None, None, None)

    found = can(jackie.username, "delete_dataset", dataset)
    assert found.has == AccessLevel("dataset", dataset.name, DatasetPermission.TAG)
    assert can(jackie.username, "get_dataset", dataset)


def test_how_objects_are_named(team: Team) -> None:
    admin = team.admin.steward
    project = admin.projects.get(team.project())
    dataset = admin.datasets.create(fresh("signs"), workspace=team.workspace)
    experiment = admin.experiments.create(project.full_name)
    can = admin.access.can
    targets = {
        "delete_project": (project, project.full_name, project.name, project.id),
        "delete_dataset": (dataset, dataset.full_name, dataset.name, dataset.id),
        "update_experiment": (
            experiment,
            f"{team.workspace}/{experiment.short_id}",
            experiment.short_id,
            experiment.id,
        ),
    }
    for operation, names in targets.items():
        for name in names:
            assert can("me", operation, name), name
            assert can("me", operation, name, workspace=team.workspace), name
    with pytest.raises(errors.InvalidArgument, match="names another workspace"):
        can("me", "delete_project", project.full_name, workspace="elsewhere")
    with pytest.raises(errors.InvalidArgument, match="operation must not be empty"):
        can("me", "", project)


def test_many_questions(team: Team) -> None:
    admin, project, jackie = team.admin.steward, team.project(), team.person()
    users = (team.admin.username, jackie.username)
    questions = [(user, operation, project) for operation in ("get_project", "delete_project") for user in users]
    answers = admin.access.check(question for _ in range(30) for question in questions)
    assert [bool(answer) for answer in answers] == [True, False, True, False] * 30
    assert [(answer.username, answer.operation) for answer in answers[:4]] == [each[:2] for each in questions]
    assert admin.access.check([]) == ()


def test_who_may_ask(team: Team) -> None:
    project, jackie = team.project(), team.person()
    assert not jackie.steward.access.can("me", "get_project", project)
    with pytest.raises(errors.Forbidden):
        jackie.steward.access.can(team.admin.username, "get_project", project)
    with pytest.raises(errors.MemberNotFound):
        team.admin.steward.access.can("nosuch", "get_project", project)
    with pytest.raises(errors.InvalidRequest, match="there is no operation 'destroy_project'"):
        jackie.steward.access.can("me", "destroy_project", project)
