# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

from io import BytesIO

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...types import File, Request, Response, read_json, status


def request(
    experiment: str,
    asset: str,
) -> Request[File]:
    """Download an asset

    Args:
        experiment (str):
        asset (str):
    """

    return Request(
        "get",
        "/experiments/{experiment}/assets/{asset}",
        {
            "experiment": experiment,
            "asset": asset,
        },
        _read,
        operation="download_asset",
    )


def _read(response: httpx.Response) -> File:
    response_200 = File(payload=BytesIO(response.content))

    return response_200


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> File | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[File | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    experiment: str,
    asset: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[File | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        experiment=experiment,
        asset=asset,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    experiment: str,
    asset: str,
    *,
    client: AuthenticatedClient | Client,
) -> File | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        experiment=experiment,
        asset=asset,
        client=client,
    ).parsed


async def asyncio_detailed(
    experiment: str,
    asset: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[File | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        experiment=experiment,
        asset=asset,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    experiment: str,
    asset: str,
    *,
    client: AuthenticatedClient | Client,
) -> File | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            experiment=experiment,
            asset=asset,
            client=client,
        )
    ).parsed
