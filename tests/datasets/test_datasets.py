"""Datasets."""

from __future__ import annotations

import pytest
from mlsteward import Steward, errors
from mlsteward.records import DatasetPermission, WorkspaceRole

from tests.facade_support import Backend, Team, fresh


def test_create_and_get(team: Team) -> None:
    datasets, name = team.admin.steward.datasets, fresh("Street Signs")
    made = datasets.create(name, workspace=team.workspace)
    assert (made.workspace, made.name, made.full_name) == (team.workspace, name, f"{team.workspace}/{name}")
    assert made.default_permission is DatasetPermission.NO_ACCESS
    assert made.creator is not None
    assert (made.creator.username, made.creator.role) == (team.admin.username, WorkspaceRole.ADMIN)
    assert made.creator.email == team.admin.email
    for dataset, workspace in (
        (name, team.workspace),
        (name.upper(), team.workspace.upper()),
        (made.full_name, None),
        (made.full_name, team.workspace),
        (made.id, None),
        # The workspace that the caller was in first.
        (name, None),
    ):
        assert datasets.get(dataset, workspace=workspace) == made


def test_the_workspace_in_the_name(team: Team) -> None:
    datasets, name = team.admin.steward.datasets, fresh("signs")
    assert datasets.create(f"{team.workspace}/{name}").full_name == f"{team.workspace}/{name}"
    with pytest.raises(errors.ConflictingWorkspaceName):
        datasets.create(f"{team.workspace}/{name}", workspace="another")


def test_the_default_workspace_of_the_caller(team: Team) -> None:
    datasets, name = team.admin.steward.datasets, fresh("signs")
    made = datasets.create(name)
    assert made.workspace == team.workspace
    assert datasets.create(name, exist_ok=True) == made
    datasets.delete(name)
    with pytest.raises(errors.DatasetNotFound):
        datasets.get(name)


def test_the_configured_workspace(backend: Backend, on_server: Backend) -> None:
    first, second = Team(on_server), Team(on_server)
    on_server.steward.members.add(first.admin.username, workspace=second.workspace)
    with Steward(**on_server.place, api_token=first.admin.api_token, workspace=second.workspace) as steward:
        made = steward.datasets.create("signs")
        assert made.workspace == second.workspace
        assert steward.datasets.get("signs") == made
        assert steward.datasets.create("signs", workspace=first.workspace).workspace == first.workspace
        # As with projects, a list is of everything unless a workspace is named.
        assert {found.workspace for found in steward.datasets.list()} == {first.workspace, second.workspace}


def test_members_create_too(team: Team) -> None:
    jackie, robot, janus = team.person(), team.robot(), team.person()
    for caller, email in ((jackie, jackie.email), (robot, None)):
        made = caller.steward.datasets.create(fresh("signs"), workspace=team.workspace, default_permission="VIEW")
        assert made.creator is not None
        assert made.creator.username == caller.username
        # Email addresses are for admins of the workspace, and one's own.
        assert team.admin.steward.datasets.get(made.id).creator.email == email
        assert janus.steward.datasets.get(made.id).creator.email is None
        assert team.admin.steward.datasets.permissions.get(made.id, user=caller.username) == "MANAGE"
    for role in ("collaborator", "guest"):
        with pytest.raises(errors.Forbidden):
            team.person(role).steward.datasets.create(fresh("signs"), workspace=team.workspace)


def test_a_creator_who_left(team: Team) -> None:
    jackie = team.person()
    made = jackie.steward.datasets.create(fresh("signs"), workspace=team.workspace)
    team.admin.steward.members.remove(jackie.username, workspace=team.workspace)
    assert team.admin.steward.datasets.get(made.id).creator is None


@pytest.mark.parametrize("default", [None, *DatasetPermission, "TAG"])
def test_what_members_may_by_default(team: Team, default: DatasetPermission | str | None) -> None:
    made = team.admin.steward.datasets.create(fresh("signs"), workspace=team.workspace, default_permission=default)
    assert made.default_permission == (default or DatasetPermission.NO_ACCESS)
    assert team.admin.steward.datasets.get(made.id) == made


def test_the_default_of_the_workspace(team: Team) -> None:
    team.admin.steward.workspaces.settings.update(team.workspace, default_dataset_permission="VIEW")
    datasets = team.admin.steward.datasets
    assert datasets.create(fresh("signs"), workspace=team.workspace).default_permission is DatasetPermission.VIEW
    made = datasets.create(fresh("signs"), workspace=team.workspace, default_permission="NO_ACCESS")
    assert made.default_permission is DatasetPermission.NO_ACCESS


