# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.accepted_invitation import AcceptedInvitation
from ...models.invitation_accept import InvitationAccept
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    invitation: str,
    *,
    body: InvitationAccept,
    token: str,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    params["token"] = token

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/invitations/{invitation}/accept".format(
            invitation=quote(str(invitation), safe=""),
        ),
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AcceptedInvitation | Problem:
    if response.status_code == 200:
        response_200 = AcceptedInvitation.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AcceptedInvitation | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    invitation: str,
    *,
    client: AuthenticatedClient | Client,
    body: InvitationAccept,
    token: str,
    idempotency_key: str | Unset = UNSET,
) -> Response[AcceptedInvitation | Problem]:
    """Accept an invitation

     The token in the address is the authority. Where the invitation went to an email address that no
    account has, an account is created and the answer holds its first API key, this once.

    Args:
        invitation (str):
        token (str):
        idempotency_key (str | Unset):
        body (InvitationAccept):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AcceptedInvitation | Problem]
    """

    kwargs = _get_kwargs(
        invitation=invitation,
        body=body,
        token=token,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    invitation: str,
    *,
    client: AuthenticatedClient | Client,
    body: InvitationAccept,
    token: str,
    idempotency_key: str | Unset = UNSET,
) -> AcceptedInvitation | Problem | None:
    """Accept an invitation

     The token in the address is the authority. Where the invitation went to an email address that no
    account has, an account is created and the answer holds its first API key, this once.

    Args:
        invitation (str):
        token (str):
        idempotency_key (str | Unset):
        body (InvitationAccept):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AcceptedInvitation | Problem
    """

    return sync_detailed(
        invitation=invitation,
        client=client,
        body=body,
        token=token,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    invitation: str,
    *,
    client: AuthenticatedClient | Client,
    body: InvitationAccept,
    token: str,
    idempotency_key: str | Unset = UNSET,
) -> Response[AcceptedInvitation | Problem]:
    """Accept an invitation

     The token in the address is the authority. Where the invitation went to an email address that no
    account has, an account is created and the answer holds its first API key, this once.

    Args:
        invitation (str):
        token (str):
        idempotency_key (str | Unset):
        body (InvitationAccept):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AcceptedInvitation | Problem]
    """

    kwargs = _get_kwargs(
        invitation=invitation,
        body=body,
        token=token,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    invitation: str,
    *,
    client: AuthenticatedClient | Client,
    body: InvitationAccept,
    token: str,
    idempotency_key: str | Unset = UNSET,
) -> AcceptedInvitation | Problem | None:
    """Accept an invitation

     The token in the address is the authority. Where the invitation went to an email address that no
    account has, an account is created and the answer holds its first API key, this once.

    Args:
        invitation (str):
        token (str):
        idempotency_key (str | Unset):
        body (InvitationAccept):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AcceptedInvitation | Problem
    """

    return (
        await asyncio_detailed(
            invitation=invitation,
            client=client,
            body=body,
            token=token,
            idempotency_key=idempotency_key,
        )
    ).parsed
