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
    """What became of what the command is about."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    NOTHING_TO_DELETE = "nothing_to_delete"


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What a call of a method came to.

    Attributes:
        result: What the method returned.
        outcome: What that means.
        arguments: What it was called with.
    """

    result: R
    outcome: Outcome
    arguments: Mapping[str, Any]

    @property
    def already(self) -> str:
        """What to add where it was so before."""
        return " already" if self.outcome == Outcome.UNCHANGED else ""

    @property
    def is_ready(self) -> str:
        """What to say of something that was to be created."""
        return "exists already" if self.outcome == Outcome.UNCHANGED else "is ready"


def tell(session: Session, outcome: Outcome, sentence: str, record: Any) -> None:
    """Tell what was done: the record with its outcome in JSON, a sentence for a person.

    Args:
        session: Says in what form.
        outcome: What happened.
        sentence: What to tell a person. It follows the outcome, so it has no full stop.
        record: A record, or a dictionary that stands for one.
    """
    if session.as_json:
        write_json({"outcome": outcome.value, **(record if isinstance(record, dict) else to_json(record))})
    else:
        click.echo(f"{paint(outcome.replace('_', ' ') + ':', fg='green')} {clean(sentence)}")
