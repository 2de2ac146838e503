"""Work in a copy of this process, where another generation of the client takes the place of today's.

The parent has loaded everything that is slow to load, the server with its own generated package among it. The child
forgets the client and imports that of a case; the server keeps what it has.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

T = TypeVar("T")

CLIENT = ("mlsteward", "mlsteward_api")
SECONDS = 120
"""How long a child may take before it is stopped. Nothing waits for anything, so only a defect takes that long."""

OK = "ok"
DIFFERENT = "different"
"""A value is not what the story asserts."""
BARE = "bare "
"""What stands before the name of an exception that is not a `StewardError`."""


@dataclass(frozen=True)
class Outcome:
    """What came of a story.

    Attributes:
        word: `ok`, `different`, the class of a `StewardError`, or `bare` and the class of another exception.
        detail: Where, and why.
        warned: Whether the client warned that its version and that of the server differ.
    """

    word: str
    detail: str = ""
    warned: bool = False


def in_child(function: Callable[[], T]) -> T:
    """What a function returns, carried out in a copy of this process.

    Raises:
        RuntimeError: It failed; the message has the traceback.
    """
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process == 0:
        _be_child(function, writer)
    os.close(writer)
    with open(reader, "rb") as stream:
        content = stream.read()
    os.waitpid(process, 0)
    if not content:
        raise RuntimeError("a child ended without an answer")
    succeeded, value = pickle.loads(content)
    if not succeeded:
        raise RuntimeError(value)
    return value  # type: ignore[no-any-return]


def _be_child(function: Callable[[], object], writer: int) -> None:
    code = 1
    try:
        signal.alarm(SECONDS)
        # Children are short: looking for garbage costs them more than keeping it, and copies what they share.
        gc.disable()
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        try:
            result = (True, function())
        except BaseException:
            result = (False, traceback.format_exc())
        with open(writer, "wb") as pipe:
            pickle.dump(result, pipe)
        code = 0
    finally:
        os._exit(code)


def forget() -> dict[str, ModuleType]:
    """Take the client out of the modules that are loaded."""
    taken = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in CLIENT}
    for name in taken:
        del sys.modules[name]
    return taken


def become(folder: Path, wrap: Callable[[Any], Any]) -> None:
    """Use the client in a folder from now on.

    Args:
        folder: The folder of a generation.
        wrap: Makes the WSGI application of every server that is opened one that speaks the wire of the case.
    """
    of_server = forget()
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    from mlsteward_server.process import embedded

    opened = embedded.open_app

    def open_app(*arguments: Any, **options: Any) -> Any:
        with _instead(of_server):
            app = opened(*arguments, **options)
        return _Wired(app, wrap(app.wsgi))

    embedded.open_app = open_app


@contextlib.contextmanager
def _instead(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """What the server imports while it starts is its own generation."""
    own = forget()
    sys.modules.update(modules)
    try:
        yield
    finally:
        forget()
        sys.modules.update(own)


class _Wired:
    """An open server behind a wire."""

    is_new = False

    def __init__(self, app: Any, wsgi: Any) -> None:
        self._app = app
        self.wsgi = wsgi
        self.database = app.database

    def close(self) -> None:
        self._app.close()


def hear(story: Callable[[Any], None]) -> Outcome:
    """Tell a story to the client that is there, on a new server."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            client = importlib.import_module("mlsteward")
            with client.Steward(path=":memory:") as steward:
                story(steward)
            word, detail = OK, ""
        except Exception as error:
            word, detail = _word(error), _detail(error)
    warned = any("version" in str(warning.message) for warning in caught)
    return Outcome(word, detail, warned)


def _word(error: Exception) -> str:
    if isinstance(error, AssertionError):
        return DIFFERENT
    from mlsteward.errors import StewardError

    name = type(error).__name__
    return name if isinstance(error, StewardError) else BARE + name


def _detail(error: Exception) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith("churn/story.py")]
    where = f"{frames[-1].line}" if frames else ""
    return f"{where} -> {type(error).__name__}: {error}".replace("\n", " ")
