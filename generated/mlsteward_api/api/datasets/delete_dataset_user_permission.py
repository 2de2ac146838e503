# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, read_nothing, status


def request(
    dataset: str,
    user: str,
    *,
    idempotency_key: str | Unset = UNSET,
) -> Request[None]:
    """Revoke the permission of an account on a dataset

    Args:
        dataset (str):
        user (str):
        idempotency_key (str | Unset):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    return Request(
        "delete",
        "/datasets/{dataset}/permissions/users/{user}",
        {
            "dataset": dataset,
            "user": user,
        },
        read_nothing,
        operation="delete_dataset_user_permission",
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
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    idempotency_key: str | Unset = UNSET,
) -> Response[Any | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        dataset=dataset,
        user=user,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    idempotency_key: str | Unset = UNSET,
) -> Any | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        dataset=dataset,
        user=user,
        client=client,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    idempotency_key: str | Unset = UNSET,
) -> Response[Any | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        dataset=dataset,
        user=user,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    idempotency_key: str | Unset = UNSET,
) -> Any | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            dataset=dataset,
            user=user,
            client=client,
            idempotency_key=idempotency_key,
        )
    ).parsed
