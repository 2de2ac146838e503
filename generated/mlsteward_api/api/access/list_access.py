# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.access_entry import AccessEntry
from ...models.problem import Problem
from ...types import UNSET, Response, Unset, path_segment, read_json, status


def _get_kwargs(
    workspace: str,
    *,
    user: str | Unset = UNSET,
    project: str | Unset = UNSET,
    dataset: str | Unset = UNSET,
    granted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["user"] = user

    params["project"] = project

    params["dataset"] = dataset

    params["granted"] = granted

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/workspaces/{path_segment(workspace)}/access",
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[AccessEntry]:
    if response.status_code == 200:
        return [AccessEntry.from_dict(item) for item in read_json(response)]

    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[AccessEntry]]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    user: str | Unset = UNSET,
    project: str | Unset = UNSET,
    dataset: str | Unset = UNSET,
    granted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[AccessEntry]]:
    """List who can access what in a workspace

     Returns one entry for each account and each project or dataset of the workspace: the account's role
    or permission, and the rule that gives it. Includes archived projects. Datasets come first, then
    projects, each oldest first; within each, accounts are sorted by username. With `Accept: text/csv`
    or `application/x-ndjson`, the server streams the whole list. If the server cannot finish the list,
    the last line is the problem.

    Args:
        workspace (str):
        user (str | Unset):
        project (str | Unset):
        dataset (str | Unset):
        granted (bool | Unset):
        limit (int | Unset):
        cursor (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[AccessEntry]]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        user=user,
        project=project,
        dataset=dataset,
        granted=granted,
        limit=limit,
        cursor=cursor,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    user: str | Unset = UNSET,
    project: str | Unset = UNSET,
    dataset: str | Unset = UNSET,
    granted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[AccessEntry]]:
    """List who can access what in a workspace

     Returns one entry for each account and each project or dataset of the workspace: the account's role
    or permission, and the rule that gives it. Includes archived projects. Datasets come first, then
    projects, each oldest first; within each, accounts are sorted by username. With `Accept: text/csv`
    or `application/x-ndjson`, the server streams the whole list. If the server cannot finish the list,
    the last line is the problem.

    Args:
        workspace (str):
        user (str | Unset):
        project (str | Unset):
        dataset (str | Unset):
        granted (bool | Unset):
        limit (int | Unset):
        cursor (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[AccessEntry]]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        user=user,
        project=project,
        dataset=dataset,
        granted=granted,
        limit=limit,
        cursor=cursor,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
