# Derived from facade/mlsteward/_async/datasets.py by scripts/derive_sync.py. Do not edit.
"""Datasets, and who was granted what on them."""

from __future__ import annotations

from typing import overload

from mlsteward_api.api.datasets import (
    create_dataset,
    delete_dataset,
    delete_dataset_group_permission,
    delete_dataset_user_permission,
    get_dataset,
    get_dataset_group_permission,
    get_dataset_user_permission,
    list_dataset_group_permissions,
    list_dataset_permissions,
    list_datasets,
    list_group_dataset_permissions,
    list_member_dataset_permissions,
    set_dataset_default_permission,
    set_dataset_group_permission,
    set_dataset_user_permission,
)
from mlsteward_api.models.dataset_create import DatasetCreate
from mlsteward_api.models.dataset_permission_set import DatasetPermissionSet
from mlsteward_api.models.dataset_user_permission_set import DatasetUserPermissionSet
from mlsteward_api.types import UNSET

from mlsteward._arguments import choice, exactly_one, given, given_choice
from mlsteward._sync.listing import listing
from mlsteward.connection import Connection
from mlsteward.errors import AlreadyExists, DatasetNotFound, InvalidArgument, NotFound
from mlsteward.names import DEFAULT, dataset_reference, split_dataset, text, workspace_reference
from mlsteward.pagination import Pager
from mlsteward.records.datasets import (
    Dataset,
    DatasetAccess,
    DatasetGroupGrant,
    DatasetUserGrant,
    read_dataset,
    read_dataset_access,
    read_dataset_group_grant,
    read_dataset_user_grant,
)
from mlsteward.records.enums import DatasetPermission


class Datasets:
    """Datasets. Every `dataset` is `workspace/name`, a name, or an id.

    A bare name is one in `workspace`; without it in the default workspace.

    Attributes:
        permissions: Who may do what with a dataset.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> str:
        ...     with Steward(path=":memory:") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         steward.members.create("ml-team", username="jackie", role="guest")
        ...         signs = steward.datasets.create("ml-team/street-signs")
        ...         steward.datasets.permissions.grant(signs.full_name, "EDIT", user="jackie")
        ...         return steward.datasets.permissions.get(signs.full_name, user="jackie")
        >>> print(main())
        EDIT
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.permissions = DatasetPermissions(connection)

    def list(
        self, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> Pager[Dataset]:
        """The datasets the caller may view, by workspace, oldest first.

        Args:
            workspace: Only those of one workspace, by name or id.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        if workspace is not None:
            text("workspace", workspace)

        return listing(
            self._connection,
            list_datasets,
            read_dataset,
            limit=limit,
            page_size=page_size,
            workspace=given(workspace),
        )

    def get(self, dataset: str, workspace: str | None = None) -> Dataset:
        """A dataset.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id; the default workspace for a bare name unless given.

        Raises:
            DatasetNotFound: There is none that the caller may view.
        """
        reference = dataset_reference(dataset, workspace, self._connection.workspace)
        return read_dataset(self._connection.call(get_dataset, dataset=reference))

    def create(
        self,
        dataset: str,
        workspace: str | None = None,
        *,
        default_permission: DatasetPermission | str | None = None,
        exist_ok: bool = False,
    ) -> Dataset:
        """Create a dataset. The caller is granted MANAGE on it.

        Args:
            dataset: `workspace/name`, or the bare name: letters, digits, spaces, `.`, `-` and `_`; unique in the
                workspace whatever the case.
            workspace: Name or id; the default workspace for a bare name unless given.
            default_permission: What members of the workspace may do unless something else is granted; what the
                settings of the workspace say unless given.
            exist_ok: Give back the dataset there is, as it is, instead of failing.

        Raises:
            AlreadyExists: There is one with this name; with `exist_ok`, one that the caller may not view.
        """
        if workspace is None and "/" not in text("dataset", dataset):
            workspace = self._connection.workspace
        named, bare = split_dataset(dataset, workspace)
        home = named or DEFAULT
        body = DatasetCreate(
            workspace=home,
            name=bare,
            default_permission=given_choice("default_permission", default_permission, DatasetPermission),
        )
        try:
            return read_dataset(self._connection.call(create_dataset, body=body))
        except AlreadyExists as taken:
            if not exist_ok:
                raise
            try:
                return self.get(bare, home)
            except DatasetNotFound:
                # The caller may not view it; that there is none would be wrong to say.
                raise taken from None

    def delete(self, dataset: str, workspace: str | None = None, *, missing_ok: bool = False) -> None:
        """Delete a dataset for good, with everything granted on it. For who may MANAGE it.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id; the default workspace for a bare name unless given.
            missing_ok: Do not mind if there is none.

        Raises:
            DatasetNotFound: There is none that the caller may view.
        """
        reference = dataset_reference(dataset, workspace, self._connection.workspace)
        try:
            self._connection.call(delete_dataset, dataset=reference)
        except NotFound as error:
            if not (missing_ok and error.code == "dataset_not_found"):
                raise


