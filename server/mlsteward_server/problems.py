"""The problems that the server returns, as `application/problem+json` (RFC 9457).

Handlers raise `Problem("project_not_found", ...)`. The status and the title come from `x-problem-codes` in the spec, so
a code that the spec does not list cannot be returned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

LONGEST_VALUE = 120
"""Maximum number of characters of a user's value that a message quotes."""


def quote(value: object) -> str:
    """Return a user's value for a message: quoted, printable and short.

    >>> quote("caf\\u00e9")
    "'café'"
    >>> len(quote("x" * 10_000_000)) < 200
    True
    """
    text = value if isinstance(value, str) else str(value)
    short = text[:LONGEST_VALUE]
    shown = "'" + "".join(c if c.isprintable() else "\ufffd" for c in short) + "'"
    return shown if len(text) <= LONGEST_VALUE else f"{shown} and {len(text) - LONGEST_VALUE} more characters"


class Problem(Exception):
    """An error that the server returns to the caller, with a stable code.

    Args:
        code: A code from `x-problem-codes` of the spec.
        detail: What went wrong, with the value that caused it.
        hint: What the caller can do about it.
        errors: `(pointer, message)` of each part of the request that is not valid.
        headers: Extra headers of the answer.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        hint: str,
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.hint = hint
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def body(self, catalogue: Mapping[str, Any], request_id: str) -> dict[str, Any]:
        """Return the JSON of the answer."""
        entry = catalogue[self.code]
        body: dict[str, Any] = {
            "type": f"/problems/{self.code}",
            "title": entry["title"],
            "status": entry["status"],
            "detail": self.detail,
            "code": self.code,
            "hint": self.hint,
            "request_id": request_id,
        }
        if self.errors:
            body["errors"] = [{"pointer": pointer, "message": message} for pointer, message in self.errors]
        return body


def internal_error() -> Problem:
    """Return the problem for a defect of the server."""
    return Problem(
        "internal_error",
        "The server failed. Nothing was changed.",
        "Try again. If it fails again, send the request_id to the administrator of the server.",
    )
