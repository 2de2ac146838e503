"""`mlsteward datasets`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from mlsteward.cli.bulk import bulk
from mlsteward.cli.call import Call
from mlsteward.cli.command import PROJECTS, group
from mlsteward.cli.derived import deletes, does, lists, runs, shows
from mlsteward.cli.listing import shape_of, shape_of_rows, show_list
from mlsteward.cli.outcomes import Done, Outcome, tell
from mlsteward.cli.output import Columns, moment, write_json
from mlsteward.cli.parameters import Option
from mlsteward.cli.session import Session
from mlsteward.errors import APIError, NotFound

if TYPE_CHECKING:
    from mlsteward.records.datasets import Dataset, DatasetAccess, DatasetGroupGrant, DatasetUserGrant

NO_ACCESS = "NO_ACCESS"

datasets = group(PROJECTS, "datasets", "Manage datasets and the permissions on them.")

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
_who = {
    "user": Option(help="An account: id, email, username or account@workspace."),
    "group": Option(help="A group: name or id."),
}
_permission = {"permission": Option(help="What they may do")}

lists(
    datasets,
    "list",
    lambda steward: steward.datasets.list,
    help="List the datasets you may view.",
    everywhere=True,
    options={"workspace": Option(help="Name or id (default: all your workspaces).")},
    columns=_columns,
    none="No datasets.",
    examples=("mlsteward datasets list", "mlsteward datasets list ml-team"),
)


@shows(
    datasets,
    "show",
    lambda steward: steward.datasets.get,
    examples=("mlsteward datasets show ml-team/images",),
)
def show(dataset: Dataset) -> Mapping[str, object]:
    """Show a dataset."""
    return {
        "Dataset": dataset.full_name,
        "Default": dataset.default_permission,
        "Creator": dataset.creator.username if dataset.creator else None,
        "Created": f"{moment(dataset.created_at)} UTC",
        "Id": dataset.id,
    }


@does(
    datasets,
    "create",
    lambda steward: steward.datasets.create,
    options={
        "name": Option(metavar="DATASET", help="workspace/name, or a name in the workspace."),
        "default_permission": Option(
            "--default",
            metavar="PERMISSION",
            help="What members may do unless they are granted something else (default: set in the workspace settings)",
        ),
    },
    examples=("mlsteward datasets create ml-team/images", "mlsteward datasets create images -w ml-team --default VIEW"),
)
def create(done: Done[Dataset]) -> str:
    """Create a dataset. You are granted MANAGE on it."""
    made = done.result
    return f"dataset {made.full_name} {done.is_ready}; members have {made.default_permission} by default"


deletes(
    datasets,
    "delete",
    lambda steward: steward.datasets.delete,
    help="Delete a dataset permanently, with every permission on it.",
    asks="Delete dataset {dataset} permanently, with every permission on it?",
    told="dataset {dataset}",
    nothing="there is no dataset {dataset}",
    examples=("mlsteward datasets delete ml-team/images", "mlsteward datasets delete ml-team/images --yes"),
)


def _check_permissions(session: Session, arguments: Mapping[str, object], by_group: bool) -> None:
    named = {"dataset", "user", "group"} & arguments.keys()
    if not named:
        raise click.UsageError("Name a dataset, or give --user or --group.")
    if named >= {"user", "group"} or (by_group and named != {"dataset"}):
        raise click.UsageError("Give only one of --user, --group, and a dataset with --by-group.")


@runs(
    datasets,
    "permissions",
    lambda steward: steward.datasets.permissions.list,
    is_list=True,
    arguments=("dataset",),
    options=_who,
    check=_check_permissions,
    examples=(
        "mlsteward datasets permissions ml-team/images",
        "mlsteward datasets permissions ml-team/images --by-group",
        "mlsteward datasets permissions --user jackie --workspace ml-team",
        "mlsteward datasets permissions ml-team/images --user jackie",
    ),
)
@click.option("--by-group", is_flag=True, help="List what groups were granted, instead of what accounts may do.")
def permissions(call: Call[Iterable[Any]], by_group: bool) -> None:
    """List who has access to a dataset, and why.

    With --user or --group instead of DATASET, list what they have access to. With both, show that
    permission.
    """
    session, found = call.session, call.steward.datasets.permissions
    user, group = call.get("user"), call.get("group")
    if call.get("dataset") is None:
        _show_of_one(session, call(), is_group=user is None)
    elif user is not None or group is not None:
        # In this order, whatever that of the command line is.
        given: dict[str, Any] = {
            name: call.get(name) for name in ("dataset", "user", "group", "workspace") if name in call.arguments
        }
        _show_permission(session, {**given, "permission": str(found.get(**given))})
    elif by_group:
        show_list(
            session, found.list_groups(**call.arguments), _by_group_columns, none="No group was granted anything."
        )
    else:
        show_list(session, call(), _account_columns, none="Nobody has access to the dataset.")


def _show_of_one(session: Session, found: Iterable[Any], *, is_group: bool) -> None:
    """What one account or group has access to: each is a dataset."""
    from mlsteward.records.datasets import DatasetAccess, DatasetGroupGrant

    shape = shape_of(DatasetGroupGrant if is_group else DatasetAccess, identity="dataset")
    none = "The group was granted nothing." if is_group else "They have access to no dataset."
    show_list(session, found, _group_columns if is_group else _user_columns, none=none, shape=shape)


def _show_permission(session: Session, found: Mapping[str, Any]) -> None:
    """One permission: an object, or a list of one row."""
    if session.as_json and session.columns is None:
        write_json(found)
    elif session.is_for_programs:
        show_list(session, [found], {}, none="", shape=shape_of_rows(tuple(found), identity="permission", of="It"))
    else:
        click.echo(found["permission"])


def _check_one(session: Session, arguments: Mapping[str, object]) -> None:
    if ("user" in arguments) == ("group" in arguments):
        raise click.UsageError("Give either --user or --group.")
    if "invite" in arguments and "user" not in arguments:
        raise click.UsageError("--invite requires --user.")


@runs(
    datasets,
    "grant",
    lambda steward: steward.datasets.permissions.grant,
    check=_check_one,
    options={
        **_who,
        **_permission,
        "invite": Option(help="Invite USER, an email address, if nobody in the workspace has it."),
    },
    examples=(
        "mlsteward datasets grant ml-team/images EDIT --group labelers",
        "mlsteward datasets grant ml-team/images NO_ACCESS --user ravi",
        "mlsteward datasets grant ml-team/images VIEW --user zoe@example.com --invite",
    ),
)
def grant(call: Call[DatasetUserGrant | DatasetGroupGrant]) -> None:
    """Grant an account or a group a permission.

    It replaces what was granted to them before. NO_ACCESS keeps an account out, no matter what its
    groups and the default give.
    """
    before = _granted_before(call)
    made = call()
    waits = getattr(made, "invitation_id", None) is not None
    told = f"{_whom(call)} has {made.permission} on dataset {made.dataset}"
    told += ", once they accept their invitation" if waits else ""
    tell(call.session, _outcome_of_grant(before, str(made.permission)), told, made)


def _granted_before(call: Call[Any]) -> str | None:
    """What was granted to the account or group itself, an empty text for nothing; None where that cannot be seen."""
    dataset, workspace, user = call.get("dataset"), call.get("workspace"), call.get("user")
    try:
        if user is None:
            granted = call.steward.datasets.permissions.get(dataset, workspace=workspace, group=call.get("group"))
            return "" if granted == NO_ACCESS else str(granted)
        found = call.steward.access.explain(user, dataset=dataset, workspace=workspace)
    except NotFound:
        # Somebody who is to be invited.
        return ""
    except APIError:
        return None
    return next((str(considered.role) for considered in found.considered if considered.rule == "own_grant"), "")


def _outcome_of_grant(before: str | None, now: str) -> Outcome:
    if before == now:
        return Outcome.UNCHANGED
    return Outcome.CREATED if before == "" else Outcome.CHANGED


@runs(
    datasets,
    "revoke",
    lambda steward: steward.datasets.permissions.revoke,
    check=_check_one,
    options=_who,
    examples=(
        "mlsteward datasets revoke ml-team/images --user ravi",
        "mlsteward datasets revoke ml-team/images --group labelers",
    ),
)
def revoke(call: Call[None]) -> None:
    """Revoke what was granted to an account or a group.

    An account keeps what its groups and the default give it.
    """
    done = call.carry_out(Outcome.DELETED)
    gone = done.outcome == Outcome.DELETED
    dataset, whom = call.get("dataset"), call.get("user") or call.get("group")
    told = f"the permission of {_whom(call)} on dataset {dataset}"
    nothing = f"{_whom(call)} has no permission of its own on dataset {dataset}"
    tell(call.session, done.outcome, told if gone else nothing, {"revoked": whom if gone else None, "dataset": dataset})


@does(
    datasets,
    "default",
    lambda steward: steward.datasets.permissions.set_default,
    reads=lambda steward: steward.datasets.get,
    options=_permission,
    examples=("mlsteward datasets default ml-team/images VIEW",),
)
def set_default(done: Done[Dataset]) -> str:
    """Set what members may do with a dataset by default.

    It applies unless they are granted something else. Collaborators and guests have no default.
    """
    return f"members have {done.result.default_permission} on dataset {done.result.full_name} by default"


def _whom(call: Call[Any]) -> str:
    return str(call.get("user") or f"group {call.get('group')}")


bulk(
    datasets,
    "grant-many",
    lambda steward: steward.datasets.permissions.grant_many,
    rows="rows",
    arguments=("dataset",),
    has="the column user or group, the column permission, and perhaps invite",
    help="Grant many accounts and groups a permission.",
    examples=("mlsteward datasets grant-many ml-team/images grants.csv --dry-run",),
)
