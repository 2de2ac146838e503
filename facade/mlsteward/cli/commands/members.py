"""`mlsteward members`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mlsteward.cli.call import Call
from mlsteward.cli.command import WORKSPACES, group
from mlsteward.cli.derived import deletes, does, runs
from mlsteward.cli.outcomes import Done
from mlsteward.cli.output import Columns, show_list
from mlsteward.cli.parameters import Option

if TYPE_CHECKING:
    from mlsteward.records.workspaces import Member

members = group(WORKSPACES, "members", "Manage the people in a workspace.")

_columns: Columns[Member] = {
    "Username": lambda member: member.username,
    "Role": lambda member: member.role,
}
_full_columns: Columns[Member] = {
    **_columns,
    "Email": lambda member: member.email,
    "Name": lambda member: " ".join(part for part in (member.name, member.surname) if part),
    "Joined (UTC)": lambda member: member.joined_at,
}


@runs(
    members,
    "list",
    lambda steward: steward.members.list,
    options={"full": Option(help="Include ids, names and email addresses. For admins.")},
    examples=("mlsteward members list ml-team", "mlsteward members list ml-team --full"),
)
def list_members(call: Call[Iterable[Member]]) -> None:
    """List the people in a workspace."""
    is_full = bool(call.get("full"))
    found: Iterable[Any] = call()
    if call.session.as_json and not is_full:
        # The rest is not empty, but not known.
        found = ({"username": member.username, "role": str(member.role)} for member in found)
    show_list(call.session, found, _full_columns if is_full else _columns, none="No members.")


@does(
    members,
    "add",
    lambda steward: steward.members.add,
    arguments=("username",),
    options={
        "role": Option(help="Role in the workspace (default: set in the workspace settings)"),
        "email": Option(help="Email address of a new account."),
        "name": Option(help="First name of a new account."),
        "surname": Option(help="Last name of a new account."),
    },
    examples=(
        "mlsteward members add jackie --workspace ml-team --email jackie@example.com",
        "mlsteward members add ravi -w ml-team --role admin",
    ),
)
def add(done: Done[Member]) -> str:
    """Add a person to a workspace, without an invitation. For the platform operator.

    Creates the account if no account has this username.
    """
    return f"{done.result.username} is a member{done.already}, with the role {done.result.role}"


@does(
    members,
    "role",
    lambda steward: steward.members.update,
    reads=lambda steward: steward.members.get,
    arguments=("user", "role"),
    options={"role": Option(help="New role")},
    examples=("mlsteward members role jackie admin --workspace ml-team",),
)
def set_role(done: Done[Member]) -> str:
    return f"{done.result.username} has the role {done.result.role}"


deletes(
    members,
    "remove",
    lambda steward: steward.members.remove,
    asks="Remove {user} from the workspace and all its projects?",
    told="{user} is no longer in the workspace",
    nothing="{user} is not in the workspace",
    key="removed",
    examples=("mlsteward members remove jackie --workspace ml-team",),
)
