"""The calling account, and API keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from mlsteward_api.api.identity import (
    create_api_key,
    delete_api_key,
    get_health,
    get_identity,
    list_api_keys,
    revoke_api_keys,
    rotate_api_key,
)
from mlsteward_api.models.api_key_create import ApiKeyCreate
from mlsteward_api.models.api_key_rotate import ApiKeyRotate
from mlsteward_api.models.api_keys_revoke import ApiKeysRevoke

from mlsteward._async.resource import AsyncNamespace
from mlsteward.bulk import BulkResult, Columns, Rows
from mlsteward.pagination import AsyncPager
from mlsteward.records.bulk import read_bulk_answer
from mlsteward.records.enums import KeyScope, KeyScopeLike
from mlsteward.records.identity import (
    Account,
    ApiKey,
    Health,
    NewApiKey,
    read_account,
    read_api_key,
    read_health,
    read_new_api_key,
)
from mlsteward.references import text
from mlsteward.serialization import choices, moment, seconds

ME = "me"
CURRENT = "current"
COLUMNS = Columns(("key",))


class AsyncIdentity(AsyncNamespace):
    """The calling account and the server."""

    async def whoami(self, *, timeout: float | None = None) -> Account:
        """Get the calling account.

        Raises:
            Unauthenticated: There is no API key, or it is not valid.

        Example:
            >>> (await steward.identity.whoami()).username
            'local'
        """
        return await self._connection.call(get_identity.request(), read_account, timeout=timeout)

    async def health(self, *, timeout: float | None = None) -> Health:
        """Get the state of the server. Needs no API key.

        Example:
            >>> (await steward.identity.health()).status
            'ok'
        """
        return await self._connection.call(get_health.request(), read_health, timeout=timeout)


class AsyncApiKeys(AsyncNamespace):
    """API keys of the caller, or of an account the caller administers.

    Example:
        >>> import asyncio
        >>> from mlsteward import AsyncSteward
        >>> async def main() -> list[str]:
        ...     async with AsyncSteward(path=":memory:") as steward:
        ...         await steward.api_keys.create("ci", scopes="read")
        ...         return [key.name async for key in steward.api_keys.list()]
        >>> asyncio.run(main())
        ['ci']
    """

    def list(
        self,
        *,
        user: str = ME,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> AsyncPager[ApiKey]:
        """List the keys of an account without their secrets, oldest first.

        Args:
            user: Id, email or username (default: the caller).
            limit: Maximum number of keys (default: all).
            page_size: Number of keys per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            UserNotFound: The account does not exist, or the caller cannot see it.

        Example:
            >>> [key.name async for key in steward.api_keys.list(user="nightly@ml-team")]
            ['training']
        """
        return self._list(
            partial(list_api_keys.request, user=text("user", user)),
            read_api_key,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    async def create(
        self,
        name: str,
        *,
        user: str = ME,
        scopes: Iterable[KeyScopeLike] | KeyScopeLike | None = None,
        expires: datetime | timedelta | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> NewApiKey:
        """Create a key.

        Args:
            name: What the key is for.
            user: The account it belongs to: id, email or username (default: the caller).
            scopes: What it may be used for: `read`, `write`, which includes `read`, or `admin`, which includes both
                (default: the scopes of the calling key). A key never allows more than its owner may do.
            expires: When it stops working: a moment with a time zone, or a duration from now (default: never).

        Returns:
            The key with its `secret`, which is shown only once.

        Raises:
            UserNotFound: The account does not exist, or the caller cannot see it.
            Forbidden: The calling key does not have the scope `admin` (`scope_missing`), the key would have wider
                scopes than the calling key (`scope_too_wide`), or it belongs to somebody else who is in a workspace
                that the caller does not administer.

        Example:
            >>> key = await steward.api_keys.create("ci", user="nightly@ml-team", scopes="read")
            >>> key.name, key.secret.startswith("mls_")
            ('ci', True)
        """
        body = ApiKeyCreate(
            name=text("name", name),
            scopes=choices("scopes", scopes, KeyScope),
            expires_at=moment("expires", expires),
        )
        return await self._connection.call(
            create_api_key.request(user=text("user", user), body=body),
            read_new_api_key,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    async def rotate(
        self,
        key: str = CURRENT,
        *,
        user: str = ME,
        overlap: timedelta | None = None,
        expires: datetime | timedelta | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> NewApiKey:
        """Replace a key by a new one with the same name, scopes and lifetime.

        This client keeps using its key. Change to `as_account(new.secret)` before the old key stops working. A client
        that rotates its own key should leave an overlap, so that it can ask again if the answer is lost.

        Args:
            key: The id of the key (default: the one this client uses).
            user: The account it belongs to: id, email or username (default: the caller).
            overlap: How long the old key keeps working, up to 30 days (default: one day). Zero stops it at once.
            expires: When the new key stops working: a moment with a time zone, or a duration from now (default: after
                the lifetime of the old key).

        Returns:
            The new key with its `secret`, which is shown only once.

        Raises:
            ApiKeyNotFound: The key does not exist, has expired, or this client uses none.
            Forbidden: It is not the calling key, and the calling key does not have the scope `admin` (`scope_missing`);
                or it has wider scopes than the calling key (`scope_too_wide`).

        Example:
            >>> old = await steward.api_keys.create("ci", user="nightly@ml-team")
            >>> nightly = steward.as_account(old.secret)
            >>> new = await nightly.api_keys.rotate()
            >>> new.name, new.secret == old.secret
            ('ci', False)
        """
        body = ApiKeyRotate(overlap_seconds=seconds("overlap", overlap), expires_at=moment("expires", expires))
        return await self._connection.call(
            rotate_api_key.request(user=text("user", user), key=text("key", key), body=body),
            read_new_api_key,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    async def delete(
        self,
        key: str,
        *,
        user: str = ME,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Delete a key. It stops working at once.

        Args:
            key: The id of the key, or `current` for the one this client uses.
            user: The account it belongs to: id, email or username (default: the caller).
            missing_ok: Succeed even if it does not exist.

        Raises:
            ApiKeyNotFound: The account has no such key.

        Example:
            >>> key = await steward.api_keys.create("ci")
            >>> await steward.api_keys.delete(key.id)
            >>> await steward.api_keys.list().to_list()
            []
        """
        await self._delete(
            delete_api_key.request(user=text("user", user), key=text("key", key)),
            absent="api_key_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    async def revoke_many(
        self,
        keys: Rows,
        *,
        user: str = ME,
        dry_run: bool = False,
        progress: bool | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> BulkResult:
        """Delete many keys of an account. They stop working at once.

        Args:
            keys: Ids, or keys as `list` returns them; or the path of a CSV file with the column `key`. Any number of
                them, from anything that can be iterated over.
            user: The account they belong to: id, email or username (default: the caller).
            dry_run: Change nothing, and return what would become of each row. A chunk knows nothing of those before it.
            progress: Whether to show a progress bar on stderr (default: on a terminal, if it takes long).
            idempotency_key: If you repeat the call with the same key and rows, what was carried out is not repeated.

        Returns:
            What became of each row. A row that is refused does not keep the others from being carried out.

        Raises:
            InvalidArgument: A row or the file cannot be used.
            NotFound: The account does not exist for the caller (`user_not_found`).

        Example:
            >>> keys = await steward.api_keys.list(user="nightly@ml-team").to_list()
            >>> await steward.api_keys.revoke_many(keys, user="nightly@ml-team")
            <BulkResult: 1 done>
        """
        owner = text("user", user)
        return await self._bulk(
            lambda chunk: revoke_api_keys.request(user=owner, body=ApiKeysRevoke.from_dict({"rows": chunk})),
            read_bulk_answer,
            rows=COLUMNS.read(keys),
            dry_run=dry_run,
            progress=progress,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )
