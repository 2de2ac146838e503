"""Find the account that an operation on a dataset names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from mlsteward_server.accounts.memberships import membership
from mlsteward_server.context import Context
from mlsteward_server.domains.datasets.resource import DATASET
from mlsteward_server.domains.identity.resource import ACCOUNT
from mlsteward_server.problems import Problem, quote


def find_grantee(context: Context) -> Row[Any] | None:
    """Return the account that the path names. None if it is not in the workspace of the dataset."""
    account = context.maybe(ACCOUNT)
    workspace_id = context[DATASET].row.workspace_id
    if account is None or membership(context.connection, workspace_id, account.id) is None:
        return None
    return account.row


def grantee(context: Context) -> Row[Any]:
    """Return the account that the path names.

    Raises:
        Problem: The account is not in the workspace of the dataset.
    """
    account = find_grantee(context)
    if account is None:
        raise Problem(
            "member_not_found",
            f"The workspace {quote(context[DATASET].row.workspace)} has no account "
            f"{quote(context.references[ACCOUNT.kind])}.",
            "Check the id, email address or username, or invite the person with 'mlsteward invitations send'.",
        )
    return account
