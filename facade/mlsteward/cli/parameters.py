"""From the parameters of a method to the arguments and options of a command."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from mlsteward._types import NOT_GIVEN
from mlsteward.cli.methods import Method, Parameter, plain
from mlsteward.cli.moments import Deadline, Duration, Moment
from mlsteward.cli.values import Limit, Whole, Word, listed

WORKSPACE = "workspace"

NEVER_OPTIONS = frozenset({"page_size", "timeout", "idempotency_key", "if_match"})
"""Parameters about how a request is sent. Only programs need them."""

WHEREVER = {
    "dataset": "workspace/name, a name in the workspace, or an id.",
    "exist_ok": "Succeed even if it exists already; leave it unchanged.",
    "limit": "Maximum number of items (default: all).",
    "missing_ok": "Succeed even if it does not exist.",
    "project": "workspace/name, a name in the workspace, or an id.",
}
"""Help for parameters that mean the same in every command. The methods speak of Python values."""

DEFAULTING = "Name or id (default: your default workspace)."

METAVARS = {"description": "TEXT", "limit": "N"}


@dataclass(frozen=True, slots=True)
class Option:
    """How a command differs from its method in one parameter. Attributes that are None are derived.

    Attributes:
        flag: The name of the option, such as `--storage-limit`.
        help: What it says of it.
        metavar: What stands for its value.
        type: How its value is read.
        required: Whether it must be given.
    """

    flag: str | None = None
    help: str | None = None
    metavar: str | None = None
    type: click.ParamType[Any] | None = None
    required: bool | None = None


class Argument(click.Argument):
    """An argument that the help explains.

    Args:
        label: What stands for its value.
        meaning: What it is.
    """

    def __init__(self, name: str, label: str, meaning: str, **attributes: Any) -> None:
        shown = f"{label if attributes['required'] else f'[{label}]'}{'...' if attributes['nargs'] == -1 else ''}"
        super().__init__([name], metavar=shown, **attributes)
        self.label = label
        self.meaning = meaning


def arguments_of(method: Method) -> tuple[str, ...]:
    """The parameters that become arguments by default: the required ones, or else the workspace."""
    needed = [name for name, one in method.parameters.items() if one.required and one.positional]
    return tuple(needed) or ((WORKSPACE,) if WORKSPACE in method.parameters else ())


def derive(
    method: Method, *, arguments: Sequence[str], omits: Collection[str], options: Mapping[str, Option]
) -> list[click.Parameter]:
    """The parameters of a command that calls a method.

    Args:
        method: What it calls.
        arguments: The parameters that become arguments, in this order. The others become options.
        omits: Parameters that the command does not have.
        options: What it says differently.
    """
    if unknown := {*arguments, *omits, *options} - method.parameters.keys():
        raise LookupError(f"{method.path} has no parameter {', '.join(sorted(unknown))}")
    # The workspace is named by the option that all commands share, or by an argument.
    left_out = {*NEVER_OPTIONS, *arguments, *omits, WORKSPACE}
    return [
        *(_argument(method.parameters[name], options.get(name, Option())) for name in arguments),
        *(_option(one, options.get(name, Option())) for name, one in method.parameters.items() if name not in left_out),
    ]


def _argument(one: Parameter, differs: Option) -> click.Parameter:
    return Argument(
        one.name,
        differs.metavar or one.name.upper(),
        _help(one, differs),
        nargs=-1 if one.many else 1,
        required=one.required if differs.required is None else differs.required,
        type=differs.type or _type(one),
    )


def _option(one: Parameter, differs: Option) -> click.Parameter:
    flag = differs.flag or f"--{one.name.replace('_', '-')}"
    if one.type == "flag":
        if one.default:
            raise LookupError(f"a command cannot turn the parameter {one.name} off: omit it")
        return click.Option([flag, one.name], is_flag=True, help=_help(one, differs))
    return click.Option(
        [flag, one.name],
        default=NOT_GIVEN if one.clearable else one.default,
        help=_help(one, differs),
        metavar=differs.metavar or METAVARS.get(one.name) or flag.strip("-").rpartition("-")[2].upper(),
        multiple=one.many,
        required=one.required,
        show_default=one.default is not None,
        type=differs.type or _type(one),
    )


def _type(one: Parameter) -> click.ParamType[Any]:
    match one.type:
        case "text":
            return click.STRING
        case "number":
            return Limit() if one.clearable else Whole(1 if one.name == "limit" else 0)
        case "choice":
            return Word(one.words, case_sensitive=False)
        case "moment":
            return Moment()
        case "duration":
            return Duration()
        case "deadline":
            return Deadline()
    raise LookupError(f"a command cannot take the parameter {one.name}: omit it, or say how to read it")


def _help(one: Parameter, differs: Option) -> str:
    shared = DEFAULTING if one.name == WORKSPACE and not one.required else WHEREVER.get(one.name)
    text = differs.help or shared or plain(one.help)
    if one.type != "choice":
        return text
    words = listed(one.words)
    return f"{text.rstrip('.')}: {words}." if text else f"One of {words}."
