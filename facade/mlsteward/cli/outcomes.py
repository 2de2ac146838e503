"""What a command did, in a word: for people and, as `"outcome"`, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

import click

from mlsteward.cli.output import clean, paint, to_json, write_json
from mlsteward.cli.session import Session

R = TypeVar("R")


class Outcome(StrEnum):
    """What a command did."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    NOTHING_TO_DELETE = "nothing_to_delete"


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """A finished call of a method.

    Attributes:
        result: What the method returned.
        outcome: What it did.
        arguments: The arguments of the call.
    """

    result: R
    outcome: Outcome
    arguments: Mapping[str, Any]

    @property
    def already(self) -> str:
        """The word to add if nothing was changed."""
        return " already" if self.outcome == Outcome.UNCHANGED else ""

    @property
    def is_ready(self) -> str:
        """The words for an object after a command that creates one."""
        return "exists already" if self.outcome == Outcome.UNCHANGED else "is ready"


def tell(session: Session, outcome: Outcome, sentence: str, record: Any) -> None:
    """Tell what was done: the record with its outcome in JSON, a sentence for a person.

    Args:
        session: Says whether to print JSON.
        outcome: What happened.
        sentence: The message for a person. It follows the outcome, so it has no full stop.
        record: A record, or a dictionary instead of one.
    """
    if session.as_json:
        write_json({"outcome": outcome.value, **(record if isinstance(record, dict) else to_json(record))})
    else:
        click.echo(f"{paint(outcome.replace('_', ' ') + ':', fg='green')} {clean(sentence)}")
