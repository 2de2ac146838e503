"""Commands that are derived from the method they call.

Arguments and options come from the parameters of the method, help from its docstring. What is written by
hand is what people read: sentences, columns and examples.

| function | what the command does |
|---|---|
| `lists` | shows what the method lists, as a table or as `--output` says |
| `shows` | shows one thing, field by field |
| `does` | changes something, and says what happened |
| `deletes` | the same for what is gone afterwards |
| `runs` | anything else: a function gets the call, ready to be made |
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from inspect import getdoc
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mlsteward._types import NOT_GIVEN
from mlsteward.cli.ask import ask, need_an_answer
from mlsteward.cli.call import Call, differences, settle_workspace
from mlsteward.cli.command import Command, Parent
from mlsteward.cli.dry_runs import NAME as DRY_RUN
from mlsteward.cli.dry_runs import Tried, option_for, show_changes
from mlsteward.cli.listing import show_list
from mlsteward.cli.methods import Calls, method_of
from mlsteward.cli.outcomes import Done, Outcome, tell
from mlsteward.cli.output import Columns, note, show_details
from mlsteward.cli.parameters import NEVER_OPTIONS, WORKSPACE, Option, arguments_of, derive
from mlsteward.cli.session import Session
from mlsteward.cli.where import say_where

if TYPE_CHECKING:
    from mlsteward.client import Steward

R = TypeVar("R")
T = TypeVar("T")

MAKE_A_FILE = frozenset({"workspaces.create", "api_keys.create"})
"""The methods that make sense on an empty platform, and may create a data file. Other commands need one that exists."""


class Derived(Command):
    """A command with the parameters of a method.

    Args:
        name: The name on the command line.
        calls: The method.
        handler: Makes the call and shows the result. It gets the `Call` and the values of `extra`.
        help: What the command does (default: the help of the method).
        arguments: The parameters that become arguments, in this order (default: the required ones, or else the
            workspace). The others become options.
        omits: Parameters that the command does not have.
        options: How single parameters of the command differ from those of the method.
        extra: Parameters that the method does not have.
        check: Refuses arguments that exclude each other, before anything is opened. It gets the session, the arguments
            of the call, and the values of `extra`.
        confirms: Asks for confirmation, when the workspace is known. It gets the arguments of the call,
            and the values of `extra`.
        everywhere: Whether it is about all workspaces if none is named.
        opens: Opens the client, if the common options do not say how.
        has_dry_run: Whether it has `--dry-run`, if it changes something.
        attributes: As for `Command`.
    """

    def __init__(
        self,
        name: str,
        calls: Calls[Any],
        handler: Callable[..., object],
        *,
        help: str | None = None,
        arguments: Sequence[str] | None = None,
        omits: Collection[str] = (),
        options: Mapping[str, Option] | None = None,
        extra: Sequence[click.Parameter] = (),
        check: Callable[..., None] | None = None,
        confirms: Callable[..., None] | None = None,
        everywhere: bool = False,
        opens: Callable[[Session, dict[str, Any]], Steward] | None = None,
        has_dry_run: bool = True,
        **attributes: Any,
    ) -> None:
        self.method = method_of(calls)
        self.arguments = arguments_of(self.method) if arguments is None else tuple(arguments)
        self.omits = frozenset(omits)
        self.extra = tuple(extra)
        self.trial = option_for(self.method) if has_dry_run else []
        workspace = self.method.parameters.get(WORKSPACE)
        self.has_home = workspace is not None and not workspace.required and WORKSPACE not in self.omits
        super().__init__(
            name, help=help or self.method.help, callback=self._run, about_workspace=self.has_home, **attributes
        )
        self._calls = calls
        self._handler = handler
        self._options = options or {}
        self._check = check
        self._confirms = confirms
        self._everywhere = everywhere
        self._opens = opens
        self._has_parameters = False

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        # Made when asked for: a run needs those of one command, not of all.
        if not self._has_parameters:
            derived = derive(self.method, arguments=self.arguments, omits=self.omits, options=self._options)
            self.params = [*derived, *self.extra, *self.trial, *self.params]
            self._has_parameters = True
        return super().get_params(ctx)

    def _run(self, **values: Any) -> object:
        session = click.get_current_context().ensure_object(Session)
        own = {one.name: values.pop(one.name) for one in self.extra if one.name is not None}
        is_tried = bool(self.trial) and values.pop(DRY_RUN)
        if is_tried and "yes" in own:
            # Nobody needs to be asked.
            own["yes"] = True
        arguments = {name: value for name, value in values.items() if self._is_given(name, value)}
        if empty := [name for name in self.arguments if arguments.get(name) == ""]:
            raise click.UsageError(f"{' and '.join(empty)} must not be empty.")
        self._check_change(arguments)
        if self._check is not None:
            self._check(session, arguments, **own)
        if self.has_home:
            session.check_workspace(arguments.get(WORKSPACE))
        is_clear = not self.has_home or settle_workspace(session, self.method, arguments) or self._everywhere
        if is_clear and self._confirms is not None:
            # Before anything is opened: nothing is held while a person thinks.
            self._confirms(arguments, **own)
        if self._opens is None:
            say_where(session, makes_file=self.method.path in MAKE_A_FILE and not is_tried)
        with session.steward() if self._opens is None else self._opens(session, arguments) as steward:
            if is_tried:
                steward = trial = steward.dry_run()
            call = Call(session, steward, self._calls, arguments, is_tried=is_tried)
            if not is_clear:
                call.use_default_workspace()
                if self._confirms is not None:
                    self._confirms(arguments, **own)
            if not is_tried:
                return self._handler(call, **own)
            with suppress(Tried):
                self._handler(call, **own)
            show_changes(session, trial.changes)
            return None

    def _is_given(self, name: str, value: Any) -> bool:
        if value is None:
            return self.method.parameters[name].clearable
        return value is not NOT_GIVEN and value != () and value is not False

    def _check_change(self, arguments: Mapping[str, Any]) -> None:
        optional = self.method.parameters.keys() - {*self.arguments, *self.omits, *NEVER_OPTIONS, WORKSPACE}
        if self.method.path.endswith(".update") and optional and not optional & arguments.keys():
            raise click.UsageError("Give at least one thing to change.")


def runs(parent: Parent, name: str, calls: Calls[R], **attributes: Any) -> Callable[[Callable[..., object]], Derived]:
    """A command that a function carries out. It gets the `Call`, and the values of `extra` by name.

    Args:
        parent: The group or section that it belongs to.
        name: The name on the command line.
        calls: The method.
        attributes: As for `Derived` and `Command`. The function's docstring is the help, if it has one.
    """

    def decorate(function: Callable[..., object]) -> Derived:
        own = list(reversed(getattr(function, "__click_params__", ())))
        given = {"help": getdoc(function), **attributes, "extra": [*own, *attributes.get("extra", ())]}
        command = Derived(name, calls, function, **given)
        parent.add_command(command)
        return command

    return decorate


def lists(
    parent: Parent, name: str, calls: Calls[Iterable[T]], *, columns: Columns[T], none: str, **attributes: Any
) -> Derived:
    """A command that shows a list.

    Args:
        parent: As for `runs`.
        name: As for `runs`.
        calls: The method.
        columns: The columns of the table.
        none: The message for an empty list.
        attributes: As for `runs`.
    """

    def show(call: Call[Iterable[T]]) -> None:
        show_list(call.session, call(), columns, none=none)

    return runs(parent, name, calls, **{"help": None, "is_list": True, **attributes})(show)


def shows(
    parent: Parent, name: str, calls: Calls[R], **attributes: Any
) -> Callable[[Callable[[R], Mapping[str, object]]], Derived]:
    """A command that shows one thing. The function gives the fields that a person sees.

    Args:
        parent: As for `runs`.
        name: As for `runs`.
        calls: The method.
        attributes: As for `runs`.
    """

    def decorate(fields: Callable[[R], Mapping[str, object]]) -> Derived:
        def show(call: Call[R]) -> None:
            found = call()
            show_details(call.session, found, fields(found))

        return runs(parent, name, calls, **{"help": getdoc(fields), **attributes})(show)

    return decorate


def does(
    parent: Parent,
    name: str,
    calls: Calls[R],
    *,
    outcome: Outcome | None = None,
    reads: Calls[Any] | None = None,
    **attributes: Any,
) -> Callable[[Callable[[Done[R]], str]], Derived]:
    """A command that changes something. The function says in a sentence what happened.

    Args:
        parent: As for `runs`.
        name: As for `runs`.
        calls: The method.
        outcome: What success means (default: created if there is `--exist-ok`, otherwise changed).
        reads: The method that gets the object, to see whether it was changed.
        attributes: As for `runs`.
    """
    usual = Outcome.CREATED if "exist_ok" in method_of(calls).parameters else Outcome.CHANGED

    def decorate(sentence: Callable[[Done[R]], str]) -> Derived:
        def act(call: Call[R]) -> None:
            done = call.carry_out(outcome or usual, reads)
            tell(call.session, done.outcome, sentence(done), done.result)
            if call.get("exist_ok") and done.outcome == Outcome.UNCHANGED:
                for difference in differences(done, besides=command.arguments):
                    note(difference)

        command = runs(parent, name, calls, **{"help": getdoc(sentence), **attributes})(act)
        return command

    return decorate


def deletes(
    parent: Parent,
    name: str,
    calls: Calls[None],
    *,
    told: str,
    nothing: str,
    asks: str | None = None,
    key: str = "deleted",
    **attributes: Any,
) -> Derived:
    """A command that deletes something. The messages can contain its arguments in braces.

    Args:
        parent: As for `runs`.
        name: As for `runs`.
        calls: The method.
        told: The message when it is done.
        nothing: The message if there was nothing to delete.
        asks: The question before it is done.
        key: The JSON field with the last argument, or null if there was nothing to delete.
        attributes: As for `runs`.
    """
    yes = click.Option(["-y", "--yes"], is_flag=True, help="Do not ask for confirmation.")

    def check(session: Session, arguments: Mapping[str, Any], yes: bool = True) -> None:
        if not yes:
            need_an_answer()

    def confirm(arguments: Mapping[str, Any], yes: bool = True) -> None:
        ask((asks or "").format(**arguments), yes=yes)

    def act(call: Call[None], yes: bool = True) -> None:
        done = call.carry_out(Outcome.DELETED)
        gone = done.outcome == Outcome.DELETED
        *others, last = command.arguments
        record = {key: call.get(last) if gone else None, **{other: call.get(other) for other in others}}
        tell(call.session, done.outcome, (told if gone else nothing).format(**call.arguments), record)

    extra = () if asks is None else (yes,)
    command = runs(
        parent, name, calls, **{"help": None, **attributes, "extra": extra, "check": check, "confirms": confirm}
    )(act)
    return command
