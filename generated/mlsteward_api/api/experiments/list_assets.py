# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.asset import Asset
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    experiment: str,
    *,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Request[list[Asset]]:
    """List the assets of an experiment

    Oldest first.

    Args:
        experiment (str):
        limit (int | Unset):
        cursor (str | Unset):
        total (bool | Unset):
    """

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["total"] = total

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "get",
        "/experiments/{experiment}/assets",
        {
            "experiment": experiment,
        },
        _read,
        operation="list_assets",
        params=params,
    )


def _read(response: httpx.Response) -> list[Asset]:
    return [Asset.from_dict(item) for item in read_json(response)]


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[Asset]:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[Asset]]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Response[Problem | list[Asset]]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        experiment=experiment,
        limit=limit,
        cursor=cursor,
        total=total,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Problem | list[Asset] | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        experiment=experiment,
        client=client,
        limit=limit,
        cursor=cursor,
        total=total,
    ).parsed


async def asyncio_detailed(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Response[Problem | list[Asset]]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        experiment=experiment,
        limit=limit,
        cursor=cursor,
        total=total,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Problem | list[Asset] | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            experiment=experiment,
            client=client,
            limit=limit,
            cursor=cursor,
            total=total,
        )
    ).parsed
