# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.offboarding import Offboarding
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    user: str,
    *,
    successor: str | Unset = UNSET,
) -> Request[Offboarding]:
    """Preview the offboarding of a person

    Returns what offboarding would remove, what it would transfer, and what blocks it. Changes nothing.

    Args:
        workspace (str):
        user (str):
        successor (str | Unset):
    """

    params: dict[str, Any] = {}

    params["successor"] = successor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "get",
        "/workspaces/{workspace}/members/{user}/offboarding",
        {
            "workspace": workspace,
            "user": user,
        },
        _read,
        operation="preview_offboarding",
        params=params,
    )


def _read(response: httpx.Response) -> Offboarding:
    return Offboarding.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Offboarding | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Offboarding | Problem]:
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
    successor: str | Unset = UNSET,
) -> Response[Offboarding | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        user=user,
        successor=successor,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    successor: str | Unset = UNSET,
) -> Offboarding | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        user=user,
        client=client,
        successor=successor,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    successor: str | Unset = UNSET,
) -> Response[Offboarding | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        user=user,
        successor=successor,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    successor: str | Unset = UNSET,
) -> Offboarding | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            user=user,
            client=client,
            successor=successor,
        )
    ).parsed
