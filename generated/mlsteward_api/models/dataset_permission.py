# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class DatasetPermission(OpenStrEnum):
    EDIT = "EDIT"
    MANAGE = "MANAGE"
    NO_ACCESS = "NO_ACCESS"
    TAG = "TAG"
    VIEW = "VIEW"


parse_dataset_permission = Members(DatasetPermission).__getitem__
