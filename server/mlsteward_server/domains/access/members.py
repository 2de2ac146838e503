"""The accounts of a workspace that questions about access name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from mlsteward_server.accounts.memberships import membership
from mlsteward_server.context import Context
from mlsteward_server.domains.identity.resource import find_account
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.problems import Problem, quote


def find_member(context: Context, reference: str) -> Row[Any]:
    """Return an account of the workspace of the request.

    Raises:
        Problem: The workspace has no such account.
    """
    workspace = context[WORKSPACE]
    account = find_account(context.connection, context.caller, reference, workspace.id)
    if account is None or membership(context.connection, workspace.id, account.id) is None:
        raise member_not_found(reference, workspace.name)
    return account


def member_not_found(reference: str, workspace: str) -> Problem:
    """Return the problem for an account that is not in a workspace."""
    return Problem(
        "member_not_found",
        f"The workspace {quote(workspace)} has no account {quote(reference)}.",
        "Check the id, email address or username.",
    )
