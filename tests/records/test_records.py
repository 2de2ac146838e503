"""What the client returns: frozen, comparable, picklable, with no secret in sight."""

from __future__ import annotations

import copy
import importlib
import pickle
import re
from datetime import UTC, datetime, timedelta, timezone
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
    hints = get_type_hints(cls)
    for name in (field.name for field in attrs.fields(cls)):
        hint = hints[name]
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
        shown = re.search(rf"[(\s]{field.name}=", repr(record)) is not None
        assert shown != (field.name in secret), field.name
    hidden = attrs.evolve(record, **dict.fromkeys(secret, "hidden-canary"))
    assert "hidden-canary" not in repr(hidden) + str(hidden) + hidden._repr_html_()
    assert [hidden.to_dict()[field] for field in secret] == ["hidden-canary"] * len(secret)


def secrets(name: str) -> set[str]:
    """The fields of a record that the spec marks as secret."""
    fields = _from_the_wire(name)
    if not fields:
        return set()
    properties = spec.document()["components"]["schemas"][_model(name).__name__]["properties"]
    return {
        field.name for field in fields if any(properties.get(name, {}).get("x-secret") for name in field.metadata[WIRE])
    }


def _from_the_wire(name: str) -> list[Any]:
    """The fields of a record that a server sends. The client adds others, and makes whole records of its own."""
    return [field for field in attrs.fields(RECORDS[name]) if WIRE in field.metadata]


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
    for field in _from_the_wire(name):
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


@pytest.mark.parametrize("name", RECORDS)
def test_to_dict_has_every_field_and_no_class_of_ours(name: str) -> None:
    record = example(RECORDS[name])
    found = record.to_dict()
    assert list(found) == [field.name for field in attrs.fields(RECORDS[name])]
    assert _kinds(found) <= {dict, list, str, int, bool, datetime, type(None)}


def _kinds(value: Any) -> set[type]:
    """The types of a value and of everything in it."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {type(value)}.union(*map(_kinds, inner))


PROJECT = attrs.evolve(
    example(records.Project),
    name="nlp",
    visibility=records.Visibility.PUBLIC,
    created_at=datetime(2026, 1, 31, 13, 5, 9, 1234, tzinfo=timezone(timedelta(hours=1))),
    description=None,
)


def test_repr_is_short_and_in_plain_words() -> None:
    shown = repr(PROJECT)
    assert shown.startswith("Project(id=")
    assert "visibility='public', " in shown
    assert "created_at=2026-01-31 12:05:09Z, " in shown
    assert "description" not in shown
    assert len(repr(attrs.evolve(PROJECT, description="x" * 5000))) < len(shown) + 120
    key = attrs.evolve(example(records.ApiKey), scopes=(records.KeyScope.READ, "new-scope"))
    assert "scopes=('read', 'new-scope'), " in repr(key)
    workspace = example(records.Workspace)
    assert "plan=Plan(allowed_visibilities=('public',), projects_limit=7, " in repr(workspace)


def test_to_dict_of_a_record_in_a_record() -> None:
    dataset = attrs.evolve(example(records.Dataset), creator=None)
    assert dataset.to_dict()["creator"] is None
    assert example(records.Dataset).to_dict()["creator"]["username"] == CANARY
    assert PROJECT.to_dict()["created_at"] == PROJECT.created_at
    assert type(PROJECT.to_dict()["visibility"]) is str


def test_in_a_notebook_a_record_is_an_escaped_table() -> None:
    shown = attrs.evolve(PROJECT, name="<script>&", owner='"><img>')._repr_html_()
    assert "&lt;script&gt;&amp;" in shown
    assert "<script>" not in shown
    assert "<img>" not in shown
    assert "2026-01-31 12:05:09 UTC" in shown
    assert "description" not in shown


@pytest.mark.parametrize("name", RECORDS)
def test_dir_shows_what_is_public(name: str) -> None:
    record = example(RECORDS[name])
    assert {"to_dict", *(field.name for field in attrs.fields(RECORDS[name]))} <= set(dir(record))
    assert not [one for one in dir(record) if one.startswith("_")]
