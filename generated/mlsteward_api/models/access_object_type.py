# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class AccessObjectType(OpenStrEnum):
    DATASET = "dataset"
    PROJECT = "project"


parse_access_object_type = Members(AccessObjectType).__getitem__
