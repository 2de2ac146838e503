# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.dataset_user_grant import DatasetUserGrant
from ...models.dataset_user_permission_set import DatasetUserPermissionSet
from ...models.problem import Problem
from ...types import UNSET, Response, Unset, path_segment, read_json, status


def _get_kwargs(
    dataset: str,
    user: str,
    *,
    body: DatasetUserPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": f"/datasets/{path_segment(dataset)}/permissions/users/{path_segment(user)}",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> DatasetUserGrant | Problem:
    if response.status_code == 200:
        return DatasetUserGrant.from_dict(read_json(response))

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
    """Grant an account a permission on a dataset

     With `invite`, the server invites an email address that belongs to no member of the workspace. The
    invitation is for the default role of the workspace, but no higher than the role of the caller. The
    grant takes effect when the invitation is accepted. Service accounts cannot invite.

    Args:
        dataset (str):
        user (str):
        idempotency_key (str | Unset):
        body (DatasetUserPermissionSet):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DatasetUserGrant | Problem]
    """

    kwargs = _get_kwargs(
        dataset=dataset,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: DatasetUserPermissionSet,
    idempotency_key: str | Unset = UNSET,
) -> Response[DatasetUserGrant | Problem]:
    """Grant an account a permission on a dataset

     With `invite`, the server invites an email address that belongs to no member of the workspace. The
    invitation is for the default role of the workspace, but no higher than the role of the caller. The
    grant takes effect when the invitation is accepted. Service accounts cannot invite.

    Args:
        dataset (str):
        user (str):
        idempotency_key (str | Unset):
        body (DatasetUserPermissionSet):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DatasetUserGrant | Problem]
    """

    kwargs = _get_kwargs(
        dataset=dataset,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
