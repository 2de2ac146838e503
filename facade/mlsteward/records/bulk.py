"""What became of the rows of a bulk call."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from mlsteward.protocol import known_code
from mlsteward.records.enums import BulkOutcome
from mlsteward.records.record import Record
from mlsteward.records.wire import enum_of, reader, tuple_of, wire


@frozen(repr=False)
class BulkProblem(Record):
    """Why a row was refused.

    Attributes:
        code: Such as `member_not_found`.
        message: What was wrong, with the value that caused it.
        hint: What to do about it.
        status: The HTTP status that the request would have had by itself.
    """

    code: str = wire("code", read=known_code)
    message: str = wire("detail")
    hint: str = wire("hint")
    status: int = wire("status")


@frozen(repr=False)
class BulkRow(Record):
    """What became of one row.

    Attributes:
        number: Which row it is, counted from 1.
        outcome: `done`, `unchanged` or `refused`.
        name: What the row is about, such as a username; None if it did not say.
        problem: Why it was refused; None if it was not.
    """

    _identified_by = "name"

    number: int = wire("number")
    outcome: BulkOutcome | str = wire("outcome", read=enum_of(BulkOutcome))
    name: str | None = wire("name", optional=True)
    problem: BulkProblem | None = wire("problem", read=reader(BulkProblem), optional=True)


@frozen(repr=False)
class BulkAnswer(Record):
    """What became of the rows of one request.

    Attributes:
        outcomes: One for each row.
    """

    outcomes: tuple[BulkRow, ...] = wire("outcomes", read=tuple_of(reader(BulkRow)))


read_bulk_answer = reader(BulkAnswer)


def numbered(rows: Iterable[BulkRow], after: int = 0) -> list[BulkRow]:
    """Rows with their numbers.

    Args:
        rows: The rows.
        after: The number of the row before the first.
    """
    return [evolve(row, number=number) for number, row in enumerate(rows, after + 1)]
