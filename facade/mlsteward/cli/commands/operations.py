"""`mlsteward audit`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING

import click

from mlsteward.cli.call import Call
from mlsteward.cli.command import HISTORY
from mlsteward.cli.derived import runs
from mlsteward.cli.following import check_form, show_as_they_come
from mlsteward.cli.listing import shape_of, show_list
from mlsteward.cli.moments import Since
from mlsteward.cli.output import Columns
from mlsteward.cli.parameters import Option
from mlsteward.cli.session import Session

if TYPE_CHECKING:
    from mlsteward.records.operations import AuditEvent

_columns: Columns[AuditEvent] = {
    "When (UTC)": lambda event: event.date,
    "Who": lambda event: event.user,
    "Event": lambda event: event.event,
    "What": lambda event: event.object_type,
    "Name": lambda event: event.object_name,
}
WIDTHS = (19, 22, 30, 10, 1)
"""Of the columns, when nobody knows yet what will be in them."""


def _check_form(session: Session, arguments: Mapping[str, object], follow: bool) -> None:
    if follow:
        check_form(session)
        if "until" in arguments:
            raise click.UsageError("--until cannot be used with --follow, which never ends.")


@runs(
    HISTORY,
    "audit",
    lambda steward: steward.audit.list,
    is_list=True,
    check=_check_form,
    options={
        "project": Option(help="Only events of one project: workspace/name, a name in the workspace, or an id."),
        "action": Option(help="Only events of one kind"),
        "since": Option(help="Only events since this date, in UTC, or for this long: 7d, 12h.", type=Since()),
        "until": Option(help="Only events before this date, in UTC, or until this long ago.", type=Since()),
    },
    examples=(
        "mlsteward audit ml-team --limit 20",
        "mlsteward audit ml-team --actor jackie --since 7d",
        "mlsteward audit ml-team --action delete --since '1 Nov 14:00'",
        "mlsteward audit --project ml-team/classification",
        "mlsteward audit ml-team --follow -o jsonl",
    ),
)
@click.option("-f", "--follow", is_flag=True, help="Print new events as they come, until Ctrl-C.")
def audit(call: Call[Iterable[AuditEvent]], follow: bool) -> None:
    """Show what was changed, by whom and when, newest first.

    In a workspace, or in one of its projects. With --follow, print new events as they come, oldest first;
    with --since, those since then come before them. Each event is printed once. If the server is away,
    the command waits and goes on.
    """
    if not follow:
        show_list(call.session, call(), _columns, none="Nothing happened.")
        return
    from mlsteward.records.operations import AuditEvent

    chosen = {name: value for name, value in call.arguments.items() if name != "limit"}
    events = islice(call.steward.audit.follow(**chosen), call.get("limit"))
    show_as_they_come(call.session, events, _columns, WIDTHS, shape_of(AuditEvent))
