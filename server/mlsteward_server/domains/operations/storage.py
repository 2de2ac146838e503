"""Delete the stored files that belong to nothing.

Files stay behind when their project is deleted, or when a process dies between storing a file and recording it
(decision 30). The job goes through the shards of the file storage in order, a page of files at a time.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from mlsteward_api.models import StorageCleanup

from mlsteward_server.context import Context
from mlsteward_server.domains.operations.jobs import started_job
from mlsteward_server.jobs.kinds import Accepted, JobKind, Progress, Work
from mlsteward_server.jobs.queue import accept
from mlsteward_server.problems import Problem
from mlsteward_server.storage.blobs import SHARDS, Blobs, Stored
from mlsteward_server.storage.owned import remove_unowned, unowned

PAGE = 500
"""Number of files to look at in one query."""
UNUSED_SECONDS = 3600
"""How long a file must have been unused, in seconds, if the caller does not say."""
ABANDONED = timedelta(days=1)
"""How long after its last part a file that is still being received counts as abandoned."""


def clean_up_storage(context: Context, body: StorageCleanup) -> Accepted:
    """Start to delete the files that belong to nothing."""
    arguments = {"dry_run": body.dry_run or False, "older_than": _given(body.older_than, UNUSED_SECONDS)}
    return Accepted(started_job(context, accept(context, CLEAN_UP, arguments)))


def _given(value: Any, default: int) -> int:
    return value if isinstance(value, int) else default


class _Count:
    """What the job has seen and done so far."""

    def __init__(self, state: Any) -> None:
        self.shard: int = state.get("shard", 0)
        self.after: str = state.get("after", "")
        self.figures: dict[str, int] = {
            name: state.get(name, 0) for name in ("files", "bytes", "unused_files", "unused_bytes")
        }

    def note(self, kind: str, size: int) -> None:
        self.figures[f"{kind}files"] += 1
        self.figures[f"{kind}bytes"] += size

    def progress(self) -> Progress:
        state = {"shard": self.shard, "after": self.after, **self.figures}
        return Progress(state, done=self.shard, total=SHARDS)


def _step(work: Work) -> Progress:
    blobs = work.storage.blobs
    if blobs is None:
        raise Problem(
            "storage_failed",
            "This server has no file storage.",
            "Ask the administrator of the server to start it with 'mlsteward serve --files'.",
        )
    count = _Count(work.state)
    now = datetime.now(UTC)
    # The first page in any case, so that every step gets on.
    while count.shard < SHARDS:
        page = blobs.page(count.shard, count.after, PAGE)
        _sweep(work, blobs, page, now - timedelta(seconds=work.arguments["older_than"]), count)
        if len(page) < PAGE:
            count.shard, count.after = count.shard + 1, ""
        if work.is_over:
            return count.progress()
    _sweep_abandoned(work, blobs, now - max(timedelta(seconds=work.arguments["older_than"]), ABANDONED), count)
    progress = count.progress()
    return Progress(progress.state, SHARDS, SHARDS, {"dry_run": work.arguments["dry_run"], **count.figures})


def _sweep(work: Work, blobs: Blobs, page: list[Stored], before: datetime, count: _Count) -> None:
    """Look at a page of files, and delete those that belong to nothing."""
    if not page:
        return
    with work.storage.connect() as connection:
        work.storage.begin(connection, write=False)
        free = unowned(connection, [stored.digest for stored in page])
    for stored in page:
        count.after = stored.digest
        count.note("", stored.size)
        if stored.digest not in free or stored.stored_at > before:
            continue
        # Somebody may upload the same content at this moment. So this asks again, under the lock on the content.
        if work.arguments["dry_run"] or remove_unowned(work.storage, blobs, stored.digest):
            count.note("unused_", stored.size)


def _sweep_abandoned(work: Work, blobs: Blobs, before: datetime, count: _Count) -> None:
    """Delete the files that processes were receiving when they died."""
    for path in blobs.abandoned(before):
        with suppress(FileNotFoundError):
            size = path.stat().st_size
            if not work.arguments["dry_run"]:
                path.unlink()
            count.note("", size)
            count.note("unused_", size)


CLEAN_UP = JobKind("clean_up_storage", _step)
