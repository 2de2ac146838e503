"""What every resource does: name things, list them, create and delete them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from mlsteward.connection import AsyncConnection
from mlsteward.errors import Conflict, Forbidden, NotFound
from mlsteward.pagination import AsyncPager
from mlsteward.references import dataset_reference, experiment_reference, project_reference, workspace_reference

R = TypeVar("R")


class AsyncResource:
    """The base of all resources.

    Args:
        connection: Where to send requests, and as whom.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def _workspace(self, workspace: str | None) -> str:
        """How a path names a workspace."""
        return workspace_reference(workspace, self._connection.workspace)

    def _project(self, project: str, workspace: str | None) -> str:
        """How a path names a project."""
        return project_reference(project, workspace, self._connection.workspace)

    def _dataset(self, dataset: str, workspace: str | None) -> str:
        """How a path names a dataset."""
        return dataset_reference(dataset, workspace, self._connection.workspace)

    def _experiment(self, experiment: str, workspace: str | None) -> str:
        """How a path names an experiment."""
        return experiment_reference(experiment, workspace, self._connection.workspace)

    def _list(
        self,
        operation: Any,
        read: Callable[[Any], R],
        *,
        limit: int | None,
        page_size: int | None,
        timeout: float | None,
        **arguments: Any,
    ) -> AsyncPager[R]:
        """A list of any length.

        Args:
            operation: A module of the generated client that answers with a page of models.
            read: Makes a record of a model.
            limit: Maximum number of records; None for all.
            page_size: Number of records per request; None leaves it to the server.
            timeout: Of each request.
            arguments: What the path names, and filters. A filter that is None is left out.
        """
        connection = self._connection

        async def fetch(page_size: int | None, cursor: str | None) -> tuple[list[R], str | None]:
            found, following = await connection.call_page(
                operation, timeout=timeout, **arguments, limit=page_size, cursor=cursor
            )
            return [read(model) for model in found], following

        async def total() -> int:
            return await connection.call_total(operation, timeout=timeout, **arguments)

        is_counted = "total" in (operation._get_kwargs.__kwdefaults__ or ())
        return AsyncPager(fetch, limit=limit, page_size=page_size, total=total if is_counted else None)

    async def _create(
        self,
        operation: Any,
        read: Callable[[Any], R],
        *,
        taken: str,
        find: Callable[[], Awaitable[R]],
        exist_ok: bool,
        **call: Any,
    ) -> R:
        """Create something. `exist_ok` gives back what exists, if the caller can see it.

        Args:
            operation: A module of the generated client.
            read: Makes a record of the model it answers with.
            taken: The code of the problem that it exists already.
            find: Gets what exists.
            exist_ok: Whether that is wanted.
            call: Everything else that `connection.call` takes.
        """
        try:
            return read(await self._connection.call(operation, **call))
        except Conflict as error:
            if not (exist_ok and error.code == taken):
                raise
            try:
                return await find()
            except (NotFound, Forbidden):
                # It exists, so "not found" would be wrong.
                raise error from None

    async def _delete(self, operation: Any, *, absent: str, missing_ok: bool, **call: Any) -> None:
        """Delete something. `missing_ok` succeeds where that very thing is not found.

        Args:
            operation: A module of the generated client.
            absent: The code of the problem that it does not exist. What it is in has codes of its own.
            missing_ok: Whether that is fine.
            call: Everything else that `connection.call` takes.
        """
        try:
            await self._connection.call(operation, **call)
        except NotFound as error:
            if not (missing_ok and error.code == absent):
                raise


class AsyncNamespace(AsyncResource):
    """A resource that is an attribute of `AsyncSteward`, by the name of its class: `AsyncApiKeys` is `api_keys`."""
