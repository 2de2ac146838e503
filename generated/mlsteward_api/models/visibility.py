# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class Visibility(OpenStrEnum):
    PRIVATE = "private"
    PUBLIC = "public"
    WORKSPACE = "workspace"


parse_visibility = Members(Visibility).__getitem__