class DatasetPermissions:
    """Who may do what with a dataset.

    What an account may do is, first match: MANAGE for admins of the workspace; what it was granted itself, NO_ACCESS
    included; the highest of what its groups were granted and, for members, the default of the dataset.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self, dataset: str, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> Pager[DatasetAccess]:
        """Everybody with access to a dataset, by username, and why. For admins.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id; the default workspace for a bare name unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = dataset_reference(dataset, workspace, self._connection.workspace)

        return listing(
            self._connection,
            list_dataset_permissions,
            read_dataset_access,
            limit=limit,
            page_size=page_size,
            dataset=reference,
        )

    def list_groups(
        self, dataset: str, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> Pager[DatasetGroupGrant]:
        """What groups were granted on a dataset, by the name of the group. For admins.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id; the default workspace for a bare name unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = dataset_reference(dataset, workspace, self._connection.workspace)

        return listing(
            self._connection,
            list_dataset_group_permissions,
            read_dataset_group_grant,
            limit=limit,
            page_size=page_size,
            dataset=reference,
        )

    def list_of_user(
        self, user: str, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> Pager[DatasetAccess]:
        """The datasets an account has access to, oldest first, and why: for everybody theirs, for admins everybody's.

        Args:
            user: Id, email, username, `account@workspace`, or `me`.
            workspace: Name or id; the default workspace unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        text("user", user)

        return listing(
            self._connection,
            list_member_dataset_permissions,
            read_dataset_access,
            limit=limit,
            page_size=page_size,
            workspace=reference,
            user=user,
        )

    def list_of_group(
        self, group: str, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> Pager[DatasetGroupGrant]:
        """What a group was granted, the oldest dataset first. For admins.

        Args:
            group: Name or id.
            workspace: Name or id; the default workspace unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        text("group", group)

        return listing(
            self._connection,
            list_group_dataset_permissions,
            read_dataset_group_grant,
            limit=limit,
            page_size=page_size,
            workspace=reference,
            group=group,
        )

    def get(
        self, dataset: str, workspace: str | None = None, *, user: str | None = None, group: str | None = None
    ) -> DatasetPermission | str:
        """What an account may do, or what a group was granted. Give `user` or `group`, exactly one. For admins.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id; the default workspace for a bare name unless given.
            user: Id, email, username or `account@workspace`.
            group: Name or id.

        Returns:
            Of an account what all rules together give, NO_ACCESS where that is nothing; of a group its grant,
            NO_ACCESS where it has none.

        Raises:
            MemberNotFound: The account is not in the workspace.
            GroupNotFound: The workspace has no such group.
        """
        exactly_one(user=user, group=group)
        reference = dataset_reference(dataset, workspace, self._connection.workspace)
        if user is not None:
            return read_dataset_access(
                self._connection.call(get_dataset_user_permission, dataset=reference, user=text("user", user))
            ).permission
        return read_dataset_group_grant(
            self._connection.call(get_dataset_group_permission, dataset=reference, group=text("group", group))
        ).permission

    @overload
    def grant(
        self,
        dataset: str,
        permission: DatasetPermission | str,
        workspace: str | None = None,
        *,
        user: str,
        group: None = None,
        invite: bool = False,
    ) -> DatasetUserGrant: ...

    @overload
    def grant(
        self,
        dataset: str,
        permission: DatasetPermission | str,
        workspace: str | None = None,
        *,
        user: None = None,
        group: str,
        invite: bool = False,
    ) -> DatasetGroupGrant: ...

    def grant(
        self,
        dataset: str,
        permission: DatasetPermission | str,
        workspace: str | None = None,
        *,
        user: str | None = None,
        group: str | None = None,
        invite: bool = False,
    ) -> DatasetUserGrant | DatasetGroupGrant:
        """Grant an account or a group a permission, instead of what it was granted before. For who may MANAGE.

        Give `user` or `group`, exactly one.

        Args:
            dataset: `workspace/name`, a name, or an id.
            permission: What they may do. NO_ACCESS keeps an account out, whatever its groups and the default give.
            workspace: Name or id; the default workspace for a bare name unless given.
            user: Id, email, username or `account@workspace`.
            group: Name or id.
            invite: Whether to invite `user`, an email address, to the workspace where nobody in it has it. The grant
                then waits for the invitation to be accepted.

        Raises:
            MemberNotFound: The account is not in the workspace.
            GroupNotFound: The workspace has no such group.
        """
        exactly_one(user=user, group=group)
        if invite and user is None:
            raise InvalidArgument("invite goes with user, not with group")
        reference = dataset_reference(dataset, workspace, self._connection.workspace)
        word = choice("permission", permission, DatasetPermission)
        if user is not None:
            body = DatasetUserPermissionSet(permission=word, invite=invite or UNSET)
            return read_dataset_user_grant(
                self._connection.call(
                    set_dataset_user_permission, dataset=reference, user=text("user", user), body=body
                )
            )
        return read_dataset_group_grant(
            self._connection.call(
                set_dataset_group_permission,
                dataset=reference,
                group=text("group", group),
                body=DatasetPermissionSet(permission=word),
            )
        )

    def revoke(
        self,
        dataset: str,
        workspace: str | None = None,
        *,
        user: str | None = None,
        group: str | None = None,
        missing_ok: bool = False,
    ) -> None:
        """Take back what was granted to an account or a group. For who may MANAGE.

        Give `user` or `group`, exactly one. What groups and the default give an account stays.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id; the default workspace for a bare name unless given.
            user: Id, email, username or `account@workspace`.
            group: Name or id.
            missing_ok: Do not mind if nothing was granted.

        Raises:
            NotFound: Nothing was granted.
            MemberNotFound: The account is not in the workspace.
            GroupNotFound: The workspace has no such group.
        """
        exactly_one(user=user, group=group)
        reference = dataset_reference(dataset, workspace, self._connection.workspace)
        try:
            if user is not None:
                self._connection.call(delete_dataset_user_permission, dataset=reference, user=text("user", user))
            else:
                self._connection.call(delete_dataset_group_permission, dataset=reference, group=text("group", group))
        except NotFound as error:
            if not (missing_ok and error.code == "grant_not_found"):
                raise

    def set_default(self, dataset: str, permission: DatasetPermission | str, workspace: str | None = None) -> Dataset:
        """Set what members of the workspace may do unless something else is granted. For who may MANAGE.

        Collaborators and guests gain nothing from it.

        Args:
            dataset: `workspace/name`, a name, or an id.
            permission: What members may do.
            workspace: Name or id; the default workspace for a bare name unless given.
        """
        reference = dataset_reference(dataset, workspace, self._connection.workspace)
        body = DatasetPermissionSet(permission=choice("permission", permission, DatasetPermission))
        return read_dataset(self._connection.call(set_dataset_default_permission, dataset=reference, body=body))
