"""`mlsteward members`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from mlsteward.cli.bulk import bulk
from mlsteward.cli.call import Call
from mlsteward.cli.command import WORKSPACES, group
from mlsteward.cli.derived import deletes, does, runs
from mlsteward.cli.listing import shape_of, show_list
from mlsteward.cli.outcomes import Done
from mlsteward.cli.output import Columns, note
from mlsteward.cli.parameters import Option
from mlsteward.cli.session import Session
from mlsteward.errors import Forbidden

if TYPE_CHECKING:
    from mlsteward.records.workspaces import Member

NONE = "No members."
BASIC = ("username", "role")
"""What the basic view has. The rest is for admins."""

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
    is_list=True,
    options={"full": Option(help="Include ids, names and email addresses. For admins.")},
    examples=(
        "mlsteward members list ml-team",
        "mlsteward members list ml-team --full",
        "mlsteward members list ml-team -o csv --columns username,email",
    ),
)
def list_members(call: Call[Iterable[Member]]) -> None:
    """List the people in a workspace."""
    session, is_full = call.session, bool(call.get("full"))
    columns = _full_columns if is_full else _columns
    if is_full or not _needs_everything(session):
        show_list(session, call(), columns, none=NONE)
        return
    people = iter(call(full=True))
    try:
        first = list(islice(people, 1))
    except Forbidden:
        note("ids, names and email addresses are for admins of the workspace")
        _show(session, call(), known=BASIC)
    else:
        _show(session, chain(first, people))


def _needs_everything(session: Session) -> bool:
    """Whether the output has what the basic view leaves out."""
    if session.columns is not None:
        return not {*session.columns} <= {*BASIC}
    return session.form != "table"


def _show(session: Session, people: Iterable[Member], known: Sequence[str] = ()) -> None:
    from mlsteward.records.workspaces import Member

    # What is not known is left out: it is not empty.
    show_list(session, people, _columns, none=NONE, shape=shape_of(Member, known=known))


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


bulk(
    members,
    "import",
    lambda steward: steward.members.import_,
    rows="rows",
    has="the column username, and perhaps email, name, surname and role",
    help="Add many people to a workspace, or change their roles. Somebody who is in the workspace gets the role of the "
    "row. Somebody new is added as by `mlsteward members add`, which is for the platform operator.",
    examples=("mlsteward members import people.csv --workspace ml-team --dry-run",),
)
