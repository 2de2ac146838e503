# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.account_kind import AccountKind
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, read_nothing, status


def request(
    project: str,
    user: str,
    *,
    kind: AccountKind | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Request[None]:
    """Remove an account from a project

    Removes the account from the roster. An account that has access through the visibility of the
    project cannot be removed.

    Args:
        project (str):
        user (str):
        kind (AccountKind | Unset): Whether the account belongs to a person or to a program.
        idempotency_key (str | Unset):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    json_kind: str | Unset = UNSET
    if not isinstance(kind, Unset):
        json_kind = kind.value

    params["kind"] = json_kind

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "delete",
        "/projects/{project}/users/{user}",
        {
            "project": project,
            "user": user,
        },
        read_nothing,
        operation="remove_project_user",
        params=params,
        headers=headers,
    )


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | Problem:
    if 200 <= response.status_code < 300:
        return None
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    kind: AccountKind | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[Any | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        project=project,
        user=user,
        kind=kind,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    kind: AccountKind | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Any | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        project=project,
        user=user,
        client=client,
        kind=kind,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    kind: AccountKind | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[Any | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        project=project,
        user=user,
        kind=kind,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    kind: AccountKind | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Any | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            project=project,
            user=user,
            client=client,
            kind=kind,
            idempotency_key=idempotency_key,
        )
    ).parsed
