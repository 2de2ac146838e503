"""Who may do what with a dataset."""

from __future__ import annotations

from itertools import product

import pytest
from mlsteward import errors
from mlsteward.records import AccessRule, Dataset, DatasetPermission, DatasetUserGrant

from tests.facade_support import Person, Team, fresh

NO_ACCESS, VIEW, TAG, EDIT, MANAGE = DatasetPermission


@pytest.fixture
def dataset(team: Team) -> Dataset:
    """A dataset of the admin that members may not view."""
    made: Dataset = team.admin.steward.datasets.create(fresh("signs"), workspace=team.workspace)
    return made


def labelers(team: Team, *people: Person) -> str:
    """A new group; its name."""
    name = fresh("labelers")
    team.admin.steward.groups.create(name, workspace=team.workspace, users=[person.username for person in people])
    return name


def test_grant_an_account(team: Team, dataset: Dataset) -> None:
    permissions, jackie = team.admin.steward.datasets.permissions, team.person()
    user_id = jackie.steward.whoami().id
    for user, permission in product((jackie.username, jackie.email, user_id), (*DatasetPermission, "TAG")):
        granted = permissions.grant(dataset.full_name, permission, user=user)
        assert granted == DatasetUserGrant(
            dataset_id=dataset.id,
            dataset=dataset.name,
            permission=DatasetPermission(permission),
            user_id=user_id,
            username=jackie.username,
        )
        assert permissions.get(dataset.name, workspace=team.workspace, user=user) is DatasetPermission(permission)
    assert jackie.steward.datasets.get(dataset.full_name).id == dataset.id


def test_grant_a_service_account(team: Team, dataset: Dataset) -> None:
    permissions, robot = team.admin.steward.datasets.permissions, team.robot()
    assert permissions.grant(dataset.id, "EDIT", user=robot.username).username == robot.username
    assert [found.id for found in robot.steward.datasets.list()] == [dataset.id]


def test_grant_a_group(team: Team, dataset: Dataset) -> None:
    permissions, jackie = team.admin.steward.datasets.permissions, team.person()
    group = labelers(team, jackie)
    assert permissions.get(dataset.id, group=group) is NO_ACCESS
    granted = permissions.grant(dataset.name, "TAG", workspace=team.workspace, group=group)
    assert (granted.dataset_id, granted.dataset, granted.group, granted.permission) == (
        dataset.id,
        dataset.name,
        group,
        TAG,
    )
    assert permissions.get(dataset.id, group=granted.group_id) is TAG
    assert permissions.get(dataset.id, user=jackie.username) is TAG
    assert permissions.grant(dataset.id, "EDIT", group=group.upper()).permission is EDIT
    assert permissions.get(dataset.id, user=jackie.username) is EDIT
    # Whoever leaves the group leaves its grants.
    team.admin.steward.groups.members.remove(group, jackie.username, workspace=team.workspace)
    assert permissions.get(dataset.id, user=jackie.username) is NO_ACCESS


def test_ones_own_grant_counts_before_groups_and_the_default(team: Team, dataset: Dataset) -> None:
    permissions, jackie = team.admin.steward.datasets.permissions, team.person()
    permissions.grant(dataset.id, "MANAGE", group=labelers(team, jackie))
    permissions.set_default(dataset.id, "EDIT")
    permissions.grant(dataset.id, "NO_ACCESS", user=jackie.username)
    with pytest.raises(errors.DatasetNotFound):
        jackie.steward.datasets.get(dataset.id)
    permissions.revoke(dataset.id, user=jackie.username)
    assert permissions.get(dataset.id, user=jackie.username) is MANAGE


