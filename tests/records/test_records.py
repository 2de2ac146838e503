"""What the client returns: frozen, comparable, picklable, with no secret in sight."""

from __future__ import annotations

import copy
import importlib
import pickle
from datetime import UTC, datetime
from enum import EnumType
from typing import Any, get_args, get_type_hints

import attrs
import pytest
from mlsteward import records
from mlsteward.records.wire import WIRE

from tests.support import spec

RECORDS = {name: cls for name in records.__all__ if attrs.has(cls := getattr(records, name))}
ENUMS = [name for name in records.__all__ if isinstance(getattr(records, name), EnumType)]
# A record that another model feeds than the one of its own name.
MODELS = {"JobProblem": "problem", "NewApiKey": "api_key_created", "ProjectMember": "project_user"}
CANARY = "canary-7f3a"


def example(cls: type[Any]) -> Any:
    """A record with something in every field."""
    made = {}
    for name, hint in get_type_hints(cls).items():
        text = str(hint)
        if "datetime" in text:
            made[name] = datetime(2026, 1, 31, tzinfo=UTC)
        elif parts := [part for part in RECORDS.values() if part in _parts(hint)]:
            made[name] = (example(parts[0]),) if "tuple" in text else example(parts[0])
        elif "tuple" in text:
            made[name] = (records.Visibility.PUBLIC,)
        else:
            made[name] = {bool: True, int: 7, int | None: 7}.get(hint, CANARY)
    return cls(**made)


def _parts(hint: Any) -> set[Any]:
    """The types an annotation is made of."""
    return {hint}.union(*map(_parts, get_args(hint)))


def test_enums_and_records_are_all_there() -> None:
    assert len(RECORDS) >= 27
    assert set(records.__all__) == set(dir(records))


@pytest.mark.parametrize("name", RECORDS)
def test_frozen(name: str) -> None:
    record = example(RECORDS[name])
    field = attrs.fields(RECORDS[name])[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(record, field, "other")
    with pytest.raises(AttributeError):
        record.anything_else = 1


@pytest.mark.parametrize("name", RECORDS)
def test_equal_and_hashable(name: str) -> None:
    record = example(RECORDS[name])
    assert record == example(RECORDS[name])
    assert len({record, example(RECORDS[name])}) == 1
    assert record != object()


@pytest.mark.parametrize("name", RECORDS)
def test_pickles_and_copies(name: str) -> None:
    record = example(RECORDS[name])
    for again in (pickle.loads(pickle.dumps(record)), copy.copy(record), copy.deepcopy(record)):
        assert again == record
        assert type(again) is type(record)


@pytest.mark.parametrize("name", RECORDS)
def test_repr_has_everything_but_secrets(name: str) -> None:
    record, secret = example(RECORDS[name]), secrets(name)
    for field in attrs.fields(RECORDS[name]):
        shown = f"{field.name}={getattr(record, field.name)!r}" in repr(record)
        assert shown != (field.name in secret), field.name
    hidden = attrs.evolve(record, **dict.fromkeys(secret, "hidden-canary"))
    assert "hidden-canary" not in repr(hidden) + str(hidden)


def secrets(name: str) -> set[str]:
    """The fields of a record that the spec marks as secret."""
    properties = spec.document()["components"]["schemas"][_model(name).__name__]["properties"]
    fields = attrs.fields(RECORDS[name])
    return {
        field.name for field in fields if any(properties.get(name, {}).get("x-secret") for name in field.metadata[WIRE])
    }


def test_there_are_secrets() -> None:
    known = {("NewApiKey", "secret"), ("Invitation", "url"), ("AcceptedInvitation", "api_key")}
    assert {(name, field) for name in RECORDS for field in secrets(name)} >= known


def _model(name: str) -> Any:
    """The generated model that feeds a record."""
    snake = MODELS.get(name) or "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")
    module = importlib.import_module(f"mlsteward_api.models.{snake}")
    return getattr(module, "".join(part.title() for part in snake.split("_")))


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_absent_is_none_or_an_empty_tuple(name: str) -> None:
    for field in attrs.fields(RECORDS[name]):
        if field.default is not attrs.NOTHING:
            assert field.default == (() if "tuple" in str(get_type_hints(RECORDS[name])[field.name]) else None)


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_of_more_than_one_word_is_explained(name: str) -> None:
    text = RECORDS[name].__doc__
    for field in attrs.fields(RECORDS[name]):
        hint = str(get_type_hints(RECORDS[name])[field.name])
        if "datetime" in hint and name not in ("NewApiKey",):
            assert f"{field.name}:" in text, f"{field.name} has no unit"


def test_words_of_enums_are_words_of_the_spec_in_its_order() -> None:
    # The spec may be ahead: a word that an enum lacks reaches people as itself.
    schemas = spec.document()["components"]["schemas"]
    for name in ENUMS:
        words = [member.value for member in getattr(records, name)]
        assert words == [word for word in schemas[name]["enum"] if word in words], name


@pytest.mark.parametrize("record", [records.Project, records.Dataset])
def test_full_name(record: type[Any]) -> None:
    assert attrs.evolve(example(record), workspace="ml-team", name="nlp").full_name == "ml-team/nlp"


def test_a_new_key_is_a_key() -> None:
    key = attrs.evolve(example(records.NewApiKey), last_used_at=None)
    assert isinstance(key, records.ApiKey)


def test_a_role_says_by_itself_what_kind_of_role_it_is() -> None:
    # One field holds either; the reader tells them apart by the word alone.
    roles = [*records.ProjectRole, *records.DatasetPermission, *records.WorkspaceRole]
    assert len({role.value for role in roles}) == len(roles)
