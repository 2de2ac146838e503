"""The first administrator: somebody must be able to call a new server."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, or_, select
from sqlalchemy.exc import IntegrityError

from mlsteward_server.accounts.accounts import USER, add_account, find_by_username
from mlsteward_server.domains.identity.api_keys import add_key
from mlsteward_server.problems import Problem
from mlsteward_server.spec import SCOPES
from mlsteward_server.storage.engine import Storage, lock_name
from mlsteward_server.storage.tables.identity import accounts, api_keys

KEY_NAME = "first start"
USERNAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?")


class FirstStartError(Exception):
    """There cannot be an administrator with this name; the message says what to do."""


def ensure_administrator(storage: Storage, username: str, show: Callable[[str], None]) -> str:
    """Make sure that an operator of the platform has an API key.

    Args:
        storage: The database.
        username: Of the administrator that is made where there is none.
        show: Is given the key of a new administrator, before it counts: a key that could not be shown
            is not kept, so nobody is locked out of a new server.

    Returns:
        The username of the administrator there is, or of the new one.

    Raises:
        FirstStartError: An account has the username that is not an operator, or it cannot be one.
    """
    if not USERNAME.fullmatch(username):
        raise FirstStartError(
            f"{username[:128]!r} cannot be a username: letters, digits, '.', '-' and '_', starting and ending "
            "with a letter or digit"
        )
    try:
        return _ensure(storage, username, show)
    except IntegrityError:
        # Another server on the same database was faster; now its administrator is there to be found.
        return _ensure(storage, username, show)


def _ensure(storage: Storage, username: str, show: Callable[[str], None]) -> str:
    with storage.connect() as connection:
        found = _operator_with_key(connection)
    if found is not None:
        return found
    with storage.writing() as connection:
        # Of two servers that start at once the second waits here, and finds the administrator of the first.
        lock_name(connection, KEY_NAME)
        found = _operator_with_key(connection)
        if found is not None:
            return found
        now = datetime.now(UTC)
        account = find_by_username(connection, username)
        if account is None:
            try:
                account_id = add_account(
                    connection, now, kind=USER, username=username, is_operator=True, by_operator=True
                )
            except Problem as problem:
                raise FirstStartError(problem.detail) from problem
        elif account.is_operator:
            account_id = account.id
        else:
            # Somebody who has been given this name must not become an operator by it.
            raise FirstStartError(
                f"{account.username!r} is not an operator of the platform; name another first administrator"
            )
        key = add_key(connection, now, account_id, KEY_NAME, made_by=account_id)
        show(key.secret)
    return username


def _operator_with_key(connection: Connection) -> str | None:
    found: str | None = connection.execute(
        select(accounts.c.username)
        .join_from(accounts, api_keys, api_keys.c.account_id == accounts.c.id)
        # A key that has expired, or that may not make another, lets nobody in for good.
        .where(
            accounts.c.is_operator.is_(True),
            api_keys.c.scope == SCOPES[-1],
            or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > datetime.now(UTC)),
        )
        .order_by(accounts.c.created_at, accounts.c.id)
        .limit(1)
    ).scalar()
    return found
