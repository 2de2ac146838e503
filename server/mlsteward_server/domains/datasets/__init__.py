"""Datasets, and who was granted what on them."""

from mlsteward_server.domains.datasets.datasets import (
    create_dataset,
    delete_dataset,
    get_dataset,
    list_datasets,
    set_dataset_default_permission,
)
from mlsteward_server.domains.datasets.grants import (
    delete_dataset_group_permission,
    delete_dataset_user_permission,
    get_dataset_group_permission,
    list_dataset_group_permissions,
    list_group_dataset_permissions,
    set_dataset_group_permission,
    set_dataset_user_permission,
)
from mlsteward_server.domains.datasets.permissions import (
    get_dataset_user_permission,
    list_dataset_permissions,
    list_member_dataset_permissions,
)

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
