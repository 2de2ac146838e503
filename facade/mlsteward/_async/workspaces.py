"""Workspaces, their members, service accounts and invitations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from mlsteward_api.api.workspaces import (
    accept_invitation,
    create_invitation,
    create_member,
    create_service_account,
    create_workspace,
    delete_member,
    delete_service_account,
    get_member,
    get_organization_settings,
    get_workspace,
    get_workspace_status,
    list_invitations,
    list_members,
    list_service_accounts,
    list_workspaces,
    offboard_member,
    preview_offboarding,
    revoke_invitation,
    set_member_role,
    update_organization_settings,
    update_workspace,
)
from mlsteward_api.models.invitation_accept import InvitationAccept
from mlsteward_api.models.invitation_create import InvitationCreate
from mlsteward_api.models.member_create import MemberCreate
from mlsteward_api.models.member_update import MemberUpdate
from mlsteward_api.models.member_view import MemberView
from mlsteward_api.models.offboarding_request import OffboardingRequest
from mlsteward_api.models.organization_settings_update import OrganizationSettingsUpdate
from mlsteward_api.models.plan_update import PlanUpdate
from mlsteward_api.models.service_account_create import ServiceAccountCreate
from mlsteward_api.models.workspace_create import WorkspaceCreate
from mlsteward_api.models.workspace_update import WorkspaceUpdate
from mlsteward_api.types import UNSET

from mlsteward._arguments import choice, exactly_one, given, given_choice
from mlsteward._async.listing import listing
from mlsteward._types import NOT_GIVEN, NotGiven
from mlsteward.connection import AsyncConnection
from mlsteward.errors import (
    AlreadyExists,
    InvalidArgument,
    NotFound,
)
from mlsteward.names import text, workspace_reference
from mlsteward.pagination import AsyncPager
from mlsteward.records.enums import DatasetPermission, Visibility, WorkspaceRole
from mlsteward.records.workspaces import (
    AcceptedInvitation,
    Invitation,
    Member,
    Offboarding,
    OrganizationSettings,
    ServiceAccount,
    Workspace,
    WorkspaceStatus,
    read_accepted,
    read_invitation,
    read_member,
    read_offboarding,
    read_organization_settings,
    read_service_account,
    read_status,
    read_workspace,
)


class AsyncWorkspaces:
    """Workspaces, their plans and settings.

    Attributes:
        settings: What counts in a workspace where nothing else is said.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.settings = AsyncWorkspaceSettings(connection)

    def list(self, *, limit: int | None = None, page_size: int | None = None) -> AsyncPager[Workspace]:
        """The workspaces the caller is in, by name; for the platform operator all there are.

        Args:
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """

        return listing(self._connection, list_workspaces, read_workspace, limit=limit, page_size=page_size)

    async def get(self, workspace: str | None = None) -> Workspace:
        """A workspace.

        Args:
            workspace: Name or id; the default workspace unless given.

        Raises:
            WorkspaceNotFound: There is none that the caller can see.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_workspace(await self._connection.call(get_workspace, workspace=reference))

    async def create(
        self,
        name: str,
        *,
        admin: str | None = None,
        projects_limit: int | None = None,
        storage_bytes_limit: int | None = None,
        allowed_visibilities: Iterable[Visibility | str] | None = None,
        exist_ok: bool = False,
    ) -> Workspace:
        """Create a workspace. For the platform operator.

        Args:
            name: Letters, digits, `-` and `_`; unique whatever the case.
            admin: Id, email or username of its first admin; the caller unless given.
            projects_limit: How many active projects it may have; no limit unless given.
            storage_bytes_limit: How many bytes it may store; no limit unless given.
            allowed_visibilities: What visibilities its projects may have; all unless given.
            exist_ok: Give back the workspace there is, as it is, instead of failing.

        Raises:
            AlreadyExists: There is one with this name.
        """
        plan = PlanUpdate(
            projects_limit=UNSET if projects_limit is None else projects_limit,
            storage_bytes_limit=UNSET if storage_bytes_limit is None else storage_bytes_limit,
            allowed_visibilities=_visibilities(allowed_visibilities),
        )
        body = WorkspaceCreate(name=text("name", name), admin=given(admin), plan=plan)
        try:
            return read_workspace(await self._connection.call(create_workspace, body=body))
        except AlreadyExists:
            if not exist_ok:
                raise
            return await self.get(name)

    async def update(
        self,
        workspace: str,
        *,
        projects_limit: int | NotGiven | None = NOT_GIVEN,
        storage_bytes_limit: int | NotGiven | None = NOT_GIVEN,
        allowed_visibilities: Iterable[Visibility | str] | None = None,
    ) -> Workspace:
        """Change the plan of a workspace. For the platform operator. What is not given stays as it is.

        Args:
            workspace: Name or id.
            projects_limit: How many active projects it may have; None is no limit.
            storage_bytes_limit: How many bytes it may store; None is no limit.
            allowed_visibilities: What visibilities its projects may have.
        """
        plan = PlanUpdate(
            projects_limit=given(projects_limit, none_is_a_value=True),
            storage_bytes_limit=given(storage_bytes_limit, none_is_a_value=True),
            allowed_visibilities=_visibilities(allowed_visibilities),
        )
        body = WorkspaceUpdate(plan=plan)
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_workspace(await self._connection.call(update_workspace, workspace=reference, body=body))

    async def status(self, workspace: str | None = None) -> WorkspaceStatus:
        """How much of its plan a workspace uses.

        Args:
            workspace: Name or id; the default workspace unless given.

        Raises:
            NotAvailable: The server is self-hosted and has no plans.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_status(await self._connection.call(get_workspace_status, workspace=reference))


