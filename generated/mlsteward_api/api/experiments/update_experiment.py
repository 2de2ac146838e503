# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.experiment import Experiment
from ...models.experiment_update import ExperimentUpdate
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    experiment: str,
    *,
    body: ExperimentUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Request[Experiment]:
    """Change an experiment

    Args:
        experiment (str):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (ExperimentUpdate):
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
        "/experiments/{experiment}",
        {
            "experiment": experiment,
        },
        _read,
        operation="update_experiment",
        headers=headers,
        **_kwargs,
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
    body: ExperimentUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Experiment | Problem]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        experiment=experiment,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    body: ExperimentUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Experiment | Problem | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        experiment=experiment,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    body: ExperimentUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Experiment | Problem]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        experiment=experiment,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    experiment: str,
    *,
    client: AuthenticatedClient | Client,
    body: ExperimentUpdate,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Experiment | Problem | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            experiment=experiment,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
