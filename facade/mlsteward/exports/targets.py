"""Where an export goes: a path, an open file, or a text that is returned."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias, cast

from mlsteward._files import whole_text
from mlsteward.errors import InvalidArgument

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

Target: TypeAlias = "str | os.PathLike[str] | SupportsWrite[str]"


@contextmanager
def opened(file: Target | None) -> Iterator[SupportsWrite[str]]:
    """What to write to.

    Args:
        file: A path, where the file appears when all of it is written; a file that is open for text; or None for a
            text, which is then a `StringIO`.

    Raises:
        InvalidArgument: It is none of these.
    """
    if file is None:
        yield io.StringIO(newline="")
    elif isinstance(file, str | os.PathLike):
        with whole_text(file) as target:
            yield target
    elif isinstance(cast(object, file), io.RawIOBase | io.BufferedIOBase):
        raise InvalidArgument("file must be open for text, not for bytes")
    elif not callable(getattr(file, "write", None)):
        raise InvalidArgument(f"file must be a path or an open file, not {type(file).__name__}")
    else:
        yield file
