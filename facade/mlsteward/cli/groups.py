"""`mlsteward groups`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsteward.cli.ask import ask
from mlsteward.cli.command import Group, exist_ok, limit, missing_ok, workspace_argument, yes
from mlsteward.cli.output import Columns, say, show_list
from mlsteward.cli.session import Session

if TYPE_CHECKING:
    from mlsteward.records.groups import Group as GroupRecord
    from mlsteward.records.workspaces import Member


@click.group("groups", cls=Group)
def groups() -> None:
    """Groups of people: list, show, create, add, remove, delete."""


_columns: Columns[GroupRecord] = {
    "Name": lambda group: group.name,
    "People": lambda group: group.members_count,
    "Description": lambda group: group.description,
    "Created (UTC)": lambda group: group.created_at,
}
_people: Columns[Member] = {
    "Username": lambda member: member.username,
    "Role": lambda member: member.role,
    "Email": lambda member: member.email,
}


@groups.command(
    "list",
    about_workspace=True,
    examples=("mlsteward groups list ml-team", "mlsteward groups list ml-team --user jackie"),
)
@workspace_argument
@click.option("--user", metavar="USER", help="Only the groups this person is in: id, email or username.")
@limit
@click.pass_obj
def list_groups(session: Session, workspace: str | None, user: str | None, limit: int | None) -> None:
    """List the groups of a workspace."""
    with session.steward() as steward:
        home = session.home(workspace)
        found = (
            steward.groups.list(workspace=home, limit=limit)
            if user is None
            else steward.groups.list(user=user, workspace=home, limit=limit)
        )
        show_list(session, found, _columns, none="No groups.")


@groups.command("show", about_workspace=True, examples=("mlsteward groups show labelers --workspace ml-team",))
@click.argument("group")
@limit
@click.pass_obj
def show(session: Session, group: str, limit: int | None) -> None:
    """List the people in a group."""
    with session.steward() as steward:
        show_list(session, steward.groups.members.list(group, limit=limit), _people, none="Nobody is in the group.")


@groups.command(
    "create",
    about_workspace=True,
    examples=("mlsteward groups create labelers jackie ravi --workspace ml-team",),
)
@click.argument("name")
@click.argument("users", nargs=-1)
@click.option("--description", metavar="TEXT", help="What the group is for.")
@exist_ok
@click.pass_obj
def create(session: Session, name: str, users: tuple[str, ...], description: str | None, exist_ok: bool) -> None:
    """Create a group, with its first members.

    USERS are ids, emails or usernames of people in the workspace.
    """
    with session.steward() as steward:
        group = steward.groups.create(name, description=description, users=users, exist_ok=exist_ok)
    say(session, f"The group {group.name} is there, with {_count(group)}.", group)


@groups.command("add", about_workspace=True, examples=("mlsteward groups add labelers jackie --workspace ml-team",))
@click.argument("group")
@click.argument("users", nargs=-1, required=True)
@click.pass_obj
def add(session: Session, group: str, users: tuple[str, ...]) -> None:
    """Put people in a group: all of them, or none."""
    with session.steward() as steward:
        changed = steward.groups.members.add(group, users)
    say(session, f"The group {changed.name} has {_count(changed)}.", changed)


@groups.command(
    "remove", about_workspace=True, examples=("mlsteward groups remove labelers jackie --workspace ml-team",)
)
@click.argument("group")
@click.argument("users", nargs=-1, required=True)
@click.pass_obj
def remove(session: Session, group: str, users: tuple[str, ...]) -> None:
    """Take people out of a group."""
    with session.steward() as steward:
        changed = steward.groups.members.remove(group, users)
    say(session, f"The group {changed.name} has {_count(changed)}.", changed)


@groups.command("delete", about_workspace=True, examples=("mlsteward groups delete labelers --workspace ml-team",))
@click.argument("group")
@missing_ok
@yes
@click.pass_obj
def delete(session: Session, group: str, missing_ok: bool, yes: bool) -> None:
    """Delete a group; the people in it stay in the workspace."""
    ask(f"Delete the group {group}?", yes=yes)
    with session.steward() as steward:
        steward.groups.delete(group, missing_ok=missing_ok)
    say(session, f"Deleted the group {group}.", {"deleted": group})


def _count(group: GroupRecord) -> str:
    return "1 person" if group.members_count == 1 else f"{group.members_count} people"
