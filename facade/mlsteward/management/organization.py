"""The defaults of the workspace.

The functions name no workspace: they act on the one that is configured, or the default one of the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsteward.management._session import client
from mlsteward.management._words import member_of
from mlsteward.management.roles import DatasetPermission, UserRole
from mlsteward.management.users import role_on_the_wire, to_role
from mlsteward.records.enums import WorkspaceRole

if TYPE_CHECKING:
    from mlsteward import records as client_records
    from mlsteward.management.records import OrganizationSettings

__all__ = [
    "get_organization_settings",
    "set_organization_settings",
]


def get_organization_settings() -> OrganizationSettings:
    """The settings of the workspace. For its admins.

    Raises:
        Forbidden: The caller is no admin.
        WorkspaceNotFound: The caller is not in the configured workspace, or in none at all.
    """
    with client(None) as steward:
        return _settings(steward.workspaces.settings.get())


def set_organization_settings(
    *,
    default_user_role: UserRole | str | None = None,
    default_dataset_permission: DatasetPermission | str | None = None,
    default_operator_minimum_role: UserRole | str | None = None,
    default_operator_minimum_dataset_permission: DatasetPermission | str | None = None,
) -> OrganizationSettings:
    """Change settings of the workspace. Arguments that are None stay as they are. For admins.

    Settings apply to what is created later. Existing people, datasets and plugins keep what they have.

    Args:
        default_user_role: What people are in the workspace unless something else is said.
        default_dataset_permission: What members may do with a new dataset unless something else is said.
        default_operator_minimum_role: What somebody has to be to run an operator of a new plugin.
        default_operator_minimum_dataset_permission: What they have to be allowed to do with the dataset.

    Returns:
        All settings as they are now.

    Raises:
        UnsupportedValue: There is no such role or permission; then nothing is changed (a `ValueError`).
        Forbidden: The caller is no admin.
        WorkspaceNotFound: The caller is not in the configured workspace, or in none at all.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:") as steward:
        ...     _ = steward.workspaces.create("ml-team")
        ...     settings = fom.set_organization_settings(default_user_role=fom.GUEST)
        ...     settings.default_user_role, settings.default_dataset_permission
        (<UserRole.GUEST: 'GUEST'>, <DatasetPermission.NO_ACCESS: 'NO_ACCESS'>)
    """
    user_role = _role("default_user_role", default_user_role)
    dataset_permission = _permission("default_dataset_permission", default_dataset_permission)
    operator_role = _role("default_operator_minimum_role", default_operator_minimum_role)
    operator_permission = _permission(
        "default_operator_minimum_dataset_permission", default_operator_minimum_dataset_permission
    )
    with client(None) as steward:
        changed = steward.workspaces.settings.update(
            default_user_role=user_role,
            default_dataset_permission=dataset_permission,
            default_operator_minimum_role=operator_role,
            default_operator_minimum_dataset_permission=operator_permission,
        )
        return _settings(changed)


def _role(argument: str, role: object) -> WorkspaceRole | None:
    return None if role is None else role_on_the_wire(role, argument)


def _permission(argument: str, permission: object) -> DatasetPermission | None:
    return None if permission is None else member_of(argument, permission, DatasetPermission)


def _settings(found: client_records.OrganizationSettings) -> OrganizationSettings:
    from mlsteward.management.records import OrganizationSettings

    return OrganizationSettings(
        default_user_role=to_role(found.default_user_role),
        default_dataset_permission=found.default_dataset_permission,
        default_operator_minimum_role=to_role(found.default_operator_minimum_role),
        default_operator_minimum_dataset_permission=found.default_operator_minimum_dataset_permission,
    )


def __getattr__(name: str) -> object:
    if name != "OrganizationSettings":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mlsteward.management import records

    return records.OrganizationSettings
