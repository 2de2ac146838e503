"""`mlsteward whoami`, `health` and `keys`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from mlsteward.cli.bulk import bulk
from mlsteward.cli.call import Call
from mlsteward.cli.command import SERVER, YOU, group
from mlsteward.cli.derived import deletes, lists, runs, shows
from mlsteward.cli.outcomes import Outcome
from mlsteward.cli.output import Columns, clean, moment, to_json, write_json
from mlsteward.cli.parameters import Option
from mlsteward.cli.session import Session

if TYPE_CHECKING:
    from mlsteward.records.identity import Account, ApiKey, Health, NewApiKey

UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))
DEFAULT_OVERLAP = timedelta(days=1)

_user = {"user": Option(help="Whose: id, email or username (default: yours).")}
_expires = {
    "expires": Option(metavar="WHEN", help="When it stops working: a date in UTC, or 90d from now (default: never).")
}
_key = {
    "key": Option(help="Id, as `mlsteward keys list` shows it, or current for the key you call with.", required=True)
}


@shows(YOU, "whoami", lambda steward: steward.whoami, examples=("mlsteward whoami", "mlsteward whoami --json"))
def whoami(account: Account) -> Mapping[str, object]:
    """Show the account you are calling with."""
    return {
        "Username": account.username,
        "Email": account.email,
        "Name": " ".join(part for part in (account.name, account.surname) if part),
        "Kind": account.kind,
        "Operator": account.is_operator,
        "Default workspace": account.default_workspace,
    }


@shows(
    SERVER,
    "health",
    lambda steward: steward.health,
    examples=("mlsteward health", "mlsteward health --url https://steward.example.com"),
)
def health(answer: Health) -> Mapping[str, object]:
    """Check whether the server is up. Needs no API key."""
    return {"Status": answer.status, "Version": answer.version, "API": answer.api_version}


keys = group(YOU, "keys", "Manage API keys.")

_columns: Columns[ApiKey] = {
    "Id": lambda key: key.id,
    "Name": lambda key: key.name,
    "Starts with": lambda key: key.preview,
    "Scope": lambda key: _widest(key),
    "Created (UTC)": lambda key: key.created_at,
    "Expires (UTC)": lambda key: key.expires_at,
    "Last used (UTC)": lambda key: key.last_used_at,
    "Made by": lambda key: key.created_by,
}

lists(
    keys,
    "list",
    lambda steward: steward.api_keys.list,
    help="List API keys, without their secrets.",
    options=_user,
    columns=_columns,
    none="No API keys.",
    examples=("mlsteward keys list", "mlsteward keys list --user jackie"),
)


@runs(
    keys,
    "create",
    lambda steward: steward.api_keys.create,
    options={
        **_user,
        **_expires,
        "name": Option(help="What the key is for."),
        "scopes": Option("--scope", help="What it may be used for, each includes those before (default: all)"),
    },
    examples=(
        "mlsteward keys create laptop --expires 90d",
        "export MLSTEWARD_API_TOKEN=$(mlsteward keys create ci --user ci@ml-team --scope write)",
    ),
)
def create_key(call: Call[NewApiKey]) -> None:
    """Create an API key and print it to stdout. It is shown only once.

    Only the key is printed to stdout, so that you can pipe it. A key never allows more than its owner may do.
    """
    key = call()
    _show_secret(call.session, key, f'API key {_whose(call)}, "{key.name}"{_bounds(key)}.')


@runs(
    keys,
    "rotate",
    lambda steward: steward.api_keys.rotate,
    arguments=("key",),
    options={
        **_key,
        **_user,
        "overlap": Option(metavar="DURATION", help="How long the old key still works: 12h, 7d or 0 (default: 1d)."),
        "expires": Option(
            metavar="WHEN",
            help="When the new key stops working: a date in UTC, or 90d from now (default: the lifetime of the old).",
        ),
    },
    examples=(
        "mlsteward keys rotate 019a9f3e251275fe86d59a9685906844",
        "export MLSTEWARD_API_TOKEN=$(mlsteward keys rotate current --overlap 1h)",
    ),
)
def rotate_key(call: Call[NewApiKey]) -> None:
    """Replace an API key by a new one, and print that to stdout. It is shown only once.

    The new key has the name and the scopes of the old one.
    """
    made = call()
    overlap = call.get("overlap")
    ends = "no longer works" if overlap == timedelta(0) else f"works for another {duration(overlap)} at most"
    _show_secret(call.session, made, f'API key {_whose(call)} for "{made.name}"{_bounds(made)}. The old one {ends}.')


deletes(
    keys,
    "delete",
    lambda steward: steward.api_keys.delete,
    help="Delete an API key. It stops working at once.",
    options=_key | _user,
    asks="Delete API key {key}?",
    told="API key {key}",
    nothing="there is no API key {key}",
    examples=("mlsteward keys delete 019a9f3e251275fe86d59a9685906844",),
)


def _show_secret(session: Session, key: NewApiKey, told: str) -> None:
    if session.as_json:
        write_json({"outcome": Outcome.CREATED.value, **to_json(key, with_secrets=True)})
        return
    click.echo(clean(f"created: {told} It is shown only once:"), err=True)
    click.echo(key.secret)


def _whose(call: Call[NewApiKey]) -> str:
    return f"of {call.get('user') or 'yours'}"


def _widest(key: ApiKey) -> str | None:
    # Each includes those before.
    return key.scopes[-1] if key.scopes else None


def _bounds(key: ApiKey) -> str:
    scope = "" if "admin" in key.scopes else f", with the scope {_widest(key)}"
    return scope + ("" if key.expires_at is None else f", until {moment(key.expires_at)} UTC")


def duration(value: timedelta | None) -> str:
    """A duration for people.

    >>> duration(timedelta(hours=36)), duration(timedelta(days=1)), duration(None)
    ('36 hours', 'day', 'day')
    """
    seconds = int((DEFAULT_OVERLAP if value is None else value).total_seconds())
    unit, size = next((unit, size) for unit, size in UNITS if seconds % size == 0)
    return unit if seconds == size else f"{seconds // size} {unit}s"


bulk(
    keys,
    "revoke-many",
    lambda steward: steward.api_keys.revoke_many,
    rows="keys",
    has="the column key: ids of keys",
    help="Delete many API keys. They stop working at once.",
    options=_user,
    examples=("mlsteward keys revoke-many leaked.csv --user ci@ml-team --dry-run",),
)