class AsyncWorkspaceSettings:
    """What counts in a workspace where nothing else is said. For admins of the workspace."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, workspace: str | None = None) -> OrganizationSettings:
        """The settings of a workspace.

        Args:
            workspace: Name or id; the default workspace unless given.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_organization_settings(await self._connection.call(get_organization_settings, workspace=reference))

    async def update(
        self,
        workspace: str | None = None,
        *,
        default_user_role: WorkspaceRole | str | None = None,
        default_dataset_permission: DatasetPermission | str | None = None,
        default_operator_minimum_role: WorkspaceRole | str | None = None,
        default_operator_minimum_dataset_permission: DatasetPermission | str | None = None,
    ) -> OrganizationSettings:
        """Change the settings of a workspace. What is not given stays as it is.

        They count for what comes later: people, datasets and invitations there are keep what they have.

        Args:
            workspace: Name or id; the default workspace unless given.
            default_user_role: What people become who are added or invited without a role.
            default_dataset_permission: What a new dataset gives members by default.
            default_operator_minimum_role: The lowest role that may run an operator.
            default_operator_minimum_dataset_permission: The lowest permission on a dataset that an operator may
                run with.
        """
        body = OrganizationSettingsUpdate(
            default_user_role=given_choice("default_user_role", default_user_role, WorkspaceRole),
            default_dataset_permission=given_choice(
                "default_dataset_permission", default_dataset_permission, DatasetPermission
            ),
            default_operator_minimum_role=given_choice(
                "default_operator_minimum_role", default_operator_minimum_role, WorkspaceRole
            ),
            default_operator_minimum_dataset_permission=given_choice(
                "default_operator_minimum_dataset_permission",
                default_operator_minimum_dataset_permission,
                DatasetPermission,
            ),
        )
        # The API takes no change of nothing.
        if not body.to_dict():
            return await self.get(workspace)
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_organization_settings(
            await self._connection.call(update_organization_settings, workspace=reference, body=body)
        )


