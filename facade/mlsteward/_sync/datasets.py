# Derived from facade/mlsteward/_async/datasets.py by scripts/derive_sync.py. Do not edit.
"""Datasets, and who was granted what on them."""

from __future__ import annotations

from functools import partial
from typing import overload

from mlsteward_api.api.datasets import (
    create_dataset,
    delete_dataset,
    delete_dataset_group_permission,
    delete_dataset_user_permission,
    get_dataset,
    get_dataset_group_permission,
    get_dataset_user_permission,
    grant_dataset_permissions,
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
from mlsteward_api.models.dataset_permissions_grant import DatasetPermissionsGrant
from mlsteward_api.models.dataset_user_permission_set import DatasetUserPermissionSet

from mlsteward._sync.resource import Namespace, Resource
from mlsteward.bulk import BulkResult, Columns, Rows
from mlsteward.connection import Connection
from mlsteward.errors import InvalidArgument
from mlsteward.pagination import Pager
from mlsteward.records.bulk import read_bulk_answer
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
from mlsteward.records.enums import DatasetPermission, DatasetPermissionLike
from mlsteward.references import DEFAULT, split_dataset, text
from mlsteward.serialization import choice, exactly_one, given, given_choice, given_text

COLUMNS = Columns(
    ("permission",), ("invite",), {"permission": DatasetPermission}, ("invite",), either=("user", "group")
)


class Datasets(Namespace):
    """Datasets. Every `dataset` is `workspace/name`, a name, or an id.

    A bare name is looked up in `workspace`, or else in the default workspace.

    Attributes:
        permissions: Who may do what with a dataset.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> str:
        ...     with Steward(path=":memory:") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         steward.members.add("jackie", workspace="ml-team", role="guest")
        ...         signs = steward.datasets.create("ml-team/street-signs")
        ...         steward.datasets.permissions.grant(signs.full_name, "EDIT", user="jackie")
        ...         return steward.datasets.permissions.get(signs.full_name, user="jackie")
        >>> print(main())
        EDIT
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.permissions = DatasetPermissions(connection)

    def list(
        self,
        *,
        workspace: str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[Dataset]:
        """List the datasets that the caller may view, by workspace, oldest first.

        Args:
            workspace: Only datasets of this workspace, by name or id (default: of all workspaces).
            limit: Maximum number of datasets (default: all).
            page_size: Number of datasets per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Example:
            >>> [dataset.name for dataset in steward.datasets.list()]
            ['street-signs']
        """
        return self._list(
            partial(list_datasets.request, workspace=given_text("workspace", workspace)),
            read_dataset,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    def get(self, dataset: str, *, workspace: str | None = None, timeout: float | None = None) -> Dataset:
        """Get a dataset.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).

        Raises:
            DatasetNotFound: The dataset does not exist, or the caller may not view it.

        Example:
            >>> steward.datasets.get("street-signs").full_name
            'ml-team/street-signs'
        """
        return self._connection.call(
            get_dataset.request(dataset=self._dataset(dataset, workspace)), read_dataset, timeout=timeout
        )

    def create(
        self,
        name: str,
        *,
        workspace: str | None = None,
        default_permission: DatasetPermissionLike | None = None,
        exist_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Dataset:
        """Create a dataset. The caller is granted MANAGE on it.

        Args:
            name: `workspace/name`, or the bare name: letters, digits, spaces, `.`, `-` and `_`; unique in the
                workspace, case-insensitive.
            workspace: Name or id, for a bare name (default: the default workspace).
            default_permission: What members of the workspace may do unless they are granted something else (default:
                the setting of the workspace).
            exist_ok: Return the existing dataset, unchanged, instead of failing.

        Raises:
            AlreadyExists: The workspace has a dataset with this name. With `exist_ok`, one that the caller may
                not view.

        Example:
            >>> dataset = steward.datasets.create("pedestrians", default_permission="VIEW")
            >>> dataset.full_name
            'ml-team/pedestrians'
        """
        if workspace is None and "/" not in text("name", name):
            workspace = self._connection.workspace
        named, bare = split_dataset(name, workspace)
        home = named or DEFAULT
        body = DatasetCreate(
            workspace=home,
            name=bare,
            default_permission=given_choice("default_permission", default_permission, DatasetPermission),
        )
        return self._create(
            create_dataset.request(body=body),
            read_dataset,
            taken="dataset_name_taken",
            find=lambda: self.get(bare, workspace=home, timeout=timeout),
            exist_ok=exist_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def delete(
        self,
        dataset: str,
        *,
        workspace: str | None = None,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Delete a dataset permanently, with every permission granted on it. The caller must have MANAGE.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).
            missing_ok: Succeed even if it does not exist.

        Raises:
            DatasetNotFound: The dataset does not exist, or the caller may not view it.

        Example:
            >>> steward.datasets.delete("street-signs")
            >>> steward.datasets.list().to_list()
            []
        """
        self._delete(
            delete_dataset.request(dataset=self._dataset(dataset, workspace)),
            absent="dataset_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )


class DatasetPermissions(Resource):
    """Who may do what with a dataset.

    The permission of an account is the first that applies: MANAGE for admins of the workspace; what the account was
    granted itself, NO_ACCESS included; the highest of what its groups were granted and, for members, the default of
    the dataset.
    """

    @overload
    def list(
        self,
        dataset: str,
        *,
        workspace: str | None = None,
        user: None = None,
        group: None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[DatasetAccess]: ...

    @overload
    def list(
        self,
        dataset: None = None,
        *,
        workspace: str | None = None,
        user: str,
        group: None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[DatasetAccess]: ...

    @overload
    def list(
        self,
        dataset: None = None,
        *,
        workspace: str | None = None,
        user: None = None,
        group: str,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[DatasetGroupGrant]: ...

    def list(
        self,
        dataset: str | None = None,
        *,
        workspace: str | None = None,
        user: str | None = None,
        group: str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[DatasetAccess] | Pager[DatasetGroupGrant]:
        """List everybody with access to a dataset, or the datasets of one account or group.

        Give exactly one of `dataset`, `user` and `group`. For admins; everybody can list their own datasets.

        Args:
            dataset: `workspace/name`, a name, or an id: list every account with access, by username, and why.
            workspace: Name or id (default: that of `dataset`, or else the default workspace).
            user: Id, email, username, `account@workspace`, or `me`: list the datasets the account has access to, oldest
                first, and why.
            group: Name or id: list what the group was granted, oldest dataset first.
            limit: Maximum number of entries (default: all).
            page_size: Number of entries per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            DatasetNotFound: The dataset does not exist, or the caller may not view it.
            MemberNotFound: The account is not in the workspace.
            GroupNotFound: The workspace has no such group.

        Example:
            >>> entries = steward.datasets.permissions.list("street-signs")
            >>> [(entry.username, str(entry.permission), str(entry.rule)) for entry in entries]
            [('jackie', 'EDIT', 'group_grant'), ('local', 'MANAGE', 'admin')]
        """
        exactly_one(dataset=dataset, user=user, group=group)
        if dataset is not None:
            of_dataset = partial(list_dataset_permissions.request, dataset=self._dataset(dataset, workspace))
            return self._list(of_dataset, read_dataset_access, limit=limit, page_size=page_size, timeout=timeout)
        home = self._workspace(workspace)
        if user is not None:
            of_user = partial(list_member_dataset_permissions.request, workspace=home, user=text("user", user))
            return self._list(of_user, read_dataset_access, limit=limit, page_size=page_size, timeout=timeout)
        of_group = partial(list_group_dataset_permissions.request, workspace=home, group=text("group", group))
        return self._list(of_group, read_dataset_group_grant, limit=limit, page_size=page_size, timeout=timeout)

    def list_groups(
        self,
        dataset: str,
        *,
        workspace: str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[DatasetGroupGrant]:
        """List what groups were granted on a dataset, by the name of the group. For admins.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).
            limit: Maximum number of grants (default: all).
            page_size: Number of grants per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            DatasetNotFound: The dataset does not exist, or the caller may not view it.

        Example:
            >>> grants = steward.datasets.permissions.list_groups("street-signs")
            >>> [(grant.group, str(grant.permission)) for grant in grants]
            [('labelers', 'EDIT')]
        """
        return self._list(
            partial(list_dataset_group_permissions.request, dataset=self._dataset(dataset, workspace)),
            read_dataset_group_grant,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    def get(
        self,
        dataset: str,
        *,
        workspace: str | None = None,
        user: str | None = None,
        group: str | None = None,
        timeout: float | None = None,
    ) -> DatasetPermission | str:
        """Get what an account may do, or what a group was granted. For admins.

        Give exactly one of `user` and `group`.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).
            user: Id, email, username or `account@workspace`.
            group: Name or id.

        Returns:
            For an account its permission by all rules together; for a group its grant. NO_ACCESS where there is none.

        Raises:
            MemberNotFound: The account is not in the workspace.
            GroupNotFound: The workspace has no such group.

        Example:
            >>> print(steward.datasets.permissions.get("street-signs", user="jackie"))
            EDIT
        """
        exactly_one(user=user, group=group)
        reference = self._dataset(dataset, workspace)
        if user is not None:
            access = self._connection.call(
                get_dataset_user_permission.request(dataset=reference, user=text("user", user)),
                read_dataset_access,
                timeout=timeout,
            )
            return access.permission
        grant = self._connection.call(
            get_dataset_group_permission.request(dataset=reference, group=text("group", group)),
            read_dataset_group_grant,
            timeout=timeout,
        )
        return grant.permission

    @overload
    def grant(
        self,
        dataset: str,
        permission: DatasetPermissionLike,
        *,
        workspace: str | None = None,
        user: str,
        group: None = None,
        invite: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> DatasetUserGrant: ...

    @overload
    def grant(
        self,
        dataset: str,
        permission: DatasetPermissionLike,
        *,
        workspace: str | None = None,
        user: None = None,
        group: str,
        invite: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> DatasetGroupGrant: ...

    def grant(
        self,
        dataset: str,
        permission: DatasetPermissionLike,
        *,
        workspace: str | None = None,
        user: str | None = None,
        group: str | None = None,
        invite: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> DatasetUserGrant | DatasetGroupGrant:
        """Grant an account or a group a permission, which replaces an earlier grant. The caller must have MANAGE.

        Give exactly one of `user` and `group`.

        Args:
            dataset: `workspace/name`, a name, or an id.
            permission: What they may do. NO_ACCESS keeps an account out, whatever its groups and the default allow.
            workspace: Name or id, for a bare name (default: the default workspace).
            user: Id, email, username or `account@workspace`.
            group: Name or id.
            invite: If nobody in the workspace has the email address `user`, invite them. The grant takes effect when
                the invitation is accepted.

        Raises:
            MemberNotFound: The account is not in the workspace.
            GroupNotFound: The workspace has no such group.

        Example:
            >>> grant = steward.datasets.permissions.grant("street-signs", "VIEW", user="ravi")
            >>> f"{grant.username}: {grant.permission}"
            'ravi: VIEW'
        """
        exactly_one(user=user, group=group)
        if invite and user is None:
            raise InvalidArgument("invite goes with user, not with group")
        reference = self._dataset(dataset, workspace)
        if user is not None:
            to_user = DatasetUserPermissionSet(
                permission=choice("permission", permission, DatasetPermission), invite=given(invite or None)
            )
            return self._connection.call(
                set_dataset_user_permission.request(dataset=reference, user=text("user", user), body=to_user),
                read_dataset_user_grant,
                timeout=timeout,
                idempotency_key=idempotency_key,
            )
        to_group = DatasetPermissionSet(permission=choice("permission", permission, DatasetPermission))
        return self._connection.call(
            set_dataset_group_permission.request(dataset=reference, group=text("group", group), body=to_group),
            read_dataset_group_grant,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def grant_many(
        self,
        dataset: str,
        rows: Rows,
        *,
        workspace: str | None = None,
        dry_run: bool = False,
        progress: bool | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> BulkResult:
        """Grant many accounts and groups a permission on a dataset.

        Args:
            dataset: `workspace/name`, a name, or an id.
            rows: Dictionaries with `user` or `group`, `permission`, and perhaps `invite`, as for `grant`; or the path
                of a CSV file with these columns. Any number of them, from anything that can be iterated over.
            workspace: Where to look up a bare name (default: the default workspace).
            dry_run: Change nothing, and return what would become of each row. A chunk knows nothing of those before it.
            progress: Whether to show a progress bar on stderr (default: on a terminal, if it takes long).
            idempotency_key: If you repeat the call with the same key and rows, what was carried out is not repeated.

        Returns:
            What became of each row. A row that is refused does not keep the others from being carried out.

        Raises:
            InvalidArgument: A row or the file cannot be used. Nothing of a file is sent before all of it is checked.
            DatasetNotFound: The dataset does not exist, or the caller cannot see it.

        Example:
            >>> rows = [{"user": "ravi", "permission": "VIEW"}, {"group": "labelers", "permission": "TAG"}]
            >>> steward.datasets.permissions.grant_many("street-signs", rows)
            <BulkResult: 2 done>
        """
        name = self._dataset(dataset, workspace)
        return self._bulk(
            lambda chunk: grant_dataset_permissions.request(
                dataset=name, body=DatasetPermissionsGrant.from_dict({"rows": chunk})
            ),
            read_bulk_answer,
            rows=COLUMNS.read(rows),
            dry_run=dry_run,
            progress=progress,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def revoke(
        self,
        dataset: str,
        *,
        workspace: str | None = None,
        user: str | None = None,
        group: str | None = None,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Revoke what was granted to an account or a group. The caller must have MANAGE.

        Give exactly one of `user` and `group`. An account keeps what its groups and the default allow.

        Args:
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).
            user: Id, email, username or `account@workspace`.
            group: Name or id.
            missing_ok: Succeed even if nothing was granted.

        Raises:
            NotFound: Nothing was granted.
            MemberNotFound: The account is not in the workspace.
            GroupNotFound: The workspace has no such group.

        Example:
            >>> steward.datasets.permissions.revoke("street-signs", group="labelers")
            >>> print(steward.datasets.permissions.get("street-signs", group="labelers"))
            NO_ACCESS
        """
        exactly_one(user=user, group=group)
        reference = self._dataset(dataset, workspace)
        if user is not None:
            asked = delete_dataset_user_permission.request(dataset=reference, user=text("user", user))
        else:
            asked = delete_dataset_group_permission.request(dataset=reference, group=text("group", group))
        self._delete(
            asked,
            absent="grant_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def set_default(
        self,
        dataset: str,
        permission: DatasetPermissionLike,
        *,
        workspace: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Dataset:
        """Set what members of the workspace may do unless they are granted something else.

        The caller must have MANAGE. The default gives collaborators and guests nothing.

        Args:
            dataset: `workspace/name`, a name, or an id.
            permission: What members may do.
            workspace: Name or id, for a bare name (default: the default workspace).

        Raises:
            DatasetNotFound: The dataset does not exist, or the caller may not view it.

        Example:
            >>> dataset = steward.datasets.permissions.set_default("street-signs", "VIEW")
            >>> str(dataset.default_permission)
            'VIEW'
        """
        return self._connection.call(
            set_dataset_default_permission.request(
                dataset=self._dataset(dataset, workspace),
                body=DatasetPermissionSet(permission=choice("permission", permission, DatasetPermission)),
            ),
            read_dataset,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )
