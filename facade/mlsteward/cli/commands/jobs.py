"""`mlsteward jobs`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlsteward.cli.call import Call
from mlsteward.cli.command import SERVER, group
from mlsteward.cli.derived import lists, runs, shows
from mlsteward.cli.output import Columns, show_details
from mlsteward.cli.parameters import Option

if TYPE_CHECKING:
    from mlsteward.records.operations import Job

FAILED = 1
"""The exit code for a job that failed."""

jobs = group(SERVER, "jobs", "Show work that a command started, and wait for it.")

_columns: Columns[Job] = {
    "Id": lambda job: job.id,
    "Operation": lambda job: job.operation,
    "Status": lambda job: job.status,
    "Started by": lambda job: job.started_by,
    "Created (UTC)": lambda job: job.created_at,
}

lists(
    jobs,
    "list",
    lambda steward: steward.jobs.list,
    columns=_columns,
    none="No jobs.",
    examples=("mlsteward jobs list", "mlsteward jobs list --status failed"),
)


@shows(
    jobs,
    "show",
    lambda steward: steward.jobs.get,
    options={"job": Option(help="Id of the job.")},
    examples=("mlsteward jobs show 019a9f3e251275fe86d59a9685906844",),
)
def show(job: Job) -> Mapping[str, object]:
    """Show a job: how far it is, and what came out."""
    return fields(job)


@runs(
    jobs,
    "wait",
    lambda steward: steward.jobs.wait,
    options={"job": Option(help="Id of the job.")},
    examples=("mlsteward jobs wait 019a9f3e251275fe86d59a9685906844 --at-most 10m",),
)
def wait(call: Call[Job]) -> int:
    """Wait until a job has succeeded or failed. The exit code is 1 if it failed."""
    job = call()
    show_details(call.session, job, fields(job))
    return 0 if job.problem is None else FAILED


def fields(job: Job) -> Mapping[str, object]:
    """What a person sees of a job."""
    total = job.progress.total
    return {
        "Id": job.id,
        "Operation": job.operation,
        "Status": job.status,
        "Progress": job.progress.done if total is None else f"{job.progress.done} of {total}",
        "Started by": job.started_by,
        "Created (UTC)": job.created_at,
        "Finished (UTC)": job.finished_at,
        **({} if job.problem is None else {"Problem": job.problem.detail, "Hint": job.problem.hint}),
        **{name.replace("_", " ").capitalize(): value for name, value in (job.result or {}).items()},
    }
