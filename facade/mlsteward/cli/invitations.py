"""`mlsteward invitations` and `accept`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from mlsteward.cli.command import Command, Group, choice, limit, missing_ok, workspace_argument
from mlsteward.cli.output import Columns, clean, say, show_list, to_json, write_json
from mlsteward.cli.session import Session
from mlsteward.records.enums import WorkspaceRole

if TYPE_CHECKING:
    from mlsteward.client import Steward
    from mlsteward.records.enums import WorkspaceRoleLike
    from mlsteward.records.workspaces import Invitation

EMBEDDED_HOST = "mlsteward.embedded"
"""What stands for a host in the addresses that an embedded server makes."""


@click.group(cls=Group)
def invitations() -> None:
    """Invitations to a workspace: list, send, revoke."""


_columns: Columns[Invitation] = {
    "To": lambda invitation: invitation.email or invitation.username,
    "Role": lambda invitation: invitation.role,
    "All projects": lambda invitation: invitation.add_to_all_projects,
    "Datasets": lambda invitation: ", ".join(
        f"{grant.dataset} {grant.permission}" for grant in invitation.dataset_grants
    ),
    "Expires (UTC)": lambda invitation: invitation.expires_at,
    "Id": lambda invitation: invitation.id,
}


@invitations.command("list", about_workspace=True, examples=("mlsteward invitations list ml-team",))
@workspace_argument
@limit
@click.pass_obj
def list_invitations(session: Session, workspace: str | None, limit: int | None) -> None:
    """List open invitations, without the addresses that accept them."""
    with session.steward() as steward:
        found = steward.invitations.list(workspace=session.home(workspace), limit=limit)
        show_list(session, found, _columns, none="No open invitations.")


@invitations.command(
    "send",
    about_workspace=True,
    examples=(
        "mlsteward invitations send jackie@example.com --workspace ml-team",
        "mlsteward invitations send ravi -w ml-team --role admin --add-to-all-projects",
    ),
)
@click.argument("who")
@choice("--role", words=WorkspaceRole, help="What they will be; what the workspace settings say unless given:")
@click.option("--add-to-all-projects", is_flag=True, help="Acceptance puts them on every project, as a viewer.")
@click.pass_obj
def send(session: Session, who: str, role: WorkspaceRoleLike | None, add_to_all_projects: bool) -> None:
    """Invite a person and write the accept address to stdout.

    WHO is an email address, or the username of an account. Whoever holds the accept address can
    accept: give it to that person only.
    """
    email, username = (who, None) if "@" in who else (None, who)
    with session.steward() as steward:
        invitation = steward.invitations.send(
            email=email, username=username, role=role, add_to_all_projects=add_to_all_projects
        )
    if session.as_json:
        write_json(to_json(invitation, with_secrets=True))
        return
    until = invitation.expires_at.strftime("%Y-%m-%d %H:%M UTC")
    click.echo(
        f"{clean(who)} is invited as {invitation.role}, until {until}. They accept with `mlsteward accept` and:",
        err=True,
    )
    click.echo(invitation.url)


@invitations.command(
    "revoke", about_workspace=True, examples=("mlsteward invitations revoke jackie@example.com -w ml-team",)
)
@click.argument("invitation")
@missing_ok
@click.pass_obj
def revoke(session: Session, invitation: str, missing_ok: bool) -> None:
    """Revoke an open invitation.

    INVITATION is its id, or the email address or username it went to.
    """
    with session.steward() as steward:
        steward.invitations.revoke(invitation, missing_ok=missing_ok)
    say(session, f"Revoked the invitation {invitation}.", {"revoked": invitation})


@click.command(
    cls=Command,
    examples=(
        "mlsteward accept 'https://steward.example.com/api/v1/invitations/.../accept?token=...'",
        "mlsteward accept - < invitation.txt",
    ),
)
@click.argument("url")
@click.option("--username", metavar="NAME", help="For the account that is made if you have none yet.")
@click.option("--name", metavar="NAME", help="The same.")
@click.option("--surname", metavar="NAME", help="The same.")
@click.pass_obj
def accept(session: Session, url: str, username: str | None, name: str | None, surname: str | None) -> None:
    """Accept an invitation. Needs no API key.

    URL is the accept address; - reads it from stdin, where others on this machine cannot see it. If an
    account is made for you, its first API key is written to stdout, this once.
    """
    address = sys.stdin.readline().strip() if url == "-" else url
    with _at(session, address) as steward:
        accepted = steward.invitations.accept(address, username=username, name=name, surname=surname)
    if session.as_json:
        write_json(to_json(accepted, with_secrets=True))
        return
    told = f"You are {accepted.username}, {accepted.role} of {accepted.workspace}."
    if accepted.api_key is None:
        click.echo(told)
        return
    click.echo(f"{told} This is your API key, shown this once:", err=True)
    click.echo(accepted.api_key)


def _at(session: Session, address: str) -> Steward:
    """The server that an accept address names, called as nobody: a key of ours is not its business."""
    try:
        parts = urlsplit(address)
        is_elsewhere = parts.scheme in {"http", "https"} and parts.hostname not in {None, EMBEDDED_HOST}
    except ValueError as error:
        raise click.UsageError("The accept address of an invitation cannot be read.") from error
    if not is_elsewhere or session.url or session.path:
        return session.steward()
    from mlsteward.client import Steward
    from mlsteward.config import resolve
    from mlsteward.connection import Connection

    root = parts.path.partition("/api/v1/")[0]
    url = f"{parts.scheme}://{parts.netloc}{root}"
    return Steward.over(Connection(resolve(url=url, environ={}, config_file=None)))
