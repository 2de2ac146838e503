# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.access_check_answers import AccessCheckAnswers
from ...models.access_checks import AccessChecks
from ...models.problem import Problem
from ...types import Response, path_segment, read_json, status


def _get_kwargs(
    workspace: str,
    *,
    body: AccessChecks,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/workspaces/{path_segment(workspace)}/access/checks",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AccessCheckAnswers | Problem:
    if response.status_code == 200:
        return AccessCheckAnswers.from_dict(read_json(response))

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
    """Check whether accounts may call operations

     Answers for each question whether the account may call the operation on the object, by the rules
    that authorize requests. Changes nothing. The answers are about the account, with an API key of any
    scope, and about a call without optional parameters. If the path of an operation also names an
    account, such as that of `get_member`, the answer is about the accounts of others. Everybody in the
    workspace can ask about their own account; admins can ask about every account of the workspace.

    Args:
        workspace (str):
        body (AccessChecks):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccessCheckAnswers | Problem]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    workspace: str,
    *,
    client: AuthenticatedClient | Client,
    body: AccessChecks,
) -> Response[AccessCheckAnswers | Problem]:
    """Check whether accounts may call operations

     Answers for each question whether the account may call the operation on the object, by the rules
    that authorize requests. Changes nothing. The answers are about the account, with an API key of any
    scope, and about a call without optional parameters. If the path of an operation also names an
    account, such as that of `get_member`, the answer is about the accounts of others. Everybody in the
    workspace can ask about their own account; admins can ask about every account of the workspace.

    Args:
        workspace (str):
        body (AccessChecks):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccessCheckAnswers | Problem]
    """

    kwargs = _get_kwargs(
        workspace=workspace,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
