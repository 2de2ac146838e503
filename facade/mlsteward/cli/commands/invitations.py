"""`mlsteward invitations` and `accept`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from mlsteward.cli.bulk import bulk
from mlsteward.cli.call import Call
from mlsteward.cli.command import WORKSPACES, YOU, group
from mlsteward.cli.derived import deletes, lists, runs
from mlsteward.cli.outcomes import Outcome
from mlsteward.cli.output import Columns, clean, moment, to_json, write_json
from mlsteward.cli.parameters import Option
from mlsteward.cli.session import Session
from mlsteward.cli.where import say_where

if TYPE_CHECKING:
    from mlsteward.client import Steward
    from mlsteward.records.workspaces import AcceptedInvitation, Invitation

EMBEDDED_HOST = "mlsteward.embedded"
"""What stands for a host in the links that an embedded server makes."""
LINK_PATH = re.compile(r"(?:/api/v1)?/invitations/[^/]+/accept/?$")
"""How the path of an invitation link ends: after what comes before it, at a server behind a proxy."""

invitations = group(WORKSPACES, "invitations", "Invite people to a workspace.")

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

lists(
    invitations,
    "list",
    lambda steward: steward.invitations.list,
    help="List open invitations. Their links are not shown.",
    columns=_columns,
    none="No open invitations.",
    examples=("mlsteward invitations list ml-team",),
)


@runs(
    invitations,
    "send",
    lambda steward: steward.invitations.send,
    arguments=(),
    omits={"username", "email"},
    extra=[click.Argument(["who"])],
    options={
        "role": Option(help="Role in the workspace (default: set in the workspace settings)"),
        "add_to_all_projects": Option(help="Add them to every project, as a viewer, when they accept."),
    },
    examples=(
        "mlsteward invitations send jackie@example.com --workspace ml-team",
        "mlsteward invitations send ravi -w ml-team --role admin --add-to-all-projects",
    ),
)
def send(call: Call[Invitation], who: str) -> None:
    """Invite a person and print the invitation link.

    WHO is an email address, or the username of an account. Whoever has the link can join: give it to that
    person only. The message in the outbox has another one, which also proves the email address.
    """
    invitation = call(**{"email" if "@" in who else "username": who})
    if call.session.as_json:
        write_json({"outcome": Outcome.CREATED.value, **to_json(invitation, with_secrets=True)})
        return
    until = f"until {moment(invitation.expires_at)} UTC"
    click.echo(
        f"created: invitation for {clean(who)}, with the role {invitation.role}, {until}. "
        "To accept it, they open this link, or run `mlsteward accept` with it:",
        err=True,
    )
    click.echo(invitation.url)


deletes(
    invitations,
    "revoke",
    lambda steward: steward.invitations.revoke,
    told="invitation {invitation}",
    nothing="there is no open invitation {invitation}",
    key="revoked",
    options={"invitation": Option(help="Its id, or the email address or username it was sent to.")},
    examples=("mlsteward invitations revoke jackie@example.com -w ml-team",),
)


def _at(session: Session, arguments: dict[str, Any]) -> Steward:
    """The server that an invitation link names. Another one than ours gets no API key: that is not its business."""
    if arguments["url"] == "-":
        arguments["url"] = sys.stdin.readline().strip()
    try:
        parts = urlsplit(arguments["url"])
        is_elsewhere = parts.scheme in {"http", "https"} and parts.hostname not in {None, EMBEDDED_HOST}
    except ValueError as error:
        raise click.UsageError("The invitation link is not a valid URL.") from error
    if not is_elsewhere or session.url or session.path:
        say_where(session)
        return session.steward()
    from mlsteward.client import Steward
    from mlsteward.config import resolve
    from mlsteward.connection import Connection

    root = LINK_PATH.sub("", parts.path)
    url = f"{parts.scheme}://{parts.netloc}{root}"
    if resolve(url=url, environ={}, config_file=None).url == session.config().url:
        return session.steward()
    return Steward.over(Connection(resolve(url=url, environ={}, config_file=None)))


@runs(
    YOU,
    "accept",
    lambda steward: steward.invitations.accept,
    opens=_at,
    options={
        "url": Option(help="The invitation link; - reads it from stdin, so that nobody else can see it."),
        "username": Option(metavar="NAME", help="Username, if you have no account yet."),
        "name": Option(help="First name, if you have no account yet."),
        "surname": Option(metavar="NAME", help="Last name, if you have no account yet."),
    },
    examples=(
        "mlsteward accept 'https://steward.example.com/invitations/.../accept?token=...'",
        "mlsteward accept - < invitation.txt",
    ),
)
def accept(call: Call[AcceptedInvitation]) -> None:
    """Join a workspace by an invitation.

    With an API key for that server, you join as its account. Without one, an account is created for
    you, and its first API key is printed to stdout. It is shown only once.
    """
    accepted = call()
    if call.session.as_json:
        write_json({"outcome": Outcome.CREATED.value, **to_json(accepted, with_secrets=True)})
        return
    told = f"created: {accepted.username} is a member of {accepted.workspace}, with the role {accepted.role}"
    if accepted.api_key is None:
        click.echo(clean(told))
        return
    click.echo(clean(f"{told}. This is your API key, shown only once:"), err=True)
    click.echo(accepted.api_key)


bulk(
    invitations,
    "send-many",
    lambda steward: steward.invitations.send_many,
    rows="rows",
    has="the column email or username, and perhaps role and add_to_all_projects",
    help="Invite many people to a workspace. A message is queued for each.",
    examples=("mlsteward invitations send-many people.csv --workspace ml-team --dry-run",),
)
