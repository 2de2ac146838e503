# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.service_account import ServiceAccount
from ...models.service_account_create import ServiceAccountCreate
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    *,
    body: ServiceAccountCreate,
    idempotency_key: str | Unset = UNSET,
) -> Request[ServiceAccount]:
    """Create a service account

    The username is `name@workspace`. The role is always `member`.

    Args:
        workspace (str):
        idempotency_key (str | Unset):
        body (ServiceAccountCreate):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/workspaces/{workspace}/service-accounts",
        {
            "workspace": workspace,
        },
        _read,
        operation="create_service_account",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> ServiceAccount:
    return ServiceAccount.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | ServiceAccount:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | ServiceAccount]:
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
    body: ServiceAccountCreate,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | ServiceAccount]:
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
    body: ServiceAccountCreate,
    idempotency_key: str | Unset = UNSET,
) -> Problem | ServiceAccount | None:
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
    body: ServiceAccountCreate,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | ServiceAccount]:
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
    body: ServiceAccountCreate,
    idempotency_key: str | Unset = UNSET,
) -> Problem | ServiceAccount | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
