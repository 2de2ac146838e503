"""One call of a method, as a command line describes it, and its outcome."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mlsteward.cli.dry_runs import Tried
from mlsteward.cli.methods import Calls, Method, method_of
from mlsteward.cli.outcomes import Done, Outcome
from mlsteward.cli.output import note, to_json
from mlsteward.cli.parameters import WORKSPACE
from mlsteward.cli.session import Session
from mlsteward.errors import APIError, Conflict, NotFound
from mlsteward.references import is_id

if TYPE_CHECKING:
    from mlsteward.client import Steward

R = TypeVar("R")

DEFAULT_WORKSPACE = "~"
"""How the API names the default workspace of the caller."""

FORGIVING = (("exist_ok", Conflict, Outcome.UNCHANGED), ("missing_ok", NotFound, Outcome.NOTHING_TO_DELETE))
"""A flag, the error that it prevents, and the outcome in that case."""

STAMPS = frozenset({"last_updated", "updated_at"})
"""Fields that change when nothing else does."""


class Call(Generic[R]):
    """A call that is ready to be made.

    Attributes:
        session: The values of the common options.
        steward: The client.
        arguments: The arguments that were given, by the names of the parameters.

    With `is_tried`, the client carries out no writes, and the call ends the command.
    """

    def __init__(
        self,
        session: Session,
        steward: Steward,
        calls: Calls[R],
        arguments: dict[str, Any],
        *,
        is_tried: bool = False,
    ) -> None:
        self.session = session
        self.steward = steward
        self.arguments = arguments
        self._calls = calls
        self._is_tried = is_tried

    def __call__(self, **changes: Any) -> R:
        """Make the call.

        Args:
            changes: Arguments to replace.

        Raises:
            Tried: The call is a dry run, and is done.
        """
        result = self._calls(self.steward)(**{**self.arguments, **changes})
        if self._is_tried:
            raise Tried
        return result

    def get(self, name: str) -> Any:
        """Return the argument for a parameter; None if it was not given."""
        return self.arguments.get(name)

    def use_default_workspace(self) -> None:
        """Use the default workspace of the caller, and say which one that is."""
        found = self.steward.whoami().default_workspace
        if found is not None:
            note(f"using your default workspace {found}; --workspace selects another")
        # Without one, the server says what to do.
        self.arguments[WORKSPACE] = found or DEFAULT_WORKSPACE

    def carry_out(self, outcome: Outcome, reads: Calls[Any] | None = None) -> Done[R]:
        """Make the call, and find out what it changed.

        Args:
            outcome: The outcome if it succeeds and changes something.
            reads: The method that gets the object before the change, to compare it.
        """
        before = None if reads is None else self._read(reads)
        for flag, refusal, instead in FORGIVING:
            if self.get(flag):
                # Strictly first: a method that forgives does not say whether it had to.
                try:
                    return Done(self(**{flag: False}), outcome, self.arguments)
                except refusal:
                    return Done(self(), instead, self.arguments)
        result = self()
        if before is not None and before == _content(result):
            outcome = Outcome.UNCHANGED
        return Done(result, outcome, self.arguments)

    def _read(self, reads: Calls[Any]) -> dict[str, Any] | None:
        known = method_of(reads).parameters.keys() & self.arguments.keys()
        try:
            return _content(reads(self.steward)(**{name: self.arguments[name] for name in known}))
        except APIError:
            # Whatever is wrong, the change itself will say it better.
            return None


def settle_workspace(session: Session, method: Method, arguments: dict[str, Any]) -> bool:
    """Find out which workspace to use: the one that is named, or the configured one.

    Args:
        session: The values of the common options.
        method: The method that is called.
        arguments: The arguments of the call. The workspace is added if an option names it.

    Returns:
        Whether it is clear.
    """
    if WORKSPACE in arguments:
        return True
    if any(method.parameters[name].can_name_workspace and _is_complete(arguments[name]) for name in arguments):
        return True
    if session.workspace is not None:
        arguments[WORKSPACE] = session.workspace
        return True
    return session.config().workspace is not None


def differences(done: Done[Any], *, besides: Collection[str]) -> list[str]:
    """List how an object that existed already differs from what was asked for, one sentence for each difference.

    Args:
        done: The outcome of the call.
        besides: Parameters that identify the object, and so cannot differ.
    """
    asked = {name: value for name, value in done.arguments.items() if name not in besides and name != WORKSPACE}
    found = {name: getattr(done.result, name, None) for name in asked}
    return [
        f"{name.replace('_', ' ')} is {found[name]}, not {value}; --exist-ok changes nothing"
        for name, value in asked.items()
        if found[name] is not None and found[name] != value
    ]


def _is_complete(name: str) -> bool:
    return "/" in name or is_id(name)


def _content(record: Any) -> dict[str, Any]:
    return {name: value for name, value in to_json(record).items() if name not in STAMPS}
