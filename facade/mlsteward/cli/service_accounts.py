"""`mlsteward service-accounts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsteward.cli.ask import ask
from mlsteward.cli.command import Group, limit, missing_ok, workspace_argument, yes
from mlsteward.cli.output import Columns, say, show_list
from mlsteward.cli.session import Session

if TYPE_CHECKING:
    from mlsteward.records.workspaces import ServiceAccount


@click.group("service-accounts", cls=Group)
def service_accounts() -> None:
    """The accounts of programs: list, create, delete."""


_service_account_columns: Columns[ServiceAccount] = {
    "Name": lambda account: account.name,
    "Role": lambda account: account.role,
    "Created (UTC)": lambda account: account.created_at,
}


@service_accounts.command("list", about_workspace=True, examples=("mlsteward service-accounts list ml-team",))
@workspace_argument
@limit
@click.pass_obj
def list_service_accounts(session: Session, workspace: str | None, limit: int | None) -> None:
    """List the service accounts of a workspace."""
    with session.steward() as steward:
        found = steward.service_accounts.list(workspace=session.home(workspace), limit=limit)
        show_list(session, found, _service_account_columns, none="No service accounts.")


@service_accounts.command(
    "create",
    about_workspace=True,
    examples=(
        "mlsteward service-accounts create ci --workspace ml-team",
        "mlsteward keys create pipeline --user ci@ml-team",
    ),
)
@click.argument("name")
@click.pass_obj
def create_service_account(session: Session, name: str) -> None:
    """Create a service account.

    NAME is the part before the `@`. It needs an API key to call with, and a role in the projects it works on.
    """
    with session.steward() as steward:
        account = steward.service_accounts.create(name)
    say(session, f"The service account {account.name} is there.", account)


@service_accounts.command(
    "delete", about_workspace=True, examples=("mlsteward service-accounts delete ci --workspace ml-team",)
)
@click.argument("name")
@missing_ok
@yes
@click.pass_obj
def delete_service_account(session: Session, name: str, missing_ok: bool, yes: bool) -> None:
    """Delete a service account; its API keys stop working at once."""
    ask(f"Delete the service account {name} and its API keys?", yes=yes)
    with session.steward() as steward:
        steward.service_accounts.delete(name, missing_ok=missing_ok)
    say(session, f"Deleted the service account {name}.", {"deleted": name})
