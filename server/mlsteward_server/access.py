"""Whether what a caller is is enough, and what they are told where it is not.

What a caller cannot see does not exist for them (404); what they see and may not do is refused (403).
What they are is found in `facts.py`, by the rules of `roles.py`.
"""

from __future__ import annotations

from mlsteward_server.credentials import CHALLENGE, NO_KEY, Caller
from mlsteward_server.facts import DatasetAccess, ProjectAccess, WorkspaceAccess
from mlsteward_server.problems import Problem, quote
from mlsteward_server.roles import DATASET_LADDER, PROJECT_LADDER, WORKSPACE_LADDER
from mlsteward_server.spec import SCOPES, Access


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


def check_scope(access: Access, caller: Caller) -> None:
    """Refuse a key that is not meant for this, whatever its owner may do."""
    if SCOPES.index(caller.scope) < SCOPES.index(access.scope):
        raise Problem(
            "scope_missing",
            f"This needs an API key with the scope {access.scope}; this key has {caller.scope}.",
            "Use another key of the account, or have one made with that scope.",
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
    if allow != "visible" and not _project_allows(access, allow, public):
        raise Problem("forbidden", _explain(access, allow), _HINTS.get(allow, "Ask an owner of the project."))


def check_dataset(access: DatasetAccess, allow: str, reference: str) -> None:
    """Refuse a caller who has not what `allow` asks for on a dataset."""
    if not access.is_visible:
        raise dataset_not_found(reference)
    if allow == "admin":
        if access.workspace_role == "admin":
            return
        needed, hint = (
            f"the role admin in the workspace {quote(access.row.workspace)}",
            "Ask an admin of the workspace.",
        )
    else:
        if DATASET_LADDER[access.permission] >= DATASET_LADDER[allow.upper()]:
            return
        needed = f"the permission {allow.upper()} on the dataset {quote(access.row.name)}"
        hint = "Ask somebody who may manage the dataset, or an admin of the workspace."
    raise Problem("forbidden", f"This needs {needed}; yours on the dataset is {access.permission}.", hint)


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


def dataset_not_found(reference: str) -> Problem:
    shown = reference.replace(":", "/", 1)
    return Problem(
        "dataset_not_found",
        f"There is no dataset {quote(shown)} that you can see.",
        "Check the name, or ask somebody who may manage it to grant you a permission.",
    )


def user_not_found(reference: str) -> Problem:
    return Problem(
        "user_not_found",
        f"There is no user {quote(reference)} that you can see.",
        "Check the id, email address or username.",
    )
