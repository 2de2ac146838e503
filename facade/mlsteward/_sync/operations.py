# Derived from facade/mlsteward/_async/operations.py by scripts/derive_sync.py. Do not edit.
"""The audit log."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from mlsteward_api.api.operations import list_audit_events, list_workspace_audit_events

from mlsteward._sync.resource import Namespace
from mlsteward.pagination import Pager
from mlsteward.records.enums import AuditAction, AuditActionLike
from mlsteward.records.operations import AuditEvent, read_audit_event
from mlsteward.serialization import given, given_choice, moment_ago


class Audit(Namespace):
    """The audit log: what was changed, by whom and when, newest first.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> list[str]:
        ...     with Steward(path=":memory:") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         steward.projects.create("ml-team/classification")
        ...         return [event.event for event in steward.audit.list(project="ml-team/classification")]
        >>> main()
        ['Created the project']
    """

    def list(
        self,
        *,
        workspace: str | None = None,
        project: str | None = None,
        actor: str | None = None,
        object: str | None = None,
        action: AuditActionLike | None = None,
        since: datetime | timedelta | None = None,
        until: datetime | timedelta | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[AuditEvent]:
        """List the events of a workspace and its projects, or of one project.

        Those of a workspace are for its admins, those of a project for everybody with a role in it.

        Args:
            workspace: Name or id (default: the default workspace).
            project: Only events of this project: `workspace/name`, a name, or an id.
            actor: Only what this account did: its id, email address or username.
            object: Only what was done to this object: its id, or its name at that moment.
            action: Only events of this kind.
            since: Only events from this moment on. A timedelta is how long ago: `timedelta(days=7)`.
            until: Only events before this moment.
            limit: Maximum number of events (default: all).
            page_size: Number of events per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            ProjectNotFound: The project does not exist, or the caller cannot see it.

        Example:
            >>> [event.event for event in steward.audit.list(object="street-signs")]
            ['Granted a permission to a group: EDIT to labelers', 'Created the dataset']
        """
        if project is None:
            ask = partial(list_workspace_audit_events.request, workspace=self._workspace(workspace))
        else:
            ask = partial(list_audit_events.request, project=self._project(project, workspace))
        filtered = partial(
            ask,
            actor=given(actor),
            object_=given(object),
            action=given_choice("action", action, AuditAction),
            since=moment_ago("since", since),
            until=moment_ago("until", until),
        )
        return self._list(filtered, read_audit_event, limit=limit, page_size=page_size, timeout=timeout)
