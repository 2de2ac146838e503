# Derived from facade/mlsteward/_async/steward.py by scripts/derive_sync.py. Do not edit.
"""The object client: one namespace for each domain."""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from mlsteward.config import resolve
from mlsteward.connection import Connection

if TYPE_CHECKING:
    from mlsteward._sync.access import Access
    from mlsteward._sync.datasets import Datasets
    from mlsteward._sync.groups import Groups
    from mlsteward._sync.identity import ApiKeys, Identity
    from mlsteward._sync.operations import Audit
    from mlsteward._sync.projects import Projects
    from mlsteward._sync.workspaces import Invitations, Members, ServiceAccounts, Workspaces
    from mlsteward.records.identity import Account, Health


class Steward:
    """Manages a machine-learning platform.

    With nothing configured the server runs inside this process, on a data file of the user.

    Args:
        url: The server, such as `https://steward.example.com`; `MLSTEWARD_URL` unless given.
        api_token: The API key to call with; `MLSTEWARD_API_TOKEN` unless given.
        workspace: The workspace that is meant where none is named; `MLSTEWARD_WORKSPACE` unless given.
        path: The data file of the server inside this process, `:memory:`, or a `postgresql://` address.
        profile: A profile of the user's configuration file.
        options: What `mlsteward.connection.Connection` takes, such as `timeout` in seconds, `retry`,
            `proxy`, or an httpx client of your own as `http_client`.

    Raises:
        ConfigurationError: It is not clear where to go or as whom.

    Example:
        >>> def main() -> str:
        ...     with Steward(path=":memory:") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         project = steward.projects.create("ml-team/classification", key="CLS")
        ...         return project.full_name
        >>> main()
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
        self._connection = Connection(config, **options)

    @classmethod
    def over(cls, connection: Connection) -> Self:
        """A client over a connection that is open already."""
        steward = cls.__new__(cls)
        steward._connection = connection
        return steward

    def as_account(self, api_token: str) -> Steward:
        """The same server under another API key; shares the connections of this client."""
        return Steward.over(self._connection.as_token(api_token))

    @cached_property
    def identity(self) -> Identity:
        """The calling account and the server it talks to."""
        from mlsteward._sync.identity import Identity

        return Identity(self._connection)

    @cached_property
    def api_keys(self) -> ApiKeys:
        """API keys."""
        from mlsteward._sync.identity import ApiKeys

        return ApiKeys(self._connection)

    @cached_property
    def workspaces(self) -> Workspaces:
        """Workspaces, their plans and settings."""
        from mlsteward._sync.workspaces import Workspaces

        return Workspaces(self._connection)

    @cached_property
    def members(self) -> Members:
        """The people in a workspace."""
        from mlsteward._sync.workspaces import Members

        return Members(self._connection)

    @cached_property
    def service_accounts(self) -> ServiceAccounts:
        """The accounts of programs in a workspace."""
        from mlsteward._sync.workspaces import ServiceAccounts

        return ServiceAccounts(self._connection)

    @cached_property
    def invitations(self) -> Invitations:
        """Invitations to a workspace."""
        from mlsteward._sync.workspaces import Invitations

        return Invitations(self._connection)

    @cached_property
    def groups(self) -> Groups:
        """Groups of people, who are granted things together."""
        from mlsteward._sync.groups import Groups

        return Groups(self._connection)

    @cached_property
    def projects(self) -> Projects:
        """Projects and the people in them."""
        from mlsteward._sync.projects import Projects

        return Projects(self._connection)

    @cached_property
    def datasets(self) -> Datasets:
        """Datasets, and who was granted what on them."""
        from mlsteward._sync.datasets import Datasets

        return Datasets(self._connection)

    @cached_property
    def access(self) -> Access:
        """Who may do what, and why."""
        from mlsteward._sync.access import Access

        return Access(self._connection)

    @cached_property
    def audit(self) -> Audit:
        """What was changed, by whom and when."""
        from mlsteward._sync.operations import Audit

        return Audit(self._connection)

    def whoami(self) -> Account:
        """Who is calling.

        Raises:
            Unauthenticated: There is no API key, or it is not valid.
        """
        return self.identity.whoami()

    def health(self) -> Health:
        """Whether the server is up. Needs no API key."""
        return self.identity.health()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._connection!r})"

    def close(self) -> None:
        """Give connections and the data file back."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
