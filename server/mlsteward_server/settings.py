"""The settings of a server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one server.

    Attributes:
        public_url: The URL of the server for people. Invitation links start with it.
        mode: A `self_hosted` server has no plans.
        invitation_lifetime: How long an invitation can be accepted.
        idempotency_lifetime: How long an `Idempotency-Key` is remembered.
        max_body_bytes: Maximum size of a JSON body, in bytes.
        max_upload_bytes: Maximum size of a file, in bytes.
        validate_responses: Whether to check every answer against the spec. For tests, because it takes time.
    """

    public_url: str = "http://127.0.0.1:8000"
    mode: Literal["cloud", "self_hosted"] = "cloud"
    invitation_lifetime: timedelta = timedelta(days=14)
    idempotency_lifetime: timedelta = timedelta(hours=24)
    max_body_bytes: int = 1_048_576
    max_upload_bytes: int = 50 * 2**30
    validate_responses: bool = False
