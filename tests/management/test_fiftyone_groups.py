"""FiftyOne's groups of people."""

from __future__ import annotations

import inspect
from pathlib import Path

import mlsteward.management as fom
import pytest
from mlsteward import Steward, errors


@pytest.fixture
def people(steward: Steward) -> dict[str, str]:
    """Ids by username, in the default workspace of the local operator."""
    steward.workspaces.create("ml-team")
    return {
        name: str(steward.members.add(name, workspace="ml-team", email=f"{name}@company.com").id)
        for name in ("jackie", "janus", "jill")
    }


def names(group: fom.UserGroup) -> list[str]:
    assert group.users is not None
    return [user.name for user in group.users]


@pytest.mark.covers("fiftyone.user_groups.create_user_group", "fiftyone.user_groups.UserGroup")
def test_create(people: dict[str, str]) -> None:
    jackie = fom.get_user("jackie@company.com")
    assert jackie is not None
    group = fom.create_user_group("Labelers", description="who labels", users=[jackie, people["janus"]])
    assert (group.name, group.description, names(group)) == ("Labelers", "who labels", ["jackie", "janus"])
    assert group.users is not None
    assert group.users[0] == jackie
    assert fom.get_user_group(group.id) == fom.get_user_group("labelers") == group
    assert fom.add_user_group(name="Empty").users == []
    with pytest.raises(errors.GroupAlreadyExists):
        fom.create_user_group("Labelers")
    with pytest.raises(ValueError, match="nobody"):
        fom.create_user_group("Others", users=["nobody@company.com"])
    assert fom.get_user_group("Others") is None


@pytest.mark.covers(
    "fiftyone.user_groups.add_users_to_group",
    "fiftyone.user_groups.remove_users_from_group",
    "fiftyone.user_groups:users_argument",
    "fiftyone.user_groups:resolved_users",
    "fiftyone.management:group_argument",
)
def test_add_and_remove(people: dict[str, str]) -> None:
    group = fom.create_user_group("Labelers")
    assert names(fom.add_users_to_group(group, "jackie@company.com")) == ["jackie"]
    assert names(fom.add_users_to_group(group.id, [{"id": people["janus"]}])) == ["jackie", "janus"]
    jill = fom.get_user(people["jill"])
    assert jill is not None
    assert names(fom.add_users_to_group("Labelers", jill)) == ["jackie", "janus", "jill"]
    assert names(fom.remove_users_from_group(user_group=group.id, user_ids=[people["jill"]])) == ["jackie", "janus"]
    left = fom.remove_users_from_group(group, [{"email": "janus@company.com"}, people["jill"]], resolved_users=True)
    assert names(left) == ["jackie"]
    for wrong in ("unknown", "unknown@company.com"):
        with pytest.raises(ValueError, match="unknown"):
            fom.add_users_to_group(group, wrong)
    with pytest.raises(ValueError, match="no group"):
        fom.add_users_to_group("unknown", "jackie@company.com")
    for nobody in (None, [{}], [3]):
        with pytest.raises(errors.InvalidArgument):
            fom.add_users_to_group(group, nobody)
    with pytest.raises(errors.InvalidArgument):
        fom.add_users_to_group(3, "jackie@company.com")


@pytest.mark.covers("fiftyone.user_groups.get_user_group", "fiftyone.user_groups.delete_user_group")
def test_delete(people: dict[str, str]) -> None:
    group = fom.create_user_group("Labelers", users=list(people.values()))
    fom.delete_user_group(group)
    assert fom.get_user_group("Labelers") is None
    with pytest.raises(ValueError, match="no group"):
        fom.delete_user_group(group.id)


@pytest.mark.covers("fiftyone.user_groups.update_user_group", "fiftyone.user_groups.update_user_group:users_replaces")
def test_update(people: dict[str, str]) -> None:
    group = fom.create_user_group("Labelers", "who labels", [people["jackie"], people["janus"]])
    renamed = fom.update_user_group(user_group=group.id, name="Annotators")
    assert (renamed.id, renamed.name, renamed.description) == (group.id, "Annotators", "who labels")
    assert names(renamed) == ["jackie", "janus"]
    assert names(fom.update_user_group("Annotators", users=["janus@company.com", people["jill"]])) == ["janus", "jill"]
    assert fom.update_user_group("Annotators", description="new").description == "new"


