"""`mlsteward projects`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsteward.cli.ask import ask
from mlsteward.cli.command import Group, choice, exist_ok, limit, missing_ok, workspace_argument, yes
from mlsteward.cli.output import Columns, say, show_details, show_list
from mlsteward.cli.session import Session
from mlsteward.records.enums import Visibility

if TYPE_CHECKING:
    from mlsteward.records.enums import VisibilityLike
    from mlsteward.records.projects import Project


@click.group(cls=Group)
def projects() -> None:
    """Projects: list, create, delete, members, and more."""


_columns: Columns[Project] = {
    "Project": lambda project: project.full_name,
    "Key": lambda project: project.key,
    "Visibility": lambda project: project.visibility,
    "Owner": lambda project: project.owner,
    "Created (UTC)": lambda project: project.created_at,
}


@projects.command(
    "list",
    about_workspace=True,
    examples=("mlsteward projects list", "mlsteward projects list ml-team --archived"),
)
@workspace_argument
@click.option("--archived", is_flag=True, help="The archived ones instead of the active ones.")
@limit
@click.pass_obj
def list_projects(session: Session, workspace: str | None, archived: bool, limit: int | None) -> None:
    """List the projects you have a role in."""
    home = session.home(workspace) or session.workspace
    with session.steward() as steward:
        found = steward.projects.list(workspace=home, archived=archived, limit=limit)
        show_list(session, found, _columns, none="No archived projects." if archived else "No projects.")


@projects.command("show", about_workspace=True, examples=("mlsteward projects show ml-team/classification",))
@click.argument("project")
@click.pass_obj
def show(session: Session, project: str) -> None:
    """Show a project.

    PROJECT is workspace/name, a bare name with --workspace, or an id.
    """
    with session.steward() as steward:
        found = steward.projects.get(project)
    show_details(
        session,
        found,
        {
            "Project": found.full_name,
            "Key": found.key,
            "Visibility": found.visibility,
            "Description": found.description,
            "Owner": found.owner,
            "Roster kept by": found.roster_policy,
            "Created": found.created_at.strftime("%Y-%m-%d %H:%M UTC"),
            "Archived": None if found.archived_at is None else found.archived_at.strftime("%Y-%m-%d %H:%M UTC"),
            "Id": found.id,
        },
    )


@projects.command(
    "create",
    about_workspace=True,
    examples=(
        "mlsteward projects create ml-team/classification",
        'mlsteward projects create ml-team/churn --key CHURN --visibility workspace --description "Who leaves"',
    ),
)
@click.argument("project")
@click.option("--key", metavar="KEY", help="1 to 10 of A-Z and 0-9; made from the name unless given.")
@choice("--visibility", words=Visibility, default=Visibility.PRIVATE.value, show_default=True)
@click.option("--description", metavar="TEXT")
@exist_ok
@click.pass_obj
def create(
    session: Session, project: str, key: str | None, visibility: VisibilityLike, description: str | None, exist_ok: bool
) -> None:
    """Create a project.

    PROJECT is workspace/name, or a bare name with --workspace.
    """
    with session.steward() as steward:
        made = steward.projects.create(
            project, key=key, visibility=visibility, description=description, exist_ok=exist_ok
        )
    say(session, f"The project {made.full_name} is there, with the key {made.key}.", made)


@projects.command(
    "update",
    about_workspace=True,
    examples=(
        "mlsteward projects update ml-team/churn --visibility private",
        'mlsteward projects update ml-team/churn --name retention --description ""',
    ),
)
@click.argument("project")
@click.option("--name", metavar="NAME", help="Its new name, without the workspace.")
@choice("--visibility", words=Visibility)
@click.option("--description", metavar="TEXT", help='"" clears it.')
@click.pass_obj
def update(
    session: Session, project: str, name: str | None, visibility: VisibilityLike | None, description: str | None
) -> None:
    """Change a project. What is not given stays as it is."""
    if name is None and visibility is None and description is None:
        raise click.UsageError("Give at least one thing to change.")
    with session.steward() as steward:
        changed = steward.projects.update(project, name=name, visibility=visibility, description=description)
    say(session, f"The project {changed.full_name} is changed.", changed)


@projects.command("archive", about_workspace=True, examples=("mlsteward projects archive ml-team/churn",))
@click.argument("project")
@click.pass_obj
def archive(session: Session, project: str) -> None:
    """Archive a project: lists leave it out, and it does not count towards the plan."""
    with session.steward() as steward:
        archived = steward.projects.archive(project)
    say(session, f"The project {archived.full_name} is archived.", archived)


@projects.command("restore", about_workspace=True, examples=("mlsteward projects restore ml-team/churn",))
@click.argument("project")
@click.pass_obj
def restore(session: Session, project: str) -> None:
    """Make an archived project active again."""
    with session.steward() as steward:
        restored = steward.projects.restore(project)
    say(session, f"The project {restored.full_name} is active again.", restored)


@projects.command(
    "delete",
    about_workspace=True,
    examples=("mlsteward projects delete ml-team/churn", "mlsteward projects delete ml-team/churn --yes"),
)
@click.argument("project")
@missing_ok
@yes
@click.pass_obj
def delete(session: Session, project: str, missing_ok: bool, yes: bool) -> None:
    """Delete a project for good."""
    ask(f"Delete the project {project} for good?", yes=yes)
    with session.steward() as steward:
        steward.projects.delete(project, missing_ok=missing_ok)
    say(session, f"Deleted the project {project}.", {"deleted": project})
