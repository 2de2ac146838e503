"""`mlsteward projects members`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsteward.cli.command import group
from mlsteward.cli.commands.projects import projects
from mlsteward.cli.derived import deletes, does, lists
from mlsteward.cli.outcomes import Done
from mlsteward.cli.output import Columns
from mlsteward.cli.parameters import Option

if TYPE_CHECKING:
    from mlsteward.records.projects import ProjectMember

project_members = group(projects, "members", "Manage the people and service accounts in a project.")

_columns: Columns[ProjectMember] = {
    "Account": lambda member: member.username,
    "Role": lambda member: member.role,
    "Kind": lambda member: member.kind,
    "Let in by": lambda member: member.source,
    "On the roster": lambda member: member.roster_role,
    "Added (UTC)": lambda member: member.added_at,
}
_user = {"user": Option(metavar="USER", help="Id, email, username or account@workspace.")}
_role = {"role": Option(help="Role in the project")}

lists(
    project_members,
    "list",
    lambda steward: steward.projects.members.list,
    help="List who is in a project, and why.",
    options={"kind": Option(help="Only people, or only service accounts")},
    columns=_columns,
    none="Nobody is in the project.",
    examples=("mlsteward projects members list ml-team/classification",),
)


@does(
    project_members,
    "add",
    lambda steward: steward.projects.members.add,
    omits={"kind"},
    options=_user | _role,
    examples=(
        "mlsteward projects members add ml-team/classification jackie --role contributor",
        "mlsteward projects members add ml-team/classification ci@ml-team --role viewer",
    ),
)
def add(done: Done[ProjectMember]) -> str:
    """Add an account to a project. It must be in the workspace."""
    return f"{done.result.username} is a member{done.already}, with the role {_given(done.result)}"


@does(
    project_members,
    "role",
    lambda steward: steward.projects.members.update,
    reads=lambda steward: steward.projects.members.get,
    arguments=("project", "user", "role"),
    options=_user | _role,
    examples=("mlsteward projects members role ml-team/classification jackie owner",),
)
def set_role(done: Done[ProjectMember]) -> str:
    """Change the role of an account in a project."""
    return f"{done.result.username} has the role {_given(done.result)}"


deletes(
    project_members,
    "remove",
    lambda steward: steward.projects.members.remove,
    omits={"kind"},
    options=_user,
    help="Remove an account from a project.",
    told="{user} is no longer a member of {project}",
    nothing="{user} is not a member of {project}",
    key="removed",
    examples=("mlsteward projects members remove ml-team/classification jackie",),
)


def _given(member: ProjectMember) -> str:
    """The role on the roster, and the one that counts where that is another."""
    if member.roster_role in (None, member.role):
        return str(member.role)
    return f"{member.roster_role} on the roster (it is {member.role} by the visibility, or as an admin)"
