# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.group import Group
from ...models.problem import Problem
from ...types import Request, Response, read_json, status


def request(
    workspace: str,
    group: str,
) -> Request[Group]:
    """Get a group

    Args:
        workspace (str):
        group (str):
    """

    return Request(
        "get",
        "/workspaces/{workspace}/groups/{group}",
        {
            "workspace": workspace,
            "group": group,
        },
        _read,
        operation="get_group",
    )


def _read(response: httpx.Response) -> Group:
    return Group.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Group | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Group | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Group | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        group=group,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
) -> Group | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        group=group,
        client=client,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Group | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        group=group,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
) -> Group | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            group=group,
            client=client,
        )
    ).parsed
