# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.experiment import Experiment
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    project: str,
    *,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Request[list[Experiment]]:
    """List the experiments of a project

    Oldest first. Anyone can list the experiments of a public project, even without an API key.

    Args:
        project (str):
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
        "/projects/{project}/experiments",
        {
            "project": project,
        },
        _read,
        operation="list_experiments",
        params=params,
    )


def _read(response: httpx.Response) -> list[Experiment]:
    return [Experiment.from_dict(item) for item in read_json(response)]


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[Experiment]:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[Experiment]]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Response[Problem | list[Experiment]]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        project=project,
        limit=limit,
        cursor=cursor,
        total=total,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Problem | list[Experiment] | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        project=project,
        client=client,
        limit=limit,
        cursor=cursor,
        total=total,
    ).parsed


async def asyncio_detailed(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Response[Problem | list[Experiment]]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        project=project,
        limit=limit,
        cursor=cursor,
        total=total,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Problem | list[Experiment] | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            project=project,
            client=client,
            limit=limit,
            cursor=cursor,
            total=total,
        )
    ).parsed
