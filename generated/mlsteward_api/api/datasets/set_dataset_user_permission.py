# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.dataset_user_grant import DatasetUserGrant
from ...models.dataset_user_permission_set import DatasetUserPermissionSet
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    dataset: str,
    user: str,
    *,
    body: DatasetUserPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> Request[DatasetUserGrant]:
    """Grant an account a permission on a dataset

    With `invite`, the server invites an email address that belongs to no member of the workspace. The
    invitation is for the default role of the workspace, but no higher than the role of the caller. The
    grant takes effect when the invitation is accepted. Service accounts cannot invite.

    Args:
        dataset (str):
        user (str):
        idempotency_key (str | Unset):
        body (DatasetUserPermissionSet):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "put",
        "/datasets/{dataset}/permissions/users/{user}",
        {
            "dataset": dataset,
            "user": user,
        },
        _read,
        operation="set_dataset_user_permission",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> DatasetUserGrant:
    return DatasetUserGrant.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> DatasetUserGrant | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[DatasetUserGrant | Problem]:
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
    body: DatasetUserPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> Response[DatasetUserGrant | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        dataset=dataset,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetUserPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> DatasetUserGrant | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        dataset=dataset,
        user=user,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetUserPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> Response[DatasetUserGrant | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        dataset=dataset,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetUserPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> DatasetUserGrant | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            dataset=dataset,
            user=user,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
