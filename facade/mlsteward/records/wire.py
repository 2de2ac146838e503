"""From a generated model to a record: each field names the wire field that feeds it.

A rename in the spec is one changed word here; the name people use stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar

import attrs

WIRE = "wire"
READ = "read"

R = TypeVar("R")


def wire(name: str, *, read: Callable[[Any], Any] | None = None, optional: bool = False, secret: bool = False) -> Any:
    """A field that is fed by the wire field `name`.

    Args:
        name: The attribute of the generated model.
        read: What to make of the value; it stays as it is without.
        optional: The wire field may be absent; the value is then None.
        secret: Leave the value out of `repr`.
    """
    default: Any = None if optional else attrs.NOTHING
    return attrs.field(default=default, repr=not secret, metadata={WIRE: name, READ: read})


def enum_of(enum: type[StrEnum]) -> Callable[[Any], Any]:
    """A reader that gives the member of `enum`, or the plain text where there is none.

    >>> from mlsteward.records.enums import Visibility
    >>> read = enum_of(Visibility)
    >>> read("public"), read("something-new")
    (<Visibility.PUBLIC: 'public'>, 'something-new')
    """
    members = {member.value: member for member in enum}

    def read(value: Any) -> Any:
        return members.get(value) or str(value)

    return read


def reader(record: type[R]) -> Callable[[Any], R]:
    """The function that makes a record of a generated model.

    Absent optional fields (whatever the model marks them with: it is falsy and has no `__len__`)
    become None.
    """
    fields = attrs.fields(record)  # type: ignore[arg-type]
    get = attrgetter(*(field.metadata[WIRE] for field in fields))
    single = len(fields) == 1
    optional = [index for index, field in enumerate(fields) if field.default is None]
    converted = [(index, field.metadata[READ]) for index, field in enumerate(fields) if field.metadata[READ]]

    def read(model: Any) -> R:
        values = [get(model)] if single else list(get(model))
        for index in optional:
            if _is_absent(values[index]):
                values[index] = None
        for index, convert in converted:
            if values[index] is not None:
                values[index] = convert(values[index])
        return record(*values)

    return read


def _is_absent(value: Any) -> bool:
    # Generated code marks absence with an instance of its own `Unset`; this floor may not import it.
    return type(value).__name__ == "Unset"


def read_list(read: Callable[[Any], R]) -> Callable[[Iterable[Any]], list[R]]:
    """The same for a list of models."""
    return lambda models: [read(model) for model in models]
