"""Bulk operations: many rows in one transaction, each with a savepoint.

A row that is refused, or that changes nothing, leaves nothing behind. The others do not depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mlsteward_api.models import BulkAnswer, BulkOutcome, BulkProblem, BulkRow

from mlsteward_server import spec
from mlsteward_server.context import Context, Singles
from mlsteward_server.problems import Problem
from mlsteward_server.storage.prepared import run_sql

Row = Mapping[str, Any]
_SAVEPOINT = "bulk_row"


def each(
    context: Context, rows: Sequence[Row], carry_out: Callable[[Singles, Row], bool], *, named: Callable[[Row], Any]
) -> BulkAnswer:
    """Carry out the rows of a bulk operation, in order.

    Args:
        context: The request.
        rows: The rows, which are not checked yet.
        carry_out: Carries out one row and returns whether it changed anything.
        named: Returns what a row is about.
    """
    assert context.singles is not None
    connection, outcomes = context.connection, []
    for number, row in enumerate(rows, 1):
        written, unneeded = len(context.events), len(context.unneeded)
        problem = None
        is_done = False
        run_sql(connection, f"SAVEPOINT {_SAVEPOINT}")
        try:
            context.singles.check(row)
            is_done = carry_out(context.singles, row)
        except Problem as refused:
            problem = refused
        if not is_done:
            run_sql(connection, f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
            del context.events[written:], context.unneeded[unneeded:]
        run_sql(connection, f"RELEASE SAVEPOINT {_SAVEPOINT}")
        outcomes.append(_outcome(number, named(row), problem, is_done=is_done))
    # What was found before may have changed.
    context.forget()
    kinds = (BulkOutcome.DONE, BulkOutcome.UNCHANGED, BulkOutcome.REFUSED)
    counted = {kind: sum(found.outcome == kind for found in outcomes) for kind in kinds}
    context.concerning = ", ".join(f"{count} {kind}" for kind, count in counted.items() if count)
    return BulkAnswer(outcomes=outcomes)


def _outcome(number: int, name: object, problem: Problem | None, *, is_done: bool) -> BulkRow:
    found = BulkRow(number=number, outcome=BulkOutcome.DONE if is_done else BulkOutcome.UNCHANGED)
    if isinstance(name, str):
        found.name = name
    if problem is not None:
        found.outcome = BulkOutcome.REFUSED
        found.problem = BulkProblem(
            status=spec.load().catalogue[problem.code]["status"],
            code=problem.code,
            detail=problem.detail,
            hint=problem.hint,
        )
    return found
