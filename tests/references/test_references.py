"""Names as people write them, and arguments before they are sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsteward import errors
from mlsteward.records import KeyScope, Visibility
from mlsteward.references import (
    dataset_reference,
    is_id,
    project_reference,
    split_dataset,
    split_project,
    text,
    workspace_reference,
)
from mlsteward.serialization import choice, choices, exactly_one, moment, seconds
from mlsteward_api.types import UNSET

ID = "019a9f3e251275fe86d59a9685906844"
BARE = st.text(st.characters(exclude_characters="/:", codec="utf-8"), min_size=1, max_size=40)


@given(workspace=BARE, project=BARE)
def test_one_text_or_two(workspace: str, project: str) -> None:
    assert split_project(f"{workspace}/{project}", None) == (workspace, project)
    assert split_project(project, workspace) == (workspace, project)
    assert split_project(f"{workspace}/{project}", workspace) == (workspace, project)


def test_case_of_the_workspace_does_not_conflict() -> None:
    assert split_project("ML-Team/p", "ml-team") == ("ML-Team", "p")


@pytest.mark.parametrize("name", ["/", "a/", "/b", "a/b/c", "a:b", "a/b:c", "//"])
def test_what_cannot_be_read(name: str) -> None:
    for workspace in (None, "a"):
        with pytest.raises(errors.InvalidProjectName) as caught:
            split_project(name, workspace)
        assert repr(name) in str(caught.value)


def test_a_name_that_is_too_long_is_not_repeated() -> None:
    with pytest.raises(errors.InvalidProjectName) as caught:
        split_project("x/" * 100_000, None)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("project", "workspace", "default", "reference"),
    [
        ("a/p", None, None, "a:p"),
        ("a/p", None, "b", "a:p"),
        ("p", "a", "b", "a:p"),
        ("p", None, "b", "b:p"),
        (ID, None, None, ID),
        (ID, None, "b", ID),
        (ID, "a", None, f"a:{ID}"),
    ],
)
def test_reference_of_a_project(project: str, workspace: str, default: str, reference: str) -> None:
    assert project_reference(project, workspace, default) == reference


def test_reference_without_a_workspace() -> None:
    with pytest.raises(errors.MissingWorkspaceName, match="workspace/p"):
        project_reference("p", None, None)


@given(workspace=BARE, dataset=BARE)
def test_one_text_or_two_for_datasets(workspace: str, dataset: str) -> None:
    assert split_dataset(f"{workspace}/{dataset}", None) == (workspace, dataset)
    assert split_dataset(dataset, workspace) == (workspace, dataset)
    assert split_dataset(dataset, None) == (None, dataset)


@pytest.mark.parametrize("name", ["/", "a/", "/b", "a/b/c", "a:b", "a/b:c", "//", "x/" * 100_000])
def test_what_is_no_name_of_a_dataset(name: str) -> None:
    with pytest.raises(errors.InvalidArgument, match="dataset name") as caught:
        split_dataset(name, None)
    # Whoever catches the wrong name of a project did not ask for a dataset.
    assert not isinstance(caught.value, errors.InvalidProjectName)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("dataset", "workspace", "default", "reference"),
    [
        ("a/d", None, None, "a:d"),
        ("a/d", None, "b", "a:d"),
        ("d", "a", "b", "a:d"),
        ("d", None, "b", "b:d"),
        # The server knows the default workspace of the caller.
        ("d", None, None, "d"),
        (ID, None, None, ID),
        (ID, None, "b", ID),
        (ID, "a", None, f"a:{ID}"),
    ],
)
def test_reference_of_a_dataset(dataset: str, workspace: str, default: str, reference: str) -> None:
    assert dataset_reference(dataset, workspace, default) == reference


def test_a_dataset_in_two_workspaces() -> None:
    with pytest.raises(errors.ConflictingWorkspaceName, match="dataset"):
        dataset_reference("a/d", "b", None)


@pytest.mark.parametrize(
    ("workspace", "default", "reference"), [("a", "b", "a"), (None, "b", "b"), (None, None, "~"), (ID, None, ID)]
)
def test_reference_of_a_workspace(workspace: str, default: str, reference: str) -> None:
    assert workspace_reference(workspace, default) == reference


@pytest.mark.parametrize("value", [ID, "0" * 32])
def test_ids(value: str) -> None:
    assert is_id(value)


@pytest.mark.parametrize("value", ["", ID[1:], ID + "0", ID.upper(), "g" * 32, "classification"])
def test_what_is_no_id(value: str) -> None:
    assert not is_id(value)


@pytest.mark.parametrize("value", [None, 1, b"x", ["x"], ""])
def test_what_is_no_text(value: object) -> None:
    with pytest.raises(errors.InvalidArgument, match="key") as caught:
        text("key", value)
    assert isinstance(caught.value, ValueError)


class Foreign:
    """A member of an enum of somebody else's."""

    value = "public"


