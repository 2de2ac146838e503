"""`mlsteward service-accounts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsteward.cli.command import WORKSPACES, group
from mlsteward.cli.derived import deletes, does, lists
from mlsteward.cli.outcomes import Done
from mlsteward.cli.output import Columns
from mlsteward.cli.parameters import Option

if TYPE_CHECKING:
    from mlsteward.records.workspaces import ServiceAccount

service_accounts = group(WORKSPACES, "service-accounts", "Manage the accounts of programs in a workspace.")

_columns: Columns[ServiceAccount] = {
    "Name": lambda account: account.name,
    "Role": lambda account: account.role,
    "Created (UTC)": lambda account: account.created_at,
}

lists(
    service_accounts,
    "list",
    lambda steward: steward.service_accounts.list,
    columns=_columns,
    none="No service accounts.",
    examples=("mlsteward service-accounts list ml-team",),
)


@does(
    service_accounts,
    "create",
    lambda steward: steward.service_accounts.create,
    options={"name": Option(help="The part of its name before the @.")},
    examples=(
        "mlsteward service-accounts create ci --workspace ml-team",
        "mlsteward keys create pipeline --user ci@ml-team",
    ),
)
def create(done: Done[ServiceAccount]) -> str:
    """Create a service account.

    It needs an API key to call with, and a role in the projects it works on.
    """
    return f"service account {done.result.name} {done.is_ready}"


deletes(
    service_accounts,
    "delete",
    lambda steward: steward.service_accounts.delete,
    options={"service_account": Option(metavar="NAME")},
    asks="Delete service account {service_account} and its API keys?",
    told="service account {service_account}",
    nothing="there is no service account {service_account}",
    examples=("mlsteward service-accounts delete ci --workspace ml-team",),
)
