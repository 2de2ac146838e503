# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.dataset_group_grant import DatasetGroupGrant
from ...models.problem import Problem
from ...types import Request, Response, read_json, status


def request(
    dataset: str,
    group: str,
) -> Request[DatasetGroupGrant]:
    """Get the permission of a group on a dataset

    Args:
        dataset (str):
        group (str):
    """

    return Request(
        "get",
        "/datasets/{dataset}/permissions/groups/{group}",
        {
            "dataset": dataset,
            "group": group,
        },
        _read,
        operation="get_dataset_group_permission",
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
) -> Response[DatasetGroupGrant | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        dataset=dataset,
        group=group,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    dataset: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
) -> DatasetGroupGrant | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        dataset=dataset,
        group=group,
        client=client,
    ).parsed


async def asyncio_detailed(
    dataset: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[DatasetGroupGrant | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        dataset=dataset,
        group=group,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    dataset: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
) -> DatasetGroupGrant | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            dataset=dataset,
            group=group,
            client=client,
        )
    ).parsed
