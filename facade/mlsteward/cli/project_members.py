"""`mlsteward projects members`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsteward.cli.command import Group, choice, exist_ok, limit, missing_ok
from mlsteward.cli.output import Columns, say, show_list
from mlsteward.cli.session import Session
from mlsteward.records.enums import AccountKind, ProjectRole

if TYPE_CHECKING:
    from mlsteward.records.enums import AccountKindLike, ProjectRoleLike
    from mlsteward.records.projects import ProjectMember

ROLES = click.Choice([role.value for role in ProjectRole])


@click.group("members", cls=Group)
def project_members() -> None:
    """People and service accounts in a project: list, add, role, remove."""


_columns: Columns[ProjectMember] = {
    "Account": lambda member: member.username,
    "Role": lambda member: member.role,
    "Kind": lambda member: member.kind,
    "Let in by": lambda member: member.source,
    "Added (UTC)": lambda member: member.added_at,
}


@project_members.command(
    "list", about_workspace=True, examples=("mlsteward projects members list ml-team/classification",)
)
@click.argument("project")
@choice("--kind", words=AccountKind, help="Only people or only programs:")
@limit
@click.pass_obj
def list_members(session: Session, project: str, kind: AccountKindLike | None, limit: int | None) -> None:
    """List who is in a project, and what let them in."""
    with session.steward() as steward:
        found = steward.projects.members.list(project, kind=kind, limit=limit)
        show_list(session, found, _columns, none="Nobody is in the project.")


@project_members.command(
    "add",
    about_workspace=True,
    examples=(
        "mlsteward projects members add ml-team/classification jackie --role contributor",
        "mlsteward projects members add ml-team/classification ci@ml-team --role viewer",
    ),
)
@click.argument("project")
@click.argument("account")
@choice("--role", words=ProjectRole, required=True)
@exist_ok
@click.pass_obj
def add(session: Session, project: str, account: str, role: ProjectRoleLike, exist_ok: bool) -> None:
    """Put an account on the roster of a project.

    ACCOUNT is an id, email, username or service account; it must be in the workspace.
    """
    with session.steward() as steward:
        member = steward.projects.members.add(project, account, role=role, exist_ok=exist_ok)
    say(session, f"{member.username} is in {project}, as {member.role}.", member)


@project_members.command(
    "role",
    about_workspace=True,
    examples=("mlsteward projects members role ml-team/classification jackie owner",),
)
@click.argument("project")
@click.argument("account")
@click.argument("role", type=ROLES, metavar="ROLE")
@click.pass_obj
def set_role(session: Session, project: str, account: str, role: ProjectRoleLike) -> None:
    """Change the role of an account in a project.

    ROLE is owner, contributor or viewer.
    """
    with session.steward() as steward:
        member = steward.projects.members.update(project, account, role=role)
    say(session, f"{member.username} is {member.role} of {project} now.", member)


@project_members.command(
    "remove", about_workspace=True, examples=("mlsteward projects members remove ml-team/classification jackie",)
)
@click.argument("project")
@click.argument("account")
@missing_ok
@click.pass_obj
def remove(session: Session, project: str, account: str, missing_ok: bool) -> None:
    """Take an account off the roster of a project."""
    with session.steward() as steward:
        steward.projects.members.remove(project, account, missing_ok=missing_ok)
    say(session, f"{account} is not on the roster of {project} any more.", {"removed": account, "project": project})
