# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.dataset_access import DatasetAccess
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    user: str,
    *,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Request[list[DatasetAccess]]:
    """List the effective permissions of a member on datasets

    Returns the datasets of the workspace on which the member has a permission above NO_ACCESS, oldest
    first.

    Args:
        workspace (str):
        user (str):
        limit (int | Unset):
        cursor (str | Unset):
    """

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "get",
        "/workspaces/{workspace}/members/{user}/dataset-permissions",
        {
            "workspace": workspace,
            "user": user,
        },
        _read,
        operation="list_member_dataset_permissions",
        params=params,
    )


def _read(response: httpx.Response) -> list[DatasetAccess]:
    return [DatasetAccess.from_dict(item) for item in read_json(response)]


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[DatasetAccess]:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[DatasetAccess]]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[DatasetAccess]]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        user=user,
        limit=limit,
        cursor=cursor,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[DatasetAccess] | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        user=user,
        client=client,
        limit=limit,
        cursor=cursor,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[DatasetAccess]]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        user=user,
        limit=limit,
        cursor=cursor,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[DatasetAccess] | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            user=user,
            client=client,
            limit=limit,
            cursor=cursor,
        )
    ).parsed
