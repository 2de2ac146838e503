"""The words that columns can hold, compared with those of the spec when a database is opened.

A column with the words of an enum of the spec is declared with `one_of`. A word that the spec got without a migration
would fail in the middle of somebody's request, so a server that knows more words than its database does not start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from mlsteward_api.models.dataset_permission import DatasetPermission
from sqlalchemy import CheckConstraint, Connection, Engine, text

from mlsteward_server.storage.tables.types import PERMISSIONS, metadata

WORDS = "words"
_LITERAL = re.compile(r"'((?:[^']|'')*)'")


class UnknownWords(Exception):
    """The spec has words that the database does not accept."""


def check_words(engine: Engine) -> None:
    """Compare the words of the spec with those that the database accepts.

    Raises:
        UnknownWords: The spec has more.
    """
    with engine.connect() as connection:
        accepted = dict(_accepted(connection))
    missing = {f"permissions: {word}" for word in _words(DatasetPermission) - set(PERMISSIONS)}
    for table in metadata.tables.values():
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint) and WORDS in constraint.info:
                known = accepted.get(str(constraint.name), set())
                column = constraint.info["column"]
                missing |= {f"{table.name}.{column}: {word}" for word in constraint.info[WORDS] if word not in known}
    if missing:
        raise UnknownWords(
            f"the API has words that its tables do not accept ({', '.join(sorted(missing))}); add a migration for them"
        )


def _words(enum: type[StrEnum]) -> set[str]:
    return {member.value for member in enum}


def _accepted(connection: Connection) -> Iterator[tuple[str, set[str]]]:
    """Yield each check constraint of the database with the words in it."""
    if connection.dialect.name == "postgresql":
        found = connection.execute(
            text(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE contype = 'c' AND pg_table_is_visible(conrelid)"
            )
        )
        for name, definition in found:
            yield name, _literals(definition)
        return
    for (created,) in connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table'")):
        for part in str(created).split("CONSTRAINT ")[1:]:
            name = part.split(maxsplit=1)[0].strip('"')
            yield name, _literals(part)


def _literals(definition: str) -> set[str]:
    return {found.replace("''", "'") for found in _LITERAL.findall(definition)}
