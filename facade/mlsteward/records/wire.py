"""From a generated model to a record: each field names the wire field that feeds it.

A rename in the spec is one changed word here; the name people use stays. Generated models take whatever arrives; what
a record cannot do without is decided here.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar, cast

import attrs

from mlsteward.protocol import MissingField
from mlsteward.records.words import received

WIRE = "wire"
READ = "read"
TEXTS = frozenset({"str", "str | None"})
"""How records say that a field is a text."""

R = TypeVar("R")


def wire(
    *names: str,
    read: Callable[..., Any] | None = None,
    optional: bool = False,
    absent: tuple[()] | None = None,
    secret: bool = False,
    kw_only: bool = False,
) -> Any:
    """A field that is fed by a wire field.

    Args:
        names: The attribute of the generated model; several if `read` makes one value of them.
        read: What to make of the value or values; it stays as it is without.
        optional: The wire field may be absent; the value is then `absent`.
        absent: None, or the empty tuple for a list.
        secret: Leave the value out of `repr`.
        kw_only: For a field that must be given after optional ones of a record it refines.
    """
    default: Any = absent if optional else attrs.NOTHING
    return attrs.field(default=default, repr=not secret, kw_only=kw_only, metadata={WIRE: names, READ: read})


class EnumReader:
    """What `enum_of` gives. A class, so that `reader` can look members up without a call for each value."""

    __slots__ = ("members",)

    def __init__(self, *enums: type[StrEnum]) -> None:
        self.members = {word: member for enum in enums for word, member in received(enum).items()}

    def __call__(self, value: Any) -> Any:
        return self.members.get(value) or str(value)


def enum_of(*enums: type[StrEnum]) -> EnumReader:
    """A reader that gives the member of one of `enums`, or the plain text if there is none.

    >>> from mlsteward.records.enums import Visibility
    >>> read = enum_of(Visibility)
    >>> read("public"), read("something-new")
    (<Visibility.PUBLIC: 'public'>, 'something-new')
    """
    return EnumReader(*enums)


def tuple_of(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    """A reader of lists whose items `read` reads.

    >>> tuple_of(str.upper)(["a", "b"])
    ('A', 'B')
    """

    def read_items(values: Any) -> tuple[Any, ...]:
        return tuple(map(read, values))

    vars(read_items)["item"] = read
    return read_items


def reader(record: type[R], *, without: frozenset[str] = frozenset()) -> Callable[[Any], R]:
    """The function that makes a record of a generated model; absent optional fields get their default.

    It is compiled for the record, as attrs compiles `__init__`: reading a list spends its time here,
    and a loop over the fields takes twice as long. It raises `MissingField` where a required field is absent.

    Args:
        record: A record whose fields are made with `wire`.
        without: Optional fields that this model never has.
    """
    scope: dict[str, Any] = {"record": record, "is_absent": _is_absent, "required": _required}
    arguments = []
    for field in attrs.fields(cast(Any, record)):
        if field.name in without:
            continue
        names = field.metadata[WIRE]
        convert = field.metadata[READ]
        is_optional = field.default is not attrs.NOTHING
        # A value that is true is not absent, so most fields are looked at once.
        values = [f"model.{name}" if is_optional else f"(model.{name} or required(model, {name!r}))" for name in names]
        value = values[0]
        if isinstance(convert, EnumReader):
            scope[f"member_{field.name}"] = convert.members.get
            argument = f"member_{field.name}(value := {value}) or str(value)"
        elif convert is not None:
            scope[f"read_{field.name}"] = convert
            argument = f"read_{field.name}({', '.join(values)})"
        elif field.type in TEXTS:
            # A word of an enum that the record does not know, because the spec made one of a text, is a text.
            argument = f"str({value})"
        else:
            argument = value
        if is_optional:
            argument = f"{field.default} if not (value := {value}) and is_absent(value) else ({argument})"
        arguments.append(f"{field.name}=({argument})" if field.kw_only or without else f"({argument})")
    source = f"def read(model):\n    return record({', '.join(arguments)})"
    exec(compile(source, f"<reader of {record.__name__}>", "exec"), scope)  # noqa: S102 - our own field names
    # For scripts/check_records.py.
    vars(scope["read"]).update(record=record, without=without)
    return cast("Callable[[Any], R]", scope["read"])


def _is_absent(value: object) -> bool:
    # Generated code marks absence with a falsy instance of its own `Unset`; this floor may not import it.
    return value is None or type(value).__name__ == "Unset"


def _required(model: object, name: str) -> Any:
    """A value that is false, such as an empty text.

    Raises:
        MissingField: It is not there at all.
    """
    value = getattr(model, name)
    if _is_absent(value):
        raise MissingField(name)
    return value
