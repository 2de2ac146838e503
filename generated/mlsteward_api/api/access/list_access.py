# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.access_entry import AccessEntry
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    *,
    user: str | Unset = UNSET,
    project: str | Unset = UNSET,
    dataset: str | Unset = UNSET,
    granted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Request[list[AccessEntry]]:
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
    """

    params: dict[str, Any] = {}

    params["user"] = user

    params["project"] = project

    params["dataset"] = dataset

    params["granted"] = granted

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "get",
        "/workspaces/{workspace}/access",
        {
            "workspace": workspace,
        },
        _read,
        operation="list_access",
        params=params,
    )


def _read(response: httpx.Response) -> list[AccessEntry]:
    return [AccessEntry.from_dict(item) for item in read_json(response)]


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[AccessEntry]:
    if 200 <= response.status_code < 300:
        return _read(response)
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
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        user=user,
        project=project,
        dataset=dataset,
        granted=granted,
        limit=limit,
        cursor=cursor,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    user: str | Unset = UNSET,
    project: str | Unset = UNSET,
    dataset: str | Unset = UNSET,
    granted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[AccessEntry] | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        client=client,
        user=user,
        project=project,
        dataset=dataset,
        granted=granted,
        limit=limit,
        cursor=cursor,
    ).parsed


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
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        user=user,
        project=project,
        dataset=dataset,
        granted=granted,
        limit=limit,
        cursor=cursor,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    user: str | Unset = UNSET,
    project: str | Unset = UNSET,
    dataset: str | Unset = UNSET,
    granted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[AccessEntry] | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            client=client,
            user=user,
            project=project,
            dataset=dataset,
            granted=granted,
            limit=limit,
            cursor=cursor,
        )
    ).parsed