@pytest.mark.parametrize("value", ["public", Visibility.PUBLIC, Foreign()])
def test_choice(value: object) -> None:
    assert choice("visibility", value, Visibility) is Visibility.PUBLIC


@pytest.mark.parametrize("value", ["PUBLIC", "", None, 1, [], {}, Visibility, object(), "x" * 1000])
def test_choice_of_nothing(value: object) -> None:
    with pytest.raises(errors.UnsupportedValue, match="'private', 'workspace', 'public'") as caught:
        choice("visibility", value, Visibility)
    assert len(str(caught.value)) < 300


def test_exactly_one() -> None:
    exactly_one(username="a", email=None)
    for wrong, word in (({"username": None, "email": None}, "neither"), ({"username": "a", "email": "b"}, "both")):
        with pytest.raises(errors.InvalidArgument, match=f"username and email, not {word}"):
            exactly_one(**wrong)


def test_exactly_one_of_three() -> None:
    exactly_one(a=None, b=0, c=None)
    for wrong, word in (({"a": None, "b": None, "c": None}, "none"), ({"a": 1, "b": 2, "c": None}, "several")):
        with pytest.raises(errors.InvalidArgument, match=f"exactly one of a, b and c, not {word}"):
            exactly_one(**wrong)


@pytest.mark.parametrize("scopes", ["read", KeyScope.READ, ["read"], (KeyScope.READ,), iter(["read"])])
def test_one_choice_or_several(scopes: object) -> None:
    assert choices("scopes", scopes, KeyScope) == [KeyScope.READ]


def test_several_choices() -> None:
    assert choices("scopes", {"read": 1, "write": 2}, KeyScope) == [KeyScope.READ, KeyScope.WRITE]
    assert choices("scopes", None, KeyScope) is UNSET


@pytest.mark.parametrize("scopes", ["", "everything", ["read", "everything"], 7, [None], b"read"])
def test_choices_of_nothing_known(scopes: object) -> None:
    with pytest.raises(errors.UnsupportedValue, match="scopes cannot be"):
        choices("scopes", scopes, KeyScope)


@pytest.mark.parametrize("scopes", [[], (), set()])
def test_no_choice_at_all(scopes: object) -> None:
    with pytest.raises(errors.InvalidArgument, match="scopes must not be empty"):
        choices("scopes", scopes, KeyScope)


def test_moments() -> None:
    in_berlin = datetime(2031, 1, 31, 13, tzinfo=timezone(timedelta(hours=1)))
    assert moment("expires", in_berlin) == datetime(2031, 1, 31, 12, tzinfo=UTC)
    before = datetime.now(UTC)
    assert before + timedelta(days=1) <= moment("expires", timedelta(days=1)) <= datetime.now(UTC) + timedelta(days=1)
    assert moment("expires", None) is UNSET


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (datetime(2031, 1, 31), "time zone"),
        (timedelta.max, "further away"),
        (timedelta.min, "further away"),
        ("2031-01-31", "not str"),
        (86_400, "not int"),
        (datetime(2031, 1, 31).date(), "not date"),
    ],
)
def test_what_is_no_moment(value: object, why: str) -> None:
    with pytest.raises(errors.InvalidArgument, match=f"expires .*{why}"):
        moment("expires", value)


def test_seconds() -> None:
    for given_, expected in ((0, 0), (0.2, 1), (1, 1), (90, 90)):
        assert seconds("overlap", timedelta(seconds=given_)) == expected
    assert seconds("overlap", None) is UNSET
    for wrong in (60, "60", timedelta(seconds=-1), datetime(2031, 1, 31)):
        with pytest.raises(errors.InvalidArgument, match="overlap must"):
            seconds("overlap", wrong)
