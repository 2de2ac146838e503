# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.workspace import Workspace
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    *,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Request[list[Workspace]]:
    """List the workspaces of the caller

    Sorted by name. A platform operator sees every workspace.

    Args:
        limit (int | Unset):
        cursor (str | Unset):
    """

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "get",
        "/workspaces",
        {},
        _read,
        operation="list_workspaces",
        params=params,
    )


def _read(response: httpx.Response) -> list[Workspace]:
    return [Workspace.from_dict(item) for item in read_json(response)]


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[Workspace]:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[Workspace]]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[Workspace]]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        limit=limit,
        cursor=cursor,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[Workspace] | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[Workspace]]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        limit=limit,
        cursor=cursor,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[Workspace] | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
        )
    ).parsed
