# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class BulkOutcome(OpenStrEnum):
    DONE = "done"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


parse_bulk_outcome = Members(BulkOutcome).__getitem__
