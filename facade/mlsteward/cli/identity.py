"""`mlsteward whoami`, `health` and `keys`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsteward.cli.ask import ask
from mlsteward.cli.command import Command, Group, limit, missing_ok, yes
from mlsteward.cli.output import Columns, clean, say, show_details, show_list, to_json, write_json
from mlsteward.cli.session import Session

if TYPE_CHECKING:
    from mlsteward.records.identity import ApiKey

ME = "me"

user = click.option("--user", metavar="USER", default=ME, help="Whose: id, email or username. Yours unless given.")


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
    """API keys: list, create, delete."""


_columns: Columns[ApiKey] = {
    "Id": lambda key: key.id,
    "Name": lambda key: key.name,
    "Starts with": lambda key: key.preview,
    "Created (UTC)": lambda key: key.created_at,
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
        "mlsteward keys create laptop",
        "export MLSTEWARD_API_TOKEN=$(mlsteward keys create ci --user ci@ml-team)",
    ),
)
@click.argument("name")
@user
@click.pass_obj
def create_key(session: Session, name: str, user: str) -> None:
    """Create an API key and write it to stdout, this once.

    NAME says what it is for. The key stands alone on stdout, so that it can be piped.
    """
    with session.steward() as steward:
        key = steward.api_keys.create(name, user=user)
    if session.as_json:
        write_json(to_json(key, with_secrets=True))
        return
    whose = "of yours" if user == ME else f"of {user}"
    click.echo(clean(f'A new API key {whose}, "{key.name}". It is shown this once:'), err=True)
    click.echo(key.secret)


@keys.command("delete", examples=("mlsteward keys delete 019a9f3e251275fe86d59a9685906844",))
@click.argument("key")
@user
@missing_ok
@yes
@click.pass_obj
def delete_key(session: Session, key: str, user: str, missing_ok: bool, yes: bool) -> None:
    """Delete an API key; it stops working at once.

    KEY is its id, as `mlsteward keys list` shows it.
    """
    ask(f"Delete the API key {key}?", yes=yes)
    with session.steward() as steward:
        steward.api_keys.delete(key, user=user, missing_ok=missing_ok)
    say(session, f"Deleted the API key {key}.", {"deleted": key})
