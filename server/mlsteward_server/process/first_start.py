"""Create the first administrator, who can call a new server."""

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
    """The account cannot be the first administrator. The message says what to do."""


def ensure_administrator(storage: Storage, username: str, show: Callable[[str], None]) -> str:
    """Make sure that an operator of the platform has an API key.

    Args:
        storage: The database.
        username: Username of the administrator to create if there is none.
        show: Called with the key of a new administrator before the key is stored. If `show` fails, the key is not
            stored, so a restart can create another one.

    Returns:
        The username of the existing or the new administrator.

    Raises:
        FirstStartError: The username is not valid, or belongs to an account that is not an operator.
    """
    if not USERNAME.fullmatch(username):
        raise FirstStartError(
            f"{username[:128]!r} is not a valid username; use letters, digits, '.', '-' and '_', and start and end "
            "with a letter or digit"
        )
    try:
        return _ensure(storage, username, show)
    except IntegrityError:
        # Another server on the same database was faster. Now the administrator that it created can be found.
        return _ensure(storage, username, show)


def _ensure(storage: Storage, username: str, show: Callable[[str], None]) -> str:
    with storage.connect() as connection:
        found = _operator_with_key(connection)
    if found is not None:
        return found
    with storage.writing() as connection:
        # If two servers start at once, the second one waits here and finds the administrator of the first one.
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
            # An existing account must not become an operator because of its username.
            raise FirstStartError(
                f"{account.username!r} is not an operator of the platform; choose another administrator with --admin"
            )
        key = add_key(connection, now, account_id, KEY_NAME, made_by=account_id)
        show(key.secret)
    return username


def _operator_with_key(connection: Connection) -> str | None:
    found: str | None = connection.execute(
        select(accounts.c.username)
        .join_from(accounts, api_keys, api_keys.c.account_id == accounts.c.id)
        # A key that has expired, or that cannot create other keys, does not give lasting access.
        .where(
            accounts.c.is_operator.is_(True),
            api_keys.c.scope == SCOPES[-1],
            or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > datetime.now(UTC)),
        )
        .order_by(accounts.c.created_at, accounts.c.id)
        .limit(1)
    ).scalar()
    return found