def test_create_twice(team: Team) -> None:
    datasets, name = team.admin.steward.datasets, fresh("signs")
    made = datasets.create(name, workspace=team.workspace)
    with pytest.raises(errors.DatasetAlreadyExists):
        datasets.create(name.upper(), workspace=team.workspace)
    assert datasets.create(name, workspace=team.workspace, default_permission="EDIT", exist_ok=True) == made
    other = Team(team.backend)
    assert other.admin.steward.datasets.create(name, workspace=other.workspace).workspace == other.workspace


def test_a_name_of_a_dataset_one_may_not_view(team: Team) -> None:
    hidden = team.admin.steward.datasets.create(fresh("signs"), workspace=team.workspace)
    jackie = team.person().steward
    with pytest.raises(errors.DatasetNotFound):
        jackie.datasets.get(hidden.full_name)
    for exist_ok in (False, True):
        with pytest.raises(errors.DatasetAlreadyExists):
            jackie.datasets.create(hidden.full_name, exist_ok=exist_ok)


@pytest.mark.parametrize("wrong", ["", "a/b/c", "/a", "a/", "a:b", " lead", "tab\t", "💥", "x" * 129, "me", "0" * 32])
def test_names_that_are_none(team: Team, wrong: str) -> None:
    with pytest.raises((errors.InvalidArgument, errors.InvalidRequest, errors.DatasetAlreadyExists)):
        team.admin.steward.datasets.create(wrong, workspace=None if "/" in wrong else team.workspace)


def test_where_there_is_no_workspace(team: Team) -> None:
    for workspace in (fresh("nothing"), Team(team.backend).workspace):
        with pytest.raises(errors.WorkspaceNotFound):
            team.admin.steward.datasets.create("signs", workspace=workspace)
        with pytest.raises(errors.WorkspaceNotFound):
            team.admin.steward.datasets.list(workspace=workspace).to_list()
        with pytest.raises(errors.DatasetNotFound):
            team.admin.steward.datasets.get("signs", workspace=workspace)


def test_list_what_one_may_view(team: Team) -> None:
    other, jackie = Team(team.backend), team.person()
    other.operator.members.add(jackie.username, workspace=other.workspace)
    datasets = team.admin.steward.datasets
    made = [
        datasets.create(fresh("signs"), workspace=team.workspace, default_permission=permission)
        for permission in ("VIEW", "NO_ACCESS", "EDIT", "MANAGE")
    ]
    there = other.admin.steward.datasets.create(fresh("signs"), workspace=other.workspace, default_permission="TAG")
    assert datasets.list(workspace=team.workspace).to_list() == made
    visible = [found.id for found in made if found.default_permission != "NO_ACCESS"]
    assert [found.id for found in jackie.steward.datasets.list(workspace=team.workspace)] == visible
    assert [found.id for found in jackie.steward.datasets.list(page_size=1)] == [*visible, there.id]
    assert [len(page) for page in jackie.steward.datasets.list(page_size=3).pages()] == [3, 1]
    assert [found.id for found in jackie.steward.datasets.list(limit=2)] == visible[:2]
    assert team.person("guest").steward.datasets.list().to_list() == []


def test_delete(team: Team) -> None:
    datasets, jackie = team.admin.steward.datasets, team.person()
    made = datasets.create(fresh("signs"), workspace=team.workspace, default_permission="EDIT")
    with pytest.raises(errors.Forbidden, match="MANAGE"):
        jackie.steward.datasets.delete(made.id)
    datasets.permissions.grant(made.id, "MANAGE", user=jackie.username)
    jackie.steward.datasets.delete(made.name, workspace=team.workspace)
    for reference in (made.id, made.full_name):
        with pytest.raises(errors.DatasetNotFound):
            datasets.delete(reference)
        datasets.delete(reference, missing_ok=True)
    # What was granted is gone with it, and does not come back with the name.
    again = jackie.steward.datasets.create(made.name, workspace=team.workspace)
    assert again.id != made.id
    assert datasets.permissions.list(user=team.person().username, workspace=team.workspace).to_list() == []


def test_missing_ok_is_for_the_dataset_only(team: Team) -> None:
    made = team.admin.steward.datasets.create(fresh("signs"), workspace=team.workspace, default_permission="EDIT")
    with pytest.raises(errors.Forbidden):
        team.person().steward.datasets.delete(made.id, missing_ok=True)


def test_arguments_are_checked_before_anything_is_sent(backend: Backend) -> None:
    datasets = backend.steward.datasets
    for act in (
        lambda: datasets.get(None),
        lambda: datasets.get("x", workspace=7),
        lambda: datasets.list(workspace=""),
        lambda: datasets.create("x", default_permission="view"),
        lambda: datasets.create("x", default_permission="ALL"),
        lambda: datasets.delete("a/b/c"),
        lambda: datasets.list(limit=-1),
    ):
        with pytest.raises(errors.InvalidArgument):
            act()