class AsyncMembers:
    """The people in a workspace."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        workspace: str | None = None,
        *,
        full: bool = False,
        limit: int | None = None,
        page_size: int | None = None,
    ) -> AsyncPager[Member]:
        """The people in a workspace, by username.

        Args:
            workspace: Name or id; the default workspace unless given.
            full: With ids, names and email addresses; for admins.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        view = MemberView.FULL if full else UNSET

        return listing(
            self._connection,
            list_members,
            read_member,
            limit=limit,
            page_size=page_size,
            workspace=reference,
            view=view,
        )

    async def get(self, user: str, workspace: str | None = None) -> Member:
        """A person in a workspace: for everybody themselves, for admins everybody.

        Args:
            user: Id, email, username, or `me`.
            workspace: Name or id; the default workspace unless given.

        Raises:
            MemberNotFound: They are not in it.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_member(await self._connection.call(get_member, workspace=reference, user=text("user", user)))

    async def create(
        self,
        workspace: str | None = None,
        *,
        username: str,
        email: str | None = None,
        name: str | None = None,
        surname: str | None = None,
        role: WorkspaceRole | str | None = None,
        exist_ok: bool = False,
    ) -> Member:
        """Put a person in a workspace without an invitation. For the platform operator.

        Makes the account if there is none with this username.

        Args:
            workspace: Name or id; the default workspace unless given.
            username: Letters, digits, `.`, `-` and `_`; unique whatever the case.
            email: Of a new account; with an existing one it must be the account's own.
            role: What they are in the workspace; the default of the workspace unless given.
            exist_ok: Give back the member there is, as they are, instead of failing.

        Raises:
            AlreadyExists: They are in it already.
            Conflict: Another account has this address (`email_taken`).
        """
        body = MemberCreate(
            username=text("username", username),
            email=given(email),
            name=given(name),
            surname=given(surname),
            role=given_choice("role", role, WorkspaceRole),
        )
        reference = workspace_reference(workspace, self._connection.workspace)
        try:
            return read_member(await self._connection.call(create_member, workspace=reference, body=body))
        except AlreadyExists:
            if not exist_ok:
                raise
            return await self.get(username, workspace)

    async def update(self, user: str, workspace: str | None = None, *, role: WorkspaceRole | str) -> Member:
        """Change what a person is in a workspace.

        Args:
            user: Id, email or username.
            workspace: Name or id; the default workspace unless given.
            role: What they are from now on.

        Raises:
            Conflict: They are the last admin and cannot step down (`last_admin`).
        """
        body = MemberUpdate(role=choice("role", role, WorkspaceRole))
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_member(
            await self._connection.call(set_member_role, workspace=reference, user=text("user", user), body=body)
        )

    async def delete(self, user: str, workspace: str | None = None, *, missing_ok: bool = False) -> None:
        """Take a person out of a workspace and of all its projects.

        With the last workspace the account and its API keys go too.

        Args:
            user: Id, email or username.
            workspace: Name or id; the default workspace unless given.
            missing_ok: Do not mind if they are not in it.

        Raises:
            Conflict: They are the last admin and cannot leave (`last_admin`).
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        try:
            await self._connection.call(delete_member, workspace=reference, user=text("user", user))
        except NotFound as error:
            if not (missing_ok and error.code == "member_not_found"):
                raise

    async def offboard(
        self, user: str, workspace: str | None = None, *, successor: str | None = None, dry_run: bool = True
    ) -> Offboarding:
        """Take everything from a person and take them out of a workspace; first only say what that means.

        All of it or nothing: places on rosters, groups, grants on datasets, invitations they sent and have; with the
        last workspace the account and its API keys too.

        Args:
            user: Id, email or username.
            workspace: Name or id; the default workspace unless given.
            successor: Who gets what they alone own: id, email or username of another person in the workspace.
            dry_run: Change nothing, as long as this is not False.

        Returns:
            What they hold and what becomes of it; with `dry_run` also what stands in the way, as `blockers`.

        Raises:
            MemberNotFound: They or the successor are not in the workspace.
            Conflict: They are the last admin (`last_admin`); or a project or dataset would be left without an owner,
                and there is no successor (`sole_owner`).
            InvalidRequest: They are named as their own successor.
        """
        if not isinstance(dry_run, bool):
            raise InvalidArgument(f"dry_run must be True or False, not {type(dry_run).__name__}")
        reference = workspace_reference(workspace, self._connection.workspace)
        text("user", user)
        if successor is not None:
            text("successor", successor)
        if dry_run:
            found = await self._connection.call(
                preview_offboarding, workspace=reference, user=user, successor=given(successor)
            )
        else:
            body = OffboardingRequest(successor=given(successor))
            found = await self._connection.call(offboard_member, workspace=reference, user=user, body=body)
        return read_offboarding(found)


