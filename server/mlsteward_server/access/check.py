"""Checks of the caller that do not depend on the object of the operation."""

from __future__ import annotations

from mlsteward_server.accounts.credentials import CHALLENGE, NO_KEY, Caller
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import SCOPES, Access


def refuse_anonymous() -> Problem:
    """Return the problem for a caller without an API key."""
    return Problem("unauthenticated", "This needs an API key.", NO_KEY, headers=CHALLENGE)


def check_scope(scope: str, caller: Caller, *, because: str | None = None) -> None:
    """Refuse an API key whose scope is too narrow, even if its owner has access.

    Args:
        scope: The scope that the operation needs.
        because: The field that makes the operation need it, if any.

    Raises:
        Problem: The scope of the key is too narrow.
    """
    if SCOPES.index(caller.scope) < SCOPES.index(scope):
        what = "This" if because is None else f"Setting {because}"
        raise Problem(
            "scope_missing",
            f"{what} needs an API key with the scope {scope}; this key has {caller.scope}.",
            "Use another API key of the account, or create one with that scope with 'mlsteward keys create'.",
        )


def check_service_account(access: Access, caller: Caller) -> None:
    """Refuse a service account if the operation is only for people.

    Raises:
        Problem: The caller is a service account.
    """
    if caller.is_service_account and not access.service_accounts:
        raise Problem(
            "forbidden",
            f"Service accounts cannot do this, and {quote(caller.username)} is a service account.",
            "Use the API key of a person who is an admin of the workspace.",
        )


def check_operator(caller: Caller) -> None:
    """Refuse a caller who is not an operator of the platform.

    Raises:
        Problem: The caller is not an operator.
    """
    if not caller.is_operator:
        raise Problem(
            "forbidden",
            f"Only operators of the platform can do this, and {quote(caller.username)} is not an operator.",
            "Ask the administrator of the server.",
        )
