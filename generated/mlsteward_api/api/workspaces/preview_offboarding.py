# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.offboarding import Offboarding
from ...models.problem import Problem
from ...types import UNSET, Response, Unset, path_segment, read_json, status


def _get_kwargs(
    workspace: str,
    user: str,
    *,
    successor: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["successor"] = successor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/workspaces/{path_segment(workspace)}/members/{path_segment(user)}/offboarding",
        "params": params,
    }

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
    successor: str | Unset = UNSET,
) -> Response[Offboarding | Problem]:
    """Preview the offboarding of a person

     Returns what offboarding would remove, what it would transfer, and what blocks it. Changes nothing.

    Args:
        workspace (str):
        user (str):
        successor (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Offboarding | Problem]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        user=user,
        successor=successor,
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
    successor: str | Unset = UNSET,
) -> Response[Offboarding | Problem]:
    """Preview the offboarding of a person

     Returns what offboarding would remove, what it would transfer, and what blocks it. Changes nothing.

    Args:
        workspace (str):
        user (str):
        successor (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Offboarding | Problem]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        user=user,
        successor=successor,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
