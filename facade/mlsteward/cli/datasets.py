"""`mlsteward datasets`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsteward.cli.ask import ask
from mlsteward.cli.command import Group, choice, exist_ok, limit, missing_ok, workspace_argument, yes
from mlsteward.cli.output import Columns, moment, say, show_details, show_list
from mlsteward.cli.session import Session
from mlsteward.records.enums import DatasetPermission

if TYPE_CHECKING:
    from mlsteward.records.datasets import Dataset, DatasetAccess, DatasetGroupGrant
    from mlsteward.records.enums import DatasetPermissionLike

PERMISSIONS = click.Choice([permission.value for permission in DatasetPermission], case_sensitive=False)


def _user_or_group(command: Any) -> Any:
    for decorate in (
        click.option("--group", metavar="GROUP", help="A group: name or id."),
        click.option("--user", metavar="USER", help="An account: id, email, username or account@workspace."),
    ):
        command = decorate(command)
    return command


@click.group(cls=Group)
def datasets() -> None:
    """Datasets: list, create, permissions, grant, and more."""


_columns: Columns[Dataset] = {
    "Dataset": lambda dataset: dataset.full_name,
    "Default": lambda dataset: dataset.default_permission,
    "Creator": lambda dataset: dataset.creator.username if dataset.creator else None,
    "Created (UTC)": lambda dataset: dataset.created_at,
}
_account_columns: Columns[DatasetAccess] = {
    "Account": lambda access: access.username,
    "Permission": lambda access: access.permission,
    "Rule": lambda access: access.rule,
    "Group": lambda access: access.group,
}
_user_columns: Columns[DatasetAccess] = {
    "Dataset": lambda access: access.dataset,
    "Permission": lambda access: access.permission,
    "Rule": lambda access: access.rule,
    "Group": lambda access: access.group,
}
_by_group_columns: Columns[DatasetGroupGrant] = {
    "Group": lambda grant: grant.group,
    "Permission": lambda grant: grant.permission,
}
_group_columns: Columns[DatasetGroupGrant] = {
    "Dataset": lambda grant: grant.dataset,
    "Permission": lambda grant: grant.permission,
}


@datasets.command("list", about_workspace=True, examples=("mlsteward datasets list", "mlsteward datasets list ml-team"))
@workspace_argument
@limit
@click.pass_obj
def list_datasets(session: Session, workspace: str | None, limit: int | None) -> None:
    """List the datasets you may view."""
    home = session.home(workspace) or session.workspace
    with session.steward() as steward:
        show_list(session, steward.datasets.list(workspace=home, limit=limit), _columns, none="No datasets.")


@datasets.command("show", about_workspace=True, examples=("mlsteward datasets show ml-team/images",))
@click.argument("dataset")
@click.pass_obj
def show(session: Session, dataset: str) -> None:
    """Show a dataset.

    DATASET is workspace/name, a name in the workspace that is meant, or an id.
    """
    with session.steward() as steward:
        found = steward.datasets.get(dataset)
    show_details(
        session,
        found,
        {
            "Dataset": found.full_name,
            "Default": found.default_permission,
            "Creator": found.creator.username if found.creator else None,
            "Created": f"{moment(found.created_at)} UTC",
            "Id": found.id,
        },
    )


@datasets.command(
    "create",
    about_workspace=True,
    examples=("mlsteward datasets create ml-team/images", "mlsteward datasets create images -w ml-team --default VIEW"),
)
@click.argument("dataset")
@choice(
    "--default",
    words=DatasetPermission,
    metavar="PERMISSION",
    help="What members may do unless something else is granted; what the workspace settings say unless given:",
)
@exist_ok
@click.pass_obj
def create(session: Session, dataset: str, default: DatasetPermissionLike | None, exist_ok: bool) -> None:
    """Create a dataset. You are granted MANAGE on it.

    DATASET is workspace/name, or a name in the workspace that is meant.
    """
    with session.steward() as steward:
        made = steward.datasets.create(dataset, default_permission=default, exist_ok=exist_ok)
    say(session, f"The dataset {made.full_name} is there; members have {made.default_permission} by default.", made)


@datasets.command(
    "delete",
    about_workspace=True,
    examples=("mlsteward datasets delete ml-team/images", "mlsteward datasets delete ml-team/images --yes"),
)
@click.argument("dataset")
@missing_ok
@yes
@click.pass_obj
def delete(session: Session, dataset: str, missing_ok: bool, yes: bool) -> None:
    """Delete a dataset for good, with everything granted on it."""
    ask(f"Delete the dataset {dataset} for good, with everything granted on it?", yes=yes)
    with session.steward() as steward:
        steward.datasets.delete(dataset, missing_ok=missing_ok)
    say(session, f"Deleted the dataset {dataset}.", {"deleted": dataset})


@datasets.command(
    "permissions",
    about_workspace=True,
    examples=(
        "mlsteward datasets permissions ml-team/images",
        "mlsteward datasets permissions ml-team/images --by-group",
        "mlsteward datasets permissions --user jackie --workspace ml-team",
        "mlsteward datasets permissions ml-team/images --user jackie",
    ),
)
@click.argument("dataset", required=False)
@_user_or_group
@click.option("--by-group", is_flag=True, help="What groups were granted, instead of what accounts may do.")
@limit
@click.pass_obj
def permissions(
    session: Session, dataset: str | None, user: str | None, group: str | None, by_group: bool, limit: int | None
) -> None:
    """List who has access to a dataset, and why.

    With --user or --group instead of DATASET: what they have access to. With both: that permission.
    """
    if dataset is None and user is None and group is None:
        raise click.UsageError("Name a dataset, or give --user or --group.")
    if (user is not None and group is not None) or (by_group and (dataset is None or user or group)):
        raise click.UsageError("Give only one of --user, --group, and a dataset with --by-group.")
    with session.steward() as steward:
        if dataset is not None and (user is not None or group is not None):
            permission = steward.datasets.permissions.get(dataset, user=user, group=group)
            whose = {"user": user} if user is not None else {"group": group}
            say(session, permission, {"dataset": dataset, **whose, "permission": str(permission)})
        elif dataset is not None and by_group:
            granted = steward.datasets.permissions.list_groups(dataset, limit=limit)
            show_list(session, granted, _by_group_columns, none="No group was granted anything.")
        elif dataset is not None:
            found = steward.datasets.permissions.list(dataset, limit=limit)
            show_list(session, found, _account_columns, none="Nobody has access to the dataset.")
        elif user is not None:
            found = steward.datasets.permissions.list(user=user, limit=limit)
            show_list(session, found, _user_columns, none="They have access to no dataset.")
        elif group is not None:
            granted = steward.datasets.permissions.list(group=group, limit=limit)
            show_list(session, granted, _group_columns, none="The group was granted nothing.")


@datasets.command(
    "grant",
    about_workspace=True,
    examples=(
        "mlsteward datasets grant ml-team/images EDIT --group labelers",
        "mlsteward datasets grant ml-team/images NO_ACCESS --user ravi",
        "mlsteward datasets grant ml-team/images VIEW --user zoe@example.com --invite",
    ),
)
@click.argument("dataset")
@click.argument("permission", type=PERMISSIONS, metavar="PERMISSION")
@_user_or_group
@click.option("--invite", is_flag=True, help="Invite USER, an email address, if nobody in the workspace has it.")
@click.pass_obj
def grant(
    session: Session, dataset: str, permission: DatasetPermissionLike, user: str | None, group: str | None, invite: bool
) -> None:
    """Grant an account or a group a permission.

    It counts instead of what they were granted before. PERMISSION is NO_ACCESS, VIEW, TAG, EDIT or
    MANAGE. NO_ACCESS keeps an account out, whatever its groups and the default give.
    """
    _one_of(user, group)
    if invite and user is None:
        raise click.UsageError("--invite goes with --user.")
    with session.steward() as steward:
        if user is None:
            of_group = steward.datasets.permissions.grant(dataset, permission, group=str(group))
            say(
                session,
                f"The group {of_group.group} was granted {of_group.permission} on the dataset {of_group.dataset}.",
                of_group,
            )
            return
        made = steward.datasets.permissions.grant(dataset, permission, user=user, invite=invite)
    told = f"{made.username or user} was granted {made.permission} on the dataset {made.dataset}"
    if made.invitation_id is not None:
        told += "; it counts once they accept their invitation"
    say(session, f"{told}.", made)


@datasets.command(
    "revoke",
    about_workspace=True,
    examples=(
        "mlsteward datasets revoke ml-team/images --user ravi",
        "mlsteward datasets revoke ml-team/images --group labelers",
    ),
)
@click.argument("dataset")
@_user_or_group
@missing_ok
@click.pass_obj
def revoke(session: Session, dataset: str, user: str | None, group: str | None, missing_ok: bool) -> None:
    """Take back what was granted to an account or a group.

    What its groups and the default give an account stays.
    """
    _one_of(user, group)
    with session.steward() as steward:
        steward.datasets.permissions.revoke(dataset, user=user, group=group, missing_ok=missing_ok)
    whom = user if user is not None else f"the group {group}"
    say(
        session,
        f"Nothing is granted to {whom} on the dataset {dataset} any more.",
        {"revoked": user if user is not None else group, "dataset": dataset},
    )


@datasets.command("default", about_workspace=True, examples=("mlsteward datasets default ml-team/images VIEW",))
@click.argument("dataset")
@click.argument("permission", type=PERMISSIONS, metavar="PERMISSION")
@click.pass_obj
def set_default(session: Session, dataset: str, permission: DatasetPermissionLike) -> None:
    """Set what members may do by default.

    That is, unless something else is granted. PERMISSION is NO_ACCESS, VIEW, TAG, EDIT or MANAGE.
    Collaborators and guests gain nothing from it.
    """
    with session.steward() as steward:
        changed = steward.datasets.permissions.set_default(dataset, permission)
    say(session, f"Members have {changed.default_permission} on the dataset {changed.full_name} by default.", changed)


def _one_of(user: str | None, group: str | None) -> None:
    if (user is None) == (group is None):
        raise click.UsageError("Give either --user or --group.")
