# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class AuditAction(OpenStrEnum):
    CREATE = "create"
    DELETE = "delete"
    INFO = "info"
    UPDATE = "update"


parse_audit_action = Members(AuditAction).__getitem__
