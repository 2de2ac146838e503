"""Refusals, and checks of the caller that do not depend on the object of the operation."""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from mlsteward_server.accounts.credentials import CHALLENGE, NO_KEY, Caller
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import SCOPES, Access

PLATFORM, ACCOUNT = "platform", "account"
"""What a `Level` can be on besides an object: the platform, and the account itself."""


class Level(NamedTuple):
    """A role or permission, and what it is on.

    Attributes:
        on: The kind of object, `platform` or `account`.
        role: None if there is no role.
        name: The name of the object.
    """

    on: str
    role: str | None
    name: str | None = None

    @property
    def as_need(self) -> str:
        """The level in words, after "needs".

        >>> Level("workspace", "admin", "ml-team").as_need
        "the role admin in the workspace 'ml-team'"
        """
        if self.on == PLATFORM:
            return "an operator of the platform"
        if self.on == ACCOUNT:
            return "the account of a person"
        if self.on == "dataset":
            return f"the permission {self.role} on the dataset {quote(self.name)}"
        return f"the role {self.role} in the {self.on} {quote(self.name)}"

    @property
    def as_possession(self) -> str:
        """The level in words, after the name of the account that has it.

        >>> Level("workspace", "admin", "ml-team").as_possession
        'is an admin'
        """
        if self.on == PLATFORM:
            return "is not an operator"
        if self.on == ACCOUNT:
            return "is a service account"
        if self.on == "dataset":
            return f"has {self.role}"
        if self.role is None:
            return "is not in it" if self.on == "workspace" else "has no role in it"
        return f"is {'an' if self.role[0] in 'aeiou' else 'a'} {self.role}"


class Refusal(Problem):
    """The refusal of a caller who lacks a role.

    Args:
        problem: What the caller is told.
        needs: What the operation needs.
        has: What the caller has.
    """

    def __init__(self, problem: Problem, needs: Level, has: Level) -> None:
        super().__init__(problem.code, problem.detail, problem.hint, headers=problem.headers)
        self.needs = needs
        self.has = has


def refuse(needs: Level, has: Level, yours: str, hint: str) -> NoReturn:
    """Refuse a caller who can see the object.

    Args:
        yours: What the caller has, in words.

    Raises:
        Refusal: Always.
    """
    raise Refusal(Problem("forbidden", f"This needs {needs.as_need}; {yours}.", hint), needs, has)


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
        problem = Problem(
            "forbidden",
            f"Service accounts cannot do this, and {quote(caller.username)} is a service account.",
            "Use the API key of a person who is an admin of the workspace.",
        )
        raise Refusal(problem, Level(ACCOUNT, "user"), Level(ACCOUNT, "service_account"))


def check_operator(caller: Caller) -> None:
    """Refuse a caller who is not an operator of the platform.

    Raises:
        Problem: The caller is not an operator.
    """
    if not caller.is_operator:
        problem = Problem(
            "forbidden",
            f"Only operators of the platform can do this, and {quote(caller.username)} is not an operator.",
            "Ask the administrator of the server.",
        )
        raise Refusal(problem, Level(PLATFORM, "operator"), Level(PLATFORM, None))
