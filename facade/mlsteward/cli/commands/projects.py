"""`mlsteward projects`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mlsteward.cli.call import Call
from mlsteward.cli.command import PROJECTS, group
from mlsteward.cli.derived import deletes, does, runs, shows
from mlsteward.cli.listing import show_list
from mlsteward.cli.outcomes import Done
from mlsteward.cli.output import Columns, moment
from mlsteward.cli.parameters import Option

if TYPE_CHECKING:
    from mlsteward.records.projects import Project

projects = group(PROJECTS, "projects", "Manage projects and the people in them.")

_columns: Columns[Project] = {
    "Project": lambda project: project.full_name,
    "Key": lambda project: project.key,
    "Visibility": lambda project: project.visibility,
    "Owner": lambda project: project.owner,
    "Created (UTC)": lambda project: project.created_at,
}


@runs(
    projects,
    "list",
    lambda steward: steward.projects.list,
    is_list=True,
    everywhere=True,
    options={
        "workspace": Option(help="Name or id (default: all your workspaces)."),
        "archived": Option(help="List archived projects instead of active ones."),
    },
    examples=(
        "mlsteward projects list",
        "mlsteward projects list ml-team --archived",
        "mlsteward projects list -o csv --columns full_name,owner,created_at > projects.csv",
        "mlsteward projects list ml-team --quiet",
    ),
)
def list_projects(call: Call[Iterable[Project]]) -> None:
    """List the projects you have a role in."""
    show_list(call.session, call(), _columns, none="No archived projects." if call.get("archived") else "No projects.")


@shows(
    projects,
    "show",
    lambda steward: steward.projects.get,
    examples=("mlsteward projects show ml-team/classification",),
)
def show(project: Project) -> Mapping[str, object]:
    """Show a project."""
    return {
        "Project": project.full_name,
        "Key": project.key,
        "Visibility": project.visibility,
        "Description": project.description,
        "Owner": project.owner,
        "Roster kept by": project.roster_policy,
        "Created": f"{moment(project.created_at)} UTC",
        "Archived": project.archived_at and f"{moment(project.archived_at)} UTC",
        "Id": project.id,
    }


@does(
    projects,
    "create",
    lambda steward: steward.projects.create,
    options={
        "name": Option(metavar="PROJECT", help="workspace/name, or a name in the workspace."),
        "key": Option(help="1 to 10 of A-Z and 0-9, at least one letter (default: made from the name)."),
        "visibility": Option(help="Who has access besides its members"),
        "description": Option(help="What the project is about."),
    },
    examples=(
        "mlsteward projects create ml-team/classification",
        'mlsteward projects create ml-team/churn --key CHURN --visibility workspace --description "Who leaves"',
    ),
)
def create(done: Done[Project]) -> str:
    """Create a project."""
    return f"project {done.result.full_name} {done.is_ready}, with the key {done.result.key}"


@does(
    projects,
    "update",
    lambda steward: steward.projects.update,
    reads=lambda steward: steward.projects.get,
    options={
        "name": Option(help="New name, without the workspace."),
        "visibility": Option(help="Who has access besides its members"),
        "description": Option(help='What the project is about; "" clears it.'),
    },
    examples=(
        "mlsteward projects update ml-team/churn --visibility private",
        'mlsteward projects update ml-team/churn --name retention --description ""',
    ),
)
def update(done: Done[Project]) -> str:
    """Change a project. What you do not name stays as it is."""
    return f"project {done.result.full_name}"


@does(
    projects,
    "archive",
    lambda steward: steward.projects.archive,
    reads=lambda steward: steward.projects.get,
    examples=("mlsteward projects archive ml-team/churn",),
)
def archive(done: Done[Project]) -> str:
    return f"project {done.result.full_name} is archived"


@does(
    projects,
    "restore",
    lambda steward: steward.projects.restore,
    reads=lambda steward: steward.projects.get,
    examples=("mlsteward projects restore ml-team/churn",),
)
def restore(done: Done[Project]) -> str:
    return f"project {done.result.full_name} is active"


deletes(
    projects,
    "delete",
    lambda steward: steward.projects.delete,
    asks="Delete project {project} permanently?",
    told="project {project}",
    nothing="there is no project {project}",
    examples=("mlsteward projects delete ml-team/churn", "mlsteward projects delete ml-team/churn --yes"),
)
