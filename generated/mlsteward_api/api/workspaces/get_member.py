# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.member import Member
from ...models.problem import Problem
from ...types import Request, Response, read_json, status


def request(
    workspace: str,
    user: str,
) -> Request[Member]:
    """Get a member of a workspace

    Admins can get every member, others only themselves.

    Args:
        workspace (str):
        user (str):
    """

    return Request(
        "get",
        "/workspaces/{workspace}/members/{user}",
        {
            "workspace": workspace,
            "user": user,
        },
        _read,
        operation="get_member",
    )


def _read(response: httpx.Response) -> Member:
    return Member.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Member | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Member | Problem]:
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
) -> Response[Member | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        user=user,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
) -> Member | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        user=user,
        client=client,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Member | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        user=user,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
) -> Member | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            user=user,
            client=client,
        )
    ).parsed
