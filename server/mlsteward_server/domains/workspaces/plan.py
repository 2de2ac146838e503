"""The storage of a workspace and the limit of its plan."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from mlsteward_server.context import Context
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.tables.experiments import assets


def storage_used(connection: Connection, workspace_id: str) -> int:
    """Return the total size of the files of a workspace, in bytes."""
    used: int = connection.execute(
        select(func.coalesce(func.sum(assets.c.size), 0)).where(assets.c.workspace_id == workspace_id)
    ).scalar_one()
    return int(used)


def check_storage(context: Context, workspace: Row[Any], size: int) -> int | None:
    """Refuse a file that exceeds the storage limit of the plan. The result is certain only with the workspace locked.

    Returns:
        How many more bytes the plan allows. None if it has no limit.

    Raises:
        Problem: The file would exceed the limit.
    """
    limit = workspace.storage_bytes_limit
    if limit is None:
        return None
    used = storage_used(context.connection, workspace.id)
    if used + size > limit:
        raise Problem(
            "storage_limit_reached",
            f"The workspace {quote(workspace.name)} uses {used} of the {limit} bytes that its plan allows. "
            f"The file has {size} bytes.",
            "Delete assets or projects that you no longer need, or ask an operator to raise the limit with "
            "'mlsteward workspaces update --storage-limit'.",
        )
    return int(limit) - used
