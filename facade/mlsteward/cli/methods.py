"""The parameters and the help of the methods of `Steward`, without importing them.

`methods.json` is derived from them by `scripts/derive_cli.py`: to show help takes no client.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from mlsteward.client import Steward

R = TypeVar("R")

Calls = Callable[["Steward"], Callable[..., R]]
"""Which method a command calls: `lambda steward: steward.groups.list`. Type checkers see a rename."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a method.

    Attributes:
        name: As the method calls it.
        type: text, flag, number, choice, moment, duration or deadline; None if it cannot be typed on a command line.
        words: The values of a choice.
        many: Whether it takes several values.
        positional: Whether it can be given without its name.
        required: Whether it has no default.
        clearable: Whether None is a value, such as "no limit", and not the same as leaving it out.
        default: The value of a choice that is not given; True for a flag that is on.
        help: Its description in the docstring of the method.
    """

    name: str
    type: str | None = None
    words: tuple[str, ...] = ()
    many: bool = False
    positional: bool = False
    required: bool = False
    clearable: bool = False
    default: str | bool | None = None
    help: str = ""

    @property
    def can_name_workspace(self) -> bool:
        """Whether its value can contain the workspace, as in `workspace/name`: its help says so."""
        return "`workspace/" in self.help


@dataclass(frozen=True, slots=True)
class Method:
    """A method of `Steward` or of one of its resources.

    Attributes:
        path: Such as `groups.members.add`.
        help: What it does, as help of a command.
        parameters: By name, in their order.
    """

    path: str
    help: str
    parameters: dict[str, Parameter]


def method_of(calls: Calls[Any]) -> Method:
    """The method that a command calls.

    >>> method_of(lambda steward: steward.groups.members.add).path
    'groups.members.add'
    """
    path = ".".join(cast(_Path, calls(cast("Steward", _Path()))).names)
    found = _table()[path]
    parameters = [Parameter(**{**one, "words": tuple(one.get("words", ()))}) for one in found.get("parameters", ())]
    return Method(
        path,
        "\n\n".join(map(plain, [found["summary"], *found.get("description", ())])),
        {parameter.name: parameter for parameter in parameters},
    )


def plain(text: str) -> str:
    """A text of a docstring, for a terminal."""
    return text.replace("`", "")


class _Path:
    """Stands in for a `Steward` to see which method is meant."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __getattr__(self, name: str) -> _Path:
        return _Path(*self.names, name)


@cache
def _table() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(files(__package__).joinpath("methods.json").read_bytes())
    return found
