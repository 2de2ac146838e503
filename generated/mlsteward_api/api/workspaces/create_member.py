# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.member import Member
from ...models.member_create import MemberCreate
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    *,
    body: MemberCreate,
    idempotency_key: str | Unset = UNSET,
) -> Request[Member]:
    """Add a person to a workspace without an invitation

    Creates the account if no account has this username. The email address of a new account counts as
    proved. If the account exists, `email` must be absent or an address that the account has proved.
    Default for `role`: the default role of the workspace.

    Args:
        workspace (str):
        idempotency_key (str | Unset):
        body (MemberCreate):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/workspaces/{workspace}/members",
        {
            "workspace": workspace,
        },
        _read,
        operation="create_member",
        headers=headers,
        **_kwargs,
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
    *,
    client: AuthenticatedClient | Client,
    body: MemberCreate,
    idempotency_key: str | Unset = UNSET,
) -> Response[Member | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: MemberCreate,
    idempotency_key: str | Unset = UNSET,
) -> Member | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: MemberCreate,
    idempotency_key: str | Unset = UNSET,
) -> Response[Member | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: MemberCreate,
    idempotency_key: str | Unset = UNSET,
) -> Member | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
