# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class MemberView(OpenStrEnum):
    BASIC = "basic"
    FULL = "full"


parse_member_view = Members(MemberView).__getitem__
