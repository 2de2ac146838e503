# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.access_explanation import AccessExplanation
from ...models.problem import Problem
from ...types import Request, Response, read_json, status


def request(
    project: str,
    user: str,
) -> Request[AccessExplanation]:
    """Explain the role of an account in a project

    Anyone who can see the project can call this for their own account.

    Args:
        project (str):
        user (str):
    """

    return Request(
        "get",
        "/projects/{project}/access/{user}",
        {
            "project": project,
            "user": user,
        },
        _read,
        operation="get_project_access",
    )


def _read(response: httpx.Response) -> AccessExplanation:
    return AccessExplanation.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AccessExplanation | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AccessExplanation | Problem]:
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
) -> Response[AccessExplanation | Problem]:
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
) -> AccessExplanation | Problem | None:
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
) -> Response[AccessExplanation | Problem]:
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
) -> AccessExplanation | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            project=project,
            user=user,
            client=client,
        )
    ).parsed
