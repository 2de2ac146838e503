"""`mlsteward whoami`, `health` and `keys`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from mlsteward.cli.ask import ask
from mlsteward.cli.command import Command, Group, choice, limit, missing_ok, yes
from mlsteward.cli.moments import Deadline, Period
from mlsteward.cli.output import Columns, clean, moment, say, show_details, show_list, to_json, write_json
from mlsteward.cli.session import Session
from mlsteward.records.enums import KeyScope

if TYPE_CHECKING:
    from mlsteward.records.enums import KeyScopeLike
    from mlsteward.records.identity import ApiKey, NewApiKey

ME = "me"
UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))

user = click.option("--user", metavar="USER", default=ME, help="Whose: id, email or username. Yours unless given.")
expires = click.option(
    "--expires", metavar="WHEN", type=Deadline(), help="When it stops working: a date in UTC, or 90d from now."
)


@click.command(cls=Command, examples=("mlsteward whoami", "mlsteward whoami --json"))
@click.pass_obj
def whoami(session: Session) -> None:
    """Show as whom you call."""
    with session.steward() as steward:
        account = steward.whoami()
    show_details(
        session,
        account,
        {
            "Username": account.username,
            "Email": account.email,
            "Name": " ".join(part for part in (account.name, account.surname) if part),
            "Kind": account.kind,
            "Operator": account.is_operator,
            "Default workspace": account.default_workspace,
        },
    )


@click.command(cls=Command, examples=("mlsteward health", "mlsteward health --url https://steward.example.com"))
@click.pass_obj
def health(session: Session) -> None:
    """Ask whether the server is up. Needs no API key."""
    with session.steward() as steward:
        answer = steward.health()
    show_details(session, answer, {"Status": answer.status, "Version": answer.version, "API": answer.api_version})


@click.group(cls=Group)
def keys() -> None:
    """API keys: list, create, rotate, delete."""


_columns: Columns[ApiKey] = {
    "Id": lambda key: key.id,
    "Name": lambda key: key.name,
    "Starts with": lambda key: key.preview,
    "Scope": lambda key: _widest(key),
    "Created (UTC)": lambda key: key.created_at,
    "Expires (UTC)": lambda key: key.expires_at,
    "Last used (UTC)": lambda key: key.last_used_at,
}


@keys.command("list", examples=("mlsteward keys list", "mlsteward keys list --user jackie"))
@user
@limit
@click.pass_obj
def list_keys(session: Session, user: str, limit: int | None) -> None:
    """List API keys, without their secrets."""
    with session.steward() as steward:
        show_list(session, steward.api_keys.list(user=user, limit=limit), _columns, none="No API keys.")


@keys.command(
    "create",
    examples=(
        "mlsteward keys create laptop --expires 90d",
        "export MLSTEWARD_API_TOKEN=$(mlsteward keys create ci --user ci@ml-team --scope write)",
    ),
)
@click.argument("name")
@user
@choice("--scope", words=KeyScope, help="What it may be used for, each includes those before; all unless given:")
@expires
@click.pass_obj
def create_key(
    session: Session, name: str, user: str, scope: KeyScopeLike | None, expires: datetime | timedelta | None
) -> None:
    """Create an API key and write it to stdout, this once.

    NAME says what it is for. The key stands alone on stdout, so that it can be piped. It never lets
    anybody do more than its owner may.
    """
    with session.steward() as steward:
        key = steward.api_keys.create(name, user=user, scopes=scope, expires=expires)
    _show_secret(session, key, f'A new API key {_whose(user)}, "{key.name}"{_bounds(key)}.')


@keys.command(
    "rotate",
    examples=(
        "mlsteward keys rotate 019a9f3e251275fe86d59a9685906844",
        "export MLSTEWARD_API_TOKEN=$(mlsteward keys rotate current --overlap 1h)",
    ),
)
@click.argument("key")
@user
@click.option(
    "--overlap",
    metavar="PERIOD",
    type=Period(),
    help="How long the old key works on: 12h, 7d or 0; a day unless given.",
)
@expires
@click.pass_obj
def rotate_key(
    session: Session, key: str, user: str, overlap: timedelta | None, expires: datetime | timedelta | None
) -> None:
    """Replace an API key by a new one, and write that to stdout, this once.

    KEY is its id, as `mlsteward keys list` shows it, or current for the one you call with. The new key
    has its name, its scopes and, without --expires, its lifetime.
    """
    with session.steward() as steward:
        made = steward.api_keys.rotate(key, user=user, overlap=overlap, expires=expires)
    ends = "has stopped working" if overlap == timedelta(0) else f"works for another {_period(overlap)} at most"
    _show_secret(session, made, f'A new API key {_whose(user)} for "{made.name}"{_bounds(made)}. The old one {ends}.')


@keys.command("delete", examples=("mlsteward keys delete 019a9f3e251275fe86d59a9685906844",))
@click.argument("key")
@user
@missing_ok
@yes
@click.pass_obj
def delete_key(session: Session, key: str, user: str, missing_ok: bool, yes: bool) -> None:
    """Delete an API key; it stops working at once.

    KEY is its id, as `mlsteward keys list` shows it, or current for the one you call with.
    """
    ask(f"Delete the API key {key}?", yes=yes)
    with session.steward() as steward:
        steward.api_keys.delete(key, user=user, missing_ok=missing_ok)
    say(session, f"Deleted the API key {key}.", {"deleted": key})


def _show_secret(session: Session, key: NewApiKey, told: str) -> None:
    if session.as_json:
        write_json(to_json(key, with_secrets=True))
        return
    click.echo(clean(f"{told} It is shown this once:"), err=True)
    click.echo(key.secret)


def _whose(user: str) -> str:
    return "of yours" if user == ME else f"of {user}"


def _widest(key: ApiKey) -> str | None:
    # Each includes those before.
    return key.scopes[-1] if key.scopes else None


def _bounds(key: ApiKey) -> str:
    scope = "" if KeyScope.ADMIN in key.scopes else f", with the scope {_widest(key)}"
    return scope + ("" if key.expires_at is None else f", until {moment(key.expires_at)} UTC")


def _period(value: timedelta | None) -> str:
    """
    >>> _period(timedelta(hours=36)), _period(timedelta(days=1)), _period(None)
    ('36 hours', 'day', 'day')
    """
    seconds = 86400 if value is None else int(value.total_seconds())
    unit, size = next((unit, size) for unit, size in UNITS if seconds % size == 0)
    return unit if seconds == size else f"{seconds // size} {unit}s"
