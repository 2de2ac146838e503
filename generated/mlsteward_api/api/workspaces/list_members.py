# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.member import Member
from ...models.member_view import MemberView
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    *,
    view: MemberView | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Request[list[Member]]:
    """List the people in a workspace

    Sorted by username. Does not include service accounts. `view=full`, which only admins can use, adds
    names and email addresses.

    Args:
        workspace (str):
        view (MemberView | Unset):
        limit (int | Unset):
        cursor (str | Unset):
    """

    params: dict[str, Any] = {}

    json_view: str | Unset = UNSET
    if not isinstance(view, Unset):
        json_view = view.value

    params["view"] = json_view

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "get",
        "/workspaces/{workspace}/members",
        {
            "workspace": workspace,
        },
        _read,
        operation="list_members",
        params=params,
    )


def _read(response: httpx.Response) -> list[Member]:
    return [Member.from_dict(item) for item in read_json(response)]


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[Member]:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[Member]]:
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
    view: MemberView | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[Member]]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        view=view,
        limit=limit,
        cursor=cursor,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    view: MemberView | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[Member] | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        client=client,
        view=view,
        limit=limit,
        cursor=cursor,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    view: MemberView | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[Member]]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        view=view,
        limit=limit,
        cursor=cursor,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    view: MemberView | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[Member] | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            client=client,
            view=view,
            limit=limit,
            cursor=cursor,
        )
    ).parsed
