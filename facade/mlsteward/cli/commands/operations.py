"""`mlsteward audit`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING

import click

from mlsteward.cli.call import Call
from mlsteward.cli.command import HISTORY
from mlsteward.cli.derived import runs
from mlsteward.cli.moments import Moment
from mlsteward.cli.output import Columns, show_list
from mlsteward.cli.parameters import Option

if TYPE_CHECKING:
    from mlsteward.records.operations import AuditEvent

_columns: Columns[AuditEvent] = {
    "When (UTC)": lambda event: event.date,
    "Who": lambda event: event.user,
    "Event": lambda event: event.event,
    "What": lambda event: event.object_type,
    "Name": lambda event: event.object_name,
}


@runs(
    HISTORY,
    "audit",
    lambda steward: steward.audit.list,
    options={
        "project": Option(help="Only events of one project: workspace/name, a name in the workspace, or an id."),
        "action": Option(help="Only events of one kind"),
    },
    examples=(
        "mlsteward audit ml-team --limit 20",
        "mlsteward audit ml-team --action delete --since '1 Nov 14:00'",
        "mlsteward audit --project ml-team/classification",
    ),
)
@click.option("--since", type=Moment(), metavar="DATE", help="Only events since then, in UTC.")
def audit(call: Call[Iterable[AuditEvent]], since: datetime | None) -> None:
    """Show what was changed, by whom and when, newest first.

    In a workspace, or in one of its projects.
    """
    events = call() if since is None else takewhile(lambda event: event.date >= since, call())
    show_list(call.session, events, _columns, none="Nothing happened.")
