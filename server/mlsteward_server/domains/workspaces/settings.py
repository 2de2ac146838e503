"""The settings of a workspace: its defaults."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import DatasetPermission, OrganizationSettings, OrganizationSettingsUpdate, WorkspaceRole
from mlsteward_api.types import Unset
from sqlalchemy import Row, select, update

from mlsteward_server.context import Context
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.storage.tables.workspaces import workspaces


def get_organization_settings(context: Context) -> OrganizationSettings:
    """Return the settings of the workspace."""
    return _settings(context[WORKSPACE].row)


def update_organization_settings(context: Context, body: OrganizationSettingsUpdate) -> OrganizationSettings:
    """Change the settings of the workspace. They apply to new objects."""
    given = {
        "default_user_role": body.default_user_role,
        "default_dataset_permission": body.default_dataset_permission,
        "default_operator_minimum_role": body.default_operator_minimum_role,
        "default_operator_minimum_dataset_permission": body.default_operator_minimum_dataset_permission,
    }
    same = workspaces.c.id == context[WORKSPACE].id
    changes = {column: value for column, value in given.items() if not isinstance(value, Unset)}
    context.connection.execute(update(workspaces).where(same).values(changes))
    return _settings(context.connection.execute(select(workspaces).where(same)).one())


# ---- steps


def _settings(row: Row[Any]) -> OrganizationSettings:
    return OrganizationSettings(
        default_user_role=WorkspaceRole(row.default_user_role),
        default_dataset_permission=DatasetPermission(row.default_dataset_permission),
        default_operator_minimum_role=WorkspaceRole(row.default_operator_minimum_role),
        default_operator_minimum_dataset_permission=DatasetPermission(row.default_operator_minimum_dataset_permission),
    )
