# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.api_key_created import ApiKeyCreated
from ...models.api_key_rotate import ApiKeyRotate
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    user: str,
    key: str,
    *,
    body: ApiKeyRotate,
    idempotency_key: str | Unset = UNSET,
) -> Request[ApiKeyCreated]:
    """Rotate an API key

    Creates a new key with the same name, scopes and lifetime. The old key keeps working during the
    overlap. Returns the new secret, which is shown only once. A key with any scope can rotate itself
    once; rotating another key needs the scope `admin`. During the overlap, the old key cannot be
    rotated again and cannot create keys.

    Args:
        user (str):
        key (str):
        idempotency_key (str | Unset):
        body (ApiKeyRotate):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/users/{user}/api-keys/{key}/rotate",
        {
            "user": user,
            "key": key,
        },
        _read,
        operation="rotate_api_key",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> ApiKeyCreated:
    return ApiKeyCreated.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ApiKeyCreated | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ApiKeyCreated | Problem]:
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
    body: ApiKeyRotate,
    idempotency_key: str | Unset = UNSET,
) -> Response[ApiKeyCreated | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        user=user,
        key=key,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    user: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
    body: ApiKeyRotate,
    idempotency_key: str | Unset = UNSET,
) -> ApiKeyCreated | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        user=user,
        key=key,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    user: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
    body: ApiKeyRotate,
    idempotency_key: str | Unset = UNSET,
) -> Response[ApiKeyCreated | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        user=user,
        key=key,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    user: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
    body: ApiKeyRotate,
    idempotency_key: str | Unset = UNSET,
) -> ApiKeyCreated | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            user=user,
            key=key,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
