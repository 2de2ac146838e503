# Derived from facade/mlsteward/_async/storage.py by scripts/derive_sync.py. Do not edit.
"""The file storage of the platform."""

from __future__ import annotations

from datetime import timedelta

from mlsteward_api.api.operations import clean_up_storage
from mlsteward_api.models.storage_cleanup import StorageCleanup

from mlsteward._sync.jobs import look_at
from mlsteward._sync.resource import Namespace
from mlsteward.records.operations import Job, read_job
from mlsteward.serialization import seconds


class Storage(Namespace):
    """The file storage of the platform. For operators."""

    def clean_up(
        self,
        *,
        dry_run: bool = True,
        older_than: timedelta | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Job:
        """Start to delete stored files that belong to nothing, such as those of deleted projects.

        Wait for the job with `jobs.wait`. Its result has the number of `files` and `bytes` that it looked at, and of
        those that belong to nothing: `unused_files` and `unused_bytes`.

        Args:
            dry_run: Only count the files, and delete nothing.
            older_than: Only files that were stored at least this long ago (default: one hour).

        Raises:
            Forbidden: The caller is not an operator of the platform.

        Example:
            >>> from datetime import timedelta
            >>> steward.projects.delete("classification")
            >>> job = steward.storage.clean_up(older_than=timedelta(0))
            >>> steward.jobs.wait(job).result["unused_files"]
            1
        """
        body = StorageCleanup(dry_run=dry_run, older_than=seconds("older_than", older_than))
        return self._accepted(
            clean_up_storage.request(body=body), read_job, look_at, timeout=timeout, idempotency_key=idempotency_key
        )
