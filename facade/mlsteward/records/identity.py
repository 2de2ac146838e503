"""Who is calling, and the keys they call with."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.records.enums import AccountKind, KeyScope
from mlsteward.records.record import Record
from mlsteward.records.wire import enum_of, reader, tuple_of, wire


@frozen(repr=False)
class Health(Record):
    """The state of the server.

    Attributes:
        status: `ok`.
        version: The version of the server.
        api_version: The version of its API.
    """

    status: str = wire("status")
    version: str = wire("version")
    api_version: str = wire("api_version")


@frozen(repr=False)
class Account(Record):
    """The account of a person or a program.

    Attributes:
        kind: `user` or `service_account`.
        username: Unique. For a service account, `account@workspace`.
        email: None for service accounts and people without one.
        email_proved: Whether the account proved that it gets mail to the address, so that others can find it by it.
        is_operator: Whether it operates the whole platform.
        default_workspace: Name of the workspace that `~` means: the first one that the account joined by itself.
        created_at: In UTC.
    """

    _identified_by = "username"

    id: str = wire("id")
    kind: AccountKind | str = wire("kind", read=enum_of(AccountKind))
    username: str = wire("username")
    is_operator: bool = wire("is_operator")
    created_at: datetime = wire("created_at")
    email: str | None = wire("email", optional=True)
    name: str | None = wire("name", optional=True)
    surname: str | None = wire("surname", optional=True)
    default_workspace: str | None = wire("default_workspace", optional=True)
    email_proved: bool | None = wire("email_proved", optional=True)


@frozen(repr=False)
class ApiKey(Record):
    """An API key, without its secret.

    Attributes:
        preview: The first characters of the key, to recognize it.
        scopes: What it may be used for, every scope.
        created_at: In UTC.
        expires_at: When it stops working, in UTC; None if it does not expire.
        last_used_at: In UTC, to the minute; None if it was never used.
        created_by: Username of who created it: the account itself, an admin or an operator; None if deleted.
        rotated_at: When it was replaced by another key, in UTC; None if it was not.
    """

    _identified_by = "id"

    id: str = wire("id")
    name: str = wire("name")
    preview: str = wire("preview")
    scopes: tuple[KeyScope | str, ...] = wire("scopes", read=tuple_of(enum_of(KeyScope)))
    created_at: datetime = wire("created_at")
    expires_at: datetime | None = wire("expires_at", optional=True)
    last_used_at: datetime | None = wire("last_used_at", optional=True)
    created_by: str | None = wire("created_by", optional=True)
    rotated_at: datetime | None = wire("rotated_at", optional=True)


@frozen(repr=False)
class NewApiKey(ApiKey):
    """A new API key.

    Attributes:
        secret: The key itself. The server shows it only once, and `repr` leaves it out.
    """

    secret: str = wire("secret", secret=True, kw_only=True)


read_health = reader(Health)
read_account = reader(Account)
read_api_key = reader(ApiKey)
read_new_api_key = reader(NewApiKey, without=frozenset({"last_used_at", "rotated_at"}))
