# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.dataset_group_grant import DatasetGroupGrant
from ...models.problem import Problem
from ...types import Response, path_segment, read_json, status


def _get_kwargs(
    dataset: str,
    group: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/datasets/{path_segment(dataset)}/permissions/groups/{path_segment(group)}",
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> DatasetGroupGrant | Problem:
    if response.status_code == 200:
        return DatasetGroupGrant.from_dict(read_json(response))

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
    """Get the permission of a group on a dataset

    Args:
        dataset (str):
        group (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DatasetGroupGrant | Problem]
    """

    kwargs = _get_kwargs(
        dataset=dataset,
        group=group,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    dataset: str,
    group: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[DatasetGroupGrant | Problem]:
    """Get the permission of a group on a dataset

    Args:
        dataset (str):
        group (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DatasetGroupGrant | Problem]
    """

    kwargs = _get_kwargs(
        dataset=dataset,
        group=group,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
