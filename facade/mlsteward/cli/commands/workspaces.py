"""`mlsteward workspaces` and `status`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlsteward.cli.command import WORKSPACES, group
from mlsteward.cli.derived import does, lists, shows
from mlsteward.cli.outcomes import Done
from mlsteward.cli.output import Columns, size
from mlsteward.cli.parameters import Option
from mlsteward.cli.values import Limit

if TYPE_CHECKING:
    from mlsteward.records.workspaces import Workspace, WorkspaceStatus

workspaces = group(WORKSPACES, "workspaces", "Manage workspaces, their plans and settings.")

_columns: Columns[Workspace] = {
    "Name": lambda workspace: workspace.name,
    "Your role": lambda workspace: workspace.role,
    "Projects limit": lambda workspace: workspace.plan.projects_limit,
    "Storage limit": lambda workspace: _size(workspace.plan.storage_bytes_limit),
    "Created (UTC)": lambda workspace: workspace.created_at,
}
_plan = {
    "projects_limit": Option(metavar="N", help="Maximum number of active projects, or none.", type=Limit()),
    "storage_bytes_limit": Option(
        "--storage-limit",
        metavar="BYTES",
        help="Maximum storage, such as 5GB, or none.",
        type=Limit(of_bytes=True),
    ),
    "allowed_visibilities": Option("--visibility", help="Visibility that projects may have; repeat for several"),
}

lists(
    workspaces,
    "list",
    lambda steward: steward.workspaces.list,
    help="List your workspaces. The platform operator sees all of them.",
    columns=_columns,
    none="No workspaces.",
    examples=("mlsteward workspaces list",),
)


@does(
    workspaces,
    "create",
    lambda steward: steward.workspaces.create,
    options={**_plan, "admin": Option(metavar="USER", help="First admin: id, email or username (default: you).")},
    examples=(
        "mlsteward workspaces create ml-team",
        "mlsteward workspaces create ml-team --admin jackie --projects-limit 10 --storage-limit 50GB",
    ),
)
def create(done: Done[Workspace]) -> str:
    """Create a workspace. For the platform operator."""
    return f"workspace {done.result.name} {done.is_ready}"


@does(
    workspaces,
    "update",
    lambda steward: steward.workspaces.update,
    reads=lambda steward: steward.workspaces.get,
    options=_plan,
    examples=(
        "mlsteward workspaces update ml-team --projects-limit 20",
        "mlsteward workspaces update ml-team --storage-limit none --visibility private --visibility workspace",
    ),
)
def update(done: Done[Workspace]) -> str:
    """Change the plan of a workspace. For the platform operator.

    What you do not name stays as it is.
    """
    return f"plan of workspace {done.result.name}"


@shows(WORKSPACES, "status", lambda steward: steward.workspaces.status, examples=("mlsteward status ml-team",))
def status(found: WorkspaceStatus) -> Mapping[str, object]:
    """Show how much of its plan a workspace uses."""
    limit = found.active_projects_limit
    return {
        "Active projects": f"{found.active_projects}" + ("" if limit is None else f" of {limit}"),
        "Storage": size(found.storage_bytes_used)
        + ("" if found.storage_bytes_limit is None else f" of {size(found.storage_bytes_limit)}"),
        "Members": found.members_count,
    }


def _size(count: int | None) -> str | None:
    return None if count is None else size(count)
