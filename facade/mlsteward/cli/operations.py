"""`mlsteward audit`."""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING

import click

from mlsteward.cli.command import Command, choice, limit
from mlsteward.cli.moments import Moment
from mlsteward.cli.output import Columns, show_list
from mlsteward.cli.session import Session
from mlsteward.records.enums import AuditAction

if TYPE_CHECKING:
    from mlsteward.records.enums import AuditActionLike
    from mlsteward.records.operations import AuditEvent

_columns: Columns[AuditEvent] = {
    "When (UTC)": lambda event: event.date,
    "Who": lambda event: event.user,
    "Event": lambda event: event.event,
    "What": lambda event: event.object_type,
    "Name": lambda event: event.object_name,
}


@click.command(
    cls=Command,
    about_workspace=True,
    examples=(
        "mlsteward audit ml-team --limit 20",
        "mlsteward audit ml-team --action delete --since '1 Nov 14:00'",
        "mlsteward audit --project ml-team/classification",
    ),
)
@click.argument("workspace", required=False)
@click.option("--project", metavar="PROJECT", help="Only what happened to one project: workspace/name, or an id.")
@choice("--action", words=AuditAction, help="Only events of one kind:")
@click.option("--since", type=Moment(), metavar="DATE", help="Only events since then, in UTC.")
@limit
@click.pass_obj
def audit(
    session: Session,
    workspace: str | None,
    project: str | None,
    action: AuditActionLike | None,
    since: datetime | None,
    limit: int | None,
) -> None:
    """Show what was changed, by whom and when, newest first.

    In WORKSPACE, by name or id, or in one project.
    """
    home = session.home(workspace)
    with session.steward() as steward:
        found = (
            steward.audit.list(workspace=home, action=action, limit=limit)
            if project is None
            else steward.audit.list(project=project, workspace=home, action=action, limit=limit)
        )
        # Newest first: the first event from before is where the rest can stay unread.
        events = found if since is None else takewhile(lambda event: event.date >= since, found)
        show_list(session, events, _columns, none="Nothing happened.")
