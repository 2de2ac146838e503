"""The resources of this domain: accounts and API keys."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from mlsteward_server.access.resources import Ask, Found, Ladder, Resource
from mlsteward_server.accounts.accounts import lock_account
from mlsteward_server.accounts.credentials import CURRENT, Caller
from mlsteward_server.accounts.memberships import administers_all_of, membership, share_workspace
from mlsteward_server.names import ME, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import looks_like_id
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.identity import accounts, api_keys
from mlsteward_server.storage.tables.workspaces import memberships

SELF = "self"

# ---- accounts

_BY = {
    name: Prepared(select(accounts).where(accounts.c[name] == bindparam("reference")))
    for name in ("id", "username_key", "email_key")
}


_noted = (
    select(accounts)
    .join(memberships, memberships.c.account_id == accounts.c.id)
    .where(memberships.c.workspace_id == bindparam("workspace"), accounts.c.noted_email_key == bindparam("reference"))
    .limit(2)
)


def find_account(
    connection: Connection, caller: Caller | None, reference: str, within: str | None = None
) -> Row[Any] | None:
    """Return the account that a reference names, if any: `me`, an id, a username or an email address, in this order.

    An email address names the account that has proved it. Inside a workspace, if that account is not a member, it also
    names the only member who has the address without proof. Nobody outside the workspace can find an account by an
    address without proof.

    Does not check whether the caller can know that the account exists. The kinds of references cannot be confused:
    usernames of people contain no `@`, and those of service accounts end in `@workspace`, which has no dot, while the
    domain of an email address has one.

    Args:
        within: The id of the workspace in which to look up addresses without proof.
    """
    if reference == ME:
        if caller is None:
            return None
        return _BY["id"].first(connection, {"reference": caller.id})
    key = key_of(reference)
    for column in ("id",) if looks_like_id(reference) else ("username_key", "email_key"):
        row = _BY[column].first(connection, {"reference": key})
        if column == "email_key" and within is not None and (row is None or not membership(connection, within, row.id)):
            noted = connection.execute(_noted, {"workspace": within, "reference": key}).all()
            if len(noted) == 1:  # with two, the reference is ambiguous
                return noted[0]
        if row is not None:
            return row
    return None


def _find_user(connection: Connection, caller: Caller | None, reference: str, home: Found | None) -> Found | None:
    row = find_account(connection, caller, reference, None if home is None else home.id)
    return None if row is None else Found(row)


def user_not_found(reference: str, home: Found | None = None) -> Problem:
    """Return the problem for an account that does not exist, or that the caller cannot see."""
    return Problem(
        "user_not_found",
        f"There is no user {quote(reference)} that you can see.",
        "Check the id, email address or username.",
    )


def _check_self(ask: Ask[Found]) -> None:
    caller, user = ask.caller, ask.found.row
    assert caller is not None
    if user.id == caller.id or caller.is_operator:
        return
    if not user.is_operator and administers_all_of(ask.connection, caller.id, user.id):
        return
    if share_workspace(ask.connection, caller.id, user.id):
        raise Problem(
            "forbidden",
            "Only the account itself and admins of all its workspaces can do this.",
            "Ask the owner of the account, or an operator of the platform.",
        )
    raise ask.missing()


ACCOUNT: Resource[Found] = Resource(
    kind="user",
    table=accounts,
    name=accounts.c.username,
    find=_find_user,
    not_found=user_not_found,
    ladder=Ladder(roles=(SELF,), itself=SELF, check=_check_self),
    lock=lock_account,
    lock_name="account",
    within="workspace",
)
"""An account of a person or of a program."""


# ---- API keys

_key = select(api_keys).where(api_keys.c.id == bindparam("reference"), api_keys.c.account_id == bindparam("account_id"))


def _find_key(connection: Connection, caller: Caller | None, reference: str, home: Found | None) -> Found | None:
    assert home is not None
    if reference == CURRENT:
        if caller is None or caller.key_id is None:
            return None
        reference = caller.key_id
    row = connection.execute(_key, {"reference": reference, "account_id": home.id}).first()
    return None if row is None else Found(row)


def _key_not_found(reference: str, home: Found | None) -> Problem:
    assert home is not None
    if reference == CURRENT:
        return Problem(
            "api_key_not_found",
            "There is no current API key: the call uses no key, or a key of another account.",
            "Use the id of the key. To see the ids, use 'mlsteward keys list'.",
        )
    return Problem(
        "api_key_not_found",
        f"The account {quote(home.row.username)} has no API key {quote(reference)}.",
        "Use the id of the key. To see the ids, use 'mlsteward keys list'.",
    )


API_KEY: Resource[Found] = Resource(
    kind="api_key",
    parameter="key",
    table=api_keys,
    name=api_keys.c.name,
    find=_find_key,
    not_found=_key_not_found,
    parent=ACCOUNT,
    parent_id=api_keys.c.account_id,
)
