"""The resource of this domain: jobs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, select

from mlsteward_server.access.resources import Ask, Found, Ladder, Resource
from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.accounts.memberships import ADMIN
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.jobs import jobs
from mlsteward_server.storage.tables.workspaces import memberships

_admin = and_(
    memberships.c.workspace_id == jobs.c.workspace_id,
    memberships.c.account_id == bindparam("caller"),
    memberships.c.role == ADMIN,
)
JOBS: Select[Any] = (
    select(*jobs.c, accounts.c.username.label("starter"), memberships.c.role.label("membership"))
    .join_from(jobs, accounts, accounts.c.id == jobs.c.account_id, isouter=True)
    .outerjoin(memberships, _admin)
)
"""Selects jobs, with the role of the account `caller` if it is an admin of their workspace."""
_by_id = JOBS.where(jobs.c.id == bindparam("reference"))


@dataclass(frozen=True, slots=True)
class FoundJob(Found):
    """A job, as seen by one caller.

    Attributes:
        is_visible: Whether the caller has started it, is an admin of its workspace, or is an operator.
    """

    is_visible: bool


def _find(connection: Connection, caller: Caller | None, reference: str, home: Found | None) -> FoundJob | None:
    if caller is None:
        return None
    row = connection.execute(_by_id, {"reference": reference, "caller": caller.id}).first()
    if row is None:
        return None
    return FoundJob(row, row.account_id == caller.id or row.membership is not None or caller.is_operator)


def _not_found(reference: str, home: Found | None = None) -> Problem:
    return Problem(
        "job_not_found",
        f"There is no job {quote(reference)} that you can see.",
        "Check the id. A job that finished more than 7 days ago is deleted.",
    )


def _check(ask: Ask[FoundJob]) -> None:
    if not ask.found.is_visible:
        raise ask.missing()


READER = "reader"
"""The role of those who can see a job."""

JOB: Resource[FoundJob] = Resource(
    kind="job",
    table=jobs,
    name=jobs.c.operation,
    find=_find,
    not_found=_not_found,
    ladder=Ladder(roles=(READER,), itself=READER, check=_check),
)
