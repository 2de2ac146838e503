"""What can go wrong, as `application/problem+json` (RFC 9457).

Handlers raise `Problem("project_not_found", ...)`. Status and title come from the catalogue
`x-problem-codes` in the spec, so a code that is not written down there cannot be answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

LONGEST_VALUE = 120
"""How many characters of a user's value a message quotes."""


def quote(value: object) -> str:
    """A user's value as it may stand in a message: printable, quoted and short.

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
    """A refusal with a stable code.

    Args:
        code: One of the codes of the spec's catalogue.
        detail: What went wrong this time, with the value it went wrong with.
        hint: What the caller can do about it.
        errors: `(pointer, message)` of each wrong place in the request.
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
        """The JSON of the answer."""
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
    """What is said where the server has a defect."""
    return Problem(
        "internal_error",
        "Something in the server failed; nothing was changed.",
        "Try again; if it stays, give the request_id to whoever runs the server.",
    )
