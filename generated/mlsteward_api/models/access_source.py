# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class AccessSource(OpenStrEnum):
    ROSTER = "roster"
    VISIBILITY = "visibility"


parse_access_source = Members(AccessSource).__getitem__
