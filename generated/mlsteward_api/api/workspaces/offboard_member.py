# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.offboarding import Offboarding
from ...models.offboarding_request import OffboardingRequest
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    workspace: str,
    user: str,
    *,
    body: OffboardingRequest,
    idempotency_key: str | Unset = UNSET,
) -> Request[Offboarding]:
    """Offboard a person from a workspace

    Removes the person from the workspace, its projects and its groups. Deletes their grants on
    datasets, the invitations they sent and received, and the API keys they created for other accounts.
    If this was their last workspace, the account and its API keys are deleted too. The successor gets
    what only this person owns. All in one transaction.

    Args:
        workspace (str):
        user (str):
        idempotency_key (str | Unset):
        body (OffboardingRequest):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/workspaces/{workspace}/members/{user}/offboarding",
        {
            "workspace": workspace,
            "user": user,
        },
        _read,
        operation="offboard_member",
        headers=headers,
        **_kwargs,
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
    body: OffboardingRequest,
    idempotency_key: str | Unset = UNSET,
) -> Response[Offboarding | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: OffboardingRequest,
    idempotency_key: str | Unset = UNSET,
) -> Offboarding | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        user=user,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: OffboardingRequest,
    idempotency_key: str | Unset = UNSET,
) -> Response[Offboarding | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: OffboardingRequest,
    idempotency_key: str | Unset = UNSET,
) -> Offboarding | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            user=user,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
