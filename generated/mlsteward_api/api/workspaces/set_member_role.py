# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.member import Member
from ...models.member_update import MemberUpdate
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    user: str,
    *,
    body: MemberUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Request[Member]:
    """Change the role of a member

    The last admin must stay an admin. Service accounts must stay members. Lowering the role revokes the
    invitations that the member sent and could not send with the new role, and deletes the API keys that
    the member created for other accounts of the workspace.

    Args:
        workspace (str):
        user (str):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (MemberUpdate):
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
        "/workspaces/{workspace}/members/{user}",
        {
            "workspace": workspace,
            "user": user,
        },
        _read,
        operation="set_member_role",
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
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: MemberUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Member | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: MemberUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Member | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        user=user,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: MemberUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Member | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: MemberUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Member | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            user=user,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
