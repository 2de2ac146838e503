"""`mlsteward workspaces settings`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlsteward.cli.call import Call
from mlsteward.cli.command import group
from mlsteward.cli.commands.workspaces import workspaces
from mlsteward.cli.derived import runs, shows
from mlsteward.cli.outcomes import Outcome, tell
from mlsteward.cli.output import show_details
from mlsteward.cli.parameters import Option

if TYPE_CHECKING:
    from mlsteward.records.workspaces import OrganizationSettings

settings = group(workspaces, "settings", "Manage the default roles and permissions of a workspace.")


def _fields(found: OrganizationSettings) -> Mapping[str, object]:
    return {
        "Default user role": found.default_user_role,
        "Default dataset permission": found.default_dataset_permission,
        "Operator minimum role": found.default_operator_minimum_role,
        "Operator minimum dataset permission": found.default_operator_minimum_dataset_permission,
    }


shows(
    settings,
    "show",
    lambda steward: steward.workspaces.settings.get,
    help="Show the settings of a workspace. For its admins.",
    examples=("mlsteward workspaces settings show ml-team",),
)(_fields)


@runs(
    settings,
    "set",
    lambda steward: steward.workspaces.settings.update,
    options={
        "default_user_role": Option(help="Role of people who are added or invited without one"),
        "default_dataset_permission": Option(help="What members may do with a new dataset"),
        "default_operator_minimum_role": Option("--operator-minimum-role", help="Lowest role that may run an operator"),
        "default_operator_minimum_dataset_permission": Option(
            "--operator-minimum-dataset-permission", help="Lowest permission on a dataset to run an operator with"
        ),
    },
    examples=(
        "mlsteward workspaces settings set ml-team --default-dataset-permission VIEW",
        "mlsteward workspaces settings set ml-team --default-user-role guest",
    ),
)
def change(call: Call[OrganizationSettings]) -> None:
    """Change the settings of a workspace. For its admins.

    What you do not name stays as it is. The settings apply to what comes later: existing people,
    datasets and invitations keep what they have.
    """
    done = call.carry_out(Outcome.CHANGED, reads=lambda steward: steward.workspaces.settings.get)
    tell(call.session, done.outcome, "settings of the workspace", done.result)
    if not call.session.as_json:
        show_details(call.session, done.result, _fields(done.result))
