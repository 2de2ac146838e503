# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, read_nothing, status


def request(
    user: str,
    key: str,
    *,
    idempotency_key: str | Unset = UNSET,
) -> Request[None]:
    """Delete an API key

    The key stops working immediately.

    Args:
        user (str):
        key (str):
        idempotency_key (str | Unset):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    return Request(
        "delete",
        "/users/{user}/api-keys/{key}",
        {
            "user": user,
            "key": key,
        },
        read_nothing,
        operation="delete_api_key",
        headers=headers,
    )


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | Problem:
    if 200 <= response.status_code < 300:
        return None
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
    idempotency_key: str | Unset = UNSET,
) -> Response[Any | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        user=user,
        key=key,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    user: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
    idempotency_key: str | Unset = UNSET,
) -> Any | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        user=user,
        key=key,
        client=client,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    user: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
    idempotency_key: str | Unset = UNSET,
) -> Response[Any | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        user=user,
        key=key,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    user: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
    idempotency_key: str | Unset = UNSET,
) -> Any | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            user=user,
            key=key,
            client=client,
            idempotency_key=idempotency_key,
        )
    ).parsed
