# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.dataset_group_grant import DatasetGroupGrant
from ...models.dataset_permission_set import DatasetPermissionSet
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    dataset: str,
    group: str,
    *,
    body: DatasetPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> Request[DatasetGroupGrant]:
    """Grant a group a permission on a dataset

    Args:
        dataset (str):
        group (str):
        idempotency_key (str | Unset):
        body (DatasetPermissionSet):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "put",
        "/datasets/{dataset}/permissions/groups/{group}",
        {
            "dataset": dataset,
            "group": group,
        },
        _read,
        operation="set_dataset_group_permission",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> DatasetGroupGrant:
    return DatasetGroupGrant.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> DatasetGroupGrant | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[DatasetGroupGrant | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    dataset: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> Response[DatasetGroupGrant | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        dataset=dataset,
        group=group,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    dataset: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> DatasetGroupGrant | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        dataset=dataset,
        group=group,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    dataset: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> Response[DatasetGroupGrant | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        dataset=dataset,
        group=group,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    dataset: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> DatasetGroupGrant | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            dataset=dataset,
            group=group,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
