"""`mlsteward workspaces settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsteward.cli.command import Group, choice, workspace_argument
from mlsteward.cli.output import show_details
from mlsteward.cli.session import Session
from mlsteward.records.enums import DatasetPermission, WorkspaceRole

if TYPE_CHECKING:
    from mlsteward.records.workspaces import OrganizationSettings


@click.group("settings", cls=Group)
def settings() -> None:
    """What counts in a workspace where nothing else is said: show, set."""


@settings.command("show", about_workspace=True, examples=("mlsteward workspaces settings show ml-team",))
@workspace_argument
@click.pass_obj
def show(session: Session, workspace: str | None) -> None:
    """Show the settings of a workspace. For its admins."""
    with session.steward() as steward:
        found = steward.workspaces.settings.get(session.home(workspace))
    _show(session, found)


@settings.command(
    "set",
    about_workspace=True,
    examples=(
        "mlsteward workspaces settings set ml-team --default-dataset-permission VIEW",
        "mlsteward workspaces settings set ml-team --default-user-role guest",
    ),
)
@workspace_argument
@choice("--default-user-role", words=WorkspaceRole, metavar="ROLE", help="What people become without a role:")
@choice(
    "--default-dataset-permission",
    words=DatasetPermission,
    metavar="PERMISSION",
    help="What members may do with a new dataset:",
)
@choice(
    "--operator-minimum-role",
    words=WorkspaceRole,
    metavar="ROLE",
    help="The lowest role that may run an operator:",
)
@choice(
    "--operator-minimum-dataset-permission",
    words=DatasetPermission,
    metavar="PERMISSION",
    help="The lowest permission to run one with:",
)
@click.pass_obj
def change(
    session: Session,
    workspace: str | None,
    default_user_role: str | None,
    default_dataset_permission: str | None,
    operator_minimum_role: str | None,
    operator_minimum_dataset_permission: str | None,
) -> None:
    """Change the settings of a workspace. For its admins.

    What is not given stays as it is. Settings count for what comes later: people, datasets and
    invitations that are there keep what they have.
    """
    changes: dict[str, Any] = {
        "default_user_role": default_user_role,
        "default_dataset_permission": default_dataset_permission,
        "default_operator_minimum_role": operator_minimum_role,
        "default_operator_minimum_dataset_permission": operator_minimum_dataset_permission,
    }
    if not any(changes.values()):
        raise click.UsageError("Give at least one thing to change.")
    with session.steward() as steward:
        changed = steward.workspaces.settings.update(session.home(workspace), **changes)
    _show(session, changed)


def _show(session: Session, found: OrganizationSettings) -> None:
    show_details(
        session,
        found,
        {
            "Default user role": found.default_user_role,
            "Default dataset permission": found.default_dataset_permission,
            "Operator minimum role": found.default_operator_minimum_role,
            "Operator minimum dataset permission": found.default_operator_minimum_dataset_permission,
        },
    )
