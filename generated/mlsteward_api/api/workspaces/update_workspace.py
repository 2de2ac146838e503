# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.workspace import Workspace
from ...models.workspace_update import WorkspaceUpdate
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    *,
    body: WorkspaceUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Request[Workspace]:
    """Change the plan of a workspace

    Changes only the fields that are sent. The name of a workspace cannot be changed, because scripts
    and service accounts use it.

    Args:
        workspace (str):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (WorkspaceUpdate):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "patch",
        "/workspaces/{workspace}",
        {
            "workspace": workspace,
        },
        _read,
        operation="update_workspace",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> Workspace:
    return Workspace.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | Workspace:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Problem | Workspace]:
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
    body: WorkspaceUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | Workspace]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: WorkspaceUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | Workspace | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: WorkspaceUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | Workspace]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: WorkspaceUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | Workspace | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
