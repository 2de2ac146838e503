# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.group import Group
from ...models.group_users import GroupUsers
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    group: str,
    *,
    body: GroupUsers,
    idempotency_key: str | Unset = UNSET,
) -> Request[Group]:
    """Add people to a group

    People who are in the group already stay in it. Adds all of the people or none.

    Args:
        workspace (str):
        group (str):
        idempotency_key (str | Unset):
        body (GroupUsers):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/workspaces/{workspace}/groups/{group}/members",
        {
            "workspace": workspace,
            "group": group,
        },
        _read,
        operation="add_group_members",
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
    body: GroupUsers,
    idempotency_key: str | Unset = UNSET,
) -> Response[Group | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        group=group,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: GroupUsers,
    idempotency_key: str | Unset = UNSET,
) -> Group | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        group=group,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: GroupUsers,
    idempotency_key: str | Unset = UNSET,
) -> Response[Group | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        group=group,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: GroupUsers,
    idempotency_key: str | Unset = UNSET,
) -> Group | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            group=group,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
