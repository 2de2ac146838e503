# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.offboarding import Offboarding
from ...models.offboarding_request import OffboardingRequest
from ...models.problem import Problem
from ...types import UNSET, Response, Unset, path_segment, read_json, status


def _get_kwargs(
    workspace: str,
    user: str,
    *,
    body: OffboardingRequest,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/workspaces/{path_segment(workspace)}/members/{path_segment(user)}/offboarding",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Offboarding | Problem:
    if response.status_code == 200:
        return Offboarding.from_dict(read_json(response))

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

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Offboarding | Problem]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    workspace: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: OffboardingRequest,
    idempotency_key: str | Unset = UNSET,
) -> Response[Offboarding | Problem]:
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

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Offboarding | Problem]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
