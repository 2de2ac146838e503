# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class RosterPolicy(OpenStrEnum):
    ADMINS = "admins"
    OWNERS = "owners"


parse_roster_policy = Members(RosterPolicy).__getitem__
