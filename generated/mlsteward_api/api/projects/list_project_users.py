# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.account_kind import AccountKind
from ...models.problem import Problem
from ...models.project_user import ProjectUser
from ...types import UNSET, Response, Unset, path_segment, read_json, status


def _get_kwargs(
    project: str,
    *,
    kind: AccountKind | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_kind: str | Unset = UNSET
    if not isinstance(kind, Unset):
        json_kind = kind.value

    params["kind"] = json_kind

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/projects/{path_segment(project)}/users",
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[ProjectUser]:
    if response.status_code == 200:
        return [ProjectUser.from_dict(item) for item in read_json(response)]

    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[ProjectUser]]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    kind: AccountKind | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[ProjectUser]]:
    """List the accounts in a project

     Returns the accounts on the roster. If the visibility is `workspace` or `public`, also returns every
    member of the workspace, as an owner. Service accounts are returned only if they were added to the
    roster. Sorted by username.

    Args:
        project (str):
        kind (AccountKind | Unset): Whether the account belongs to a person or to a program.
        limit (int | Unset):
        cursor (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[ProjectUser]]
    """

    kwargs = _get_kwargs(
        project=project,
        kind=kind,
        limit=limit,
        cursor=cursor,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    kind: AccountKind | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[ProjectUser]]:
    """List the accounts in a project

     Returns the accounts on the roster. If the visibility is `workspace` or `public`, also returns every
    member of the workspace, as an owner. Service accounts are returned only if they were added to the
    roster. Sorted by username.

    Args:
        project (str):
        kind (AccountKind | Unset): Whether the account belongs to a person or to a program.
        limit (int | Unset):
        cursor (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[ProjectUser]]
    """

    kwargs = _get_kwargs(
        project=project,
        kind=kind,
        limit=limit,
        cursor=cursor,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
