"""`mlsteward members`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsteward.cli.ask import ask
from mlsteward.cli.command import Group, choice, exist_ok, limit, missing_ok, workspace_argument, yes
from mlsteward.cli.output import Columns, say, show_list
from mlsteward.cli.session import Session
from mlsteward.records.enums import WorkspaceRole

if TYPE_CHECKING:
    from mlsteward.records.enums import WorkspaceRoleLike
    from mlsteward.records.workspaces import Member

ROLES = click.Choice([role.value for role in WorkspaceRole])


@click.group(cls=Group)
def members() -> None:
    """People in a workspace: list, add, role, remove, offboard."""


_member_columns: Columns[Member] = {
    "Username": lambda member: member.username,
    "Role": lambda member: member.role,
}
_full_member_columns: Columns[Member] = {
    **_member_columns,
    "Email": lambda member: member.email,
    "Name": lambda member: " ".join(part for part in (member.name, member.surname) if part),
    "Joined (UTC)": lambda member: member.joined_at,
}


@members.command(
    "list",
    about_workspace=True,
    examples=("mlsteward members list ml-team", "mlsteward members list ml-team --full"),
)
@workspace_argument
@click.option("--full", is_flag=True, help="With names and email addresses; for admins.")
@limit
@click.pass_obj
def list_members(session: Session, workspace: str | None, full: bool, limit: int | None) -> None:
    """List the people in a workspace."""
    columns = _full_member_columns if full else _member_columns
    with session.steward() as steward:
        found = steward.members.list(workspace=session.home(workspace), full=full, limit=limit)
        show_list(session, found, columns, none="No members.")


@members.command(
    "add",
    about_workspace=True,
    examples=(
        "mlsteward members add jackie --workspace ml-team --email jackie@example.com",
        "mlsteward members add ravi -w ml-team --role admin",
    ),
)
@click.argument("username")
@choice("--role", words=WorkspaceRole, help="What they are; what the workspace settings say unless given:")
@click.option("--email", metavar="EMAIL", help="Of a new account.")
@click.option("--name", metavar="NAME", help="Of a new account.")
@click.option("--surname", metavar="NAME", help="Of a new account.")
@exist_ok
@click.pass_obj
def add_member(
    session: Session,
    username: str,
    role: WorkspaceRoleLike | None,
    email: str | None,
    name: str | None,
    surname: str | None,
    exist_ok: bool,
) -> None:
    """Put a person in a workspace, without an invitation. For the operator of the platform.

    Makes the account if there is none with this username.
    """
    with session.steward() as steward:
        member = steward.members.add(username, email=email, name=name, surname=surname, role=role, exist_ok=exist_ok)
    say(session, f"{member.username} is in the workspace, as {member.role}.", member)


@members.command("role", about_workspace=True, examples=("mlsteward members role jackie admin --workspace ml-team",))
@click.argument("user")
@click.argument("role", type=ROLES, metavar="ROLE")
@click.pass_obj
def set_role(session: Session, user: str, role: WorkspaceRoleLike) -> None:
    """Change the role of a person in a workspace.

    USER is an id, email or username; ROLE is admin, member, collaborator or guest.
    """
    with session.steward() as steward:
        member = steward.members.update(user, role=role)
    say(session, f"{member.username} is {member.role} now.", member)


@members.command("remove", about_workspace=True, examples=("mlsteward members remove jackie --workspace ml-team",))
@click.argument("user")
@missing_ok
@yes
@click.pass_obj
def remove_member(session: Session, user: str, missing_ok: bool, yes: bool) -> None:
    """Take a person out of a workspace and all its projects.

    With the last workspace the account and its API keys go too. USER is an id, email or username.
    """
    ask(f"Take {user} out of the workspace and all its projects?", yes=yes)
    with session.steward() as steward:
        steward.members.remove(user, missing_ok=missing_ok)
    say(session, f"{user} is not in the workspace any more.", {"removed": user})
