# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.dataset import Dataset
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    *,
    workspace: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Request[list[Dataset]]:
    """List the datasets that the caller can view

    Sorted by workspace, oldest first.

    Args:
        workspace (str | Unset):
        limit (int | Unset):
        cursor (str | Unset):
    """

    params: dict[str, Any] = {}

    params["workspace"] = workspace

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "get",
        "/datasets",
        {},
        _read,
        operation="list_datasets",
        params=params,
    )


def _read(response: httpx.Response) -> list[Dataset]:
    return [Dataset.from_dict(item) for item in read_json(response)]


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[Dataset]:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[Dataset]]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    workspace: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[Dataset]]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        limit=limit,
        cursor=cursor,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    workspace: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[Dataset] | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        client=client,
        workspace=workspace,
        limit=limit,
        cursor=cursor,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    workspace: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[Dataset]]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        limit=limit,
        cursor=cursor,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    workspace: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[Dataset] | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            client=client,
            workspace=workspace,
            limit=limit,
            cursor=cursor,
        )
    ).parsed
