# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.access_check_answers import AccessCheckAnswers
from ...models.access_checks import AccessChecks
from ...models.problem import Problem
from ...types import Request, Response, read_json, status


def request(
    workspace: str,
    *,
    body: AccessChecks,
) -> Request[AccessCheckAnswers]:
    """Check whether accounts may call operations

    Answers for each question whether the account may call the operation on the object, by the rules
    that authorize requests. Changes nothing. The answers are about the account, with an API key of any
    scope, and about a call without optional parameters. If the path of an operation also names an
    account, such as that of `get_member`, the answer is about the accounts of others. Everybody in the
    workspace can ask about their own account; admins can ask about every account of the workspace.

    Args:
        workspace (str):
        body (AccessChecks):
    """

    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {}

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    return Request(
        "post",
        "/workspaces/{workspace}/access/checks",
        {
            "workspace": workspace,
        },
        _read,
        operation="check_access",
        headers=headers,
        **_kwargs,
    )


def _read(response: httpx.Response) -> AccessCheckAnswers:
    return AccessCheckAnswers.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AccessCheckAnswers | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AccessCheckAnswers | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: AccessChecks,
) -> Response[AccessCheckAnswers | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        workspace=workspace,
        body=body,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: AccessChecks,
) -> AccessCheckAnswers | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        workspace=workspace,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: AccessChecks,
) -> Response[AccessCheckAnswers | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        workspace=workspace,
        body=body,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: AccessChecks,
) -> AccessCheckAnswers | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            workspace=workspace,
            client=client,
            body=body,
        )
    ).parsed
