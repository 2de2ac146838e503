"""The audit log."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial

from mlsteward_api.api.operations import list_audit_events, list_workspace_audit_events

from mlsteward._async.resource import AsyncNamespace
from mlsteward._concurrency import asleep
from mlsteward.errors import InvalidArgument, RateLimited, ServerError, TransportError
from mlsteward.following import Unseen
from mlsteward.pagination import LARGEST_PAGE, AsyncPager
from mlsteward.records.enums import AuditAction, AuditActionLike
from mlsteward.records.operations import AuditEvent, read_audit_event
from mlsteward.serialization import given, given_choice, moment_ago

logger = logging.getLogger("mlsteward")

LONGEST_PAUSE = 30.0
"""Seconds between two looks at most, while the server is away."""


class AsyncAudit(AsyncNamespace):
    """The audit log: what was changed, by whom and when, newest first.

    Example:
        >>> import asyncio
        >>> from mlsteward import AsyncSteward
        >>> async def main() -> list[str]:
        ...     async with AsyncSteward(path=":memory:") as steward:
        ...         await steward.workspaces.create("ml-team")
        ...         await steward.projects.create("ml-team/classification")
        ...         return [event.event async for event in steward.audit.list(project="ml-team/classification")]
        >>> asyncio.run(main())
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
    ) -> AsyncPager[AuditEvent]:
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
            >>> [event.event async for event in steward.audit.list(object="street-signs")]
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

    def follow(
        self,
        *,
        workspace: str | None = None,
        project: str | None = None,
        actor: str | None = None,
        object: str | None = None,
        action: AuditActionLike | None = None,
        since: datetime | timedelta | None = None,
        interval: float = 2.0,
        timeout: float | None = None,
    ) -> AsyncIterator[AuditEvent]:
        """Wait for new events, and yield them as they come. It never ends by itself.

        Each event comes once. Events come in the order in which they were written; one from a slow request comes
        later than others. An event is missed only if its request takes longer than ten minutes. While the server is
        away, this waits, and goes on where it stopped.

        Args:
            workspace: As for `list`.
            project: As for `list`: `workspace/name`, a name, or an id.
            actor: As for `list`.
            object: As for `list`.
            action: As for `list`.
            since: First yield the events since this moment (default: only new events). A timedelta is how long ago.
            interval: Seconds between two looks at the log.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            ProjectNotFound: The project does not exist, or the caller cannot see it.
            TransportError: The server cannot be reached when this begins.
            InvalidArgument: `interval` is not a positive number.

        Example:
            >>> from datetime import timedelta
            >>> async for event in steward.audit.follow(since=timedelta(hours=1), object="classification"):
            ...     if event.object_type == "project":
            ...         break
            >>> event.event
            'Created the project'
        """
        if isinstance(interval, bool) or not isinstance(interval, int | float) or not 0 < interval < float("inf"):
            raise InvalidArgument(f"interval must be a number of seconds above 0, not {interval!r}")
        begins = moment_ago("since", since)
        look = partial(
            self.list, workspace=workspace, project=project, actor=actor, object=object, action=action, timeout=timeout
        )
        # What is wrong with the arguments is wrong now, and not when somebody asks for the first event.
        look()
        return self._follow(look, begins if isinstance(begins, datetime) else None, interval)

    async def _follow(
        self, look: partial[AsyncPager[AuditEvent]], since: datetime | None, interval: float
    ) -> AsyncIterator[AuditEvent]:
        unseen = Unseen(since)
        if since is None:
            newest = await look(limit=1).first()
            unseen.begin(newest)
            found = await look(since=unseen.next_look(far=True), page_size=LARGEST_PAGE).to_list()
            # What came between the two looks is new, and everything before is not.
            for event in unseen.new_ones(found):
                if newest is None or event.id > newest.id:
                    yield event
        else:
            for event in unseen.new_ones(await look(since=since, page_size=LARGEST_PAGE).to_list()):
                yield event
        pause = interval
        while True:
            await asleep(pause)
            try:
                found = await look(since=unseen.next_look(far=pause > interval), page_size=LARGEST_PAGE).to_list()
            except (TransportError, ServerError, RateLimited) as error:
                if pause == interval:
                    logger.warning("the server is away; waiting for it: %s", error)
                pause = min(pause * 2, max(LONGEST_PAUSE, interval))
                continue
            if pause > interval:
                logger.warning("the server is back")
            pause = interval
            for event in unseen.new_ones(found):
                yield event
