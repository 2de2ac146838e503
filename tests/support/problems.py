"""What every refusal must look like."""

from __future__ import annotations

import re
from typing import Any

import httpx

from tests.support import spec

LONGEST_ANSWER = 20_000
"""Bytes: a refusal must not repeat megabytes of what it refuses."""


def problem(response: httpx.Response, status: int | None = None, code: str | None = None) -> dict[str, Any]:
    """The problem a response holds, checked against the promises of the spec.

    Args:
        response: A refusal.
        status: The status it must have.
        code: The code it must have.
    """
    told = f"{response.status_code} {response.text[:600]}"
    assert response.headers.get("content-type") == "application/problem+json", told
    body: dict[str, Any] = response.json()
    catalogue = spec.document()["x-problem-codes"]
    assert body["code"] in catalogue, told
    assert body["status"] == response.status_code == catalogue[body["code"]]["status"], told
    assert body["type"] == f"/problems/{body['code']}", told
    assert body["title"] == catalogue[body["code"]]["title"], told
    for field in ("detail", "hint", "request_id"):
        assert isinstance(body[field], str), told
        assert body[field].strip(), f"{field} is empty: {told}"
    assert re.fullmatch("[0-9a-f]{32}", body["request_id"]), told
    assert response.headers["x-request-id"] == body["request_id"], told
    assert len(response.content) < LONGEST_ANSWER, told
    if response.status_code == 401:
        assert "www-authenticate" in response.headers, told
    for error in body.get("errors", ()):
        assert error["pointer"].startswith("/"), told
        assert error["message"], told
    request = response.request
    operation = spec.called(request.method, request.url.raw_path.decode().partition("?")[0].removeprefix("/api/v1"))
    if operation is not None and "target" not in request.extensions:
        assert body["code"] in operation.problem_codes, f"not in x-problems of {operation}: {told}"
    if status is not None:
        assert response.status_code == status, told
    if code is not None:
        assert body["code"] == code, told
    return body
