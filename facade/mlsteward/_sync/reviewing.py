# Derived from facade/mlsteward/_async/reviewing.py by scripts/derive_sync.py. Do not edit.
"""Reads what a review of access needs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial

import attrs

from mlsteward._concurrency import gather
from mlsteward._sync.identity import ApiKeys, Identity
from mlsteward._sync.operations import Audit
from mlsteward._sync.workspaces.invitations import Invitations
from mlsteward._sync.workspaces.members import Members
from mlsteward._sync.workspaces.service_accounts import ServiceAccounts
from mlsteward._sync.workspaces.workspaces import Workspaces
from mlsteward._version import __version__
from mlsteward.config.told import place
from mlsteward.connection import Connection
from mlsteward.errors import Forbidden, InvalidArgument, NotFound
from mlsteward.pagination import LARGEST_PAGE, Pager
from mlsteward.records.access import AccessEntry
from mlsteward.records.enums import AccountKind, DatasetPermission
from mlsteward.records.identity import ApiKey
from mlsteward.records.reviews import ReviewedAccount, ReviewedInvitation, ReviewedKey
from mlsteward.reviews.changes import changes
from mlsteward.reviews.review import AccessReview
from mlsteward.serialization import moment_ago

MOST_EVENTS = 200
"""Number of events of the audit log that a review has at most."""
NAMES_AT_MOST = 10
"""Number of names in a sentence."""


class Reader:
    """Reads a review.

    Args:
        connection: Where to send requests, and as whom.
        workspace: How the API names the workspace.
        unseen: After which time without use an account is unseen, and a key unused.
        old_keys: After which time a key is old.
        timeout: Seconds to wait for each step of a request.
    """

    def __init__(
        self,
        connection: Connection,
        workspace: str,
        unseen: timedelta,
        old_keys: timedelta,
        timeout: float | None,
    ) -> None:
        for name, value in (("unseen", unseen), ("old_keys", old_keys)):
            if not isinstance(value, timedelta) or value < timedelta(days=1):
                raise InvalidArgument(f"{name} must be a timedelta of at least one day, not {value!r}")
        self._connection = connection
        self._home = workspace
        self._unseen = unseen
        self._old_keys = old_keys
        self._timeout = timeout
        self._now = datetime.now(UTC)

    def review(self, entries: Pager[AccessEntry], since: datetime | timedelta | AccessReview | None) -> AccessReview:
        """The review, compared with an earlier one or with the audit log since a moment.

        Args:
            entries: The access to read.
            since: What to compare it with.
        """
        earlier = since if isinstance(since, AccessReview) else None
        begins = since.began_at if isinstance(since, AccessReview) else self._moment(since)
        # What is refused to the reader is refused here, before the long part.
        access = self._access(entries)
        workspace = Workspaces(self._connection).get(self._home, timeout=self._timeout)
        if earlier is not None and earlier.workspace_id != workspace.id:
            raise InvalidArgument(f"the earlier review is of {earlier.workspace!r}, not of {workspace.name!r}")
        identity = Identity(self._connection)
        server = identity.health(timeout=self._timeout)
        reader = identity.whoami(timeout=self._timeout)
        accounts, keys = self._accounts()
        found = AccessReview(
            workspace=workspace.name,
            workspace_id=workspace.id,
            began_at=self._now,
            ended_at=self._now,
            made_by=reader.username,
            server=self._server(),
            server_version=server.version,
            client_version=__version__,
            unseen_days=self._unseen.days,
            old_key_days=self._old_keys.days,
            access=access,
            accounts=accounts,
            keys=keys,
            invitations=self._invitations(),
            since=begins,
            compares=earlier is not None,
            not_seen=_not_seen(accounts),
        )
        if earlier is not None:
            found = attrs.evolve(found, changes=changes(earlier, found))
        if begins is not None:
            log = Audit(self._connection).list(
                workspace=self._home, since=begins, limit=MOST_EVENTS + 1, timeout=self._timeout
            )
            events = log.to_list()
            found = attrs.evolve(found, events=tuple(events[:MOST_EVENTS]), has_more_events=len(events) > MOST_EVENTS)
        return attrs.evolve(found, ended_at=datetime.now(UTC))

    def _moment(self, since: datetime | timedelta | None) -> datetime | None:
        found = moment_ago("since", since)
        return found if isinstance(found, datetime) else None

    def _server(self) -> str:
        config = self._connection.config
        return f"inside this process, on {config.path}" if config.embedded and config.path else place(config, "at")

    def _access(self, entries: Pager[AccessEntry]) -> tuple[AccessEntry, ...]:
        """Who has access. The names of accounts and objects come again with each entry, and are kept once."""
        return tuple([_shared(entry) for entry in entries if entry.role not in (None, DatasetPermission.NO_ACCESS)])

    def _accounts(self) -> tuple[tuple[ReviewedAccount, ...], tuple[ReviewedKey, ...]]:
        people = Members(self._connection).list(
            workspace=self._home, full=True, page_size=LARGEST_PAGE, timeout=self._timeout
        )
        found = [
            ReviewedAccount(
                user_id=person.id or "",
                username=person.username,
                kind=AccountKind.USER,
                role=person.role,
                email=person.email,
                joined_at=person.joined_at,
                last_seen_at=None,
                keys_are_known=False,
                is_unseen=False,
            )
            for person in people
        ]
        robots = ServiceAccounts(self._connection).list(
            workspace=self._home, page_size=LARGEST_PAGE, timeout=self._timeout
        )
        found += [
            ReviewedAccount(
                user_id=robot.id,
                username=robot.name,
                kind=AccountKind.SERVICE_ACCOUNT,
                role=robot.role,
                email=None,
                joined_at=robot.created_at,
                last_seen_at=None,
                keys_are_known=False,
                is_unseen=False,
            )
            for robot in robots
        ]
        keys = gather([partial(self._keys_of, account) for account in found])
        return (
            tuple(self._seen(account, own) for account, own in zip(found, keys, strict=True)),
            tuple(sorted((key for own in keys for key in own or ()), key=lambda key: key.created_at)),
        )

    def _keys_of(self, account: ReviewedAccount) -> list[ReviewedKey] | None:
        """The keys of an account; None if they are not for the reader."""
        keys = ApiKeys(self._connection).list(user=account.user_id, timeout=self._timeout)
        try:
            return [self._key(account, key) for key in keys]
        except (Forbidden, NotFound):
            return None

    def _seen(self, account: ReviewedAccount, keys: list[ReviewedKey] | None) -> ReviewedAccount:
        last = max((key.last_used_at for key in keys or () if key.last_used_at is not None), default=None)
        known_since = last or account.joined_at
        return attrs.evolve(
            account,
            last_seen_at=last,
            keys_are_known=keys is not None,
            is_unseen=keys is not None and known_since is not None and known_since < self._now - self._unseen,
        )

    def _key(self, account: ReviewedAccount, key: ApiKey) -> ReviewedKey:
        return ReviewedKey(
            id=key.id,
            user_id=account.user_id,
            username=account.username,
            name=key.name,
            preview=key.preview,
            scopes=key.scopes,
            created_at=key.created_at,
            last_used_at=key.last_used_at,
            expires_at=key.expires_at,
            created_by=key.created_by,
            remarks=self._remarks(key),
        )

    def _remarks(self, key: ApiKey) -> tuple[str, ...]:
        if key.expires_at is not None and key.expires_at <= self._now:
            return ("expired",)
        remarks = (
            ("old", key.created_at < self._now - self._old_keys),
            ("unused", (key.last_used_at or key.created_at) < self._now - self._unseen),
            ("no expiry", key.expires_at is None),
        )
        return tuple(remark for remark, applies in remarks if applies)

    def _invitations(self) -> tuple[ReviewedInvitation, ...]:
        pending = Invitations(self._connection).list(
            workspace=self._home, page_size=LARGEST_PAGE, timeout=self._timeout
        )
        return tuple(
            [
                ReviewedInvitation(
                    id=one.id,
                    to=one.email or one.username or "",
                    role=one.role,
                    created_at=one.created_at,
                    expires_at=one.expires_at,
                )
                for one in pending
            ]
        )


def _shared(entry: AccessEntry) -> AccessEntry:
    return AccessEntry(
        object_type=entry.object_type,
        object_id=sys.intern(entry.object_id),
        object_name=sys.intern(entry.object_name),
        user_id=sys.intern(entry.user_id),
        username=sys.intern(entry.username),
        kind=entry.kind,
        rule=entry.rule,
        role=entry.role,
        group=None if entry.group is None else sys.intern(entry.group),
    )


def _not_seen(accounts: Iterable[ReviewedAccount]) -> tuple[str, ...]:
    hidden = [account.username for account in accounts if not account.keys_are_known]
    sentences = [
        "Operators of the platform who are not in the workspace. They can do everything in every workspace.",
        "API keys that were deleted. They count neither as keys nor as the last time that somebody was seen.",
    ]
    if hidden:
        names = ", ".join(hidden[:NAMES_AT_MOST]) + (
            f" and {len(hidden) - NAMES_AT_MOST} more" if len(hidden) > NAMES_AT_MOST else ""
        )
        sentences.insert(
            0,
            f"The API keys of {len(hidden)} {'account' if len(hidden) == 1 else 'accounts'}: {names}. Only who "
            "administers all workspaces of an account can see its keys.",
        )
    return tuple(sentences)
