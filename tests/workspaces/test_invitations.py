"""Invitations, from the letter to the membership."""

from __future__ import annotations

from datetime import timedelta

import pytest
from mlsteward import Steward, errors
from mlsteward.records import InvitationStatus, WorkspaceRole

from tests.facade_support import Backend, Team, fresh


def test_invite_somebody_new_by_email(team: Team) -> None:
    email, username = f"{fresh('janus')}@example.org", fresh("janus")
    sent = team.admin.steward.invitations.send(workspace=team.workspace, email=email, role="collaborator")
    assert (sent.email, sent.username, sent.role) == (email, None, WorkspaceRole.COLLABORATOR)
    assert sent.status is InvitationStatus.PENDING
    assert not sent.add_to_all_projects
    assert sent.expires_at - sent.created_at == timedelta(days=14)
    assert team.admin.steward.invitations.list(workspace=team.workspace).to_list() == [sent]

    accepted = team.operator.invitations.accept(sent.url, username=username, name="Janus", surname="Roe")
    assert (accepted.workspace, accepted.username, accepted.role) == (team.workspace, username, "collaborator")
    janus = team.operator.as_account(accepted.api_key)
    me = janus.whoami()
    assert (me.username, me.email, me.name, me.surname) == (username, email, "Janus", "Roe")
    assert team.admin.steward.invitations.list(workspace=team.workspace).to_list() == []


def test_invite_an_account_there_is(team: Team) -> None:
    other, jackie = Team(team.backend), team.person()
    for workspace, invite in (
        (other, {"username": jackie.username}),
        (Team(team.backend), {"email": jackie.email}),
    ):
        sent = workspace.admin.steward.invitations.send(workspace=workspace.workspace, **invite)
        assert sent.role is WorkspaceRole.MEMBER
        accepted = jackie.steward.invitations.accept(sent.url)
        assert (accepted.username, accepted.api_key) == (jackie.username, None)
        assert jackie.steward.workspaces.get(workspace.workspace).role is WorkspaceRole.MEMBER


def test_the_default_role_of_the_workspace(team: Team) -> None:
    send = team.admin.steward.invitations.send
    team.admin.steward.workspaces.settings.update(team.workspace, default_user_role="guest")
    sent = send(workspace=team.workspace, email=f"{fresh('janus')}@example.org")
    assert (sent.role, sent.dataset_grants) == (WorkspaceRole.GUEST, ())
    # What is sent already stays as it is.
    team.admin.steward.workspaces.settings.update(team.workspace, default_user_role="member")
    assert team.operator.invitations.accept(sent.url).role is WorkspaceRole.GUEST
    assert (
        send(workspace=team.workspace, email=f"{fresh('janus')}@example.org", role="admin").role is WorkspaceRole.ADMIN
    )


def test_accept_without_a_key(on_server: Backend) -> None:
    team = Team(on_server)
    sent = team.admin.steward.invitations.send(workspace=team.workspace, email=f"{fresh('janus')}@example.org")
    with Steward(**on_server.place) as nobody:
        accepted = nobody.invitations.accept(sent.url)
        assert accepted.api_key is not None
        assert nobody.as_account(accepted.api_key).whoami().username == accepted.username


def test_accept_puts_on_all_projects(team: Team) -> None:
    projects = {team.project(), team.project()}
    sent = team.admin.steward.invitations.send(
        workspace=team.workspace, email=f"{fresh('janus')}@example.org", role="guest", add_to_all_projects=True
    )
    assert sent.add_to_all_projects
    janus = team.operator.as_account(team.operator.invitations.accept(sent.url).api_key)
    assert {project.full_name for project in janus.projects.list()} == projects
    for project in projects:
        assert janus.projects.members.get(project, "me").role == "viewer"


def test_give_exactly_one(team: Team) -> None:
    send = team.admin.steward.invitations.send
    for wrong, word in (({}, "neither"), ({"username": "a", "email": "a@example.org"}, "both")):
        with pytest.raises(errors.InvalidArgument, match=word):
            send(workspace=team.workspace, **wrong)


