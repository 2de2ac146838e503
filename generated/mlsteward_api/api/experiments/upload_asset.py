# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.asset import Asset
from ...models.problem import Problem
from ...types import UNSET, File, Request, Response, Unset, read_json, status


def request(
    experiment: str,
    *,
    body: File,
    name: str,
    step: int | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Request[Asset]:
    """Upload an asset

    The request body is the content of the file.

    Args:
        experiment (str):
        name (str): Use a file name without a folder.
        step (int | Unset):
        idempotency_key (str | Unset):
        body (File):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    params["name"] = name

    params["step"] = step

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {}

    _kwargs["content"] = body.payload

    headers["Content-Type"] = "application/octet-stream"

    return Request(
        "post",
        "/experiments/{experiment}/assets",
        {
            "experiment": experiment,
        },
        _read,
        operation="upload_asset",
        params=params,
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> Asset:
    return Asset.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Asset | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Asset | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
    name: str,
    step: int | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[Asset | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        experiment=experiment,
        body=body,
        name=name,
        step=step,
        idempotency_key=idempotency_key,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
    name: str,
    step: int | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Asset | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        experiment=experiment,
        client=client,
        body=body,
        name=name,
        step=step,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
    name: str,
    step: int | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[Asset | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        experiment=experiment,
        body=body,
        name=name,
        step=step,
        idempotency_key=idempotency_key,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
    name: str,
    step: int | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Asset | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            experiment=experiment,
            client=client,
            body=body,
            name=name,
            step=step,
            idempotency_key=idempotency_key,
        )
    ).parsed
