"""What counts in a workspace where nothing else is said."""

from __future__ import annotations

from typing import Any

from mlsteward_server.context import Context

__all__ = ["get_organization_settings", "update_organization_settings"]


def get_organization_settings(context: Context) -> Any:
    raise NotImplementedError


def update_organization_settings(context: Context, body: Any) -> Any:
    raise NotImplementedError
