"""The accounts of programs in a workspace."""

from __future__ import annotations

from functools import partial

from mlsteward_api.api.workspaces import create_service_account, delete_service_account, list_service_accounts
from mlsteward_api.models.service_account_create import ServiceAccountCreate

from mlsteward._async.resource import AsyncNamespace
from mlsteward.errors import NotFound
from mlsteward.pagination import AsyncPager
from mlsteward.records.workspaces import ServiceAccount, read_service_account
from mlsteward.references import same_name, text


class AsyncServiceAccounts(AsyncNamespace):
    """The accounts of programs in a workspace.

    Example:
        >>> import asyncio
        >>> from mlsteward import AsyncSteward
        >>> async def main() -> str:
        ...     async with AsyncSteward(path=":memory:", workspace="ml-team") as steward:
        ...         await steward.workspaces.create("ml-team")
        ...         account = await steward.service_accounts.create("cicd")
        ...         await steward.api_keys.create("pipeline", user=account.name)
        ...         return account.name
        >>> asyncio.run(main())
        'cicd@ml-team'
    """

    def list(
        self,
        *,
        workspace: str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> AsyncPager[ServiceAccount]:
        """List the service accounts of a workspace, by name.

        Args:
            workspace: Name or id (default: the default workspace).
            limit: Maximum number of service accounts (default: all).
            page_size: Number of service accounts per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Example:
            >>> [account.name async for account in steward.service_accounts.list()]
            ['nightly@ml-team']
        """
        return self._list(
            partial(list_service_accounts.request, workspace=self._workspace(workspace)),
            read_service_account,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    async def create(
        self,
        name: str,
        *,
        workspace: str | None = None,
        exist_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> ServiceAccount:
        """Create a service account. Give it a key with `api_keys.create(..., user=account.name)`.

        Args:
            name: The part before the `@`.
            workspace: Name or id (default: the default workspace).
            exist_ok: Return the existing service account instead of failing.

        Raises:
            AlreadyExists: The workspace has a service account with this name.

        Example:
            >>> account = await steward.service_accounts.create("ci")
            >>> account.name
            'ci@ml-team'
        """
        return await self._create(
            create_service_account.request(
                workspace=self._workspace(workspace), body=ServiceAccountCreate(name=text("name", name))
            ),
            read_service_account,
            taken="service_account_name_taken",
            find=lambda: self._find(name, workspace, timeout),
            exist_ok=exist_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    async def delete(
        self,
        service_account: str,
        *,
        workspace: str | None = None,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Delete a service account. Its API keys stop working at once.

        Args:
            service_account: `account@workspace`, the part before the `@`, or the id.
            workspace: Name or id (default: the default workspace).
            missing_ok: Succeed even if it does not exist.

        Raises:
            NotFound: The workspace has no such service account.

        Example:
            >>> await steward.service_accounts.delete("nightly")
            >>> await steward.service_accounts.list().to_list()
            []
        """
        await self._delete(
            delete_service_account.request(
                workspace=self._workspace(workspace), account=text("service_account", service_account)
            ),
            absent="service_account_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    async def _find(self, name: str, workspace: str | None, timeout: float | None) -> ServiceAccount:
        # The API has no way to get one by name.
        async for account in self.list(workspace=workspace, timeout=timeout):
            if same_name(account.name.partition("@")[0], name):
                return account
        raise NotFound(f"there is no service account {name!r}")
