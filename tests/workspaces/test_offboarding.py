"""A person leaves, and nothing they had stays behind."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from mlsteward import errors
from mlsteward.records import (
    DatasetPermission,
    HoldingKind,
    InvitationStatus,
    Offboarding,
    ProjectRole,
    WorkspaceRole,
)

from tests.facade_support import Person, Team, fresh


@pytest.fixture
def leaver(team: Team) -> Person:
    """A person who holds something of every kind but what they alone own."""
    admin, jackie = team.admin.steward, team.person()
    project = team.project("shared-project")
    admin.projects.members.add(project, jackie.username, role="viewer")
    dataset = admin.datasets.create(fresh("shared-dataset"), workspace=team.workspace)
    admin.datasets.permissions.grant(dataset.id, "EDIT", user=jackie.username)
    admin.groups.create(fresh("labelers"), workspace=team.workspace, users=[jackie.username])
    admin.members.update(jackie.username, workspace=team.workspace, role="admin")
    jackie.steward.invitations.send(workspace=team.workspace, email=f"{fresh('janus')}@example.org", role="guest")
    return jackie


def kinds(found: Offboarding) -> list[Any]:
    return [(held.kind, held.role) for held in found.holdings]


def holdings_of_everybody(team: Team) -> tuple[Any, ...]:
    """What somebody else's view of a workspace is made of."""
    admin = team.admin.steward
    return (
        admin.members.list(workspace=team.workspace, full=True).to_list(),
        admin.access.list(workspace=team.workspace).to_list(),
        admin.groups.list(workspace=team.workspace).to_list(),
        admin.invitations.list(workspace=team.workspace).to_list(),
    )


def test_what_would_happen(team: Team, leaver: Person) -> None:
    before = holdings_of_everybody(team)
    for options in ({}, {"dry_run": True}):
        found = team.admin.steward.members.offboard(leaver.username, workspace=team.workspace, **options)
        assert (found.username, found.role) == (leaver.username, WorkspaceRole.ADMIN)
        assert found.user_id == leaver.steward.whoami().id
        assert found.deletes_account
        assert (found.successor, found.blockers) == (None, ())
        assert kinds(found) == [
            (HoldingKind.ROSTER_ENTRY, ProjectRole.VIEWER),
            (HoldingKind.GROUP, None),
            (HoldingKind.DATASET_GRANT, DatasetPermission.EDIT),
            (HoldingKind.API_KEY, None),
            (HoldingKind.INVITATION_SENT, WorkspaceRole.GUEST),
        ]
        assert {held.passes_to for held in found.holdings} == {None}
        assert all(held.id and held.name for held in found.holdings)
    assert holdings_of_everybody(team) == before


@pytest.mark.parametrize("form", ["username", "email", "id"])
def test_it_happens_as_it_was_said(team: Team, leaver: Person, form: str) -> None:
    admin = team.admin.steward
    sent = [
        found for found in admin.invitations.list(workspace=team.workspace) if found.status is InvitationStatus.PENDING
    ]
    name = {"username": leaver.username, "email": leaver.email, "id": leaver.steward.whoami().id}[form]
    said = admin.members.offboard(name, workspace=team.workspace)
    assert admin.members.offboard(name, workspace=team.workspace, dry_run=False) == said
    with pytest.raises(errors.ApiKeyInvalid):
        leaver.steward.whoami()
    assert leaver.username not in {found.username for found in admin.members.list(workspace=team.workspace)}
    assert leaver.username not in {found.username for found in admin.access.list(workspace=team.workspace)}
    assert [found.members_count for found in admin.groups.list(workspace=team.workspace)] == [0]
    assert admin.invitations.list(workspace=team.workspace).to_list() == []
    for invitation in sent:
        with pytest.raises(errors.InvitationNotPending, match="revoked"):
            team.operator.invitations.accept(invitation.url)
    with pytest.raises(errors.MemberNotFound):
        admin.members.offboard(name, workspace=team.workspace)


def test_what_only_they_own_needs_a_successor(team: Team) -> None:
    jackie, heir = team.person(), team.person("guest", "heir")
    project = team.project("sole-project")
    dataset = jackie.steward.datasets.create(fresh("sole-dataset"), workspace=team.workspace)
    team.admin.steward.projects.members.add(project, jackie.username, role="owner")
    team.admin.steward.projects.members.update(project, team.admin.username, role="viewer")
    offboard = team.admin.steward.members.offboard
    found = offboard(jackie.username, workspace=team.workspace)
    assert kinds(found)[:2] == [
        (HoldingKind.SOLE_PROJECT, ProjectRole.OWNER),
        (HoldingKind.SOLE_DATASET, DatasetPermission.MANAGE),
    ]
    (blocker,) = found.blockers
    assert blocker.code == "sole_owner"
    assert dataset.name in blocker.detail
    with pytest.raises(errors.SoleOwner, match="successor") as caught:
        offboard(jackie.username, workspace=team.workspace, dry_run=False)
    assert blocker.detail in str(caught.value)
    jackie.steward.whoami()

    said = offboard(jackie.username, workspace=team.workspace, successor=heir.email)
    assert (said.successor, said.blockers) == (heir.username, ())
    assert [(held.name, held.passes_to) for held in said.holdings[:2]] == [
        (project.partition("/")[2], heir.username),
        (dataset.name, heir.username),
    ]
    assert offboard(jackie.username, workspace=team.workspace, successor=heir.username, dry_run=False) == said
    assert heir.steward.projects.members.get(project, "me").role is ProjectRole.OWNER
    assert heir.steward.access.explain("me", dataset=dataset.id).role is DatasetPermission.MANAGE


