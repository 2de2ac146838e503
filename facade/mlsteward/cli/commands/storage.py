"""`mlsteward storage clean-up`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsteward.cli.call import Call
from mlsteward.cli.command import SERVER, group
from mlsteward.cli.derived import runs
from mlsteward.cli.outcomes import Outcome, tell
from mlsteward.cli.output import size, to_json, write_json
from mlsteward.cli.parameters import Option
from mlsteward.errors import StewardError

if TYPE_CHECKING:
    from mlsteward.records.operations import Job

storage = group(SERVER, "storage", "Clean up the file storage of the platform.")


@runs(
    storage,
    "clean-up",
    lambda steward: steward.storage.clean_up,
    omits={"dry_run"},
    options={"older_than": Option(help="Only files that were stored at least this long ago: 12h, 30d (default: 1h).")},
    examples=("mlsteward storage clean-up", "mlsteward storage clean-up --older-than 7d --apply"),
)
@click.option("--apply", is_flag=True, help="Do it. Without this, the command only counts the files.")
def clean_up(call: Call[Job], apply: bool) -> None:
    """Count stored files that belong to nothing, or delete them with --apply.

    Files stay behind when their project is deleted, or when a server dies during an upload. For operators of the
    platform. The command waits until the work is done; if it is interrupted, the work goes on.
    """
    job = call.steward.jobs.wait(call(dry_run=not apply))
    if job.problem is not None:
        raise StewardError(job.problem.detail, hint=job.problem.hint)
    found = job.result or {}
    told = f"{found.get('unused_files')} of {found.get('files')} files ({size(found.get('unused_bytes', 0))})"
    if apply:
        tell(call.session, Outcome.DELETED, f"{told} belonged to nothing", job)
    elif call.session.as_json:
        write_json(to_json(job))
    else:
        click.echo(f"{told} belong to nothing.")
        click.echo("Nothing was changed. Use --apply to delete them.", err=True)
