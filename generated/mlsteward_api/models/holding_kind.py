# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class HoldingKind(OpenStrEnum):
    API_KEY = "api_key"
    API_KEY_MADE = "api_key_made"
    DATASET_GRANT = "dataset_grant"
    GROUP = "group"
    INVITATION_RECEIVED = "invitation_received"
    INVITATION_SENT = "invitation_sent"
    ROSTER_ENTRY = "roster_entry"
    SOLE_DATASET = "sole_dataset"
    SOLE_PROJECT = "sole_project"


parse_holding_kind = Members(HoldingKind).__getitem__
