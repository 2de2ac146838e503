# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.dataset_access import DatasetAccess
from ...models.problem import Problem
from ...types import Request, Response, read_json, status


def request(
    dataset: str,
    user: str,
) -> Request[DatasetAccess]:
    """Get the effective permission of an account on a dataset

    Returns the effective permission and the rule that gives it.

    Args:
        dataset (str):
        user (str):
    """

    return Request(
        "get",
        "/datasets/{dataset}/permissions/users/{user}",
        {
            "dataset": dataset,
            "user": user,
        },
        _read,
        operation="get_dataset_user_permission",
    )


def _read(response: httpx.Response) -> DatasetAccess:
    return DatasetAccess.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> DatasetAccess | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[DatasetAccess | Problem]:
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
) -> Response[DatasetAccess | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        dataset=dataset,
        user=user,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
) -> DatasetAccess | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        dataset=dataset,
        user=user,
        client=client,
    ).parsed


async def asyncio_detailed(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[DatasetAccess | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        dataset=dataset,
        user=user,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    dataset: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
) -> DatasetAccess | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            dataset=dataset,
            user=user,
            client=client,
        )
    ).parsed
