"""Workspaces, their plans and settings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from mlsteward_api.api.workspaces import (
    create_workspace,
    get_organization_settings,
    get_workspace,
    get_workspace_status,
    list_workspaces,
    update_organization_settings,
    update_workspace,
)
from mlsteward_api.models.organization_settings_update import OrganizationSettingsUpdate
from mlsteward_api.models.plan_update import PlanUpdate
from mlsteward_api.models.workspace_create import WorkspaceCreate
from mlsteward_api.models.workspace_update import WorkspaceUpdate

from mlsteward._async.resource import AsyncNamespace, AsyncResource
from mlsteward._types import NOT_GIVEN, NotGiven
from mlsteward.connection import AsyncConnection
from mlsteward.errors import InvalidArgument
from mlsteward.pagination import AsyncPager
from mlsteward.records.enums import (
    DatasetPermission,
    DatasetPermissionLike,
    Visibility,
    VisibilityLike,
    WorkspaceRole,
    WorkspaceRoleLike,
)
from mlsteward.records.workspaces import (
    OrganizationSettings,
    Workspace,
    WorkspaceStatus,
    read_organization_settings,
    read_status,
    read_workspace,
)
from mlsteward.references import text
from mlsteward.serialization import choice, given, given_choice, nullable


class AsyncWorkspaces(AsyncNamespace):
    """Workspaces, their plans and settings.

    Attributes:
        settings: The defaults of a workspace.

    Example:
        >>> import asyncio
        >>> from mlsteward import AsyncSteward
        >>> async def main() -> int | None:
        ...     async with AsyncSteward(path=":memory:") as steward:
        ...         workspace = await steward.workspaces.create("ml-team", projects_limit=20)
        ...         return workspace.plan.projects_limit
        >>> asyncio.run(main())
        20
    """

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self.settings = AsyncWorkspaceSettings(connection)

    def list(
        self, *, limit: int | None = None, page_size: int | None = None, timeout: float | None = None
    ) -> AsyncPager[Workspace]:
        """List the workspaces the caller is in, by name. Lists every workspace for the platform operator.

        Args:
            limit: Maximum number of workspaces (default: all).
            page_size: Number of workspaces per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Example:
            >>> [workspace.name async for workspace in steward.workspaces.list()]
            ['ml-team']
        """
        return self._list(
            partial(list_workspaces.request), read_workspace, limit=limit, page_size=page_size, timeout=timeout
        )

    async def get(self, workspace: str | None = None, *, timeout: float | None = None) -> Workspace:
        """Get a workspace.

        Args:
            workspace: Name or id (default: the default workspace).

        Raises:
            WorkspaceNotFound: The workspace does not exist, or the caller cannot see it.

        Example:
            >>> str((await steward.workspaces.get("ml-team")).role)
            'admin'
        """
        return await self._connection.call(
            get_workspace.request(workspace=self._workspace(workspace)), read_workspace, timeout=timeout
        )

    async def create(
        self,
        name: str,
        *,
        admin: str | None = None,
        projects_limit: int | None = None,
        storage_bytes_limit: int | None = None,
        allowed_visibilities: Iterable[VisibilityLike] | None = None,
        exist_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Workspace:
        """Create a workspace. For the platform operator.

        Args:
            name: Letters, digits, `-` and `_`; unique, case-insensitive.
            admin: Id, email or username of its first admin (default: the caller).
            projects_limit: Maximum number of active projects (default: no limit).
            storage_bytes_limit: Maximum number of bytes stored (default: no limit).
            allowed_visibilities: The visibilities that its projects may have (default: all).
            exist_ok: Return the existing workspace, unchanged, instead of failing.

        Raises:
            AlreadyExists: There is a workspace with this name.

        Example:
            >>> workspace = await steward.workspaces.create("research", projects_limit=10)
            >>> workspace.plan.projects_limit
            10
        """
        plan = PlanUpdate(
            projects_limit=given(projects_limit),
            storage_bytes_limit=given(storage_bytes_limit),
            allowed_visibilities=given(_visibilities(allowed_visibilities)),
        )
        return await self._create(
            create_workspace.request(body=WorkspaceCreate(name=text("name", name), admin=given(admin), plan=plan)),
            read_workspace,
            taken="workspace_name_taken",
            find=lambda: self.get(name, timeout=timeout),
            exist_ok=exist_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    async def update(
        self,
        workspace: str,
        *,
        projects_limit: int | NotGiven | None = NOT_GIVEN,
        storage_bytes_limit: int | NotGiven | None = NOT_GIVEN,
        allowed_visibilities: Iterable[VisibilityLike] | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Workspace:
        """Change the plan of a workspace. For the platform operator. Arguments that are not given stay as they are.

        Args:
            workspace: Name or id.
            projects_limit: Maximum number of active projects; None for no limit.
            storage_bytes_limit: Maximum number of bytes stored; None for no limit.
            allowed_visibilities: The visibilities that its projects may have.
            if_match: The `etag` of the response in which you read it, see `raw_responses()`. If it was changed since,
                `PreconditionFailed` is raised and nothing is changed.

        Raises:
            WorkspaceNotFound: The workspace does not exist.

        Example:
            >>> workspace = await steward.workspaces.update("ml-team", projects_limit=50)
            >>> workspace.plan.projects_limit
            50
        """
        plan = PlanUpdate(
            projects_limit=nullable(projects_limit),
            storage_bytes_limit=nullable(storage_bytes_limit),
            allowed_visibilities=given(_visibilities(allowed_visibilities)),
        )
        return await self._connection.call(
            update_workspace.request(workspace=self._workspace(workspace), body=WorkspaceUpdate(plan=plan)),
            read_workspace,
            timeout=timeout,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    async def status(self, workspace: str | None = None, *, timeout: float | None = None) -> WorkspaceStatus:
        """Get how much of its plan a workspace uses.

        Args:
            workspace: Name or id (default: the default workspace).

        Raises:
            NotAvailable: The server is self-hosted and has no plans.

        Example:
            >>> (await steward.workspaces.status()).members_count
            3
        """
        return await self._connection.call(
            get_workspace_status.request(workspace=self._workspace(workspace)), read_status, timeout=timeout
        )


class AsyncWorkspaceSettings(AsyncResource):
    """The defaults of a workspace. For its admins."""

    async def get(self, workspace: str | None = None, *, timeout: float | None = None) -> OrganizationSettings:
        """Get the settings of a workspace.

        Args:
            workspace: Name or id (default: the default workspace).

        Example:
            >>> str((await steward.workspaces.settings.get()).default_user_role)
            'member'
        """
        return await self._connection.call(
            get_organization_settings.request(workspace=self._workspace(workspace)),
            read_organization_settings,
            timeout=timeout,
        )

    async def update(
        self,
        workspace: str | None = None,
        *,
        default_user_role: WorkspaceRoleLike | None = None,
        default_dataset_permission: DatasetPermissionLike | None = None,
        default_operator_minimum_role: WorkspaceRoleLike | None = None,
        default_operator_minimum_dataset_permission: DatasetPermissionLike | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> OrganizationSettings:
        """Change the settings of a workspace. Arguments that are not given stay as they are.

        Settings apply to what is created later. Existing people, datasets and invitations keep what they have.

        Args:
            workspace: Name or id (default: the default workspace).
            default_user_role: The role of people who are added or invited without one.
            default_dataset_permission: The permission that members have on a new dataset.
            default_operator_minimum_role: The lowest role that may run an operator.
            default_operator_minimum_dataset_permission: The lowest permission on a dataset that an operator may run
                with.
            if_match: The `etag` of the response in which you read it, see `raw_responses()`. If it was changed since,
                `PreconditionFailed` is raised and nothing is changed.

        Example:
            >>> settings = await steward.workspaces.settings.update(default_user_role="guest")
            >>> str(settings.default_user_role)
            'guest'
        """
        roles = {"default_user_role": default_user_role, "default_operator_minimum_role": default_operator_minimum_role}
        permissions = {
            "default_dataset_permission": default_dataset_permission,
            "default_operator_minimum_dataset_permission": default_operator_minimum_dataset_permission,
        }
        body = OrganizationSettingsUpdate(
            **{name: given_choice(name, role, WorkspaceRole) for name, role in roles.items()},
            **{name: given_choice(name, permission, DatasetPermission) for name, permission in permissions.items()},
        )
        # The API refuses a change of nothing.
        if not body.to_dict():
            return await self.get(workspace, timeout=timeout)
        return await self._connection.call(
            update_organization_settings.request(workspace=self._workspace(workspace), body=body),
            read_organization_settings,
            timeout=timeout,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )


def _visibilities(values: Iterable[VisibilityLike] | None) -> list[Any] | None:
    if values is None:
        return None
    if isinstance(values, str):
        raise InvalidArgument("allowed_visibilities must be a collection of visibilities, not one str")
    return [choice("allowed_visibilities", value, Visibility) for value in values]
