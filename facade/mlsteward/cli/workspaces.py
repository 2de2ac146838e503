"""`mlsteward workspaces` and `status`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from mlsteward._types import NOT_GIVEN
from mlsteward.cli.command import Command, Group, choice, exist_ok, limit, workspace_argument
from mlsteward.cli.output import Columns, say, show_details, show_list, size
from mlsteward.cli.session import Session
from mlsteward.records.enums import Visibility

if TYPE_CHECKING:
    from mlsteward.records.enums import VisibilityLike
    from mlsteward.records.workspaces import Workspace

UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "KI": 2**10, "MI": 2**20, "GI": 2**30, "TI": 2**40}


class Limit(click.ParamType[Any]):
    """A number, of bytes also as `5GB` or `5GiB`; or `none` for no limit."""

    name = "limit"

    def __init__(self, *, of_bytes: bool = False) -> None:
        self.of_bytes = of_bytes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        if value.lower() in {"none", "unlimited"}:
            return None
        match = re.fullmatch(r"([0-9]{1,18})(?:\s*([kmgt]i?)?b?)", value.strip(), re.IGNORECASE)
        if match is None or (match[2] and not self.of_bytes):
            form = "a number of bytes such as 5GB, or none" if self.of_bytes else "a number, or none"
            self.fail(f"{value!r} is not {form}", param, ctx)
        return int(match[1]) * UNITS[(match[2] or "").upper()]


def _plan(command: Any) -> Any:
    for decorate in (
        choice(
            "--visibility",
            "visibilities",
            words=Visibility,
            multiple=True,
            help="What its projects may be, once for each:",
        ),
        click.option(
            "--storage-limit",
            metavar="BYTES",
            type=Limit(of_bytes=True),
            default=NOT_GIVEN,
            help="How much it may store, such as 5GB, or none.",
        ),
        click.option(
            "--projects-limit",
            metavar="N",
            type=Limit(),
            default=NOT_GIVEN,
            help="How many active projects it may have, or none.",
        ),
    ):
        command = decorate(command)
    return command


@click.group(cls=Group)
def workspaces() -> None:
    """Workspaces: list, create, update, settings."""


_workspace_columns: Columns[Workspace] = {
    "Name": lambda workspace: workspace.name,
    "Your role": lambda workspace: workspace.role,
    "Projects limit": lambda workspace: workspace.plan.projects_limit,
    "Storage limit": lambda workspace: _size(workspace.plan.storage_bytes_limit),
    "Created (UTC)": lambda workspace: workspace.created_at,
}


@workspaces.command("list", examples=("mlsteward workspaces list",))
@limit
@click.pass_obj
def list_workspaces(session: Session, limit: int | None) -> None:
    """List the workspaces you are in; all there are for the operator."""
    with session.steward() as steward:
        show_list(session, steward.workspaces.list(limit=limit), _workspace_columns, none="No workspaces.")


@workspaces.command(
    "create",
    examples=(
        "mlsteward workspaces create ml-team",
        "mlsteward workspaces create ml-team --admin jackie --projects-limit 10 --storage-limit 50GB",
    ),
)
@click.argument("name")
@click.option("--admin", metavar="USER", help="Its first admin; you unless given.")
@_plan
@exist_ok
@click.pass_obj
def create_workspace(
    session: Session,
    name: str,
    admin: str | None,
    projects_limit: Any,
    storage_limit: Any,
    visibilities: tuple[VisibilityLike, ...],
    exist_ok: bool,
) -> None:
    """Create a workspace. For the operator of the platform."""
    with session.steward() as steward:
        made = steward.workspaces.create(
            name,
            admin=admin,
            projects_limit=None if projects_limit is NOT_GIVEN else projects_limit,
            storage_bytes_limit=None if storage_limit is NOT_GIVEN else storage_limit,
            allowed_visibilities=visibilities or None,
            exist_ok=exist_ok,
        )
    say(session, f"The workspace {made.name} is there.", made)


@workspaces.command(
    "update",
    examples=(
        "mlsteward workspaces update ml-team --projects-limit 20",
        "mlsteward workspaces update ml-team --storage-limit none --visibility private --visibility workspace",
    ),
)
@click.argument("workspace")
@_plan
@click.pass_obj
def update_workspace(
    session: Session, workspace: str, projects_limit: Any, storage_limit: Any, visibilities: tuple[VisibilityLike, ...]
) -> None:
    """Change the plan of a workspace. For the operator of the platform.

    What is not given stays as it is.
    """
    if projects_limit is NOT_GIVEN and storage_limit is NOT_GIVEN and not visibilities:
        raise click.UsageError("Give at least one thing to change.")
    with session.steward() as steward:
        changed = steward.workspaces.update(
            workspace,
            projects_limit=projects_limit,
            storage_bytes_limit=storage_limit,
            allowed_visibilities=visibilities or None,
        )
    say(session, f"The plan of {changed.name} is changed.", changed)


@click.command(cls=Command, about_workspace=True, examples=("mlsteward status ml-team",))
@workspace_argument
@click.pass_obj
def status(session: Session, workspace: str | None) -> None:
    """Show how much of its plan a workspace uses."""
    with session.steward() as steward:
        found = steward.workspaces.status(session.home(workspace))
    limit = found.active_projects_limit
    show_details(
        session,
        found,
        {
            "Active projects": f"{found.active_projects}" + ("" if limit is None else f" of {limit}"),
            "Storage": size(found.storage_bytes_used)
            + ("" if found.storage_bytes_limit is None else f" of {size(found.storage_bytes_limit)}"),
            "Members": found.members_count,
        },
    )


def _size(count: int | None) -> str | None:
    return None if count is None else size(count)
