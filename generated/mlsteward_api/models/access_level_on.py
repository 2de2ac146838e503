# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class AccessLevelOn(OpenStrEnum):
    ACCOUNT = "account"
    DATASET = "dataset"
    PLATFORM = "platform"
    PROJECT = "project"
    WORKSPACE = "workspace"


parse_access_level_on = Members(AccessLevelOn).__getitem__
