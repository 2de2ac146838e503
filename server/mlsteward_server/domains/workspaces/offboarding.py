"""Taking everything from a person who leaves."""

from __future__ import annotations

from typing import Any

from mlsteward_server.context import Context

__all__ = ["offboard_member", "preview_offboarding"]


def preview_offboarding(context: Context, *, successor: Any = None) -> Any:
    raise NotImplementedError


def offboard_member(context: Context, body: Any) -> Any:
    raise NotImplementedError
