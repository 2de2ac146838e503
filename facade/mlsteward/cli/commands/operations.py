"""`mlsteward audit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsteward.cli.command import HISTORY
from mlsteward.cli.derived import lists
from mlsteward.cli.moments import Since
from mlsteward.cli.output import Columns
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

lists(
    HISTORY,
    "audit",
    lambda steward: steward.audit.list,
    help="""Show what was changed, by whom and when, newest first.

    In a workspace, or in one of its projects.
    """,
    columns=_columns,
    none="Nothing happened.",
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
    ),
)
