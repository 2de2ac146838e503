"""Accounts: of people and of programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from mlsteward_server.names import LOCAL_USERNAME, is_of_the_platform, is_reserved, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.identity import accounts

USER = "user"
SERVICE_ACCOUNT = "service_account"


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
    """Make an account and return its id.

    Args:
        email: What it is reached by.
        is_proved: Whether it is known that mail to this address reaches them. Then no other account can be found by it.
        by_operator: Whether it gets its name from an operator, who may give out those of the platform too.

    Raises:
        Problem: The username is taken, or the address is proved and so is somebody else's.
    """
    is_local = key_of(username) == LOCAL_USERNAME and not is_operator
    if is_local or (is_of_the_platform(username.partition("@")[0]) and not by_operator):
        raise Problem("username_taken", f"The username {quote(username)} is the platform's own.", "Choose another.")
    if kind == USER and is_reserved(username):
        raise Problem("username_taken", f"The username {quote(username)} has a meaning of its own.", "Choose another.")
    taken = connection.execute(select(accounts.c.id).where(accounts.c.username_key == key_of(username))).first()
    if taken is not None:
        raise Problem("username_taken", f"The username {quote(username)} is taken.", "Choose another.")
    if email is not None and is_proved and find_by_email(connection, email) is not None:
        raise email_taken(email)
    account_id = new_id()
    connection.execute(
        insert(accounts),
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
            "created_at": now,
        },
    )
    return account_id


def email_taken(email: str) -> Problem:
    """What is said where another account has an email address."""
    return Problem(
        "email_taken", f"Another account has the email address {quote(email)}.", "Name that account instead."
    )


def find_by_email(connection: Connection, email: str, *, lock: bool = False) -> Row[Any] | None:
    """The account that proved an email address, if any."""
    return _find(connection, accounts.c.email_key == key_of(email), lock)


def prove_email(connection: Connection, account: Row[Any], email: str) -> None:
    """Note that mail to an address reaches an account, where it has no other and nobody else proved it."""
    key = key_of(email)
    if account.email_key is not None or account.noted_email_key not in (None, key):
        return
    if find_by_email(connection, email) is None:
        proved = {"email": email, "email_key": key, "noted_email_key": key}
        connection.execute(update(accounts).where(accounts.c.id == account.id).values(proved))


def find_by_username(connection: Connection, username: str, *, lock: bool = False) -> Row[Any] | None:
    """The account with a username, if any."""
    return _find(connection, accounts.c.username_key == key_of(username), lock)


def _find(connection: Connection, condition: ColumnElement[bool], lock: bool) -> Row[Any] | None:
    query = select(accounts).where(condition)
    return connection.execute(query.with_for_update() if lock else query).first()


def is_operator(connection: Connection, account_id: str) -> bool:
    """Whether an account operates the platform."""
    query = select(accounts.c.id).where(accounts.c.id == account_id, accounts.c.is_operator.is_(True))
    return connection.execute(query).first() is not None


def lock_account(connection: Connection, account_id: str) -> bool:
    """Make others who put an account in a workspace, or take it out of one, wait for this transaction.

    Where the workspace is locked too, it goes first. Whoever was in more than one workspace a moment ago may be in
    none now: False where the account is there no more.
    """
    query = select(accounts.c.id).where(accounts.c.id == account_id).with_for_update()
    return connection.execute(query).first() is not None
