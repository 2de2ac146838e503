# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.project_user import ProjectUser
from ...types import Request, Response, read_json, status


def request(
    project: str,
    user: str,
) -> Request[ProjectUser]:
    """Get an account of a project

    Args:
        project (str):
        user (str):
    """

    return Request(
        "get",
        "/projects/{project}/users/{user}",
        {
            "project": project,
            "user": user,
        },
        _read,
        operation="get_project_user",
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
) -> Response[Problem | ProjectUser]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        project=project,
        user=user,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | ProjectUser | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        project=project,
        user=user,
        client=client,
    ).parsed


async def asyncio_detailed(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Problem | ProjectUser]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        project=project,
        user=user,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    project: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | ProjectUser | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            project=project,
            user=user,
            client=client,
        )
    ).parsed
