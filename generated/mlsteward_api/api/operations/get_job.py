# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.job import Job
from ...models.problem import Problem
from ...types import Request, Response, read_json, status


def request(
    job: str,
) -> Request[Job]:
    """Get a job

    The account that started the job can see it, and so can the admins of its workspace and operators.

    Args:
        job (str):
    """

    return Request(
        "get",
        "/jobs/{job}",
        {
            "job": job,
        },
        _read,
        operation="get_job",
    )


def _read(response: httpx.Response) -> Job:
    return Job.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Job | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Job | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    job: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Job | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        job=job,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    job: str,
    *,
    client: AuthenticatedClient | Client,
) -> Job | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        job=job,
        client=client,
    ).parsed


async def asyncio_detailed(
    job: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Job | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        job=job,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    job: str,
    *,
    client: AuthenticatedClient | Client,
) -> Job | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            job=job,
            client=client,
        )
    ).parsed
