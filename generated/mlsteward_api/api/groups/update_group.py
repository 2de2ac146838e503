# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.group import Group
from ...models.group_update import GroupUpdate
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    group: str,
    *,
    body: GroupUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Request[Group]:
    """Change a group

    `users` replaces the members of the group: anyone not in the list is removed from the group.

    Args:
        workspace (str):
        group (str):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (GroupUpdate):
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
        "/workspaces/{workspace}/groups/{group}",
        {
            "workspace": workspace,
            "group": group,
        },
        _read,
        operation="update_group",
        headers=headers,
        **_kwargs,
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
    body: GroupUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Group | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        group=group,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: GroupUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Group | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        group=group,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: GroupUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Group | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        group=group,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: GroupUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Group | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            group=group,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
