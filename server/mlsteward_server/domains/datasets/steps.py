"""What several operations on datasets begin with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from mlsteward_server import access, facts, people, references
from mlsteward_server.context import Context
from mlsteward_server.problems import Problem, quote


def lock(context: Context) -> None:
    """Keep others from changing who may do what; the caller may have been allowed to until just now."""
    before = context.dataset
    people.lock_workspace(context.connection, before.row.workspace_id)
    now = facts.find_dataset(context.connection, context.caller, "id", reference=before.id)
    shown = f"{before.row.workspace}:{before.row.name}"
    if now is None:
        raise access.dataset_not_found(shown)
    access.check_dataset(now, "manage", shown)
    context.maybe_dataset = now
    if context.user_reference:
        # They may have come in meanwhile.
        context.maybe_user = references.find_account(context.connection, context.caller, context.user_reference)


def find_account(context: Context) -> Row[Any] | None:
    """The account the path names, if it is in the workspace of the dataset."""
    account = context.maybe_user
    workspace_id = context.dataset.row.workspace_id
    if account is None or people.membership(context.connection, workspace_id, account.id) is None:
        return None
    return account


def account_of(context: Context) -> Row[Any]:
    account = find_account(context)
    if account is None:
        raise Problem(
            "member_not_found",
            f"The workspace {quote(context.dataset.row.workspace)} has no account {quote(context.user_reference)}.",
            "Check the id, email address or username, or invite them.",
        )
    return account
