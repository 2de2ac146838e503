# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.workspace_status import WorkspaceStatus
from ...types import Request, Response, read_json, status


def request(
    workspace: str,
) -> Request[WorkspaceStatus]:
    """Get the usage and limits of a workspace

    A self-hosted server has no plans and returns `not_available`.

    Args:
        workspace (str):
    """

    return Request(
        "get",
        "/workspaces/{workspace}/status",
        {
            "workspace": workspace,
        },
        _read,
        operation="get_workspace_status",
    )


def _read(response: httpx.Response) -> WorkspaceStatus:
    return WorkspaceStatus.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | WorkspaceStatus:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | WorkspaceStatus]:
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
) -> Response[Problem | WorkspaceStatus]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | WorkspaceStatus | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        client=client,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Problem | WorkspaceStatus]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | WorkspaceStatus | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            client=client,
        )
    ).parsed
