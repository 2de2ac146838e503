# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.workspace import Workspace
from ...models.workspace_create import WorkspaceCreate
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    *,
    body: WorkspaceCreate,
    idempotency_key: str | Unset = UNSET,
) -> Request[Workspace]:
    """Create a workspace

    The first admin is the account in `admin`, or the caller.

    Args:
        idempotency_key (str | Unset):
        body (WorkspaceCreate):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/workspaces",
        {},
        _read,
        operation="create_workspace",
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
    *,
    client: AuthenticatedClient | Client,
    body: WorkspaceCreate,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | Workspace]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: WorkspaceCreate,
    idempotency_key: str | Unset = UNSET,
) -> Problem | Workspace | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: WorkspaceCreate,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | Workspace]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: WorkspaceCreate,
    idempotency_key: str | Unset = UNSET,
) -> Problem | Workspace | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
