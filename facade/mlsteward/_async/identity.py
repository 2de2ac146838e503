"""Who is calling, and the keys they call with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from mlsteward_api.api.identity import (
    create_api_key,
    delete_api_key,
    get_health,
    get_identity,
    list_api_keys,
    rotate_api_key,
)
from mlsteward_api.models.api_key_create import ApiKeyCreate
from mlsteward_api.models.api_key_rotate import ApiKeyRotate

from mlsteward._arguments import choices, moment, seconds
from mlsteward._async.listing import listing
from mlsteward.connection import AsyncConnection
from mlsteward.errors import NotFound
from mlsteward.names import text
from mlsteward.pagination import AsyncPager
from mlsteward.records.enums import KeyScope
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

ME = "me"
CURRENT = "current"


class AsyncIdentity:
    """The calling account and the server it talks to."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def whoami(self) -> Account:
        """Who is calling.

        Raises:
            Unauthenticated: There is no API key, or it is not valid.
        """
        return read_account(await self._connection.call(get_identity))

    async def health(self) -> Health:
        """Whether the server is up. Needs no API key."""
        return read_health(await self._connection.call(get_health))


class AsyncApiKeys:
    """API keys of the caller, or of an account the caller administers."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(self, *, user: str = ME, limit: int | None = None, page_size: int | None = None) -> AsyncPager[ApiKey]:
        """The keys of an account, oldest first, without their secrets.

        Args:
            user: Id, email or username; the caller unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        text("user", user)

        return listing(self._connection, list_api_keys, read_api_key, limit=limit, page_size=page_size, user=user)

    async def create(
        self,
        name: str,
        *,
        user: str = ME,
        scopes: Iterable[KeyScope | str] | KeyScope | str | None = None,
        expires: datetime | timedelta | None = None,
    ) -> NewApiKey:
        """Make a key.

        Args:
            name: What it is for.
            user: Whose it is: id, email or username; the caller's unless given.
            scopes: What it may be used for: `read`, `write`, which includes it, or `admin`, which includes both;
                as much as the calling key unless given. It never lets a key do more than its owner may.
            expires: When it stops working: a moment with a time zone, or how long from now; never unless given.

        Returns:
            The key with its `secret`, which is shown this once.

        Raises:
            UserNotFound: There is no such account that the caller can see.
            Forbidden: The calling key does not have the scope `admin` (`scope_missing`), the new key would have wider
                scopes than the calling one (`scope_too_wide`), or it is another account's and the caller does not
                administer all its workspaces.
        """
        text("user", user)
        body = ApiKeyCreate(
            name=text("name", name),
            scopes=choices("scopes", scopes, KeyScope),
            expires_at=moment("expires", expires),
        )
        return read_new_api_key(await self._connection.call(create_api_key, user=user, body=body))

    async def rotate(
        self,
        key: str = CURRENT,
        *,
        user: str = ME,
        overlap: timedelta | None = None,
        expires: datetime | timedelta | None = None,
    ) -> NewApiKey:
        """Replace a key by a new one with the same name, scopes and lifetime.

        This client goes on with the key it has: change over with `as_account(new.secret)` before the old one stops.
        A client that rotates its own key should leave an overlap: should the answer get lost, it can ask again.

        Args:
            key: The id of the key; the one this client calls with unless given.
            user: Whose it is: id, email or username; the caller's unless given.
            overlap: How long the old key works on, up to 30 days; a day unless given, not at all where it is zero.
            expires: When the new key stops working: a moment with a time zone, or how long from now; after as long
                as the old one was made for unless given.

        Returns:
            The new key with its `secret`, which is shown this once.

        Raises:
            ApiKeyNotFound: There is no such key, it has expired, or this client calls without one.
            Forbidden: It is another key than the calling one, which does not have the scope `admin` (`scope_missing`),
                or it has wider scopes than the calling one (`scope_too_wide`).
        """
        body = ApiKeyRotate(overlap_seconds=seconds("overlap", overlap), expires_at=moment("expires", expires))
        return read_new_api_key(
            await self._connection.call(rotate_api_key, user=text("user", user), key=text("key", key), body=body)
        )

    async def delete(self, key: str, *, user: str = ME, missing_ok: bool = False) -> None:
        """Delete a key. It stops working at once.

        Args:
            key: The id of the key, or `current` for the one this client calls with.
            user: Whose it is: id, email or username.
            missing_ok: Do not mind if there is no such key.

        Raises:
            ApiKeyNotFound: There is no such key.
        """
        try:
            await self._connection.call(delete_api_key, user=text("user", user), key=text("key", key))
        except NotFound as error:
            if not (missing_ok and error.code == "api_key_not_found"):
                raise