def test_the_highest_of_groups_and_the_default(team: Team, dataset: Dataset) -> None:
    permissions, jackie, guest = team.admin.steward.datasets.permissions, team.person(), team.person("guest")
    low, high = labelers(team, jackie, guest), labelers(team, jackie, guest)
    permissions.grant(dataset.id, "VIEW", group=low)
    permissions.grant(dataset.id, "TAG", group=high)
    assert permissions.set_default(dataset.id, EDIT).default_permission is EDIT
    (entry,) = permissions.list(user=jackie.username, workspace=team.workspace)
    assert (entry.permission, entry.rule, entry.group) == (EDIT, AccessRule.DEFAULT, None)
    # Guests gain nothing from the default.
    (entry,) = permissions.list(user=guest.username, workspace=team.workspace)
    assert (entry.permission, entry.rule, entry.group) == (TAG, AccessRule.GROUP_GRANT, high)


def test_revoke(team: Team, dataset: Dataset) -> None:
    permissions, jackie = team.admin.steward.datasets.permissions, team.person()
    group = labelers(team)
    for who in ({"user": jackie.username}, {"group": group}):
        permissions.grant(dataset.id, "EDIT", **who)
        permissions.revoke(dataset.name, workspace=team.workspace, **who)
        assert permissions.get(dataset.id, **who) is NO_ACCESS
        with pytest.raises(errors.GrantNotFound):
            permissions.revoke(dataset.id, **who)
        permissions.revoke(dataset.id, **who, missing_ok=True)


def test_revoke_with_missing_ok_names_what_there_is(team: Team, dataset: Dataset) -> None:
    permissions = team.admin.steward.datasets.permissions
    with pytest.raises(errors.MemberNotFound):
        permissions.revoke(dataset.id, user=fresh("nobody"), missing_ok=True)
    with pytest.raises(errors.GroupNotFound):
        permissions.revoke(dataset.id, group=fresh("nothing"), missing_ok=True)
    with pytest.raises(errors.DatasetNotFound):
        permissions.revoke(fresh("nothing"), workspace=team.workspace, user="me", missing_ok=True)


def test_list_everybody_with_access(team: Team, dataset: Dataset) -> None:
    permissions = team.admin.steward.datasets.permissions
    jackie, janus, jill = (team.person(username=name) for name in ("jackie", "janus", "jill"))
    team.person("guest")
    group = labelers(team, janus)
    permissions.grant(dataset.id, "EDIT", user=jackie.username)
    permissions.grant(dataset.id, "TAG", group=group)
    permissions.grant(dataset.id, "NO_ACCESS", user=jill.username)
    listed = permissions.list(dataset.full_name, page_size=1).to_list()
    assert {found.username: (found.permission, found.rule, found.group) for found in listed} == {
        team.admin.username: (MANAGE, AccessRule.ADMIN, None),
        jackie.username: (EDIT, AccessRule.OWN_GRANT, None),
        janus.username: (TAG, AccessRule.GROUP_GRANT, group),
    }
    assert [found.username for found in listed] == sorted(found.username for found in listed)
    assert {found.email for found in listed} == {person.email for person in (team.admin, jackie, janus)}
    assert {(found.dataset_id, found.dataset) for found in listed} == {(dataset.id, dataset.name)}
    assert permissions.list(dataset.id, limit=2).to_list() == listed[:2]


def test_list_what_groups_were_granted(team: Team, dataset: Dataset) -> None:
    permissions = team.admin.steward.datasets.permissions
    other = team.admin.steward.datasets.create(fresh("lanes"), workspace=team.workspace)
    first, second = labelers(team), labelers(team)
    granted = [permissions.grant(dataset.id, level, group=name) for name, level in ((first, "TAG"), (second, "EDIT"))]
    also = permissions.grant(other.id, "VIEW", group=first)
    by_name = sorted(granted, key=lambda found: found.group)
    assert permissions.list_groups(dataset.name, workspace=team.workspace, page_size=1).to_list() == by_name
    assert permissions.list(group=first, workspace=team.workspace, page_size=1).to_list() == [granted[0], also]
    assert permissions.list(group=also.group_id, workspace=team.workspace).to_list() == [granted[0], also]
    with pytest.raises(errors.GroupNotFound):
        permissions.list(group=fresh("nothing"), workspace=team.workspace).first()


