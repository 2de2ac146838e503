"""What counts in the workspace where nothing else is said."""

from __future__ import annotations

from typing import Any

import mlsteward.management as fom
import pytest
from mlsteward import errors

from tests.facade_support import Team, fresh
from tests.support.people import acting

INITIAL = fom.OrganizationSettings(
    default_user_role=fom.MEMBER,
    default_dataset_permission=fom.NO_ACCESS,
    default_operator_minimum_role=fom.MEMBER,
    default_operator_minimum_dataset_permission=fom.EDIT,
)


@pytest.mark.covers("fiftyone.organization.get_organization_settings", "fiftyone.organization.OrganizationSettings")
def test_get(team: Team) -> None:
    with acting(team, team.admin):
        found = fom.get_organization_settings()
        assert isinstance(found, fom.OrganizationSettings)
        assert found == INITIAL
        assert [type(value) for value in (found.default_user_role, found.default_operator_minimum_role)] == [
            fom.UserRole
        ] * 2
        assert type(found.default_dataset_permission) is fom.DatasetPermission
        assert type(found.default_operator_minimum_dataset_permission) is fom.DatasetPermission


@pytest.mark.covers(
    "fiftyone.organization.set_organization_settings", "fiftyone.organization.set_organization_settings:partial"
)
def test_set(team: Team) -> None:
    with acting(team, team.admin):
        assert fom.set_organization_settings(default_user_role=fom.GUEST).default_user_role is fom.GUEST
        found = fom.set_organization_settings(default_dataset_permission="view")
        expected: dict[str, Any] = {
            "default_user_role": fom.GUEST,
            "default_dataset_permission": fom.VIEW,
            "default_operator_minimum_role": fom.MEMBER,
            "default_operator_minimum_dataset_permission": fom.EDIT,
        }
        assert found == fom.OrganizationSettings(**expected)
        expected |= {"default_operator_minimum_role": "ADMIN", "default_operator_minimum_dataset_permission": "MANAGE"}
        fom.set_organization_settings(
            default_operator_minimum_role="admin", default_operator_minimum_dataset_permission=fom.MANAGE
        )
        assert fom.get_organization_settings() == fom.OrganizationSettings(**expected)
        # What is read can be given back as a whole.
        others = {name: getattr(INITIAL, name) for name in expected}
        assert fom.set_organization_settings(**others) == INITIAL
    # Another workspace has its own.
    other = Team(team.backend)
    with acting(other, other.admin):
        fom.set_organization_settings(default_user_role=fom.COLLABORATOR)
    with acting(team, team.admin):
        assert fom.set_organization_settings() == fom.get_organization_settings() == INITIAL


def test_they_count_for_what_comes_later(team: Team) -> None:
    before, after, new_guest = fresh("before"), fresh("after"), f"{fresh('guest')}@example.org"
    member = team.person("member")
    with acting(team, team.admin):
        team.admin.steward.datasets.create(f"{team.workspace}/{before}")
        fom.set_organization_settings(default_dataset_permission=fom.TAG, default_user_role=fom.COLLABORATOR)
        team.admin.steward.datasets.create(f"{team.workspace}/{after}")
        assert fom.get_permissions(user=member.email) == [{"name": after, "permission": fom.TAG}]
        fom.set_dataset_user_permission(after, new_guest, fom.VIEW, invite=True)
        (pending,) = fom.list_pending_invitations()
        assert (pending.invitee_email, pending.invitee_role) == (new_guest, fom.COLLABORATOR)


@pytest.mark.parametrize("value", ["OWNER", "", 7, "mls_" + "c" * 49])
@pytest.mark.parametrize("name", [name for name in dir(INITIAL) if name.startswith("default")])
def test_values_that_are_none(team: Team, name: str, value: Any) -> None:
    words = "'ADMIN', 'MEMBER'" if name.endswith("role") else "'NO_ACCESS', 'VIEW'"
    with acting(team, team.admin):
        # A word of the other enum is none either.
        for wrong in (value, fom.EDIT if name.endswith("role") else fom.GUEST):
            arguments: dict[str, Any] = {"default_user_role": fom.GUEST, "default_dataset_permission": fom.VIEW}
            with pytest.raises(errors.UnsupportedValue, match=f"^{name} cannot be .*{words}") as caught:
                fom.set_organization_settings(**{**arguments, name: wrong})
            assert "ccc" not in str(caught.value).lower()
        assert fom.get_organization_settings() == INITIAL


@pytest.mark.covers(
    "fiftyone.organization.get_organization_settings", "fiftyone.organization.set_organization_settings"
)
@pytest.mark.parametrize("role", ["member", "collaborator", "guest"])
def test_they_are_for_admins(team: Team, role: str) -> None:
    with acting(team, team.person(role)):
        for refused in (
            fom.get_organization_settings,
            fom.set_organization_settings,
            lambda: fom.set_organization_settings(default_user_role=fom.ADMIN),
        ):
            with pytest.raises(errors.Forbidden):
                refused()
    with acting(team, team.admin):
        assert fom.get_organization_settings() == INITIAL


def test_the_workspace(team: Team) -> None:
    # Nobody names a workspace: it is the only one they are in.
    with fom.connect(**team.backend.place, api_token=team.admin.api_token):
        fom.set_organization_settings(default_user_role=fom.GUEST)
        assert fom.get_organization_settings().default_user_role == fom.GUEST
    stranger = Team(team.backend).admin
    with acting(team, stranger), pytest.raises(errors.WorkspaceNotFound):
        fom.get_organization_settings()
