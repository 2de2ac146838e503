"""The object client: one namespace for each domain."""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from mlsteward.config import resolve
from mlsteward.connection import AsyncConnection

if TYPE_CHECKING:
    from mlsteward._async.access import AsyncAccess
    from mlsteward._async.datasets import AsyncDatasets
    from mlsteward._async.groups import AsyncGroups
    from mlsteward._async.identity import AsyncApiKeys, AsyncIdentity
    from mlsteward._async.operations import AsyncAudit
    from mlsteward._async.projects import AsyncProjects
    from mlsteward._async.workspaces import AsyncInvitations, AsyncMembers, AsyncServiceAccounts, AsyncWorkspaces
    from mlsteward.records.identity import Account, Health


class AsyncSteward:
    """Manages a machine-learning platform.

    With nothing configured the server runs inside this process, on a data file of the user.

    Args:
        url: The server, such as `https://steward.example.com`; `MLSTEWARD_URL` unless given.
        api_token: The API key to call with; `MLSTEWARD_API_TOKEN` unless given.
        workspace: The workspace that is meant where none is named; `MLSTEWARD_WORKSPACE` unless given.
        path: The data file of the server inside this process, `:memory:`, or a `postgresql://` address.
        profile: A profile of the user's configuration file.
        options: What `mlsteward.connection.AsyncConnection` takes, such as `timeout` in seconds, `retry`,
            `proxy`, or an httpx client of your own as `http_client`.

    Raises:
        ConfigurationError: It is not clear where to go or as whom.

    Example:
        >>> import asyncio
        >>> async def main() -> str:
        ...     async with AsyncSteward(path=":memory:") as steward:
        ...         await steward.workspaces.create("ml-team")
        ...         project = await steward.projects.create("ml-team/classification", key="CLS")
        ...         return project.full_name
        >>> asyncio.run(main())
        'ml-team/classification'
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        api_token: str | None = None,
        workspace: str | None = None,
        path: str | PathLike[str] | None = None,
        profile: str | None = None,
        **options: Any,
    ) -> None:
        config = resolve(url=url, api_token=api_token, workspace=workspace, path=path, profile=profile)
        self._connection = AsyncConnection(config, **options)

    @classmethod
    def over(cls, connection: AsyncConnection) -> Self:
        """A client over a connection that is open already."""
        steward = cls.__new__(cls)
        steward._connection = connection
        return steward

    def as_account(self, api_token: str) -> AsyncSteward:
        """The same server under another API key; shares the connections of this client."""
        return AsyncSteward.over(self._connection.as_token(api_token))

    @cached_property
    def identity(self) -> AsyncIdentity:
        """The calling account and the server it talks to."""
        from mlsteward._async.identity import AsyncIdentity

        return AsyncIdentity(self._connection)

    @cached_property
    def api_keys(self) -> AsyncApiKeys:
        """API keys."""
        from mlsteward._async.identity import AsyncApiKeys

        return AsyncApiKeys(self._connection)

    @cached_property
    def workspaces(self) -> AsyncWorkspaces:
        """Workspaces, their plans and settings."""
        from mlsteward._async.workspaces import AsyncWorkspaces

        return AsyncWorkspaces(self._connection)

    @cached_property
    def members(self) -> AsyncMembers:
        """The people in a workspace."""
        from mlsteward._async.workspaces import AsyncMembers

        return AsyncMembers(self._connection)

    @cached_property
    def service_accounts(self) -> AsyncServiceAccounts:
        """The accounts of programs in a workspace."""
        from mlsteward._async.workspaces import AsyncServiceAccounts

        return AsyncServiceAccounts(self._connection)

    @cached_property
    def invitations(self) -> AsyncInvitations:
        """Invitations to a workspace."""
        from mlsteward._async.workspaces import AsyncInvitations

        return AsyncInvitations(self._connection)

    @cached_property
    def groups(self) -> AsyncGroups:
        """Groups of people, who are granted things together."""
        from mlsteward._async.groups import AsyncGroups

        return AsyncGroups(self._connection)

    @cached_property
    def projects(self) -> AsyncProjects:
        """Projects and the people in them."""
        from mlsteward._async.projects import AsyncProjects

        return AsyncProjects(self._connection)

    @cached_property
    def datasets(self) -> AsyncDatasets:
        """Datasets, and who was granted what on them."""
        from mlsteward._async.datasets import AsyncDatasets

        return AsyncDatasets(self._connection)

    @cached_property
    def access(self) -> AsyncAccess:
        """Who may do what, and why."""
        from mlsteward._async.access import AsyncAccess

        return AsyncAccess(self._connection)

    @cached_property
    def audit(self) -> AsyncAudit:
        """What was changed, by whom and when."""
        from mlsteward._async.operations import AsyncAudit

        return AsyncAudit(self._connection)

    async def whoami(self) -> Account:
        """Who is calling.

        Raises:
            Unauthenticated: There is no API key, or it is not valid.
        """
        return await self.identity.whoami()

    async def health(self) -> Health:
        """Whether the server is up. Needs no API key."""
        return await self.identity.health()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._connection!r})"

    async def aclose(self) -> None:
        """Give connections and the data file back."""
        await self._connection.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