def test_list_the_datasets_of_an_account(team: Team) -> None:
    datasets, jackie = team.admin.steward.datasets, team.person()
    made = [
        datasets.create(fresh("signs"), workspace=team.workspace, default_permission=level) for level in ("VIEW", "TAG")
    ]
    datasets.create(fresh("hidden"), workspace=team.workspace)
    for steward, user in ((team.admin.steward, jackie.email), (jackie.steward, "me")):
        listed = steward.datasets.permissions.list(user=user, workspace=team.workspace, page_size=1).to_list()
        assert [(found.dataset_id, found.permission) for found in listed] == [(made[0].id, VIEW), (made[1].id, TAG)]
        assert {found.rule for found in listed} == {AccessRule.DEFAULT}
    with pytest.raises(errors.Forbidden):
        jackie.steward.datasets.permissions.list(user=team.admin.username, workspace=team.workspace).first()
    with pytest.raises(errors.MemberNotFound):
        datasets.permissions.list(user=fresh("nobody"), workspace=team.workspace).first()


def test_permissions_are_seen_by_admins(team: Team, dataset: Dataset) -> None:
    janus = team.person()
    team.admin.steward.datasets.permissions.grant(dataset.id, "MANAGE", user=janus.username)
    permissions = janus.steward.datasets.permissions
    for act in (
        lambda: permissions.list(dataset.id).first(),
        lambda: permissions.list_groups(dataset.id).first(),
        lambda: permissions.get(dataset.id, user=team.admin.username),
    ):
        with pytest.raises(errors.Forbidden, match="admin"):
            act()


def test_permissions_are_given_by_who_may_manage(team: Team, dataset: Dataset) -> None:
    jackie, janus = team.person(), team.person(username="janus")
    team.admin.steward.datasets.permissions.grant(dataset.id, "EDIT", user=jackie.username)
    permissions = jackie.steward.datasets.permissions
    acts = (
        lambda: permissions.grant(dataset.id, "VIEW", user=janus.username),
        lambda: permissions.set_default(dataset.id, "VIEW"),
        lambda: permissions.revoke(dataset.id, user=janus.username),
    )
    for act in acts:
        with pytest.raises(errors.Forbidden, match="MANAGE"):
            act()
    team.admin.steward.datasets.permissions.grant(dataset.id, "MANAGE", user=jackie.username)
    for act in acts:
        act()
    with pytest.raises(errors.DatasetNotFound):
        Team(team.backend).admin.steward.datasets.permissions.grant(dataset.id, "VIEW", user="me")


def test_grant_whom_there_is_not(team: Team, dataset: Dataset) -> None:
    permissions, stranger = team.admin.steward.datasets.permissions, Team(team.backend).person()
    for user in (fresh("nobody"), stranger.username, stranger.email):
        with pytest.raises(errors.MemberNotFound):
            permissions.grant(dataset.id, "VIEW", user=user)
        with pytest.raises(errors.MemberNotFound):
            permissions.get(dataset.id, user=user)
    with pytest.raises(errors.GroupNotFound):
        permissions.grant(dataset.id, "VIEW", group=fresh("nothing"))
    with pytest.raises(errors.DatasetNotFound):
        permissions.grant(fresh("nothing"), "VIEW", workspace=team.workspace, user=team.admin.username)


