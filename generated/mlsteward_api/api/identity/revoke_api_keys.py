# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.api_keys_revoke import ApiKeysRevoke
from ...models.bulk_answer import BulkAnswer
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    user: str,
    *,
    body: ApiKeysRevoke,
    idempotency_key: str | Unset = UNSET,
) -> Request[BulkAnswer]:
    """Delete many API keys of an account

    Each row is a `delete_api_key`.

    Args:
        user (str):
        idempotency_key (str | Unset):
        body (ApiKeysRevoke):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/users/{user}/api-keys/revoke",
        {
            "user": user,
        },
        _read,
        operation="revoke_api_keys",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> BulkAnswer:
    return BulkAnswer.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> BulkAnswer | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[BulkAnswer | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: ApiKeysRevoke,
    idempotency_key: str | Unset = UNSET,
) -> Response[BulkAnswer | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: ApiKeysRevoke,
    idempotency_key: str | Unset = UNSET,
) -> BulkAnswer | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        user=user,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: ApiKeysRevoke,
    idempotency_key: str | Unset = UNSET,
) -> Response[BulkAnswer | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: ApiKeysRevoke,
    idempotency_key: str | Unset = UNSET,
) -> BulkAnswer | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            user=user,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
