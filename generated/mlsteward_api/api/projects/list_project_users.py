# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.account_kind import AccountKind
from ...models.problem import Problem
from ...models.project_user import ProjectUser
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    project: str,
    *,
    kind: AccountKind | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Request[list[ProjectUser]]:
    """List the accounts in a project

    Returns the accounts on the roster. If the visibility is `workspace` or `public`, also returns every
    member of the workspace, as an owner. Service accounts are returned only if they were added to the
    roster. Sorted by username.

    Args:
        project (str):
        kind (AccountKind | Unset): Whether the account belongs to a person or to a program.
        limit (int | Unset):
        cursor (str | Unset):
    """

    params: dict[str, Any] = {}

    json_kind: str | Unset = UNSET
    if not isinstance(kind, Unset):
        json_kind = kind.value

    params["kind"] = json_kind

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "get",
        "/projects/{project}/users",
        {
            "project": project,
        },
        _read,
        operation="list_project_users",
        params=params,
    )


def _read(response: httpx.Response) -> list[ProjectUser]:
    return [ProjectUser.from_dict(item) for item in read_json(response)]


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[ProjectUser]:
    if 200 <= response.status_code < 300:
        return _read(response)
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
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        project=project,
        kind=kind,
        limit=limit,
        cursor=cursor,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    kind: AccountKind | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[ProjectUser] | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        project=project,
        client=client,
        kind=kind,
        limit=limit,
        cursor=cursor,
    ).parsed


async def asyncio_detailed(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    kind: AccountKind | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[ProjectUser]]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        project=project,
        kind=kind,
        limit=limit,
        cursor=cursor,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    kind: AccountKind | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[ProjectUser] | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            project=project,
            client=client,
            kind=kind,
            limit=limit,
            cursor=cursor,
        )
    ).parsed
