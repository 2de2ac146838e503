"""Who may do what, and why."""

from __future__ import annotations

from typing import Any

from mlsteward_server.context import Context

__all__ = ["get_dataset_access", "get_project_access", "list_access"]


def list_access(
    context: Context, *, dataset: Any = None, granted: Any = None, project: Any = None, user: Any = None
) -> Any:
    raise NotImplementedError


def get_project_access(context: Context) -> Any:
    raise NotImplementedError


def get_dataset_access(context: Context) -> Any:
    raise NotImplementedError
