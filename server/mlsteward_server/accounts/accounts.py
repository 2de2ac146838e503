"""Accounts of people and of programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from mlsteward_server.names import LOCAL_USERNAME, is_of_the_platform, is_reserved, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.identity import accounts

USER = "user"
SERVICE_ACCOUNT = "service_account"

_insert = Prepared(insert(accounts))
_queries = {
    column.name: select(accounts).where(column == bindparam("key"))
    for column in (accounts.c.username_key, accounts.c.email_key)
}
_by = {name: Prepared(query) for name, query in _queries.items()}
_lock_by = {name: Prepared(query.with_for_update()) for name, query in _queries.items()}


def add_account(
    connection: Connection,
    now: datetime,
    *,
    kind: str,
    username: str,
    email: str | None = None,
    is_proved: bool = False,
    name: str | None = None,
    surname: str | None = None,
    is_operator: bool = False,
    by_operator: bool = False,
) -> str:
    """Create an account and return its id.

    Args:
        email: The email address of the account.
        is_proved: Whether the account has proved that it receives mail at this address. If so, requests can name this
            account, and no other, by the address.
        by_operator: Whether an operator chose the username. Operators can also use the names of the platform.

    Raises:
        Problem: The username is taken or reserved, or another account has proved the address too.
    """
    is_local = key_of(username) == LOCAL_USERNAME and not is_operator
    if is_local or (is_of_the_platform(username.partition("@")[0]) and not by_operator):
        raise Problem("username_taken", f"The username {quote(username)} is reserved.", "Choose another username.")
    if kind == USER and is_reserved(username):
        raise Problem("username_taken", f"The username {quote(username)} is reserved.", "Choose another username.")
    if find_by_username(connection, username) is not None:
        raise Problem("username_taken", f"The username {quote(username)} is taken.", "Choose another username.")
    if email is not None and is_proved and find_by_email(connection, email) is not None:
        raise email_taken(email)
    account_id = new_id()
    _insert.run(
        connection,
        {
            "id": account_id,
            "kind": kind,
            "username": username,
            "username_key": key_of(username),
            "email": email,
            "email_key": key_of(email) if email and is_proved else None,
            "noted_email_key": key_of(email) if email else None,
            "name": name,
            "surname": surname,
            "is_operator": is_operator,
            "default_workspace_id": None,
            "created_at": now,
        },
    )
    return account_id


def email_taken(email: str) -> Problem:
    """Return the problem for an email address that another account has."""
    return Problem(
        "email_taken", f"Another account has the email address {quote(email)}.", "Use the username of that account."
    )


def find_by_email(connection: Connection, email: str, *, lock: bool = False) -> Row[Any] | None:
    """Return the account that has proved an email address, if any."""
    return _find(connection, accounts.c.email_key.name, key_of(email), lock=lock)


def prove_email(connection: Connection, account: Row[Any], email: str) -> None:
    """Record that an account has proved an address, if it has no other address and nobody else has proved this one."""
    key = key_of(email)
    if account.email_key is not None or account.noted_email_key not in (None, key):
        return
    if find_by_email(connection, email) is None:
        proved = {"email": email, "email_key": key, "noted_email_key": key}
        connection.execute(update(accounts).where(accounts.c.id == account.id).values(proved))


def find_by_username(connection: Connection, username: str, *, lock: bool = False) -> Row[Any] | None:
    """Return the account with a username, if any."""
    return _find(connection, accounts.c.username_key.name, key_of(username), lock=lock)


def _find(connection: Connection, column: str, key: str, *, lock: bool) -> Row[Any] | None:
    return (_lock_by if lock else _by)[column].first(connection, {"key": key})


def is_operator(connection: Connection, account_id: str) -> bool:
    """Return whether an account is an operator of the platform."""
    query = select(accounts.c.id).where(accounts.c.id == account_id, accounts.c.is_operator.is_(True))
    return connection.execute(query).first() is not None


def lock_account(connection: Connection, account_id: str) -> bool:
    """Lock an account: others who add it to a workspace or remove it from one wait for this transaction.

    If you also lock the workspace, lock it first.

    Returns:
        Whether the account still exists. It may have left its last workspace a moment ago.
    """
    query = select(accounts.c.id).where(accounts.c.id == account_id).with_for_update()
    return connection.execute(query).first() is not None
