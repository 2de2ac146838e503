# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.project import Project
from ...types import Request, Response, read_json, status


def request(
    project: str,
) -> Request[Project]:
    """Get a project

    Anyone can read a public project, even without an API key.

    Args:
        project (str):
    """

    return Request(
        "get",
        "/projects/{project}",
        {
            "project": project,
        },
        _read,
        operation="get_project",
    )


def _read(response: httpx.Response) -> Project:
    return Project.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | Project:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Problem | Project]:
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
) -> Response[Problem | Project]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        project=project,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    project: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | Project | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        project=project,
        client=client,
    ).parsed


async def asyncio_detailed(
    project: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Problem | Project]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        project=project,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    project: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | Project | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            project=project,
            client=client,
        )
    ).parsed
