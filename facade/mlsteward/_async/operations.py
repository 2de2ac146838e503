"""What happened: the audit log."""

from __future__ import annotations

from mlsteward_api.api.operations import list_audit_events, list_workspace_audit_events

from mlsteward._async.listing import listing
from mlsteward.connection import AsyncConnection
from mlsteward.pagination import AsyncPager
from mlsteward.records.enums import AuditAction
from mlsteward.records.operations import AuditEvent, read_audit_event
from mlsteward.references import project_reference, workspace_reference
from mlsteward.serialization import given_choice


class AsyncAudit:
    """What was changed, by whom and when, newest first."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        workspace: str | None = None,
        *,
        action: AuditAction | str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
    ) -> AsyncPager[AuditEvent]:
        """The events of a workspace, those of its projects included. For admins.

        Args:
            workspace: Name or id; the default workspace unless given.
            action: Only events of this kind.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        return listing(
            self._connection,
            list_workspace_audit_events,
            read_audit_event,
            limit=limit,
            page_size=page_size,
            workspace=reference,
            action=given_choice("action", action, AuditAction),
        )

    def list_for_project(
        self,
        project: str,
        *,
        workspace: str | None = None,
        action: AuditAction | str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
    ) -> AsyncPager[AuditEvent]:
        """The events of a project. For everybody with a role in it.

        Args:
            project: `workspace/name`, a name with `workspace=`, or an id.
            action: Only events of this kind.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = project_reference(project, workspace, self._connection.workspace)
        return listing(
            self._connection,
            list_audit_events,
            read_audit_event,
            limit=limit,
            page_size=page_size,
            project=reference,
            action=given_choice("action", action, AuditAction),
        )
