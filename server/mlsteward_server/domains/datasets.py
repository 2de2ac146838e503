"""Datasets, and who was granted what on them."""

from __future__ import annotations

from typing import Any

from mlsteward_server.context import Context

__all__ = [
    "create_dataset",
    "delete_dataset",
    "delete_dataset_group_permission",
    "delete_dataset_user_permission",
    "get_dataset",
    "get_dataset_group_permission",
    "get_dataset_user_permission",
    "list_dataset_group_permissions",
    "list_dataset_permissions",
    "list_datasets",
    "list_group_dataset_permissions",
    "list_member_dataset_permissions",
    "set_dataset_default_permission",
    "set_dataset_group_permission",
    "set_dataset_user_permission",
]


def list_datasets(context: Context, *, workspace: Any = None) -> Any:
    raise NotImplementedError


def create_dataset(context: Context, body: Any) -> Any:
    raise NotImplementedError


def get_dataset(context: Context) -> Any:
    raise NotImplementedError


def delete_dataset(context: Context) -> Any:
    raise NotImplementedError


def list_dataset_permissions(context: Context) -> Any:
    raise NotImplementedError


def set_dataset_default_permission(context: Context, body: Any) -> Any:
    raise NotImplementedError


def get_dataset_user_permission(context: Context) -> Any:
    raise NotImplementedError


def set_dataset_user_permission(context: Context, body: Any) -> Any:
    raise NotImplementedError


def delete_dataset_user_permission(context: Context) -> Any:
    raise NotImplementedError


def list_dataset_group_permissions(context: Context) -> Any:
    raise NotImplementedError


def get_dataset_group_permission(context: Context, *, group: Any) -> Any:
    raise NotImplementedError


def set_dataset_group_permission(context: Context, body: Any, *, group: Any) -> Any:
    raise NotImplementedError


def delete_dataset_group_permission(context: Context, *, group: Any) -> Any:
    raise NotImplementedError


def list_member_dataset_permissions(context: Context) -> Any:
    raise NotImplementedError


def list_group_dataset_permissions(context: Context, *, group: Any) -> Any:
    raise NotImplementedError
