# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class AccountKind(OpenStrEnum):
    SERVICE_ACCOUNT = "service_account"
    USER = "user"


parse_account_kind = Members(AccountKind).__getitem__
