"""The column types that the tables share. Every change here needs a migration in `migrations/versions/`."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Dialect,
    MetaData,
    SmallInteger,
    String,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, enum: type[StrEnum]) -> CheckConstraint:
    """A constraint: a column holds one of the words of an enum of the spec. `check_words` compares them."""
    words = tuple(member.value for member in enum)
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column, info={"column": column, "words": words})


class Timestamp(TypeDecorator[datetime]):
    """A time in UTC: `timestamptz` on PostgreSQL, sortable ISO 8601 text on SQLite."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        moment: datetime = value
        return moment.astimezone(UTC)


PERMISSIONS = ("NO_ACCESS", "VIEW", "TAG", "EDIT", "MANAGE")
"""The permissions on a dataset, from lowest to highest."""


class Permission(TypeDecorator[str]):
    """A dataset permission: a word in Python, and in SQL its rank, so that SQL can compare permissions."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else PERMISSIONS.index(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        return None if value is None else PERMISSIONS[value]


def key_text(length: int) -> String:
    """Return the type of a column with a text in the form in which it is compared. Sorts by code point everywhere.

    Otherwise a PostgreSQL server with another locale would sort names differently from SQLite, and from Python, which
    merges lists.
    """
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def id_column() -> Column[str]:
    """Return the primary key column of a table: an identifier from `ids.new_id`."""
    return Column("id", String(32), primary_key=True)
