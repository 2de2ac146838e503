"""Who may do what: the three ladders of the role model, and nothing else decides.

* workspace: admin > member > collaborator > guest
* project: owner > contributor > viewer
* (dataset: comes with its domain)

The **effective workspace role** is that of the membership; the platform operator acts as admin.

The **effective project role** is the highest of

1. workspace admin (or operator): owner;
2. the role on the roster of the project;
3. visibility `workspace` or `public`, for an admin or member of the workspace: owner;
4. visibility `public`, for anybody at all: viewer, but only of what is open to the public.

Collaborators and guests gain nothing from visibility `workspace`. What a caller cannot see does not
exist for them (404); what they see and may not do is refused (403).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, literal, select

from mlsteward_server.credentials import CHALLENGE, NO_KEY, Caller
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import Access
from mlsteward_server.storage.tables import accounts, memberships, project_users, projects, workspaces

WORKSPACE_LADDER = {"guest": 1, "collaborator": 2, "member": 3, "admin": 4}
PROJECT_LADDER = {"viewer": 1, "contributor": 2, "owner": 3}


@dataclass(frozen=True, slots=True)
class WorkspaceAccess:
    """A workspace and what the caller is in it."""

    row: Row[Any]
    role: str | None
    rule: str | None

    @property
    def id(self) -> str:
        found: str = self.row.id
        return found

    @property
    def name(self) -> str:
        found: str = self.row.name
        return found


@dataclass(frozen=True, slots=True)
class ProjectAccess:
    """A project and what the caller is in it.

    Attributes:
        role: The effective role, not counting what is open to the public.
        rule: What gave it: `operator`, `admin`, `roster`, `visibility`; or None.
        workspace_role: The effective role in its workspace.
        on_roster: Whether the caller is on the roster, with or without a role.
    """

    row: Row[Any]
    role: str | None
    rule: str | None
    workspace_role: str | None
    on_roster: bool

    @property
    def id(self) -> str:
        found: str = self.row.id
        return found

    @property
    def is_public(self) -> bool:
        return bool(self.row.visibility == "public")

    @property
    def is_visible(self) -> bool:
        return self.role is not None or self.on_roster or self.is_public


def workspace_role(*, is_operator: bool, membership: str | None) -> tuple[str | None, str | None]:
    """The effective workspace role and the rule that gave it.

    >>> workspace_role(is_operator=False, membership="member")
    ('member', 'membership')
    >>> workspace_role(is_operator=True, membership=None)
    ('admin', 'operator')
    """
    if membership == "admin" or (membership is not None and not is_operator):
        return membership, "membership"
    return ("admin", "operator") if is_operator else (None, None)


def project_role(
    *, is_operator: bool, membership: str | None, visibility: str, roster: str | None
) -> tuple[str | None, str | None]:
    """The effective project role and the rule that gave it.

    >>> project_role(is_operator=False, membership="member", visibility="workspace", roster="viewer")
    ('owner', 'visibility')
    >>> project_role(is_operator=False, membership="guest", visibility="workspace", roster="viewer")
    ('viewer', 'roster')
    """
    if membership == "admin":
        return "owner", "admin"
    if is_operator:
        return "owner", "operator"
    if roster == "owner":
        return "owner", "roster"
    if membership == "member" and visibility in ("workspace", "public"):
        return "owner", "visibility"
    return (roster, "roster") if roster is not None else (None, None)


# ---- the facts, each in one indexed query

_mine = and_(memberships.c.workspace_id == workspaces.c.id, memberships.c.account_id == bindparam("caller"))
_workspace_facts: Select[Any] = select(*workspaces.c, memberships.c.role.label("membership")).select_from(
    workspaces.outerjoin(memberships, _mine)
)
_WORKSPACE_BY = {
    "id": _workspace_facts.where(workspaces.c.id == bindparam("reference")),
    "name_key": _workspace_facts.where(workspaces.c.name_key == bindparam("reference")),
}

_owner = accounts.alias("owner")
_project_facts: Select[Any] = select(
    *projects.c,
    workspaces.c.name.label("workspace"),
    _owner.c.username.label("owner"),
    memberships.c.role.label("membership"),
    project_users.c.role.label("roster"),
    project_users.c.account_id.label("roster_account"),
).select_from(
    projects.join(workspaces)
    .outerjoin(_owner, _owner.c.id == projects.c.owner_id)
    .outerjoin(memberships, _mine)
    .outerjoin(
        project_users,
        and_(project_users.c.project_id == projects.c.id, project_users.c.account_id == bindparam("caller")),
    )
)
_PROJECT_BY = {
    "id": _project_facts.where(projects.c.id == bindparam("reference")),
    "handle": _project_facts.where(projects.c.handle == bindparam("reference")),
    "name": _project_facts.where(
        workspaces.c.name_key == bindparam("workspace_key"), projects.c.name_key == bindparam("name_key")
    ),
}


def find_workspace(connection: Connection, caller: Caller | None, column: str, value: str) -> WorkspaceAccess | None:
    """A workspace by `id` or `name_key`, with what the caller is in it."""
    row = connection.execute(
        _WORKSPACE_BY[column], {"reference": value, "caller": caller.id if caller else None}
    ).first()
    if row is None:
        return None
    role, rule = workspace_role(is_operator=caller is not None and caller.is_operator, membership=row.membership)
    return WorkspaceAccess(row, role, rule)


def find_project(connection: Connection, caller: Caller | None, by: str, **values: str) -> ProjectAccess | None:
    """A project by `id`, `handle` or `name`, with what the caller is in it."""
    row = connection.execute(_PROJECT_BY[by], {**values, "caller": caller.id if caller else None}).first()
    if row is None:
        return None
    is_operator = caller is not None and caller.is_operator
    role, rule = project_role(
        is_operator=is_operator, membership=row.membership, visibility=row.visibility, roster=row.roster
    )
    in_workspace, _ = workspace_role(is_operator=is_operator, membership=row.membership)
    return ProjectAccess(row, role, rule, in_workspace, row.roster_account is not None)


def administers_all_of(connection: Connection, caller: Caller, account_id: str) -> bool:
    """Whether every workspace an account is in, at least one, has the caller as an admin."""
    theirs, mine = memberships.alias("theirs"), memberships.alias("mine")
    counts = connection.execute(
        select(func.count().label("theirs"), func.count(mine.c.account_id).label("mine"))
        .select_from(
            theirs.outerjoin(
                mine,
                and_(
                    mine.c.workspace_id == theirs.c.workspace_id,
                    mine.c.account_id == caller.id,
                    mine.c.role == "admin",
                ),
            )
        )
        .where(theirs.c.account_id == account_id)
    ).one()
    return bool(counts.theirs > 0 and counts.theirs == counts.mine)


def shares_workspace(connection: Connection, caller: Caller, account_id: str) -> bool:
    """Whether the caller can know that an account exists."""
    theirs, mine = memberships.alias("theirs"), memberships.alias("mine")
    found = connection.execute(
        select(literal(1))
        .select_from(theirs.join(mine, mine.c.workspace_id == theirs.c.workspace_id))
        .where(theirs.c.account_id == account_id, mine.c.account_id == caller.id)
        .limit(1)
    ).first()
    return found is not None


# ---- the checks


def refuse_anonymous() -> Problem:
    """What a caller without a key is told."""
    return Problem("unauthenticated", "This needs an API key.", NO_KEY, headers=CHALLENGE)


def check_service_account(access: Access, caller: Caller) -> None:
    """Refuse service accounts where the operation is for people."""
    if caller.is_service_account and not access.service_accounts:
        raise Problem(
            "forbidden",
            f"Service accounts cannot do this, and {quote(caller.username)} is one.",
            "Use the API key of a person who is an admin of the workspace.",
        )


def check_operator(caller: Caller) -> None:
    if not caller.is_operator:
        raise Problem(
            "forbidden",
            f"Only the operator of the platform may do this, and {quote(caller.username)} is not.",
            "Ask whoever runs the server.",
        )


def check_workspace(access: WorkspaceAccess, allow: str, reference: str) -> None:
    """Refuse a caller whose workspace role is below `allow`."""
    if access.role is None:
        raise workspace_not_found(reference)
    if WORKSPACE_LADDER[access.role] < WORKSPACE_LADDER[allow]:
        raise Problem(
            "forbidden",
            f"This needs the role {allow} in the workspace {quote(access.name)}; yours is {access.role}.",
            "Ask an admin of the workspace.",
        )


def check_project(access: ProjectAccess, allow: str, public: bool, caller: Caller | None, reference: str) -> None:
    """Refuse a caller who has not what `allow` asks for in a project."""
    if caller is None:
        if not (public and access.is_public):
            raise refuse_anonymous()
        return
    if not access.is_visible:
        raise project_not_found(reference)
    if not _project_allows(access, allow, public):
        raise Problem("forbidden", _explain(access, allow), _HINTS.get(allow, "Ask an owner of the project."))


_HINTS = {
    "admin": "Ask an admin of the workspace.",
    "roster_policy": "Ask an owner of the project or an admin of the workspace.",
}


def _project_allows(access: ProjectAccess, allow: str, public: bool) -> bool:
    if allow == "admin":
        return access.workspace_role == "admin"
    if allow == "roster":
        return access.role is not None or access.on_roster
    if allow == "roster_policy":
        allow = "owner" if access.row.roster_policy == "owners" else "admin"
        return _project_allows(access, allow, public)
    if access.role is None:
        return public and access.is_public and allow == "viewer"
    return PROJECT_LADDER[access.role] >= PROJECT_LADDER[allow]


def _explain(access: ProjectAccess, allow: str) -> str:
    yours = f"yours is {access.role}" if access.role else "you have none"
    if allow == "admin" or (allow == "roster_policy" and access.row.roster_policy == "admins"):
        in_workspace = f"yours is {access.workspace_role}" if access.workspace_role else "you are not in it"
        return f"This needs the role admin in the workspace {quote(access.row.workspace)}; {in_workspace}."
    needed = {"roster_policy": "owner", "roster": "viewer"}.get(allow, allow)
    return f"This needs the role {needed} in the project {quote(access.row.name)}; {yours}."


def workspace_not_found(reference: str) -> Problem:
    return Problem(
        "workspace_not_found",
        f"There is no workspace {quote(reference)} that you can see.",
        "Check the name, or ask an admin of the workspace to invite you.",
    )


def project_not_found(reference: str) -> Problem:
    shown = reference.replace(":", "/", 1)
    return Problem(
        "project_not_found",
        f"There is no project {quote(shown)} that you can see.",
        "Check the name, or ask an owner of the project to add you.",
    )


def user_not_found(reference: str) -> Problem:
    return Problem(
        "user_not_found",
        f"There is no user {quote(reference)} that you can see.",
        "Check the id, email address or username.",
    )
