"""What a caller is refused for, whatever the operation is about."""

from __future__ import annotations

from mlsteward_server.accounts.credentials import CHALLENGE, NO_KEY, Caller
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import SCOPES, Access


def refuse_anonymous() -> Problem:
    """What a caller without a key is told."""
    return Problem("unauthenticated", "This needs an API key.", NO_KEY, headers=CHALLENGE)


def check_scope(scope: str, caller: Caller, *, because: str | None = None) -> None:
    """Refuse a key that is not meant for this, whatever its owner may do.

    Args:
        scope: What it must be good for.
        because: The field that makes the difference.
    """
    if SCOPES.index(caller.scope) < SCOPES.index(scope):
        what = "This" if because is None else f"Setting {because}"
        raise Problem(
            "scope_missing",
            f"{what} needs an API key with the scope {scope}; this key has {caller.scope}.",
            "Use another key of the account, or create one with that scope.",
        )


def check_service_account(access: Access, caller: Caller) -> None:
    """Refuse service accounts where the operation is for people."""
    if caller.is_service_account and not access.service_accounts:
        raise Problem(
            "forbidden",
            f"Service accounts cannot do this, and {quote(caller.username)} is one.",
            "Use the API key of a person who is an admin of the workspace.",
        )


def check_operator(caller: Caller) -> None:
    """Refuse whoever does not run the platform."""
    if not caller.is_operator:
        raise Problem(
            "forbidden",
            f"Only the operator of the platform can do this, and {quote(caller.username)} is not.",
            "Ask whoever runs the server.",
        )
