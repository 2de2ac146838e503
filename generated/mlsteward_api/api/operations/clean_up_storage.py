# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.job import Job
from ...models.problem import Problem
from ...models.storage_cleanup import StorageCleanup
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    *,
    body: StorageCleanup,
    idempotency_key: str | Unset = UNSET,
) -> Request[Job]:
    """Delete stored files that belong to nothing

    Files stay in the file storage when their project is deleted, or when a server dies during an
    upload. This starts a job that deletes them. The `result` of the job has the number of `files` and
    `bytes` that it looked at, and of those that belong to nothing: `unused_files` and `unused_bytes`.
    They are deleted unless `dry_run` is `true`.

    Args:
        idempotency_key (str | Unset):
        body (StorageCleanup):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/storage/cleanups",
        {},
        _read,
        operation="clean_up_storage",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> Job:
    return Job.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Job | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
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
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        body=body,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: StorageCleanup,
    idempotency_key: str | Unset = UNSET,
) -> Job | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: StorageCleanup,
    idempotency_key: str | Unset = UNSET,
) -> Response[Job | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        body=body,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: StorageCleanup,
    idempotency_key: str | Unset = UNSET,
) -> Job | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
