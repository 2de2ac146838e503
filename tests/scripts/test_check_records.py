"""Records against the models that feed them: every change of a type is noticed."""

from __future__ import annotations

import datetime
from typing import Any, cast
from uuid import UUID

import attrs
import check_records
import pytest
from attrs import frozen
from mlsteward.records.enums import AccountKind, DatasetPermission, ProjectRole
from mlsteward.records.identity import Health
from mlsteward.records.wire import enum_of, reader, tuple_of, wire
from mlsteward_api import models
from mlsteward_api.types import Unset


@frozen
class Inner:
    word: str = wire("word")


@frozen
class Record:
    name: str = wire("name")
    count: int = wire("count")
    flag: bool = wire("flag")
    made: datetime.datetime = wire("made")
    kind: AccountKind | str = wire("kind", read=enum_of(AccountKind))
    role: ProjectRole | DatasetPermission | str = wire("role", read=enum_of(ProjectRole, DatasetPermission))
    words: tuple[str, ...] = wire("words", read=tuple_of(str))
    inner: Inner = wire("inner", read=reader(Inner))
    others: tuple[Inner, ...] = wire("others", read=tuple_of(reader(Inner)))
    full: str = wire("first", "last", read=lambda first, last: f"{first} {last}")
    note: str | None = wire("note", optional=True)


FITS: dict[str, Any] = {
    "name": str,
    "count": int,
    "flag": bool,
    "made": datetime.datetime,
    "kind": models.AccountKind,
    "role": str,
    "words": list[str],
    "inner": None,
    "others": None,
    "note": str | Unset,
    "first": str,
    "last": str,
}


def model(**fields: Any) -> type:
    made: type = attrs.make_class("Model", {name: attrs.field(type=hint) for name, hint in fields.items()})
    return made


INNER = model(word=str)
FITS |= {"inner": INNER, "others": list[INNER]}  # type: ignore[valid-type]


def test_what_fits() -> None:
    assert list(check_records.compare(model(**FITS), reader(Record))) == []


def test_a_word_of_an_enum_fits_a_text() -> None:
    assert list(check_records.compare(model(**{**FITS, "name": models.AccountKind}), reader(Record))) == []
    read = reader(Health)(models.Health(status=cast(Any, models.AccountKind.USER), version="1", api_version="1"))
    assert (read.status, type(read.status)) == ("user", str)


def test_the_client_fits_the_spec() -> None:
    assert list(check_records.findings()) == []
    read = {found.record.__name__ for _, found, *_ in check_records.read_pairs()}  # type: ignore[attr-defined]
    assert {"Project", "Dataset", "Member", "NewApiKey", "AuditEvent", "Asset", "Offboarding"} <= read


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("count", float),
        ("count", str),
        ("name", int),
        ("name", UUID),
        ("name", datetime.date),
        ("name", INNER),
        ("name", str | Unset),
        ("name", str | None),
        ("name", str | int),
        ("flag", str),
        ("flag", models.AccountKind),
        ("made", str),
        ("made", datetime.date),
        ("kind", str),
        ("kind", bool),
        ("kind", list[models.AccountKind]),
        ("role", models.AccountKind),
        ("words", str),
        ("inner", str),
        ("inner", model(word=int)),
        ("inner", model(other=str)),
        ("others", INNER),
        ("others", list[str]),
        ("note", int | Unset),
        ("note", str | int | Unset),
        ("first", str | Unset),
        ("first", None),
    ],
)
def test_what_does_not(name: str, hint: Any) -> None:
    fields = {**FITS, name: hint}
    if hint is None:
        del fields[name]
    (finding,) = check_records.compare(model(**fields), reader(Record))
    assert finding.startswith(("Record.", "Inner"))


@pytest.mark.parametrize("hint", [str, str | None, str | None | Unset])
def test_what_a_record_does_not_need_may_be_missing(hint: Any) -> None:
    assert list(check_records.compare(model(**{**FITS, "note": hint}), reader(Record))) == []
