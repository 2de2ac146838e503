# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.experiment import Experiment
from ...models.problem import Problem
from ...types import UNSET, Response, Unset, path_segment, read_json, status


def _get_kwargs(
    project: str,
    *,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["total"] = total

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/projects/{path_segment(project)}/experiments",
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[Experiment]:
    if response.status_code == 200:
        return [Experiment.from_dict(item) for item in read_json(response)]

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
    """List the experiments of a project

     Oldest first. Anyone can list the experiments of a public project, even without an API key.

    Args:
        project (str):
        limit (int | Unset):
        cursor (str | Unset):
        total (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[Experiment]]
    """

    kwargs = _get_kwargs(
        project=project,
        limit=limit,
        cursor=cursor,
        total=total,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
    total: bool | Unset = UNSET,
) -> Response[Problem | list[Experiment]]:
    """List the experiments of a project

     Oldest first. Anyone can list the experiments of a public project, even without an API key.

    Args:
        project (str):
        limit (int | Unset):
        cursor (str | Unset):
        total (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[Experiment]]
    """

    kwargs = _get_kwargs(
        project=project,
        limit=limit,
        cursor=cursor,
        total=total,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
