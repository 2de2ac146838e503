# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
import datetime
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.audit_action import AuditAction
from ...models.audit_event import AuditEvent
from ...models.problem import Problem
from ...types import UNSET, Request, Response, Unset, read_json, status


def request(
    project: str,
    *,
    action: AuditAction | Unset = UNSET,
    actor: str | Unset = UNSET,
    object_: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Request[list[AuditEvent]]:
    """List the audit events of a project

    Newest first.

    Args:
        project (str):
        action (AuditAction | Unset): The kind of change.
        actor (str | Unset):
        object_ (str | Unset):
        since (datetime.datetime | Unset):
        until (datetime.datetime | Unset):
        limit (int | Unset):
        cursor (str | Unset):
    """

    params: dict[str, Any] = {}

    json_action: str | Unset = UNSET
    if not isinstance(action, Unset):
        json_action = action.value

    params["action"] = json_action

    params["actor"] = actor

    params["object"] = object_

    json_since: str | Unset = UNSET
    if not isinstance(since, Unset):
        json_since = since.isoformat()
    params["since"] = json_since

    json_until: str | Unset = UNSET
    if not isinstance(until, Unset):
        json_until = until.isoformat()
    params["until"] = json_until

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    return Request(
        "get",
        "/projects/{project}/audit",
        {
            "project": project,
        },
        _read,
        operation="list_audit_events",
        params=params,
    )


def _read(response: httpx.Response) -> list[AuditEvent]:
    return [AuditEvent.from_dict(item) for item in read_json(response)]


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Problem | list[AuditEvent]:
    if 200 <= response.status_code < 300:
        return _read(response)
    return Problem.from_dict(read_json(response))


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[AuditEvent]]:
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
    action: AuditAction | Unset = UNSET,
    actor: str | Unset = UNSET,
    object_: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[AuditEvent]]:
    """Send `request()`, and return status, headers and body of the answer"""
    sent = request(
        project=project,
        action=action,
        actor=actor,
        object_=object_,
        since=since,
        until=until,
        limit=limit,
        cursor=cursor,
    )
    response = client.get_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


def sync(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    action: AuditAction | Unset = UNSET,
    actor: str | Unset = UNSET,
    object_: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[AuditEvent] | None:
    """Send `request()`, and return the body of the answer"""
    return sync_detailed(
        project=project,
        client=client,
        action=action,
        actor=actor,
        object_=object_,
        since=since,
        until=until,
        limit=limit,
        cursor=cursor,
    ).parsed


async def asyncio_detailed(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    action: AuditAction | Unset = UNSET,
    actor: str | Unset = UNSET,
    object_: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Response[Problem | list[AuditEvent]]:
    """`sync_detailed()` for `asyncio`"""
    sent = request(
        project=project,
        action=action,
        actor=actor,
        object_=object_,
        since=since,
        until=until,
        limit=limit,
        cursor=cursor,
    )
    response = await client.get_async_httpx_client().request(**sent.arguments())
    return _build_response(client=client, response=response)


async def asyncio(
    project: str,
    *,
    client: AuthenticatedClient | Client,
    action: AuditAction | Unset = UNSET,
    actor: str | Unset = UNSET,
    object_: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    cursor: str | Unset = UNSET,
) -> Problem | list[AuditEvent] | None:
    """`sync()` for `asyncio`"""
    return (
        await asyncio_detailed(
            project=project,
            client=client,
            action=action,
            actor=actor,
            object_=object_,
            since=since,
            until=until,
            limit=limit,
            cursor=cursor,
        )
    ).parsed
