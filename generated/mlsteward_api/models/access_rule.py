# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class AccessRule(OpenStrEnum):
    ADMIN = "admin"
    DEFAULT = "default"
    GROUP_GRANT = "group_grant"
    NONE = "none"
    OPERATOR = "operator"
    OWN_GRANT = "own_grant"
    PUBLIC = "public"
    ROSTER = "roster"
    VISIBILITY = "visibility"


parse_access_rule = Members(AccessRule).__getitem__
