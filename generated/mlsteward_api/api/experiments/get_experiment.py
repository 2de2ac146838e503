# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

import httpx

from ...client import AuthenticatedClient, Client
from ...models.experiment import Experiment
from ...models.problem import Problem
from ...types import Request, Response, read_json, status


def request(
    experiment: str,
) -> Request[Experiment]:
    """Get an experiment

    Anyone can read an experiment of a public project, even without an API key.

    Args:
        experiment (str):
    """

    return Request(
        "get",
        "/experiments/{experiment}",
        {
            "experiment": experiment,
        },
        _read,
        operation="get_experiment",
    )


def _read(response: httpx.Response) -> Experiment:
    return Experiment.from_dict(read_json(response))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Experiment | Problem:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Experiment | Problem]:
    return Response(
        status_code=status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Experiment | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        experiment=experiment,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
) -> Experiment | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        experiment=experiment,
        client=client,
    ).parsed


async def asyncio_detailed(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Experiment | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        experiment=experiment,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
) -> Experiment | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            experiment=experiment,
            client=client,
        )
    ).parsed
