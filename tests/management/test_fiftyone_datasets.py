"""Who may do what with a dataset."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import mlsteward.management as fom
import pytest
from mlsteward import errors

from tests.facade_support import Person, Team, fresh
from tests.support.people import acting, forms

UNKNOWN = "unknown@example.org"
NOBODY = "0" * 32


@pytest.fixture
def dataset(team: Team) -> str:
    """The name of a new dataset of the admin of the team, closed to everybody else."""
    name = fresh("quickstart")
    team.admin.steward.datasets.create(f"{team.workspace}/{name}")
    return name


def sees(person: Person, team: Team, dataset: str) -> bool:
    try:
        person.steward.datasets.get(f"{team.workspace}/{dataset}")
    except errors.DatasetNotFound:
        return False
    return True


def group_forms(group: fom.UserGroup) -> dict[str, Any]:
    """The ways to name a group."""
    return {"id": group.id, "name": group.name.upper(), "UserGroup": group}


@pytest.mark.covers(
    "fiftyone.dataset.set_dataset_user_permission",
    "fiftyone.dataset.set_dataset_user_permission:read_back",
    "fiftyone.dataset.get_permissions_for_dataset_user",
    "fiftyone.management:user_argument",
)
@pytest.mark.parametrize("form", ["id", "email", "User"])
@pytest.mark.parametrize("permission", [fom.VIEW, "TAG", "edit", "Manage"])
def test_set_user_permission(team: Team, dataset: str, form: str, permission: str) -> None:
    guest = team.person("guest")
    with acting(team, team.admin):
        user = forms(guest)[form]
        assert fom.get_permissions_for_dataset_user(dataset, user) is fom.NO_ACCESS
        assert not sees(guest, team, dataset)
        assert fom.set_dataset_user_permission(dataset, user, permission) is None  # type: ignore[func-returns-value]
        found = fom.get_permissions(dataset_name=dataset, user=user)
        assert found is fom.DatasetPermission[permission.upper()]
        assert json.loads(json.dumps(found)) == permission.upper()
        assert sees(guest, team, dataset)
        # It counts in place of what was granted before, be it less.
        fom.set_dataset_user_permission(dataset_name=dataset, user=user, permission=fom.NO_ACCESS)
        assert fom.get_permissions_for_dataset_user(dataset, user) is fom.NO_ACCESS
        assert not sees(guest, team, dataset)


@pytest.mark.parametrize("permission", ["OWNER", "", None, 7, fom.GUEST, "mls_" + "c" * 49])
def test_permissions_that_are_none(team: Team, dataset: str, permission: Any) -> None:
    member = team.person("member")
    with acting(team, team.admin):
        group = fom.create_user_group(fresh("interns"), users=[member.email])
        for refused in (
            lambda: fom.set_dataset_user_permission(dataset, member.email, permission),
            lambda: fom.set_dataset_user_permission(dataset, UNKNOWN, permission, invite=True),
            lambda: fom.set_dataset_user_group_permission(dataset, group, permission),
            lambda: fom.set_dataset_default_permission(dataset, permission),
        ):
            with pytest.raises(errors.UnsupportedValue, match="'NO_ACCESS', 'VIEW', 'TAG', 'EDIT', 'MANAGE'") as caught:
                refused()
            assert "ccc" not in str(caught.value).lower()
        assert fom.get_permissions(user=member.email) == []
        assert fom.list_pending_invitations() == []


@pytest.mark.covers(
    "fiftyone.dataset.delete_dataset_user_permission",
    "fiftyone.dataset.delete_dataset_user_permission:back_to_no_access",
    "fiftyone.management:user_argument",
)
@pytest.mark.parametrize("form", ["id", "email", "User"])
def test_delete_user_permission(team: Team, dataset: str, form: str) -> None:
    guest, member = team.person("guest"), team.person("member")
    with acting(team, team.admin):
        for person in (guest, member):
            fom.set_dataset_user_permission(dataset, person.email, fom.MANAGE)
        user = forms(guest)[form]
        assert fom.delete_dataset_user_permission(dataset, user) is None  # type: ignore[func-returns-value]
        assert fom.get_permissions(dataset_name=dataset, user=user) == fom.NO_ACCESS
        assert not sees(guest, team, dataset)
        # Where nothing was granted, nothing happens.
        fom.delete_dataset_user_permission(dataset, user)
        # What was not granted to them in person stays.
        fom.set_dataset_default_permission(dataset, fom.VIEW)
        fom.delete_dataset_user_permission(dataset, member.email)
        assert fom.get_permissions(dataset_name=dataset, user=member.email) == fom.VIEW
        for unknown in (UNKNOWN, NOBODY):
            with pytest.raises(ValueError, match=unknown):
                fom.delete_dataset_user_permission(dataset, unknown)


@pytest.mark.covers("fiftyone.dataset.get_dataset_creator")
def test_creator(team: Team) -> None:
    creator, member, guest = team.person("member"), team.person("member"), team.person("guest")
    dataset = fresh("quickstart")
    creator.steward.datasets.create(f"{team.workspace}/{dataset}", default_permission="VIEW")
    for person in (team.admin, creator):
        with acting(team, person):
            found = fom.get_dataset_creator(dataset)
            assert isinstance(found, fom.User)
            assert found == fom.get_user(creator.email)
            assert (found.name, found.email, found.role) == (creator.username, creator.email, fom.MEMBER)
    with acting(team, member):
        # Addresses are for admins.
        seen = fom.get_dataset_creator(dataset_name=dataset)
        assert seen is not None
        assert (seen.id, seen.name, seen.email) == (found.id, creator.username, None)
    with acting(team, guest):
        for missing in (dataset, fresh("nothing")):
            with pytest.raises(errors.DatasetNotFound) as caught:
                fom.get_dataset_creator(missing)
            assert isinstance(caught.value, ValueError)
    with acting(team, team.admin):
        fom.delete_user(creator.email)
        assert fom.get_dataset_creator(dataset) is None


def test_what_people_are_called(team: Team, dataset: str) -> None:
    for given in ({"name": "Jackie", "surname": "Doe"}, {"surname": "Doe"}, {}):
        username = fresh("named")
        team.operator.members.add(username, workspace=team.workspace, **given)
        with acting(team, team.admin):
            fom.set_dataset_user_permission(dataset, username, fom.VIEW)
            user = fom.get_user(username)
            assert user is not None
            found = fom.get_permissions_for_dataset(dataset)["users"]
            assert {"name": user.name, "email": None, "id": user.id, "permission": "VIEW"} in found
    named = team.operator.members.add(fresh("named"), workspace=team.workspace, name="Jackie", surname="Doe")
    key = team.operator.api_keys.create("tests", user=named.username)
    created = fresh("created")
    team.operator.as_account(key.secret).datasets.create(f"{team.workspace}/{created}")
    with acting(team, team.admin):
        creator = fom.get_dataset_creator(created)
        assert creator is not None
        assert (creator.name, creator.email) == ("Jackie Doe", None)


@pytest.mark.covers(
    "fiftyone.dataset.get_permissions_for_dataset", "fiftyone.dataset.get_permissions_for_dataset:include_groups"
)
def test_permissions_for_dataset(team: Team, dataset: str) -> None:
    member, barred, guest, intern = (team.person(role) for role in ("member", "member", "guest", "collaborator"))
    team.person("guest")
    robot = team.robot()
    with acting(team, team.admin):
        interns = fom.create_user_group(fresh("interns"), users=[intern.email])
        labelers = fom.create_user_group(fresh("labelers"), users=[intern.email])
        nobody = fom.create_user_group(fresh("nobody"), users=[guest.email])
        fom.create_user_group(fresh("others"), users=[barred.email])
        fom.set_dataset_default_permission(dataset, fom.VIEW)
        fom.set_dataset_user_permission(dataset, barred.email, fom.NO_ACCESS)
        fom.set_dataset_user_permission(dataset, guest.email, fom.TAG)
        fom.set_dataset_user_group_permission(dataset, interns, fom.TAG)
        fom.set_dataset_user_group_permission(dataset, labelers, fom.EDIT)
        fom.set_dataset_user_group_permission(dataset, nobody, fom.NO_ACCESS)
        users = [
            {"name": person.username, "email": person.email, "id": fom.resolve_user_id(person.email), "permission": has}
            for person, has in (
                (team.admin, "MANAGE"), (member, "VIEW"), (guest, "TAG"), (intern, "EDIT"),
            )
        ]  # fmt: skip
        account = robot.steward.whoami()
        users.append({"name": robot.username, "email": None, "id": account.id, "permission": "VIEW"})
        users.sort(key=lambda user: str(user["name"]))
        groups = [
            {"name": interns.name, "id": interns.id, "permission": "TAG"},
            {"name": labelers.name, "id": labelers.id, "permission": "EDIT"},
        ]
        found = fom.get_permissions_for_dataset(dataset)
        assert found == {"users": users, "groups": groups}
        assert fom.get_permissions_for_dataset(dataset, include_groups=True) == found
        assert fom.get_permissions_for_dataset(dataset, False) == users
        for entry in (*found["users"], *found["groups"]):
            assert isinstance(entry["permission"], fom.DatasetPermission)


@pytest.mark.covers("fiftyone.dataset.get_permissions_for_user", "fiftyone.management:user_argument")
@pytest.mark.parametrize("form", ["id", "email", "User"])
def test_permissions_for_user(team: Team, form: str) -> None:
    member = team.person("member")
    first, second, third, fourth = (fresh(name) for name in ("z", "y", "x", "w"))
    for name in (first, second, third, fourth):
        team.admin.steward.datasets.create(f"{team.workspace}/{name}")
    with acting(team, team.admin):
        user = forms(member)[form]
        assert fom.get_permissions_for_user(user) == []
        group = fom.create_user_group(fresh("interns"), users=[member.email])
        fom.set_dataset_default_permission(first, fom.VIEW)
        fom.set_dataset_user_permission(second, user, fom.EDIT)
        fom.set_dataset_user_group_permission(third, group, fom.TAG)
        fom.set_dataset_default_permission(fourth, fom.MANAGE)
        fom.set_dataset_user_permission(fourth, user, fom.NO_ACCESS)
        found = fom.get_permissions_for_user(user)
        assert found == [
            {"name": first, "permission": fom.VIEW},
            {"name": second, "permission": fom.EDIT},
            {"name": third, "permission": fom.TAG},
        ]
        assert all(isinstance(entry["permission"], fom.DatasetPermission) for entry in found)
        assert [entry["permission"] for entry in fom.get_permissions_for_user(team.admin.email)] == [fom.MANAGE] * 4
    with acting(team, member):
        assert fom.get_permissions_for_user(user) == found


@pytest.mark.covers(
    "fiftyone.dataset.set_dataset_user_group_permission",
    "fiftyone.dataset.get_permissions_for_dataset_user_group",
    "fiftyone.dataset.get_permissions_for_user_group",
    "fiftyone.dataset.remove_dataset_user_group_permission",
    "fiftyone.management:group_argument",
)
@pytest.mark.parametrize("form", ["id", "name", "UserGroup"])
@pytest.mark.parametrize("permission", [fom.VIEW, "edit"])
def test_groups(team: Team, dataset: str, form: str, permission: str) -> None:
    guest, other = team.person("guest"), fresh("other")
    team.admin.steward.datasets.create(f"{team.workspace}/{other}")
    with acting(team, team.admin):
        interns = fom.create_user_group(fresh("interns"), users=[guest.email])
        group = group_forms(interns)[form]
        assert fom.get_permissions_for_dataset_user_group(dataset, group) is fom.NO_ACCESS
        assert fom.get_permissions_for_user_group(group) == []
        assert fom.set_dataset_user_group_permission(dataset, group, permission) is None  # type: ignore[func-returns-value]
        fom.set_dataset_user_group_permission(dataset_name=other, user_group=group, permission=fom.NO_ACCESS)
        assert fom.get_permissions_for_dataset_user_group(dataset, group) is fom.DatasetPermission[permission.upper()]
        found = fom.get_permissions_for_user_group(group)
        assert found == [{"name": dataset, "permission": permission.upper()}]
        assert isinstance(found[0]["permission"], fom.DatasetPermission)
        assert fom.get_permissions(dataset_name=dataset, user=guest.email) == permission.upper()
        assert fom.remove_dataset_user_group_permission(dataset, group) is None  # type: ignore[func-returns-value]
        assert fom.get_permissions(dataset_name=dataset, user=guest.email) == fom.NO_ACCESS
        assert fom.get_permissions_for_user_group(group) == []
        # Where nothing was granted, nothing happens.
        fom.remove_dataset_user_group_permission(dataset, group)


@pytest.mark.covers(
    "fiftyone.dataset.get_permissions",
    "fiftyone.dataset.get_permissions:dispatch_dataset",
    "fiftyone.dataset.get_permissions:dispatch_user",
    "fiftyone.dataset.get_permissions:dispatch_group",
    "fiftyone.dataset.get_permissions:dispatch_dataset_user",
    "fiftyone.dataset.get_permissions:dispatch_dataset_group",
)
def test_dispatch(team: Team, dataset: str) -> None:
    guest = team.person("guest")
    with acting(team, team.admin):
        group = fom.create_user_group(fresh("interns"), users=[guest.email])
        fom.set_dataset_user_group_permission(dataset, group, fom.VIEW)
        fom.set_dataset_user_permission(dataset, guest.email, fom.EDIT)
        found = fom.get_permissions(dataset_name=dataset)
        assert found == fom.get_permissions_for_dataset(dataset)
        assert set(found) == {"users", "groups"}
        user = fom.get_permissions(user=guest.email)
        assert user == fom.get_permissions_for_user(guest.email) == [{"name": dataset, "permission": fom.EDIT}]
        interns = fom.get_permissions(user_group=group)
        assert interns == fom.get_permissions_for_user_group(group) == [{"name": dataset, "permission": fom.VIEW}]
        assert fom.get_permissions(dataset_name=dataset, user=guest.email) is fom.EDIT
        assert fom.get_permissions(dataset_name=dataset, user_group=group) is fom.VIEW
        both = {"user": guest.email, "user_group": group}
        for wrong in ({}, both, {**both, "dataset_name": dataset}):
            with pytest.raises(errors.InvalidArgument, match="user_group"):
                fom.get_permissions(**wrong)
        # An empty text is not the same as nothing.
        for empty in ({"dataset_name": ""}, {"dataset_name": dataset, "user": ""}, {"user": "", "user_group": group}):
            with pytest.raises(ValueError):
                fom.get_permissions(**empty)
        with pytest.raises(TypeError):
            fom.get_permissions(dataset)  # type: ignore[call-overload]


@pytest.mark.covers(
    "fiftyone.dataset.set_dataset_default_permission", "fiftyone.dataset.set_dataset_default_permission:members"
)
@pytest.mark.parametrize("permission", [fom.EDIT, "view"])
def test_default_permission(team: Team, dataset: str, permission: str) -> None:
    people = {role: team.person(role) for role in ("member", "collaborator", "guest")}
    with acting(team, team.admin):
        assert fom.set_dataset_default_permission(dataset, permission) is None  # type: ignore[func-returns-value]
        found = {role: fom.get_permissions(dataset_name=dataset, user=person.email) for role, person in people.items()}
        assert found == {"member": permission.upper(), "collaborator": "NO_ACCESS", "guest": "NO_ACCESS"}
        # Whoever is in the workspace from now on is a member like others.
        newcomer = team.person("member")
        assert fom.get_permissions(dataset_name=dataset, user=newcomer.email) == permission.upper()
        fom.set_dataset_default_permission(dataset, fom.NO_ACCESS)
        assert fom.get_permissions(user=newcomer.email) == []


@pytest.mark.covers(
    "fiftyone.dataset.set_dataset_user_permission", "fiftyone.dataset.set_dataset_user_permission:invite_unknown_email"
)
def test_invite(team: Team, dataset: str) -> None:
    new_guest, other, withdrawn = f"{fresh('guest')}@example.org", fresh("other"), fresh("withdrawn")
    for name in (other, withdrawn):
        team.admin.steward.datasets.create(f"{team.workspace}/{name}")
    with acting(team, team.admin):
        fom.set_organization_settings(default_user_role=fom.GUEST)
        fom.set_dataset_user_permission(dataset, new_guest, fom.VIEW, invite=True)
        # Whoever is invited already gets no second letter.
        fom.set_dataset_user_permission(other, new_guest, fom.EDIT, invite=True)
        # What is taken back before they accept is not there when they do.
        fom.set_dataset_user_permission(withdrawn, new_guest, fom.MANAGE, invite=True)
        fom.delete_dataset_user_permission(withdrawn, new_guest)
        (pending,) = fom.list_pending_invitations()
        assert (pending.invitee_email, pending.invitee_role) == (new_guest, fom.GUEST)
        assert fom.get_user(new_guest) is None
        team.operator.invitations.accept(pending.url)
        user = fom.get_user(new_guest)
        assert user is not None
        assert fom.get_permissions(user=user) == [
            {"name": dataset, "permission": fom.VIEW},
            {"name": other, "permission": fom.EDIT},
        ]
        # Whoever is in the workspace is not invited to it.
        fom.set_dataset_user_permission(dataset, new_guest, fom.TAG, invite=True)
        assert fom.list_pending_invitations() == []
        assert fom.get_permissions(dataset_name=dataset, user=new_guest) == fom.TAG


@pytest.mark.covers("fiftyone.dataset.set_dataset_user_permission:invite_default_false")
def test_nobody_is_invited_by_accident(team: Team, dataset: str) -> None:
    outsider = Team(team.backend).admin
    with acting(team, team.admin):
        for refused in (
            lambda: fom.set_dataset_user_permission(dataset, UNKNOWN, fom.VIEW),
            lambda: fom.set_dataset_user_permission(dataset, UNKNOWN, fom.VIEW, invite=False),
            lambda: fom.set_dataset_user_permission(dataset, outsider.email, fom.VIEW),
            # Only an address can be written to.
            lambda: fom.set_dataset_user_permission(dataset, outsider.username, fom.VIEW, invite=True),
            lambda: fom.set_dataset_user_permission(dataset, NOBODY, fom.VIEW, invite=True),
        ):
            with pytest.raises(errors.MemberNotFound) as caught:
                refused()
            assert isinstance(caught.value, ValueError)
        assert fom.list_pending_invitations() == []


@pytest.mark.covers("fiftyone.dataset.set_dataset_user_group_permission", "fiftyone.management:group_argument")
@pytest.mark.parametrize("form", ["id", "UserGroup"])
def test_a_group_where_a_user_is_expected(team: Team, dataset: str, form: str) -> None:
    guest = team.person("guest")
    with acting(team, team.admin):
        group = fom.create_user_group(fresh("interns"), users=[guest.email])
        fom.set_dataset_user_permission(dataset, group_forms(group)[form], fom.VIEW)
        assert fom.get_permissions(dataset_name=dataset, user_group=group) == fom.VIEW
        assert fom.get_permissions(dataset_name=dataset, user=guest.email) == fom.VIEW
        # A name can be that of a user, and is never taken for that of a group.
        with pytest.raises(errors.MemberNotFound):
            fom.set_dataset_user_permission(dataset, group.name, fom.MANAGE)
        assert fom.get_permissions(dataset_name=dataset, user_group=group) == fom.VIEW


def test_what_is_not_there(team: Team, dataset: str) -> None:
    outsider, guest = Team(team.backend).admin, team.person("guest")
    with acting(team, team.admin):
        group = fom.create_user_group(fresh("interns"))
        for user in (UNKNOWN, NOBODY, outsider.email, fresh("nobody")):
            for act in (
                lambda user: fom.get_permissions_for_dataset_user(dataset, user),
                fom.get_permissions_for_user,
                lambda user: fom.set_dataset_user_permission(dataset, user, fom.VIEW),
            ):
                with pytest.raises(errors.MemberNotFound) as caught:
                    act(user)
                assert isinstance(caught.value, ValueError)
        for name in (fresh("nothing"), NOBODY):
            for act in (
                lambda name: fom.get_permissions_for_dataset_user_group(dataset, name),
                fom.get_permissions_for_user_group,
                lambda name: fom.set_dataset_user_group_permission(dataset, name, fom.VIEW),
                lambda name: fom.remove_dataset_user_group_permission(dataset, name),
            ):
                with pytest.raises(errors.GroupNotFound) as missing:
                    act(name)
                assert isinstance(missing.value, ValueError)
        for name in (fresh("nothing"), NOBODY, "no/thing", "no:thing", "a/b/c", "?", "a%2Fb", "", "x" * 300):
            for of_dataset in (
                fom.get_dataset_creator,
                fom.get_permissions_for_dataset,
                lambda name: fom.get_permissions_for_dataset(name, include_groups=False),
                lambda name: fom.get_permissions_for_dataset_user(name, guest.email),
                lambda name: fom.get_permissions_for_dataset_user_group(name, group),
                lambda name: fom.set_dataset_default_permission(name, fom.VIEW),
                lambda name: fom.set_dataset_user_permission(name, guest.email, fom.VIEW),
                lambda name: fom.set_dataset_user_permission(name, UNKNOWN, fom.VIEW, invite=True),
                lambda name: fom.delete_dataset_user_permission(name, guest.email),
                lambda name: fom.set_dataset_user_group_permission(name, group, fom.VIEW),
                lambda name: fom.remove_dataset_user_group_permission(name, group),
            ):
                with pytest.raises(ValueError):
                    of_dataset(name)
        assert fom.list_pending_invitations() == []
        for misused in (
            lambda: fom.get_permissions_for_user(7),  # type: ignore[arg-type]
            lambda: fom.get_permissions_for_user(group),  # type: ignore[arg-type]
            lambda: fom.get_permissions_for_user_group(None),  # type: ignore[arg-type]
            lambda: fom.set_dataset_user_permission(dataset, None, fom.VIEW),  # type: ignore[arg-type]
            lambda: fom.get_dataset_creator(None),  # type: ignore[arg-type]
        ):
            with pytest.raises(errors.InvalidArgument):
                misused()


def test_who_may_grant(team: Team, dataset: str) -> None:
    manager, editor, guest = (team.person(role) for role in ("guest", "member", "guest"))
    with acting(team, team.admin):
        group = fom.create_user_group(fresh("interns"))
        fom.set_dataset_user_permission(dataset, manager.email, fom.MANAGE)
        fom.set_dataset_user_permission(dataset, editor.email, fom.EDIT)
    granting: list[Callable[[], None]] = [
        lambda: fom.set_dataset_user_permission(dataset, guest.email, fom.VIEW),
        lambda: fom.delete_dataset_user_permission(dataset, guest.email),
        lambda: fom.set_dataset_default_permission(dataset, fom.VIEW),
        lambda: fom.set_dataset_user_group_permission(dataset, group, fom.VIEW),
        lambda: fom.remove_dataset_user_group_permission(dataset, group),
    ]
    with acting(team, guest):
        for act in granting:
            with pytest.raises(errors.DatasetNotFound):
                act()
    with acting(team, editor):
        for act in granting:
            with pytest.raises(errors.Forbidden):
                act()
    with acting(team, manager):
        for act in granting:
            act()


@pytest.mark.covers(
    "fiftyone.dataset.get_permissions",
    "fiftyone.dataset.get_permissions_for_dataset",
    "fiftyone.dataset.get_permissions_for_dataset_user",
    "fiftyone.dataset.get_permissions_for_dataset_user_group",
    "fiftyone.dataset.get_permissions_for_user",
    "fiftyone.dataset.get_permissions_for_user_group",
)
@pytest.mark.parametrize("role", ["member", "collaborator", "guest"])
def test_looking_is_for_admins(team: Team, dataset: str, role: str) -> None:
    manager, guest = team.person(role), team.person("guest")
    with acting(team, team.admin):
        group = fom.create_user_group(fresh("interns"))
        fom.set_dataset_user_permission(dataset, manager.email, fom.MANAGE)
    with acting(team, manager):
        for refused in (
            lambda: fom.get_permissions(dataset_name=dataset),
            lambda: fom.get_permissions(user=guest.email),
            lambda: fom.get_permissions(user_group=group),
            lambda: fom.get_permissions_for_dataset(dataset, include_groups=False),
            lambda: fom.get_permissions_for_dataset_user(dataset, guest.email),
            lambda: fom.get_permissions_for_dataset_user_group(dataset, group),
        ):
            with pytest.raises(errors.Forbidden):
                refused()


def test_the_workspace(team: Team, dataset: str) -> None:
    other = Team(team.backend)
    other.admin.steward.datasets.create(f"{other.workspace}/{dataset}")
    guest = team.person("guest")
    # Nobody names a workspace: it is the only one they are in.
    with fom.connect(**team.backend.place, api_token=team.admin.api_token):
        fom.set_dataset_user_permission(dataset.upper(), guest.email, fom.VIEW)
        assert fom.get_permissions(user=guest.email) == [{"name": dataset, "permission": fom.VIEW}]
    with acting(other, other.admin):
        users = fom.get_permissions_for_dataset(dataset, include_groups=False)
        assert [user["email"] for user in users] == [other.admin.email]


@pytest.mark.parametrize("name", ["My dataset v1.0", "0_a-b.c", "x" * 128])
def test_names(team: Team, name: str) -> None:
    team.admin.steward.datasets.create(f"{team.workspace}/{name}")
    guest = team.person("guest")
    with acting(team, team.admin):
        fom.set_dataset_user_permission(name, guest.email, fom.VIEW)
        assert fom.get_permissions(user=guest.email) == [{"name": name, "permission": fom.VIEW}]
