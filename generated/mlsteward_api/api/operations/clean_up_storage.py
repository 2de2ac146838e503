# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.job import Job
from ...models.problem import Problem
from ...models.storage_cleanup import StorageCleanup
from ...types import UNSET, Response, Unset, read_json, status


def _get_kwargs(
    *,
    body: StorageCleanup,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/storage/cleanups",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Job | Problem:
    if response.status_code == 202:
        return Job.from_dict(read_json(response))

    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Job | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: StorageCleanup,
    idempotency_key: str | Unset = UNSET,
) -> Response[Job | Problem]:
    """Delete stored files that belong to nothing

     Files stay in the file storage when their project is deleted, or when a server dies during an
    upload. This starts a job that deletes them. The `result` of the job has the number of `files` and
    `bytes` that it looked at, and of those that belong to nothing: `unused_files` and `unused_bytes`.
    They are deleted unless `dry_run` is `true`.

    Args:
        idempotency_key (str | Unset):
        body (StorageCleanup):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Job | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: StorageCleanup,
    idempotency_key: str | Unset = UNSET,
) -> Response[Job | Problem]:
    """Delete stored files that belong to nothing

     Files stay in the file storage when their project is deleted, or when a server dies during an
    upload. This starts a job that deletes them. The `result` of the job has the number of `files` and
    `bytes` that it looked at, and of those that belong to nothing: `unused_files` and `unused_bytes`.
    They are deleted unless `dry_run` is `true`.

    Args:
        idempotency_key (str | Unset):
        body (StorageCleanup):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Job | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
