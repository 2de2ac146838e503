"""The resources of this domain: workspaces, invitations and service accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, select

from mlsteward_server.access.check import Level, Refusal, refuse
from mlsteward_server.access.ladders import WORKSPACE_LADDER, workspace_role
from mlsteward_server.access.resources import Ask, Found, Ladder, Resource
from mlsteward_server.accounts.accounts import SERVICE_ACCOUNT, find_by_username
from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.accounts.memberships import default_workspace_id, lock_workspace, membership
from mlsteward_server.domains.identity.resource import find_account
from mlsteward_server.names import DEFAULT_WORKSPACE, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import looks_like_id
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.workspaces import invitations, memberships, workspaces

# ---- workspaces


@dataclass(frozen=True, slots=True)
class FoundWorkspace(Found):
    """A workspace and the role of the caller in it.

    Attributes:
        role: The effective role. None if the caller is not in the workspace.
    """

    role: str | None

    @property
    def name(self) -> str:
        found: str = self.row.name
        return found


_mine = and_(memberships.c.workspace_id == workspaces.c.id, memberships.c.account_id == bindparam("caller"))
_facts: Select[Any] = select(*workspaces.c, memberships.c.role.label("membership")).select_from(
    workspaces.outerjoin(memberships, _mine)
)
_BY = {
    "id": Prepared(_facts.where(workspaces.c.id == bindparam("reference"))),
    "name": Prepared(_facts.where(workspaces.c.name_key == bindparam("reference"))),
}


def find_workspace(
    connection: Connection, caller: Caller | None, reference: str, home: Found | None = None
) -> FoundWorkspace | None:
    """Return the workspace that a reference names: `~`, an id or a name."""
    if reference == DEFAULT_WORKSPACE:
        default = default_workspace_id(connection, caller.id) if caller is not None else None
        if default is None:
            return None
        reference = default
    by, value = ("id", reference) if looks_like_id(reference) else ("name", key_of(reference))
    row = _BY[by].first(connection, {"reference": value, "caller": caller and caller.id})
    if row is None:
        return None
    is_operator = caller is not None and caller.is_operator
    given = workspace_role(is_operator=is_operator, membership=row.membership)
    return FoundWorkspace(row, given and given.role)


def workspace_not_found(reference: str, home: Found | None = None) -> Problem:
    """Return the problem for a workspace that does not exist, or that the caller is not in."""
    if reference == DEFAULT_WORKSPACE:
        return Problem(
            "workspace_not_found",
            "You have no default workspace: you are in no workspace, or you left the one that you joined first.",
            "Name a workspace with --workspace or workspace=, or ask an admin of a workspace to invite you.",
        )
    return Problem(
        "workspace_not_found",
        f"There is no workspace {quote(reference)} that you can see.",
        "Check the name, or ask an admin of the workspace to invite you.",
    )


def _check(ask: Ask[FoundWorkspace]) -> None:
    role, name = ask.found.role, ask.found.name
    needs, has = Level("workspace", ask.allow, name), Level("workspace", role, name)
    if role is None:
        raise Refusal(ask.missing(), needs, has)
    if WORKSPACE_LADDER[role] < WORKSPACE_LADDER[ask.allow]:
        refuse(needs, has, f"yours is {role}", "Ask an admin of the workspace.")


WORKSPACE: Resource[FoundWorkspace] = Resource(
    kind="workspace",
    table=workspaces,
    name=workspaces.c.name,
    find=find_workspace,
    not_found=workspace_not_found,
    ladder=Ladder(roles=tuple(WORKSPACE_LADDER), itself="guest", check=_check),
    lock=lock_workspace,
    lock_name="workspace",
)


# ---- invitations


_invitation = select(invitations, workspaces.c.name.label("workspace")).join(workspaces)
_newest = invitations.c.id.desc()


def _find_invitation(connection: Connection, caller: Caller | None, reference: str, home: Found | None) -> Found | None:
    """Return an invitation by id or, inside a workspace, the newest one to an email address or a username."""
    by_id = looks_like_id(reference)
    if home is None and not by_id:
        return None
    query = _invitation.where(
        invitations.c.id == reference if by_id else invitations.c.invitee_key == key_of(reference)
    )
    if home is not None:
        query = query.where(invitations.c.workspace_id == home.id)
    row = connection.execute(query.order_by(invitations.c.status != "pending", _newest).limit(1)).first()
    return None if row is None else Found(row)


def invitation_not_found(reference: str, home: Found | None) -> Problem:
    """Return the problem for an invitation that does not exist or is no longer open."""
    if home is None:
        return Problem("invitation_not_found", "The invitation does not exist.", "Ask an admin for a new invitation.")
    return Problem(
        "invitation_not_found",
        f"The workspace {quote(home.row.name)} has no open invitation {quote(reference)}.",
        "Use the id of the invitation, or the email address or username that was invited. "
        "To see the open invitations, use 'mlsteward invitations list'.",
    )


INVITATION: Resource[Found] = Resource(
    kind="invitation",
    table=invitations,
    name=invitations.c.invitee_key,
    find=_find_invitation,
    not_found=invitation_not_found,
    parent=WORKSPACE,
    parent_id=invitations.c.workspace_id,
)


# ---- service accounts


def _find_service_account(
    connection: Connection, caller: Caller | None, reference: str, home: Found | None
) -> Found | None:
    """Return a service account by id, full name, or the part before the `@`."""
    assert home is not None
    row: Row[Any] | None = find_account(connection, caller, reference)
    if row is None and "@" not in reference:
        row = find_by_username(connection, f"{reference}@{home.row.name}")
    if row is None or row.kind != SERVICE_ACCOUNT or membership(connection, home.id, row.id) is None:
        return None
    return Found(row)


def _service_account_not_found(reference: str, home: Found | None) -> Problem:
    assert home is not None
    return Problem(
        "service_account_not_found",
        f"The workspace {quote(home.row.name)} has no service account {quote(reference)}.",
        "Use the full name, account@workspace. To see the names, use 'mlsteward service-accounts list'.",
    )


SERVICE_ACCOUNT_RESOURCE: Resource[Found] = Resource(
    kind="service_account",
    parameter="account",
    table=accounts,
    name=accounts.c.username,
    find=_find_service_account,
    not_found=_service_account_not_found,
    parent=WORKSPACE,
)
