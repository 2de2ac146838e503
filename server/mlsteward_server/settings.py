"""What an administrator of the server can choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of one server.

    Attributes:
        public_url: Where people reach the server; starts the accept address of invitations.
        mode: A `self_hosted` server has no plans to report on.
        invitation_lifetime: How long an invitation can be accepted.
        idempotency_lifetime: How long an `Idempotency-Key` is remembered.
        max_body_bytes: The largest JSON body that is read.
        max_upload_bytes: The largest file that is taken.
        validate_responses: Check every answer against the spec. For tests: it costs time.
    """

    public_url: str = "http://127.0.0.1:8000"
    mode: Literal["cloud", "self_hosted"] = "cloud"
    invitation_lifetime: timedelta = timedelta(days=14)
    idempotency_lifetime: timedelta = timedelta(hours=24)
    max_body_bytes: int = 1_048_576
    max_upload_bytes: int = 50 * 2**30
    validate_responses: bool = False
