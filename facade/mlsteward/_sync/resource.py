# Derived from facade/mlsteward/_async/resource.py by scripts/derive_sync.py. Do not edit.
"""What every resource does: name things, list them, create and delete them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sized
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from mlsteward._concurrency import sleep
from mlsteward._public import public_names
from mlsteward.bulk import BulkResult, chunks
from mlsteward.config.told import place, whole
from mlsteward.connection import Connection
from mlsteward.errors import Conflict, Forbidden, InvalidArgument, NotFound, StewardError
from mlsteward.exports.progress import Bar
from mlsteward.pagination import Pager
from mlsteward.protocol import LISTS, Paging
from mlsteward.records.bulk import BulkAnswer, BulkRow, numbered
from mlsteward.references import dataset_reference, experiment_reference, project_reference, workspace_reference

if TYPE_CHECKING:
    from mlsteward_api.types import Request

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
"""Seconds between two looks at a job. Each pause is longer than the one before."""
LONGEST_TOLD_PAUSE = 60.0
"""Seconds to wait at most if the server asks for longer pauses."""


class AnyJob(Protocol):
    """What waiting needs to know of work that goes on."""

    @property
    def id(self) -> str: ...

    @property
    def is_finished(self) -> bool: ...


T = TypeVar("T")
R = TypeVar("R")
Work = TypeVar("Work", bound=AnyJob)

# Its own name would be left as it is in the blocking twin.
CLIENT = Connection.__name__.replace("Connection", "Steward")


class Resource:
    """The base of all resources.

    Args:
        connection: Where to send requests, and as whom.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __repr__(self) -> str:
        where = f"{CLIENT} {whole(self._connection.config)}"
        return f"<{type(self).__name__} of {where}: {', '.join(dir(self))}>"

    def __dir__(self) -> list[str]:
        return public_names(self)

    def _workspace(self, workspace: str | None) -> str:
        """How a path names a workspace."""
        return workspace_reference(workspace, self._connection.workspace)

    def _project(self, project: str, workspace: str | None) -> str:
        """How a path names a project."""
        return project_reference(project, workspace, self._connection.workspace)

    def _dataset(self, dataset: str, workspace: str | None) -> str:
        """How a path names a dataset."""
        return dataset_reference(dataset, workspace, self._connection.workspace)

    def _experiment(self, experiment: str, workspace: str | None) -> str:
        """How a path names an experiment."""
        return experiment_reference(experiment, workspace, self._connection.workspace)

    def _list(
        self,
        ask: partial[Request[Any]],
        read: Callable[[Any], R],
        *,
        limit: int | None,
        page_size: int | None,
        timeout: float | None,
        paging: Paging = LISTS,
    ) -> Pager[R]:
        """A list of any length.

        Args:
            ask: `partial(list_projects.request, ...)`: makes the request for a page, given where the page starts.
            read: Makes a record of an item.
            limit: Maximum number of records; None for all.
            page_size: Number of records per request; None leaves it to the server.
            timeout: Of each request.
            paging: How the operation pages its list.
        """
        connection = self._connection

        def fetch(page_size: int | None, cursor: str | None) -> tuple[list[R], str | None]:
            return connection.call_page(ask, read, size=page_size, cursor=cursor, paging=paging, timeout=timeout)

        def total() -> int:
            return connection.call_total(ask, paging=paging, timeout=timeout)

        is_counted = paging.total in (getattr(ask.func, "__kwdefaults__", None) or ())
        return Pager(
            fetch,
            limit=limit,
            page_size=page_size,
            total=total if is_counted else None,
            # What `reader` made it for.
            record_type=getattr(read, "record", None),
            source=place(connection.config),
        )

    def _bulk(
        self,
        ask: Callable[[list[T]], Request[Any]],
        read: Callable[[Any], BulkAnswer],
        *,
        rows: Iterable[T],
        dry_run: bool,
        progress: bool | None,
        timeout: float | None,
        idempotency_key: str | None,
    ) -> BulkResult:
        """Send rows in chunks, and collect what became of them.

        Args:
            ask: Makes the request for a chunk.
            read: Makes a record of an answer.
            rows: Read as they are sent.
            dry_run: Whether nothing is changed.
            progress: Whether to show a progress bar; None to show one if it takes long.
            timeout: Of each request.
            idempotency_key: Of all requests together: each has one of its own that is made of it.

        Raises:
            InvalidArgument: `dry_run` is not a bool.
        """
        if not isinstance(dry_run, bool):
            raise InvalidArgument(f"dry_run must be True or False, not {type(dry_run).__name__}")
        connection = self._connection
        if dry_run and connection.trials is None:
            connection = connection.as_dry_run()
        found: list[BulkRow] = []
        bar = Bar(progress)
        try:
            for number, chunk in enumerate(chunks(rows)):
                key = None if idempotency_key is None else f"{idempotency_key}-{number}"
                answer = connection.call(ask(chunk), read, timeout=timeout, idempotency_key=key)
                found += numbered(answer.outcomes, len(found))
                bar.add(len(chunk))
                if bar.is_due:
                    bar.show(len(rows) if isinstance(rows, Sized) else None)
        except Exception as error:
            if found and connection.trials is None:
                error.add_note(f"{len(found)} rows were sent before this one, and are carried out.")
            raise
        finally:
            bar.stop()
        return BulkResult(found, is_dry_run=connection.trials is not None)

    def _create(
        self,
        asked: Request[T],
        read: Callable[[T], R],
        *,
        taken: str,
        find: Callable[[], R],
        exist_ok: bool,
        timeout: float | None,
        idempotency_key: str | None,
    ) -> R:
        """Create something. `exist_ok` gives back what exists, if the caller can see it.

        Args:
            asked: What to send.
            read: Makes a record of the answer.
            taken: The code of the problem that it exists already.
            find: Gets what exists.
            exist_ok: Whether that is wanted.
            timeout: Of the request.
            idempotency_key: Of the request.
        """
        try:
            return self._connection.call(asked, read, timeout=timeout, idempotency_key=idempotency_key)
        except Conflict as error:
            if not (exist_ok and error.code == taken):
                raise
            try:
                return find()
            except (NotFound, Forbidden):
                # It exists, so "not found" would be wrong.
                raise error from None

    def _delete(
        self,
        asked: Request[Any],
        *,
        absent: str,
        missing_ok: bool,
        timeout: float | None,
        idempotency_key: str | None,
    ) -> None:
        """Delete something. `missing_ok` succeeds where that very thing is not found.

        Args:
            asked: What to send.
            absent: The code of the problem that it does not exist. What it is in has codes of its own.
            missing_ok: Whether that is fine.
            timeout: Of the request.
            idempotency_key: Of the request.
        """
        # Nothing is made of the answer, so whether there is one does not matter.
        asked.read = _nothing
        try:
            self._connection.call(asked, timeout=timeout, idempotency_key=idempotency_key)
        except NotFound as error:
            if not (missing_ok and error.code == absent):
                raise

    def _accepted(
        self,
        asked: Request[Any],
        read: Callable[[T], R],
        look: Callable[[str], Request[T]],
        *,
        timeout: float | None,
        idempotency_key: str | None,
    ) -> R:
        """Start work that goes on after the answer.

        Args:
            asked: What to send.
            read: Makes a record of the job.
            look: Makes the request that reads a job.
            timeout: Of the request.
            idempotency_key: Of the request.
        """
        return self._connection.call_accepted(asked, look, read, timeout=timeout, idempotency_key=idempotency_key)

    def _wait(
        self,
        asked: Request[T],
        read: Callable[[T], Work],
        *,
        at_most: timedelta | None,
        timeout: float | None,
    ) -> Work:
        """Wait until work is over.

        Args:
            asked: Asks for the job.
            read: Makes a record of it.
            at_most: How long to wait; None for as long as it takes.
            timeout: Of each request.

        Raises:
            StewardError: It takes longer than `at_most`.
        """
        deadline = None if at_most is None else time.monotonic() + at_most.total_seconds()
        pause = FIRST_PAUSE
        while True:
            found, told = self._connection.call_job(asked, read, timeout=timeout)
            if found.is_finished:
                return found
            wait = max(pause, min(told, LONGEST_TOLD_PAUSE))
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise StewardError(f"the job {found.id} has not finished within {at_most}; it goes on")
                wait = min(wait, left)
            sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)


def _nothing(answer: object) -> None:
    """What is read of an answer that nobody looks at."""


class Namespace(Resource):
    """A resource that is an attribute of `Steward`, by the name of its class: `ApiKeys` is `api_keys`."""
