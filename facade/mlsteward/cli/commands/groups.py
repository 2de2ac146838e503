"""`mlsteward groups`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsteward.cli.bulk import bulk
from mlsteward.cli.command import WORKSPACES, group
from mlsteward.cli.derived import deletes, does, lists
from mlsteward.cli.outcomes import Done
from mlsteward.cli.output import Columns
from mlsteward.cli.parameters import Option

if TYPE_CHECKING:
    from mlsteward.records.groups import Group
    from mlsteward.records.workspaces import Member

groups = group(WORKSPACES, "groups", "Manage groups of people in a workspace.")

_columns: Columns[Group] = {
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
_users = {"users": Option(metavar="USER", help="Ids, emails or usernames of people in the workspace.")}

lists(
    groups,
    "list",
    lambda steward: steward.groups.list,
    columns=_columns,
    none="No groups.",
    examples=("mlsteward groups list ml-team", "mlsteward groups list ml-team --user jackie"),
)

lists(
    groups,
    "show",
    lambda steward: steward.groups.members.list,
    help="List the people in a group.",
    columns=_people,
    none="Nobody is in the group.",
    examples=("mlsteward groups show labelers --workspace ml-team",),
)


@does(
    groups,
    "create",
    lambda steward: steward.groups.create,
    arguments=("name", "users"),
    options={**_users, "description": Option(help="What the group is for.")},
    examples=("mlsteward groups create labelers jackie ravi --workspace ml-team",),
)
def create(done: Done[Group]) -> str:
    """Create a group, with its first members."""
    return f"group {done.result.name} {done.is_ready}, with {_count(done.result)}"


@does(
    groups,
    "add",
    lambda steward: steward.groups.members.add,
    reads=lambda steward: steward.groups.get,
    options=_users,
    examples=("mlsteward groups add labelers jackie --workspace ml-team",),
)
def add(done: Done[Group]) -> str:
    """Add people to a group: all of them, or none."""
    return f"group {done.result.name} has {_count(done.result)}"


@does(
    groups,
    "remove",
    lambda steward: steward.groups.members.remove,
    reads=lambda steward: steward.groups.get,
    options=_users,
    examples=("mlsteward groups remove labelers jackie --workspace ml-team",),
)
def remove(done: Done[Group]) -> str:
    """Remove people from a group."""
    return f"group {done.result.name} has {_count(done.result)}"


deletes(
    groups,
    "delete",
    lambda steward: steward.groups.delete,
    asks="Delete group {group}?",
    told="group {group}",
    nothing="there is no group {group}",
    examples=("mlsteward groups delete labelers --workspace ml-team",),
)


def _count(group: Group) -> str:
    return "1 person" if group.members_count == 1 else f"{group.members_count} people"


bulk(
    groups,
    "set-members",
    lambda steward: steward.groups.members.set,
    rows="users",
    arguments=("group",),
    has="the column user: ids, email addresses or usernames",
    help="Make the members of a group exactly those of a file. If a row is refused, nobody is removed.",
    examples=("mlsteward groups set-members labelers people.csv --workspace ml-team --dry-run",),
)