@pytest.mark.covers("fiftyone.user_groups.list_user_groups", "fiftyone.user_groups.list_user_groups:num_groups")
def test_list(people: dict[str, str]) -> None:
    for number in range(102):
        fom.create_user_group(f"group-{number:03}")
    assert fom.list_user_groups() == [f"group-{number:03}" for number in range(100)]
    assert len(fom.list_user_groups(num_groups=200)) == 102
    found = fom.list_user_groups(2, verbose=True)
    assert [group.name for group in found] == ["group-000", "group-001"]
    assert all(isinstance(group, fom.UserGroup) for group in found)


@pytest.mark.covers(
    "fiftyone.user_groups.list_user_groups_for_user",
    "fiftyone.user_groups.list_user_groups_for_user:unknown_id_empty",
    "fiftyone.user_groups.list_user_groups_for_user:unknown_email_raises",
    "fiftyone.user_groups.list_user_groups_for_user:no_groups_empty",
)
def test_list_for_user(people: dict[str, str]) -> None:
    one = fom.create_user_group("one", "first", users=[people["jackie"]])
    fom.create_user_group("two", users=["jackie@company.com"])
    assert fom.list_user_groups_for_user(people["jackie"]) == ["one", "two"]
    assert fom.list_user_groups_for_user({"email": "jackie@company.com"}, verbose=True)[0] == {
        "id": one.id, "name": "one", "description": "first",
    }  # fmt: skip
    assert fom.list_user_groups_for_user(people["jill"]) == []
    assert fom.list_user_groups_for_user("0" * 32) == []
    with pytest.raises(ValueError, match="not in the workspace"):
        fom.list_user_groups_for_user("unknown@company.com")


@pytest.mark.covers("fiftyone.user_groups.resolve_user_group_id")
def test_resolve(people: dict[str, str]) -> None:
    group = fom.create_user_group("Labelers")
    assert [fom.resolve_user_group_id(g) for g in (group, "Labelers", group.id)] == [group.id] * 3
    with pytest.raises(ValueError, match="no group"):
        fom.resolve_user_group_id("unknown")


def test_groups_are_for_admins(tmp_path: Path) -> None:
    database = tmp_path / "steward.db"
    with fom.connect(path=database) as steward:
        steward.workspaces.create("ml-team")
        steward.members.add("jackie", workspace="ml-team")
        key = steward.api_keys.create("tests", user="jackie").secret
        group = fom.create_user_group("Labelers")
    with fom.connect(path=database, api_token=key):
        for refused in (
            lambda: fom.create_user_group("Others"),
            lambda: fom.get_user_group(group),
            lambda: fom.list_user_groups(),
            lambda: fom.list_user_groups_for_user("jackie"),
            lambda: fom.update_user_group(group, name="Others"),
            lambda: fom.add_users_to_group(group, "jackie"),
            lambda: fom.remove_users_from_group(group, "jackie"),
            lambda: fom.delete_user_group(group),
        ):
            with pytest.raises(errors.Forbidden):
                refused()
    with fom.connect(path=database):
        assert fom.get_user_group("Labelers") == group


def test_more_people_than_one_request_takes(people: dict[str, str]) -> None:
    group = fom.create_user_group("Labelers")
    assert names(fom.add_users_to_group(group, [people["jackie"]] * 1000 + [people["jill"]])) == ["jackie", "jill"]


def test_signatures() -> None:
    documented = {
        "create_user_group": ["name", "description", "users"],
        "get_user_group": ["user_group"],
        "list_user_groups": ["num_groups", "verbose"],
        "list_user_groups_for_user": ["user", "verbose"],
        "update_user_group": ["user_group", "name", "description", "users"],
        "delete_user_group": ["user_group"],
        "add_users_to_group": ["user_group", "users", "resolved_users"],
        "remove_users_from_group": ["user_group", "users", "resolved_users"],
    }
    for name, expected in documented.items():
        parameters = inspect.signature(getattr(fom, name)).parameters.values()
        assert [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD] == expected, name
    defaults = inspect.signature(fom.list_user_groups).parameters
    assert (defaults["num_groups"].default, defaults["verbose"].default) == (100, False)
