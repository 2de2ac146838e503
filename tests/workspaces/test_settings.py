"""What counts in a workspace where nothing else is said."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from mlsteward import errors
from mlsteward.records import DatasetPermission, OrganizationSettings, WorkspaceRole

from tests.facade_support import Team, fresh

INITIAL = OrganizationSettings(
    default_user_role=WorkspaceRole.MEMBER,
    default_dataset_permission=DatasetPermission.NO_ACCESS,
    default_operator_minimum_role=WorkspaceRole.MEMBER,
    default_operator_minimum_dataset_permission=DatasetPermission.EDIT,
)


def test_initial(team: Team) -> None:
    assert team.admin.steward.workspaces.settings.get(team.workspace) == INITIAL
    # The default workspace of the caller.
    assert team.admin.steward.workspaces.settings.get() == INITIAL


@pytest.mark.parametrize(
    "change",
    [
        {"default_user_role": WorkspaceRole.GUEST},
        {"default_dataset_permission": "VIEW"},
        {"default_operator_minimum_role": "admin"},
        {"default_operator_minimum_dataset_permission": DatasetPermission.MANAGE},
    ],
)
def test_update_one(team: Team, change: dict[str, Any]) -> None:
    settings = team.admin.steward.workspaces.settings
    changed = settings.update(team.workspace, **change)
    assert changed == attrs.evolve(INITIAL, **change)
    assert settings.get(team.workspace) == changed
    ((name, _),) = change.items()
    assert not type(getattr(changed, name)).__module__.startswith("mlsteward_api")


def test_update_all_and_nothing(team: Team) -> None:
    settings = team.admin.steward.workspaces.settings
    changed = settings.update(
        default_user_role="collaborator",
        default_dataset_permission="TAG",
        default_operator_minimum_role="guest",
        default_operator_minimum_dataset_permission="NO_ACCESS",
    )
    assert attrs.astuple(changed) == ("collaborator", "TAG", "guest", "NO_ACCESS")
    assert settings.update(team.workspace) == changed
    other = Team(team.backend)
    assert other.admin.steward.workspaces.settings.get(other.workspace) == INITIAL


def test_settings_are_for_admins(team: Team) -> None:
    for person in (team.person(), team.person("guest"), team.robot()):
        for act in (
            lambda person=person: person.steward.workspaces.settings.get(team.workspace),
            lambda person=person: person.steward.workspaces.settings.update(team.workspace),
            lambda person=person: person.steward.workspaces.settings.update(team.workspace, default_user_role="admin"),
        ):
            with pytest.raises(errors.Forbidden):
                act()
    with pytest.raises(errors.WorkspaceNotFound):
        team.admin.steward.workspaces.settings.update(fresh("nothing"), default_user_role="guest")
    assert team.admin.steward.workspaces.settings.get(team.workspace) == INITIAL


@pytest.mark.parametrize(
    "change",
    [
        {"default_user_role": "owner"},
        {"default_user_role": DatasetPermission.VIEW},
        {"default_dataset_permission": "view"},
        {"default_operator_minimum_role": ""},
        {"default_operator_minimum_dataset_permission": WorkspaceRole.ADMIN},
    ],
)
def test_words_that_are_none(team: Team, change: dict[str, Any]) -> None:
    ((name, _),) = change.items()
    with pytest.raises(errors.InvalidArgument, match=name):
        team.admin.steward.workspaces.settings.update(team.workspace, **change)
