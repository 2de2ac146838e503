"""People, their roles, and invitations."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import mlsteward.management as fom
import pytest
from mlsteward import errors

from tests.facade_support import Team, fresh
from tests.support.people import acting, forms

UNKNOWN = "unknown@example.org"


@pytest.mark.covers("fiftyone.users.whoami", "fiftyone.users.User")
@pytest.mark.parametrize("role", ["admin", "member", "collaborator", "guest"])
def test_whoami(team: Team, role: str) -> None:
    jackie = team.person(role)
    with acting(team, jackie):
        me = fom.whoami()
        assert (me.name, me.email, me.role) == (jackie.username, jackie.email, fom.UserRole[role.upper()])
        assert isinstance(me.role, fom.UserRole)
        assert fom.get_user(me.id) == fom.get_user(jackie.email) == me
    # Nobody names a workspace: it is the only one they are in.
    with fom.connect(**team.backend.place, api_token=jackie.api_token):
        assert fom.whoami() == me


def test_whoami_of_those_who_are_not_listed(team: Team) -> None:
    robot = team.robot()
    with acting(team, robot):
        found = fom.whoami()
        assert (found.name, found.email, found.role) == (robot.username, None, fom.MEMBER)
    for options in (team.backend.options, {**team.backend.options, "workspace": team.workspace}):
        with fom.connect(**options):
            assert fom.whoami().role == fom.ADMIN
    stranger = Team(team.backend).admin
    with acting(team, stranger), pytest.raises(errors.WorkspaceNotFound):
        fom.whoami()


def test_the_operator_of_an_empty_server() -> None:
    with fom.connect(path=":memory:"):
        assert (fom.whoami().name, fom.whoami().role) == ("local", fom.ADMIN)


def test_name(team: Team) -> None:
    with acting(team, team.admin):
        for given, expected in (
            ({"name": "Jackie", "surname": "Doe"}, "Jackie Doe"),
            ({"name": "Jackie"}, "Jackie"),
            ({"surname": "Doe"}, "Doe"),
            ({}, None),
        ):
            username = fresh("named")
            team.operator.members.add(username, workspace=team.workspace, **given)
            found = fom.get_user(username)
            assert found is not None
            assert found.name == (expected or username)
            assert found.email is None


@pytest.mark.covers("fiftyone.users.get_user")
def test_get_user(team: Team) -> None:
    jackie, outsider = team.person("collaborator"), Team(team.backend).admin
    with acting(team, team.admin):
        found = fom.get_user(jackie.email)
        assert found is not None
        assert (found.email, found.role) == (jackie.email, fom.COLLABORATOR)
        assert fom.get_user(found.id) == fom.get_user(jackie.email.upper()) == found
        for unknown in (UNKNOWN, outsider.email, "0" * 32, fresh("nobody")):
            assert fom.get_user(unknown) is None
        with pytest.raises(ValueError, match="user"):
            fom.get_user("")
    with acting(team, jackie):
        assert fom.get_user(jackie.email) == found
        with pytest.raises(errors.Forbidden):
            fom.get_user(team.admin.email)
    with fom.connect(**{**team.backend.options, "workspace": fresh("nothing")}), pytest.raises(errors.NotFound):
        fom.get_user(jackie.email)


@pytest.mark.covers("fiftyone.users.list_users")
def test_list_users(team: Team) -> None:
    jackie, nameless = team.person("guest"), fresh("zoe")
    team.operator.members.add(nameless, workspace=team.workspace)
    team.robot()
    with acting(team, team.admin):
        found = fom.list_users()
        roles = {user.email or user.name: user.role for user in found}
        assert roles == {team.admin.email: fom.ADMIN, jackie.email: fom.GUEST, nameless: fom.MEMBER}
        assert all(isinstance(user, fom.User) for user in found)
        assert found == fom.list_users(verbose=True) == [fom.get_user(user.id) for user in found]
        assert fom.list_users(verbose=False) == [user.email or user.name for user in found]
        assert json.loads(json.dumps(found[0].role)) == found[0].role
    with acting(team, jackie):
        for verbose in (True, False):
            with pytest.raises(errors.Forbidden):
                fom.list_users(verbose)


@pytest.mark.covers("fiftyone.users.set_user_role", "fiftyone.management:user_argument")
@pytest.mark.parametrize("form", ["id", "email", "User"])
@pytest.mark.parametrize("role", [fom.GUEST, "COLLABORATOR", "member", "Admin"])
def test_set_user_role(team: Team, form: str, role: Any) -> None:
    jackie = team.person("guest" if role != "GUEST" else "member")
    with acting(team, team.admin):
        assert fom.set_user_role(forms(jackie)[form], role) is None  # type: ignore[func-returns-value]
        found = fom.get_user(jackie.email)
        assert found is not None
        assert found.role is fom.UserRole[role.upper()]


@pytest.mark.parametrize("role", ["OWNER", "", None, 7, "ADMİN", "mls_" + "c" * 49])
def test_roles_that_are_none(team: Team, role: Any) -> None:
    with acting(team, team.admin):
        for refused in (
            lambda: fom.set_user_role(team.admin.email, role),
            lambda: fom.send_user_invitation(UNKNOWN, role),
        ):
            with pytest.raises(errors.UnsupportedValue, match="'ADMIN', 'MEMBER', 'COLLABORATOR', 'GUEST'") as caught:
                refused()
            assert "ccc" not in str(caught.value).lower()
        assert fom.list_pending_invitations() == []


@pytest.mark.covers(
    "fiftyone.users.delete_user", "fiftyone.users.delete_user:gone", "fiftyone.management:user_argument"
)
@pytest.mark.parametrize("form", ["id", "email", "User"])
def test_delete_user(team: Team, form: str) -> None:
    jackie = team.person()
    with acting(team, team.admin):
        user = forms(jackie)
        assert fom.delete_user(user[form]) is None  # type: ignore[func-returns-value]
        assert fom.get_user(jackie.email) is None
        assert fom.get_user(user["id"]) is None
        assert jackie.email not in fom.list_users(verbose=False)
    with acting(team, jackie), pytest.raises(errors.APIError):
        fom.whoami()


def test_the_last_admin_stays(team: Team) -> None:
    with acting(team, team.admin):
        with pytest.raises(errors.LastAdmin):
            fom.delete_user(team.admin.email)
        with pytest.raises(errors.LastAdmin):
            fom.set_user_role(team.admin.email, fom.MEMBER)


@pytest.mark.covers("fiftyone.users.resolve_user_id", "fiftyone.management:user_argument")
def test_resolve_user_id(team: Team) -> None:
    jackie = team.person()
    with acting(team, team.admin):
        user = fom.get_user(jackie.email)
        assert user is not None
        for form in (user.id, user, jackie.email, jackie.username):
            assert fom.resolve_user_id(form) == user.id
    # An id needs no server.
    with fom.connect("http://127.0.0.1:1", retry=None):
        assert fom.resolve_user_id(user.id) == fom.resolve_user_id(user) == user.id
        with pytest.raises(ConnectionError):
            fom.resolve_user_id(jackie.email)


@pytest.mark.covers(
    "fiftyone.users.send_user_invitation", "fiftyone.users.list_pending_invitations", "fiftyone.users.Invitation"
)
@pytest.mark.parametrize("role", [*fom.UserRole, "guest"])
def test_send_user_invitation(team: Team, role: Any) -> None:
    new_guest = f"{fresh('guest')}@example.org"
    with acting(team, team.admin):
        assert fom.list_pending_invitations() == []
        invite_id = fom.send_user_invitation(new_guest, role)
        (pending,) = fom.list_pending_invitations()
        assert isinstance(pending, fom.Invitation)
        assert (pending.id, pending.invitee_email) == (invite_id, new_guest)
        assert pending.invitee_role is fom.UserRole[role.upper()]
        assert abs(pending.created_at - datetime.now(UTC)) < timedelta(minutes=5)
        assert pending.expires_at > pending.created_at
        assert "/accept?token=" in pending.url
        assert "token" not in repr(pending)
        with pytest.raises(errors.UserAlreadyInvited):
            fom.send_user_invitation(new_guest, role)
        # Whoever accepts is in, and no longer pending.
        team.operator.invitations.accept(pending.url)
        assert fom.list_pending_invitations() == []
        user = fom.get_user(new_guest)
        assert user is not None
        assert user.role == pending.invitee_role


def test_an_invitation_to_a_username_has_no_address(team: Team) -> None:
    team.operator.invitations.send(workspace=team.workspace, username=Team(team.backend).admin.username)
    with acting(team, team.admin):
        (pending,) = fom.list_pending_invitations()
        assert pending.invitee_email is None


@pytest.mark.covers("fiftyone.users.delete_user_invitation", "fiftyone.users.delete_user_invitation:id_or_email")
@pytest.mark.parametrize("by", ["id", "email"])
def test_delete_user_invitation(team: Team, by: str) -> None:
    new_guest, other = (f"{fresh('guest')}@example.org" for _ in range(2))
    with acting(team, team.admin):
        kept = fom.send_user_invitation(other, fom.MEMBER)
        invite_id = fom.send_user_invitation(new_guest, fom.GUEST)
        url = fom.list_pending_invitations()[-1].url
        assert fom.delete_user_invitation(invite_id if by == "id" else new_guest) is None  # type: ignore[func-returns-value]
        assert [pending.id for pending in fom.list_pending_invitations()] == [kept]
    with pytest.raises(errors.InvitationNotPending):
        team.operator.invitations.accept(url)


@pytest.mark.covers("fiftyone.users.delete_user_invitation:only_unaccepted")
@pytest.mark.parametrize("by", ["id", "email"])
def test_an_accepted_invitation_stays_accepted(team: Team, by: str) -> None:
    new_guest = f"{fresh('guest')}@example.org"
    with acting(team, team.admin):
        invite_id = fom.send_user_invitation(new_guest, fom.GUEST)
        team.operator.invitations.accept(fom.list_pending_invitations()[0].url)
        with pytest.raises(errors.InvitationNotFound) as caught:
            fom.delete_user_invitation(invite_id if by == "id" else new_guest)
        assert isinstance(caught.value, ValueError)
        assert fom.get_user(new_guest) is not None


@pytest.mark.covers(
    "fiftyone.users.delete_user",
    "fiftyone.users.set_user_role",
    "fiftyone.users.send_user_invitation",
    "fiftyone.users.list_pending_invitations",
    "fiftyone.users.delete_user_invitation",
)
@pytest.mark.parametrize("role", ["member", "collaborator", "guest"])
def test_what_is_for_admins(team: Team, role: str) -> None:
    jackie = team.person(role)
    with acting(team, team.admin):
        invite_id = fom.send_user_invitation(f"{fresh('guest')}@example.org", fom.GUEST)
    with acting(team, jackie):
        for refused in (
            lambda: fom.delete_user(team.admin.email),
            lambda: fom.set_user_role(team.admin.email, fom.GUEST),
            lambda: fom.set_user_role(jackie.email, fom.ADMIN),
            lambda: fom.send_user_invitation(UNKNOWN, fom.GUEST),
            fom.list_pending_invitations,
            lambda: fom.delete_user_invitation(invite_id),
        ):
            with pytest.raises(errors.Forbidden):
                refused()


def test_what_is_not_there(team: Team) -> None:
    with acting(team, team.admin):
        for refused in (
            lambda: fom.delete_user(UNKNOWN),
            lambda: fom.set_user_role(UNKNOWN, fom.GUEST),
            lambda: fom.resolve_user_id(UNKNOWN),
            lambda: fom.delete_user_invitation(UNKNOWN),
            lambda: fom.delete_user_invitation("0" * 32),
        ):
            with pytest.raises(ValueError) as caught:
                refused()
            assert isinstance(caught.value, errors.NotFound)
        for misused in (
            lambda: fom.delete_user(None),  # type: ignore[arg-type]
            lambda: fom.get_user(7),  # type: ignore[arg-type]
            lambda: fom.send_user_invitation("no address", fom.GUEST),
            lambda: fom.send_user_invitation("", fom.GUEST),
        ):
            with pytest.raises(ValueError):
                misused()
