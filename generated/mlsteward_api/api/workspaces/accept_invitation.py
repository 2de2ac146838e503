# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.accepted_invitation import AcceptedInvitation
from ...models.invitation_accept import InvitationAccept
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    invitation: str,
    *,
    body: InvitationAccept,
    token: str,
    idempotency_key: str | Unset = UNSET,
) -> Request[AcceptedInvitation]:
    """Accept an invitation

    The token in the invitation link authorizes the call. With an API key, which needs the scope
    `admin`, the account of the key joins. Without an API key, the server creates an account and returns
    its first API key, which is shown only once. Only the invited account can accept an invitation to a
    username. There are two links: the link in the invitation lets someone join; the link in the email
    also proves the email address, and lets the account join that has already proved it. An operator
    accepts on behalf of a person who has no account yet.

    Args:
        invitation (str):
        token (str):
        idempotency_key (str | Unset):
        body (InvitationAccept):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    params["token"] = token

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/invitations/{invitation}/accept",
        {
            "invitation": invitation,
        },
        _read,
        operation="accept_invitation",
        params=params,
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> AcceptedInvitation:
    return AcceptedInvitation.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AcceptedInvitation | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AcceptedInvitation | Problem]:
    return Response(
        status_code=status(response.status_code),
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
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        invitation=invitation,
        body=body,
        token=token,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    invitation: str,
    *,
    client: AuthenticatedClient | Client,
    body: InvitationAccept,
    token: str,
    idempotency_key: str | Unset = UNSET,
) -> AcceptedInvitation | Problem | None:
    """Send `request()`, and return the body of the answer"""
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
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        invitation=invitation,
        body=body,
        token=token,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    invitation: str,
    *,
    client: AuthenticatedClient | Client,
    body: InvitationAccept,
    token: str,
    idempotency_key: str | Unset = UNSET,
) -> AcceptedInvitation | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            invitation=invitation,
            client=client,
            body=body,
            token=token,
            idempotency_key=idempotency_key,
        )
    ).parsed
