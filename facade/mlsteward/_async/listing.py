"""The one way resources list: pages of models, read as records when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from mlsteward.connection import AsyncConnection
from mlsteward.pagination import AsyncPager

R = TypeVar("R")


def listing(
    connection: AsyncConnection,
    operation: Any,
    read: Callable[[Any], R],
    *,
    limit: int | None,
    page_size: int | None,
    **arguments: Any,
) -> AsyncPager[R]:
    """A list of any length.

    Args:
        connection: Where to and as whom.
        operation: A module of the generated client that answers with a page of models.
        read: Makes a record of a model.
        limit: How many records at most; None for all.
        page_size: How many in one request; None leaves it to the server.
        arguments: What the path names, and filters. What is None is left out.
    """

    async def fetch(page_size: int | None, cursor: str | None) -> tuple[list[R], str | None]:
        found, following = await connection.call_page(operation, **arguments, limit=page_size, cursor=cursor)
        return [read(model) for model in found], following

    return AsyncPager(fetch, limit=limit, page_size=page_size)
