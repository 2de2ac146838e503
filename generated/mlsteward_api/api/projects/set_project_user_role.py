# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.project_user import ProjectUser
from ...models.project_user_update import ProjectUserUpdate
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    project: str,
    user: str,
    *,
    body: ProjectUserUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Request[ProjectUser]:
    """Change the role of an account in a project

    Args:
        project (str):
        user (str):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (ProjectUserUpdate):
    """

    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "patch",
        "/projects/{project}/users/{user}",
        {
            "project": project,
            "user": user,
        },
        _read,
        operation="set_project_user_role",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> ProjectUser:
    return ProjectUser.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | ProjectUser:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | ProjectUser]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: ProjectUserUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | ProjectUser]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        project=project,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: ProjectUserUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | ProjectUser | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        project=project,
        user=user,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: ProjectUserUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | ProjectUser]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        project=project,
        user=user,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: ProjectUserUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | ProjectUser | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            project=project,
            user=user,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
