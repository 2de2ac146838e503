"""Derive `facade/mlsteward/cli/methods.json`: what the command needs to know about the methods of `Steward`.

A command has an option for each parameter of the method it calls, and its help is the method's. Reading
that from the classes would make `--help` and completion import the whole client, so it is read once, here.

    python scripts/derive_cli.py            # write what has changed
    python scripts/derive_cli.py --check    # write nothing; fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import inspect
import json
import re
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Union

from mlsteward._types import NotGiven
from mlsteward.client import Steward

TARGET = Path("facade/mlsteward/cli/methods.json")
RESOURCES = "mlsteward._sync."

SECTION = re.compile(r"^(?:Args|Returns|Yields|Raises|Example|Examples|Note|Attributes):$", re.MULTILINE)
ARGUMENT = re.compile(r"^    (\w+): ?(.*(?:\n(?:     .*)?)*)", re.MULTILINE)


def methods(resource: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public method of a resource and of the resources in it, with its path."""
    for name in sorted(name for name in dir(resource) if not name.startswith("_")):
        if isinstance(inspect.getattr_static(resource, name), classmethod | staticmethod | property):
            continue
        found = getattr(resource, name)
        if inspect.ismethod(found):
            yield ".".join((*path, name)), found
        elif type(found).__module__.startswith(RESOURCES) and not isinstance(found, Steward):
            yield from methods(found, (*path, name))


def describe(method: Callable[..., Any]) -> dict[str, Any]:
    """What a method says of itself. Whatever is empty or false is left out."""
    text = inspect.getdoc(method) or ""
    prose = SECTION.split(text)[0].strip()
    summary, _, description = prose.partition("\n\n")
    helps = arguments(text)
    # Without what it returns: that may be imported for type checkers only.
    hints = inspect.get_annotations(method, eval_str=False)
    scope = inspect.unwrap(method).__globals__
    return without_blanks(
        {
            "summary": one_line(summary),
            "description": [one_line(paragraph) for paragraph in description.split("\n\n") if paragraph.strip()],
            "parameters": [
                describe_parameter(parameter, eval(hints[name], scope), helps.get(name, ""))
                for name, parameter in inspect.signature(method).parameters.items()
            ],
        }
    )


def describe_parameter(parameter: inspect.Parameter, annotation: Any, help: str) -> dict[str, Any]:
    """One parameter: its type in a word, and what the docstring says of it."""
    default = None if parameter.default is parameter.empty else parameter.default
    members = list(flatten(annotation))
    return without_blanks(
        {
            "name": parameter.name,
            **kind(members),
            "many": Iterable in members,
            "positional": parameter.kind is parameter.POSITIONAL_OR_KEYWORD,
            "required": parameter.default is parameter.empty,
            "clearable": NotGiven in members and type(None) in members,
            "default": str(default) if isinstance(default, StrEnum) else default is True,
            "help": help,
        }
    )


def flatten(annotation: Any) -> Iterator[Any]:
    """The types that an annotation allows; `Iterable` itself beside the type of its items."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (Union, types.UnionType):
        for part in parts:
            yield from flatten(part)
    elif inspect.isclass(origin) and issubclass(origin, Iterable) and len(parts) == 1:
        yield Iterable
        yield from flatten(parts[0])
    elif origin is Literal:
        yield from parts
    else:
        yield annotation


def kind(members: list[Any]) -> dict[str, Any]:
    """The type of a value in a word; of a choice also its words. No type for what cannot be typed on a command line."""
    words = [str(member) for member in members if isinstance(member, str)]
    for member in members:
        if inspect.isclass(member) and issubclass(member, StrEnum):
            words += [word.value for word in member]
    if words:
        return {"type": "choice", "words": list(dict.fromkeys(words))}
    if datetime in members:
        return {"type": "deadline" if timedelta in members else "moment"}
    for found, word in ((timedelta, "duration"), (bool, "flag"), (int, "number"), (str, "text")):
        if found in members:
            return {"type": word}
    return {}


def arguments(text: str) -> dict[str, str]:
    """What the `Args:` section says of each argument."""
    _, _, after = text.partition("\nArgs:\n")
    section = SECTION.split(after)[0]
    return {name: one_line(help) for name, help in ARGUMENT.findall(section)}


def one_line(text: str) -> str:
    return " ".join(text.split())


def without_blanks(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value}


def render() -> str:
    """The whole file."""
    # No method is called, so it needs no connection to anywhere.
    steward = Steward.over(typing.cast(Any, None))
    found = {path: describe(method) for path, method in methods(steward)}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="write nothing; fail if what is checked in differs")
    wanted = render()
    found = TARGET.read_text("utf-8") if TARGET.exists() else ""
    if found == wanted:
        return 0
    if options.parse_args().check:
        print(f"{TARGET}: what is checked in is not what the methods say; run `make generate`", file=sys.stderr)
        return 1
    TARGET.write_text(wanted, "utf-8")
    print(f"wrote {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
