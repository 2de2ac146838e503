"""A review of access: who may do what in a workspace at one moment, for people who check it."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args, overload

from attrs import frozen

from mlsteward._public import public_names
from mlsteward.errors import InvalidArgument
from mlsteward.exports.columns import columns_of
from mlsteward.exports.targets import opened
from mlsteward.exports.writers import CsvWriter
from mlsteward.matrix import TextFile
from mlsteward.records.access import AccessEntry
from mlsteward.records.operations import AuditEvent
from mlsteward.records.record import Record
from mlsteward.records.reviews import ReviewChange, ReviewedAccount, ReviewedInvitation, ReviewedKey
from mlsteward.reviews.contents import Contents

if TYPE_CHECKING:
    from typing import Self

Part: TypeAlias = Literal["access", "accounts", "keys", "invitations", "changes", "events"]
"""A table of a review."""
PARTS: tuple[Part, ...] = get_args(Part)
RECORDS: Mapping[str, type[Record]] = {
    "access": AccessEntry,
    "accounts": ReviewedAccount,
    "keys": ReviewedKey,
    "invitations": ReviewedInvitation,
    "changes": ReviewChange,
    "events": AuditEvent,
}


@frozen(repr=False)
class AccessReview(Contents):
    """Who may do what in a workspace, and with which keys, at one moment.

    Attributes:
        workspace: Name of the workspace.
        workspace_id: Its id.
        began_at: When reading began, in UTC.
        ended_at: When reading ended, in UTC. What was changed in between may be in the review or not.
        made_by: Username of the reader.
        server: Where it was read.
        server_version: The version of the server.
        client_version: The version of this client.
        unseen_days: After how many days without use an account is marked as unseen, and a key as unused.
        old_key_days: After how many days a key is marked as old.
        access: Every account with each project and dataset that it has access to, and the rule that decides.
        accounts: The people, then the service accounts, each by name.
        keys: The API keys of these accounts, oldest first.
        invitations: Open invitations, oldest first.
        since: What `changes` and `events` begin with, in UTC; None if the review compares nothing.
        compares: Whether `changes` compares this review with an earlier one.
        changes: What differs from the earlier review.
        events: The newest changes in the audit log since then, at most `MOST_EVENTS`.
        has_more_events: Whether the audit log has more of them.
        not_seen: What the reader could not see, in sentences.
    """

    @classmethod
    def read(cls, file: str | os.PathLike[str]) -> Self:
        """Read a review from the page that `to_html` wrote.

        Args:
            file: The path of the page.

        Raises:
            InvalidArgument: It is not a page of a review, or a newer version wrote it.
            OSError: The file cannot be read.
        """
        from mlsteward.reviews.kept import read

        return cls(**read(file))

    @overload
    def to_html(self, file: None = None) -> str: ...

    @overload
    def to_html(self, file: str | os.PathLike[str] | TextFile) -> None: ...

    def to_html(self, file: str | os.PathLike[str] | TextFile | None = None) -> str | None:
        """Write the review as one page of HTML. It needs no script and no other file, and prints well.

        Long tables are cut, and say so; `to_csv` has all of them. The page contains the whole review as data, so that
        `read` can read it, and a later review can be compared with it.

        Args:
            file: A path, where the file appears when all of it is written; or a file that is open for text.

        Returns:
            The text where no file is given.
        """
        from mlsteward.reviews.page import write

        with opened(file) as target:
            write(self, target)
            return target.getvalue() if file is None and isinstance(target, io.StringIO) else None

    @overload
    def to_csv(self, file: None = None, *, part: Part = "access") -> str: ...

    @overload
    def to_csv(self, file: str | os.PathLike[str] | TextFile, *, part: Part = "access") -> None: ...

    def to_csv(self, file: str | os.PathLike[str] | TextFile | None = None, *, part: Part = "access") -> str | None:
        """Write one table of the review as CSV with a header.

        A cell that a spreadsheet would take for a formula gets a `'` in front.

        Args:
            file: A path, where the file appears when all of it is written; or a file that is open for text.
            part: Which table.

        Returns:
            The text where no file is given.

        Raises:
            InvalidArgument: There is no such table.
        """
        if part not in PARTS:
            raise InvalidArgument(f"part must be one of {', '.join(PARTS)}, not {part!r}")
        with opened(file) as target:
            rows: Sequence[Any] = getattr(self, part)
            CsvWriter(target, columns_of(RECORDS[part])).add(rows)
            return target.getvalue() if file is None and isinstance(target, io.StringIO) else None

    def to_dict(self) -> dict[str, Any]:
        """The review as JSON could have it: dictionaries, lists, texts, numbers and flags."""
        from mlsteward.reviews.kept import data

        return data(self)

    def __repr__(self) -> str:
        return (
            f"<AccessReview of {self.workspace!r} at {self.ended_at:%Y-%m-%d %H:%M}Z: {len(self.accounts)} accounts, "
            f"{len(self.keys)} keys>"
        )

    def _repr_html_(self) -> str:
        from mlsteward.reviews.page import overview

        return overview(self)

    def __dir__(self) -> list[str]:
        return public_names(self)
