"""Answer whether an account may do something, by the rules that authorize requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mlsteward_api.models import (
    AccessCheck,
    AccessCheckAnswers,
    AccessChecks,
    AccessLevel,
    AccessLevelOn,
    AccessQuestion,
    KeyScope,
)
from mlsteward_api.types import UNSET

from mlsteward_server.access.check import Level, Refusal
from mlsteward_server.access.resources import Ask, Resource
from mlsteward_server.accounts.credentials import Caller, as_caller
from mlsteward_server.authorize import authorize
from mlsteward_server.context import Context
from mlsteward_server.domains.access.members import find_member
from mlsteward_server.domains.datasets.resource import DATASET
from mlsteward_server.domains.experiments.resource import EXPERIMENT
from mlsteward_server.domains.identity.resource import find_account
from mlsteward_server.domains.projects.resource import PROJECT
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.names import DEFAULT_WORKSPACE, ME
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import Operation, load
from mlsteward_server.storage.ids import looks_like_id

FORBIDDEN = "forbidden"
OBJECTS: tuple[Resource[Any], ...] = (PROJECT, DATASET, EXPERIMENT)
"""The kinds of objects that a question can name."""


def check_access(context: Context, body: AccessChecks) -> AccessCheckAnswers:
    """Answer for each question whether the account may call the operation on the object."""
    questions = [_Question(number, question) for number, question in enumerate(body.checks)]
    asked = _Asked(context, {question.user for question in questions})
    return AccessCheckAnswers(checks=[asked.answer(question) for question in questions])


class _Question:
    """A question whose parts fit together.

    Attributes:
        user: The reference to the account. `me` for the caller.
        kind: The kind of object that the operation is about. None if it is about the workspace, or about nothing.

    Raises:
        Problem: There is no such operation, or it is not about what the question names.
    """

    def __init__(self, number: int, question: AccessQuestion) -> None:
        self.user = question.user or ME
        self.object = question.object_ or None
        found = load().operations.get(question.operation)
        if found is None:
            raise _unfit(number, "operation", f"there is no operation {quote(question.operation)}")
        self.operation: Operation = found
        on = found.access.on
        self.kind = next((kind for kind in OBJECTS if kind.kind == on), None)
        if self.kind is None and on not in (None, WORKSPACE.kind):
            raise _unfit(
                number, "operation", f"{found.operation_id} is about an account; access to accounts is not checked"
            )
        if self.kind is not None and self.object is None:
            raise _unfit(number, "object", f"{found.operation_id} is about a {on}; name the {on}")
        if self.kind is None and self.object is not None:
            what = "is about the workspace" if on else "is not about an object"
            raise _unfit(number, "object", f"{found.operation_id} {what}; leave object out")


class _Asked:
    """The accounts that the questions are about.

    Args:
        context: The request that asks.
        users: The references to the accounts.

    Raises:
        Problem: The caller asks about somebody else and is not an admin, or the workspace has no such account.
    """

    def __init__(self, context: Context, users: Iterable[str]) -> None:
        self._context = context
        self._workspace = context[WORKSPACE]
        self._callers = {user: self._caller(user) for user in users}
        self._acting: dict[tuple[str, str, str], Context] = {}

    def answer(self, question: _Question) -> AccessCheck:
        """Authorize the account as if it made the request, and tell the outcome."""
        caller = self._callers[question.user]
        problem = None
        try:
            self._authorize(question, caller)
        except Problem as refused:
            problem = refused
        operation = question.operation
        answer = AccessCheck(
            operation=operation.operation_id,
            user_id=caller.id,
            username=caller.username,
            allowed=problem is None,
            scope=KeyScope(operation.access.scope),
        )
        if problem is not None:
            answer.code, answer.reason = problem.code, problem.detail
            # What is needed on an object that the account cannot see is for those who can see it.
            if isinstance(problem, Refusal) and (problem.code == FORBIDDEN or caller.id != self._context.caller.id):
                needs, has = problem.needs, problem.has
                answer.reason = (
                    f"{operation.operation_id} needs {needs.as_need}; {caller.username} {has.as_possession}."
                )
                answer.needs, answer.has = _level(needs), _level(has)
        return answer

    def _caller(self, reference: str) -> Caller:
        context = self._context
        account = find_account(context.connection, context.caller, reference, self._workspace.id)
        if account is not None and account.id == context.caller.id:
            return as_caller(account)
        # The same rule as for an explanation of the access of others.
        assert WORKSPACE.ladder is not None
        admin = Ask(
            context.connection,
            context.caller,
            self._workspace,
            "admin",
            public=False,
            missing=lambda: context.missing(WORKSPACE),
        )
        WORKSPACE.ladder.check(admin)
        return as_caller(find_member(context, reference))

    def _authorize(self, question: _Question, caller: Caller) -> None:
        """Authorize the account.

        Raises:
            Problem: It would be refused.
        """
        operation, kind = question.operation, question.kind
        on = kind or WORKSPACE
        reference = self._workspace.id if question.object is None else self._reference(question.object)
        acting = self._acting.get((caller.id, on.kind, reference))
        if acting is None:
            acting = self._context.acting_as(caller, {on.kind: reference})
            self._acting[caller.id, on.kind, reference] = acting
            found = acting.maybe(on)
            if kind is not None and found is not None and found.row.workspace_id != self._workspace.id:
                # The workspace has no such object, whoever asks.
                acting.enter(kind, None)
        authorize(operation, acting, {}, acting.references if operation.access.from_body else None)

    def _reference(self, reference: str) -> str:
        """Return the reference to an object of the workspace, which a bare name does not name."""
        workspace, colon, name = reference.rpartition(":")
        if not colon and looks_like_id(reference):
            return reference
        if workspace in ("", DEFAULT_WORKSPACE):
            # The default workspace of the account is not the one that the question is about.
            workspace = self._workspace.name
        return f"{workspace}:{name}"


def _level(level: Level) -> AccessLevel:
    return AccessLevel(on=AccessLevelOn(level.on), name=level.name or UNSET, role=level.role or UNSET)


def _unfit(number: int, field: str, message: str) -> Problem:
    return Problem(
        "invalid_request",
        f"/body/checks/{number}/{field}: {message}",
        "Use the name of an operation of this API, and name what it is about.",
        errors=[(f"/body/checks/{number}/{field}", message)],
    )