def test_who_can_be_a_successor(team: Team) -> None:
    jackie = team.person()
    for successor in (fresh("nobody"), Team(team.backend).person().username, team.robot().username):
        for dry_run in (True, False):
            with pytest.raises(errors.MemberNotFound):
                team.admin.steward.members.offboard(
                    jackie.username, workspace=team.workspace, successor=successor, dry_run=dry_run
                )
    for dry_run in (True, False):
        with pytest.raises(errors.InvalidRequest, match="their own successor"):
            team.admin.steward.members.offboard(
                jackie.username, workspace=team.workspace, successor=jackie.username, dry_run=dry_run
            )
    jackie.steward.whoami()


def test_the_last_admin_stays(team: Team) -> None:
    offboard, heir = team.admin.steward.members.offboard, team.person()
    found = offboard("me", workspace=team.workspace, successor=heir.username)
    assert [blocker.code for blocker in found.blockers] == ["last_admin"]
    with pytest.raises(errors.LastAdmin):
        offboard("me", workspace=team.workspace, successor=heir.username, dry_run=False)
    team.admin.steward.members.update(heir.username, workspace=team.workspace, role="admin")
    assert offboard("me", workspace=team.workspace, successor=heir.username).blockers == ()
    assert (
        offboard("me", workspace=team.workspace, successor=heir.username, dry_run=False).username == team.admin.username
    )


def test_an_account_with_another_workspace_stays(team: Team, leaver: Person) -> None:
    other = Team(team.backend)
    other.operator.members.add(leaver.username, workspace=other.workspace)
    kept = other.admin.steward.datasets.create(fresh("signs"), workspace=other.workspace)
    other.admin.steward.datasets.permissions.grant(kept.id, "EDIT", user=leaver.username)
    found = team.admin.steward.members.offboard(leaver.username, workspace=team.workspace, dry_run=False)
    assert not found.deletes_account
    assert HoldingKind.API_KEY not in [held.kind for held in found.holdings]
    assert kept.name not in [held.name for held in found.holdings]
    assert leaver.steward.datasets.get(kept.id).id == kept.id
    with pytest.raises(errors.WorkspaceNotFound):
        leaver.steward.workspaces.get(team.workspace)


def test_offboarding_is_for_admins_and_of_people(team: Team) -> None:
    jackie, robot, janus = team.person(), team.robot(), team.person(username="janus")
    for caller in (jackie, robot):
        for user in ("me", janus.username):
            for dry_run in (True, False):
                with pytest.raises(errors.Forbidden):
                    caller.steward.members.offboard(user, workspace=team.workspace, dry_run=dry_run)
    for dry_run in (True, False):
        for user in (robot.username, fresh("nobody"), Team(team.backend).person().username):
            with pytest.raises(errors.MemberNotFound):
                team.admin.steward.members.offboard(user, workspace=team.workspace, dry_run=dry_run)
        with pytest.raises(errors.WorkspaceNotFound):
            team.admin.steward.members.offboard(janus.username, workspace=fresh("nothing"), dry_run=dry_run)


@pytest.mark.parametrize("dry_run", [None, 0, "", "no", 1])
def test_only_false_is_serious(team: Team, dry_run: object) -> None:
    jackie = team.person()
    with pytest.raises(errors.InvalidArgument, match="dry_run must be True or False"):
        team.admin.steward.members.offboard(jackie.username, workspace=team.workspace, dry_run=dry_run)
    jackie.steward.whoami()


def test_arguments_are_checked_before_anything_is_sent(team: Team) -> None:
    offboard = team.admin.steward.members.offboard
    for dry_run in (True, False):
        for act in (
            lambda dry_run=dry_run: offboard("", dry_run=dry_run),
            lambda dry_run=dry_run: offboard(7, dry_run=dry_run),
            lambda dry_run=dry_run: offboard("jackie", workspace="", dry_run=dry_run),
            lambda dry_run=dry_run: offboard("jackie", successor="", dry_run=dry_run),
            lambda dry_run=dry_run: offboard("jackie", successor=7, dry_run=dry_run),
        ):
            with pytest.raises(errors.InvalidArgument):
                act()


def test_the_records_are_frozen(team: Team, leaver: Person) -> None:
    found = team.admin.steward.members.offboard(leaver.username, workspace=team.workspace)
    assert isinstance(found.holdings, tuple)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        found.deletes_account = False
