"""The resource of this domain: projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam

from mlsteward_server.access.check import Level, Refusal, refuse, refuse_anonymous
from mlsteward_server.access.ladders import PROJECT_LADDER, Given, workspace_role
from mlsteward_server.access.resources import Ask, Found, Ladder, Resource
from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.domains.projects.sharing import SHARING, facts, rules
from mlsteward_server.domains.workspaces.resource import WORKSPACE, find_workspace
from mlsteward_server.names import DEFAULT_WORKSPACE, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import looks_like_id
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.projects import projects
from mlsteward_server.storage.tables.workspaces import workspaces


@dataclass(frozen=True, slots=True)
class FoundProject(Found):
    """A project and the access of the caller to it.

    Attributes:
        rules: Every rule that gives the caller a role, the effective one first.
        workspace_role: The effective role of the caller in the workspace of the project.
    """

    rules: list[Given]
    workspace_role: str | None

    @property
    def role(self) -> str | None:
        """The effective role, without public access."""
        return self.rules[0].role if self.rules and self.rules[0].rule != "public" else None

    @property
    def on_roster(self) -> bool:
        """Whether the caller is on the roster, with or without a role."""
        return self.row.roster_account is not None

    @property
    def is_public(self) -> bool:
        return bool(self.row.visibility == "public")

    @property
    def is_visible(self) -> bool:
        return self.role is not None or self.on_roster or self.is_public


_facts = facts(bindparam("caller"))
_BY = {
    "id": Prepared(_facts.where(projects.c.id == bindparam("reference"))),
    "handle": Prepared(_facts.where(projects.c.handle == bindparam("reference"))),
    "name": Prepared(
        _facts.where(workspaces.c.name_key == bindparam("workspace_key"), projects.c.name_key == bindparam("name_key"))
    ),
}


def find_project(
    connection: Connection, caller: Caller | None, reference: str, home: Found | None = None
) -> FoundProject | None:
    """Return the project that a reference names: an id, a handle, or `workspace:name`."""
    workspace, colon, name = reference.partition(":")
    values: dict[str, Any] = {"caller": caller and caller.id}
    if not colon:
        by = "id" if looks_like_id(reference) else "handle"
        values["reference"] = key_of(reference)
    else:
        if workspace == DEFAULT_WORKSPACE or looks_like_id(workspace):
            found = find_workspace(connection, caller, workspace)
            if found is None:
                return None
            workspace = found.name
        by = "name"
        values |= {"workspace_key": key_of(workspace), "name_key": key_of(name)}
    row = _BY[by].first(connection, values)
    if row is None:
        return None
    is_operator = caller is not None and caller.is_operator
    given = workspace_role(is_operator=is_operator, membership=row.membership)
    return FoundProject(row, rules(row, is_operator), given and given.role)


def project_not_found(reference: str, home: Found | None = None) -> Problem:
    """Return the problem for a project that does not exist, or that the caller cannot see."""
    shown = reference.replace(":", "/", 1)
    return Problem(
        "project_not_found",
        f"There is no project {quote(shown)} that you can see.",
        "Check the name, or ask an owner of the project to add you.",
    )


_HINTS = {
    "admin": "Ask an admin of the workspace.",
    "roster_policy": "Ask an owner of the project or an admin of the workspace.",
}


def _check(ask: Ask[FoundProject]) -> None:
    found, allow = ask.found, ask.allow
    if ask.caller is None:
        if not (ask.public and found.is_public):
            raise refuse_anonymous()
        return
    needs, has = _levels(found, allow)
    if not found.is_visible:
        raise Refusal(ask.missing(), needs, has)
    if allow != VISIBLE and not _allows(found, allow, ask.public):
        nothing = "you are not in it" if has.on == "workspace" else "you have none"
        yours = f"yours is {has.role}" if has.role else nothing
        refuse(needs, has, yours, _HINTS.get(allow, "Ask an owner of the project."))


def _allows(found: FoundProject, allow: str, public: bool) -> bool:
    if allow == "admin":
        return found.workspace_role == "admin"
    if allow == "roster":
        return found.role is not None or found.on_roster
    if allow == "roster_policy":
        return _allows(found, "owner" if found.row.roster_policy == "owners" else "admin", public)
    if found.role is None:
        return public and found.is_public and allow == "viewer"
    return PROJECT_LADDER[found.role] >= PROJECT_LADDER[allow]


def _levels(found: FoundProject, allow: str) -> tuple[Level, Level]:
    """Return what `allow` requires, and what the caller has of it."""
    if allow == "admin" or (allow == "roster_policy" and found.row.roster_policy == "admins"):
        workspace = found.row.workspace
        return Level("workspace", "admin", workspace), Level("workspace", found.workspace_role, workspace)
    needed = {"roster_policy": "owner", "roster": "viewer", VISIBLE: "viewer"}.get(allow, allow)
    return Level("project", needed, found.row.name), Level("project", found.role, found.row.name)


VISIBLE = "visible"
"""The value of `allow` for callers who ask about themselves."""

PROJECT: Resource[FoundProject] = Resource(
    kind="project",
    table=projects,
    name=projects.c.name,
    find=find_project,
    not_found=project_not_found,
    parent=WORKSPACE,
    parent_id=projects.c.workspace_id,
    ladder=Ladder(
        roles=tuple(PROJECT_LADDER),
        also=frozenset({"roster", "roster_policy", "admin"}),
        itself=VISIBLE,
        check=_check,
    ),
    sharing=SHARING,
)