def test_grant_somebody_who_is_yet_to_come(team: Team, dataset: Dataset) -> None:
    permissions, email = team.admin.steward.datasets.permissions, f"{fresh('janus')}@example.org"
    granted = permissions.grant(dataset.id, "EDIT", user=email, invite=True)
    assert (granted.user_id, granted.username, granted.permission) == (None, None, EDIT)
    (invitation,) = team.admin.steward.invitations.list(workspace=team.workspace)
    assert (invitation.id, invitation.email, invitation.role) == (granted.invitation_id, email, "member")
    assert [(found.dataset_id, found.dataset, found.permission) for found in invitation.dataset_grants] == [
        (dataset.id, dataset.name, EDIT)
    ]
    # One invitation for all datasets.
    lanes = team.admin.steward.datasets.create(fresh("lanes"), workspace=team.workspace)
    assert permissions.grant(lanes.id, "VIEW", user=email, invite=True).invitation_id == granted.invitation_id
    (invitation,) = team.admin.steward.invitations.list(workspace=team.workspace)
    assert {found.dataset: found.permission for found in invitation.dataset_grants} == {
        dataset.name: EDIT,
        lanes.name: VIEW,
    }
    janus = team.operator.as_account(team.operator.invitations.accept(invitation.url).api_key)
    assert [found.id for found in janus.datasets.list()] == [dataset.id, lanes.id]
    assert permissions.get(dataset.id, user=email) is EDIT


def test_inviting_whom_the_workspace_has_is_a_plain_grant(team: Team, dataset: Dataset) -> None:
    permissions, jackie = team.admin.steward.datasets.permissions, team.person()
    granted = permissions.grant(dataset.id, "EDIT", user=jackie.email, invite=True)
    assert (granted.username, granted.invitation_id) == (jackie.username, None)
    assert team.admin.steward.invitations.list(workspace=team.workspace).to_list() == []


def test_revoke_what_an_invitation_holds(team: Team, dataset: Dataset) -> None:
    permissions, email = team.admin.steward.datasets.permissions, f"{fresh('janus')}@example.org"
    permissions.grant(dataset.id, "EDIT", user=email, invite=True)
    permissions.revoke(dataset.id, user=email)
    (invitation,) = team.admin.steward.invitations.list(workspace=team.workspace)
    assert invitation.dataset_grants == ()


def test_service_accounts_do_not_invite(team: Team, dataset: Dataset) -> None:
    robot, email = team.robot(), f"{fresh('janus')}@example.org"
    team.admin.steward.datasets.permissions.grant(dataset.id, "MANAGE", user=robot.username)
    with pytest.raises(errors.Forbidden, match="Service accounts cannot invite"):
        robot.steward.datasets.permissions.grant(dataset.id, "VIEW", user=email, invite=True)
    assert team.admin.steward.invitations.list(workspace=team.workspace).to_list() == []


def test_arguments_are_checked_before_anything_is_sent(team: Team) -> None:
    permissions = team.admin.steward.datasets.permissions
    for act, word in (
        (lambda: permissions.get("x"), "neither"),
        (lambda: permissions.get("x", user="a", group="b"), "both"),
        (lambda: permissions.grant("x", "VIEW"), "neither"),
        (lambda: permissions.grant("x", "VIEW", user="a", group="b"), "both"),
        (lambda: permissions.grant("x", "VIEW", group="b", invite=True), "invite goes with user"),
        (lambda: permissions.grant("x", "view", user="a"), "'NO_ACCESS', 'VIEW', 'TAG', 'EDIT', 'MANAGE'"),
        (lambda: permissions.grant("x", "VIEW", user=""), "user must not be empty"),
        (lambda: permissions.grant("", "VIEW", user="a"), "dataset must not be empty"),
        (lambda: permissions.revoke("x"), "neither"),
        (lambda: permissions.revoke("x", group=7), "group must be a str"),
        (lambda: permissions.set_default("x", None), "permission cannot be None"),
        (lambda: permissions.list(user=7), "user must be a str"),
        (lambda: permissions.list(), "none"),
        (lambda: permissions.list("x", user="a"), "several"),
        (lambda: permissions.list(group=""), "group must not be empty"),
        (lambda: permissions.list("a/b/c"), "cannot be read"),
    ):
        with pytest.raises(errors.InvalidArgument, match=word):
            act()