def test_invite_twice(team: Team) -> None:
    stranger = Team(team.backend).person()
    send = team.admin.steward.invitations.send
    send(workspace=team.workspace, username=stranger.username)
    with pytest.raises(errors.AlreadyExists, match="user_already_invited"):
        send(workspace=team.workspace, username=stranger.username)
    # Whose address it is is not for the inviter to find out.
    send(workspace=team.workspace, email=stranger.email)
    with pytest.raises(errors.AlreadyExists, match="user_already_invited"):
        send(workspace=team.workspace, username=team.person().username)


def test_invite_where_or_whom_there_is_not(team: Team) -> None:
    with pytest.raises(errors.NotFound, match="not_found"):
        team.admin.steward.invitations.send(workspace=team.workspace, username=fresh("nobody"))
    with pytest.raises(errors.NotFound, match="not_found"):
        team.admin.steward.invitations.send(workspace=fresh("nothing"), email="janus@example.org")


def test_only_people_who_are_admins_invite(team: Team) -> None:
    for caller in (team.person(), team.robot()):
        with pytest.raises(errors.Forbidden):
            caller.steward.invitations.send(workspace=team.workspace, email=f"{fresh('x')}@example.org")


@pytest.mark.parametrize("form", ["id", "email", "username"])
def test_revoke(team: Team, form: str) -> None:
    stranger = Team(team.backend).person()
    invitations = team.admin.steward.invitations
    invite = {"username": stranger.username} if form == "username" else {"email": stranger.email}
    sent = invitations.send(workspace=team.workspace, **invite)
    name = {"id": sent.id, "email": stranger.email.upper(), "username": stranger.username}[form]
    invitations.revoke(name, workspace=team.workspace)
    with pytest.raises(errors.Conflict, match="revoked"):
        stranger.steward.invitations.accept(sent.url)
    with pytest.raises(errors.InvitationNotFound):
        invitations.revoke(name, workspace=team.workspace)
    invitations.revoke(name, workspace=team.workspace, missing_ok=True)
    assert invitations.list(workspace=team.workspace).to_list() == []
    invitations.send(workspace=team.workspace, **invite)


def test_accept_twice(team: Team) -> None:
    sent = team.admin.steward.invitations.send(workspace=team.workspace, email=f"{fresh('janus')}@example.org")
    team.operator.invitations.accept(sent.url)
    with pytest.raises(errors.Conflict, match="accepted"):
        team.operator.invitations.accept(sent.url)


def test_accept_with_a_token_that_does_not_fit(team: Team) -> None:
    sent = team.admin.steward.invitations.send(workspace=team.workspace, email=f"{fresh('janus')}@example.org")
    forged = sent.url.partition("token=")[0] + "token=" + "A" * 43
    with pytest.raises(errors.Forbidden, match="invitation_token_invalid"):
        team.operator.invitations.accept(forged)
    with pytest.raises(errors.Forbidden, match="invitation_token_invalid"):
        team.operator.invitations.accept(sent.url.replace(sent.id, "0" * 32))


def test_accept_what_is_not_an_address(team: Team) -> None:
    secret = "tok-canary-19"
    for url in (
        "",
        f"https://x/accept?token={secret}",
        f"https://x/invitations/1/accept?key={secret}",
        f"https://[::1/invitations/1/accept?token={secret}",
    ):
        with pytest.raises(errors.InvalidArgument) as caught:
            team.operator.invitations.accept(url)
        assert secret not in str(caught.value)


def test_accept_with_a_username_that_is_taken(team: Team) -> None:
    sent = team.admin.steward.invitations.send(workspace=team.workspace, email=f"{fresh('janus')}@example.org")
    with pytest.raises(errors.Conflict, match="username_taken"):
        team.operator.invitations.accept(sent.url, username=team.admin.username)
    assert team.operator.invitations.accept(sent.url).api_key


def test_list_a_page_at_a_time(team: Team) -> None:
    invitations = team.admin.steward.invitations
    sent = [invitations.send(workspace=team.workspace, email=f"{fresh('x')}@example.org") for _ in range(3)]
    assert invitations.list(workspace=team.workspace).to_list() == sent
    assert [len(page) for page in invitations.list(workspace=team.workspace, page_size=2).pages()] == [2, 1]
    assert invitations.list(workspace=team.workspace, limit=2, page_size=1).to_list() == sent[:2]
    with pytest.raises(errors.Forbidden):
        team.person().steward.invitations.list(workspace=team.workspace).to_list()
