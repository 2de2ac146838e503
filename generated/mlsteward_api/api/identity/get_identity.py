# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.account import Account
from ...models.problem import Problem
from ...types import Request, Response, read_json, status


def request() -> Request[Account]:
    """Get the calling account"""

    return Request(
        "get",
        "/me",
        {},
        _read,
        operation="get_identity",
    )


def _read(response: httpx.Response) -> Account:
    return Account.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Account | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Account | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[Account | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request()
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
) -> Account | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[Account | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request()
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
) -> Account | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed
