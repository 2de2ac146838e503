# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class KeyScope(OpenStrEnum):
    ADMIN = "admin"
    READ = "read"
    WRITE = "write"


parse_key_scope = Members(KeyScope).__getitem__
