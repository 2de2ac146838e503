# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.service_account import ServiceAccount
from ...models.service_account_create import ServiceAccountCreate
from ...types import UNSET, Response, Unset, path_segment, read_json, status


def _get_kwargs(
    workspace: str,
    *,
    body: ServiceAccountCreate,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/workspaces/{path_segment(workspace)}/service-accounts",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | ServiceAccount:
    if response.status_code == 201:
        return ServiceAccount.from_dict(read_json(response))

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
    """Create a service account

     The username is `name@workspace`. The role is always `member`.

    Args:
        workspace (str):
        idempotency_key (str | Unset):
        body (ServiceAccountCreate):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ServiceAccount]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: ServiceAccountCreate,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | ServiceAccount]:
    """Create a service account

     The username is `name@workspace`. The role is always `member`.

    Args:
        workspace (str):
        idempotency_key (str | Unset):
        body (ServiceAccountCreate):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ServiceAccount]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
