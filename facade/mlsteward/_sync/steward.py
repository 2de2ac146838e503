# Derived from facade/mlsteward/_async/steward.py by scripts/derive_sync.py. Do not edit.
"""The object client: one namespace for each domain."""

from __future__ import annotations

from contextlib import AbstractContextManager
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Self

from mlsteward._public import public_names
from mlsteward._sync.namespaces import Namespaces
from mlsteward.config import resolve
from mlsteward.config.told import whole
from mlsteward.connection import Connection

if TYPE_CHECKING:
    from typing import Unpack

    from mlsteward.options import ConnectionOptions
    from mlsteward.records.identity import Account, Health
    from mlsteward.records.operations import Change
    from mlsteward.responses import RawResponse


class Steward(Namespaces):
    """A client of a machine-learning platform.

    Without any configuration, the server runs inside this process, on a data file of the user.

    Every method takes `timeout`, in seconds, in place of that of the client. Every method that writes takes an
    `idempotency_key`: a write is carried out only once, however often it is sent with the same key.

    In the examples of the methods, `steward` is a client of an operator, with `ml-team` as its default workspace.

    Args:
        url: The server, such as `https://steward.example.com` (default: `MLSTEWARD_URL`).
        api_token: The API key to call with (default: `MLSTEWARD_API_TOKEN`).
        workspace: The default workspace (default: `MLSTEWARD_WORKSPACE`).
        path: The data file of the server inside this process, `:memory:`, or a `postgresql://` address.
        profile: A profile of the user's configuration file.
        options: What `mlsteward.connection.Connection` takes, such as `timeout` in seconds, `retry`,
            `proxy`, or an httpx client of your own as `http_client`.

    Raises:
        ConfigurationError: The configuration is incomplete or not valid.

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
        **options: Unpack[ConnectionOptions],
    ) -> None:
        config = resolve(url=url, api_token=api_token, workspace=workspace, path=path, profile=profile)
        self._connection = Connection(config, **options)

    @classmethod
    def over(cls, connection: Connection) -> Self:
        """A client that uses an open connection.

        Example:
            >>> from mlsteward.config import resolve
            >>> from mlsteward.connection import Connection
            >>> connection = Connection(resolve(path=":memory:"))
            >>> with Steward.over(connection) as steward:
            ...     steward.whoami().username
            'local'
        """
        steward = cls.__new__(cls)
        steward._connection = connection
        return steward

    def as_account(self, api_token: str) -> Steward:
        """A client of the same server with another API key. It shares the connections of this client.

        Example:
            >>> key = steward.api_keys.create("laptop", user="jackie")
            >>> jackie = steward.as_account(key.secret)
            >>> jackie.whoami().username
            'jackie'
        """
        return Steward.over(self._connection.as_token(api_token))

    def dry_run(self) -> Steward:
        """A client whose writes change nothing. Its `changes` are what they would have changed.

        The server does everything that it would do, and undoes it. A write that would be refused is refused. A dry
        run knows nothing of those before it: each starts from what there is. Secrets are left out of what it returns.
        Uploads have no dry run, and neither does work that goes on after the call.

        Example:
            >>> from mlsteward import Steward
            >>> def main() -> str:
            ...     with Steward(path=":memory:", workspace="ml-team") as steward:
            ...         steward.workspaces.create("ml-team")
            ...         steward.members.add("jackie", role="guest")
            ...         trial = steward.dry_run()
            ...         trial.members.update("jackie", role="admin")
            ...         change = trial.changes[0]
            ...         role = steward.members.get("jackie").role
            ...         return f"{change.fields[0].before} to {change.fields[0].after}, still {role}"
            >>> main()
            'guest to admin, still guest'
        """
        return Steward.over(self._connection.as_dry_run())

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the writes so far would have changed, in order, if this client came from `dry_run()`. Else empty.

        Example:
            >>> trial = steward.dry_run()
            >>> trial.datasets.delete("street-signs")
            >>> [(change.event, change.object_name) for change in trial.changes]
            [('Deleted the dataset', 'street-signs')]
        """
        from mlsteward_api.models.change import Change as Arrived

        from mlsteward.records.operations import read_change

        return tuple(read_change(Arrived.from_dict(change)) for change in self._connection.trials or ())

    def raw_responses(self) -> AbstractContextManager[list[RawResponse]]:
        """Collect the responses behind the calls in a `with` block: status, headers and request id.

        Refusals are collected too, and each page of a list. Other threads and clients are not. The block is a plain
        `with` for both clients.

        Example:
            >>> from mlsteward import Steward
            >>> def main() -> int:
            ...     with Steward(path=":memory:") as steward:
            ...         with steward.raw_responses() as responses:
            ...             steward.workspaces.create("ml-team")
            ...         return responses[-1].status
            >>> main()
            201
        """
        from mlsteward.responses import recorded

        return recorded(self._connection.lifetime)

    def whoami(self, *, timeout: float | None = None) -> Account:
        """Get the calling account.

        Raises:
            Unauthenticated: There is no API key, or it is not valid.

        Example:
            >>> steward.whoami().username
            'local'
        """
        return self.identity.whoami(timeout=timeout)

    def health(self, *, timeout: float | None = None) -> Health:
        """Get the state of the server. Needs no API key.

        Example:
            >>> steward.health().status
            'ok'
        """
        return self.identity.health(timeout=timeout)

    def __repr__(self) -> str:
        tries = "" if self._connection.trials is None else ", dry run"
        return f"<{type(self).__name__} {whole(self._connection.config)}{tries}>"

    def __dir__(self) -> list[str]:
        return public_names(self)

    def close(self) -> None:
        """Close connections and the data file.

        Example:
            >>> steward.close()
            >>> steward.whoami()
            Traceback (most recent call last):
                ...
            mlsteward.errors.TransportError: The connection is closed.
        """
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
