"""Find the workspace that filters a list."""

from __future__ import annotations

from mlsteward_server.access.resources import Ask
from mlsteward_server.context import Context
from mlsteward_server.domains.workspaces.resource import WORKSPACE, find_workspace, workspace_not_found


def listed_workspace(context: Context, reference: str | None) -> str | None:
    """Return the id of the workspace whose objects to list. None means all workspaces.

    Raises:
        Problem: The caller cannot see a workspace with this reference.
    """
    if reference is None:
        return None
    found = find_workspace(context.connection, context.caller, reference)
    if found is None:
        raise workspace_not_found(reference)
    assert WORKSPACE.ladder is not None
    WORKSPACE.ladder.check(
        Ask(context.connection, context.caller, found, "guest", False, lambda: workspace_not_found(reference))
    )
    return found.id