class AsyncServiceAccounts:
    """The accounts of programs in a workspace."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> AsyncPager[ServiceAccount]:
        """The service accounts of a workspace, by name.

        Args:
            workspace: Name or id; the default workspace unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = workspace_reference(workspace, self._connection.workspace)

        return listing(
            self._connection,
            list_service_accounts,
            read_service_account,
            limit=limit,
            page_size=page_size,
            workspace=reference,
        )

    async def create(self, name: str, workspace: str | None = None, *, exist_ok: bool = False) -> ServiceAccount:
        """Make a service account. Give it a key with `api_keys.create(..., user=account.name)`.

        Args:
            name: The part before the `@`.
            workspace: Name or id; the default workspace unless given.
            exist_ok: Give back the account there is instead of failing.

        Raises:
            AlreadyExists: There is one with this name.
        """
        body = ServiceAccountCreate(name=text("name", name))
        reference = workspace_reference(workspace, self._connection.workspace)
        try:
            return read_service_account(
                await self._connection.call(create_service_account, workspace=reference, body=body)
            )
        except AlreadyExists:
            if not exist_ok:
                raise
            async for account in self.list(workspace):
                if account.name.partition("@")[0].lower() == name.lower():
                    return account
            raise

    async def delete(self, name: str, workspace: str | None = None, *, missing_ok: bool = False) -> None:
        """Delete a service account. Its API keys stop working at once.

        Args:
            name: `account@workspace`, the part before the `@`, or the id.
            workspace: Name or id; the default workspace unless given.
            missing_ok: Do not mind if there is none.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        try:
            await self._connection.call(delete_service_account, workspace=reference, account=text("name", name))
        except NotFound as error:
            if not (missing_ok and error.code == "service_account_not_found"):
                raise


class AsyncInvitations:
    """Invitations to a workspace."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> AsyncPager[Invitation]:
        """The open invitations of a workspace, oldest first.

        Args:
            workspace: Name or id; the default workspace unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = workspace_reference(workspace, self._connection.workspace)

        return listing(
            self._connection, list_invitations, read_invitation, limit=limit, page_size=page_size, workspace=reference
        )

    async def invite(
        self,
        workspace: str | None = None,
        *,
        username: str | None = None,
        email: str | None = None,
        role: WorkspaceRole | str | None = None,
        add_to_all_projects: bool = False,
    ) -> Invitation:
        """Invite a person. Give `username` or `email`, exactly one.

        Args:
            workspace: Name or id; the default workspace unless given.
            role: What they will be in the workspace; the default of the workspace unless given.
            add_to_all_projects: Whether acceptance puts them on every project as a viewer.

        Raises:
            AlreadyExists: They are in it, or have an open invitation.
            WorkspaceNotFound: There is no such workspace.
            UserNotFound: There is no such user.
        """
        exactly_one(username=username, email=email)
        body = InvitationCreate(
            username=given(username),
            email=given(email),
            role=given_choice("role", role, WorkspaceRole),
            add_to_all_projects=add_to_all_projects,
        )
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_invitation(await self._connection.call(create_invitation, workspace=reference, body=body))

    async def revoke(self, invitation: str, workspace: str | None = None, *, missing_ok: bool = False) -> None:
        """Revoke an open invitation.

        Args:
            invitation: Its id, or the email address or username it went to.
            workspace: Name or id; the default workspace unless given.
            missing_ok: Do not mind if there is none.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        try:
            await self._connection.call(
                revoke_invitation, workspace=reference, invitation=text("invitation", invitation)
            )
        except NotFound as error:
            if not (missing_ok and error.code == "invitation_not_found"):
                raise

    async def accept(
        self, url: str, *, username: str | None = None, name: str | None = None, surname: str | None = None
    ) -> AcceptedInvitation:
        """Accept an invitation. Needs no API key: the address is the authority.

        Args:
            url: The accept address of the invitation.
            username: For the account that is made where the email address has none yet.
            name: The same.
            surname: The same.

        Returns:
            The membership; of a new account with its first `api_key`, this once.

        Raises:
            Forbidden: The address is not complete.
            Conflict: It was accepted or revoked, or it expired (`invitation_not_pending`).
        """
        invitation, token = _invitation_of(url)
        body = InvitationAccept(username=given(username), name=given(name), surname=given(surname))
        return read_accepted(
            await self._connection.call(accept_invitation, invitation=invitation, token=token, body=body)
        )


def _visibilities(values: Iterable[Visibility | str] | None) -> Any:
    if values is None:
        return UNSET
    if isinstance(values, str):
        raise InvalidArgument("allowed_visibilities must be a collection of visibilities, not one str")
    return [choice("allowed_visibilities", value, Visibility) for value in values]


def _invitation_of(url: str) -> tuple[str, str]:
    """The id and the token in an accept address."""
    try:
        parts = urlsplit(text("url", url))
    except ValueError:  # such as a broken IPv6 address
        parts = urlsplit("")
    segments = parts.path.rstrip("/").split("/")
    token = parse_qs(parts.query).get("token", [""])[0]
    if len(segments) < 3 or segments[-1] != "accept" or segments[-3] != "invitations" or not token:
        # The address is a secret, so it is not repeated here.
        raise InvalidArgument(
            "url is not the accept address of an invitation: .../invitations/<id>/accept?token=<token>"
        )
    return segments[-2], token
