# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.bulk_answer import BulkAnswer
from ...models.dataset_permissions_grant import DatasetPermissionsGrant
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    dataset: str,
    *,
    body: DatasetPermissionsGrant,
    idempotency_key: str | Unset = UNSET,
) -> Request[BulkAnswer]:
    """Grant many accounts and groups a permission on a dataset

    Each row is a `set_dataset_user_permission` if it has a `user`, or a `set_dataset_group_permission`
    if it has a `group`.

    Args:
        dataset (str):
        idempotency_key (str | Unset):
        body (DatasetPermissionsGrant):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/datasets/{dataset}/permissions/bulk",
        {
            "dataset": dataset,
        },
        _read,
        operation="grant_dataset_permissions",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> BulkAnswer:
    return BulkAnswer.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> BulkAnswer | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[BulkAnswer | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    dataset: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetPermissionsGrant,
    idempotency_key: str | Unset = UNSET,
) -> Response[BulkAnswer | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        dataset=dataset,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    dataset: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetPermissionsGrant,
    idempotency_key: str | Unset = UNSET,
) -> BulkAnswer | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        dataset=dataset,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    dataset: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetPermissionsGrant,
    idempotency_key: str | Unset = UNSET,
) -> Response[BulkAnswer | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        dataset=dataset,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    dataset: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetPermissionsGrant,
    idempotency_key: str | Unset = UNSET,
) -> BulkAnswer | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            dataset=dataset,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
