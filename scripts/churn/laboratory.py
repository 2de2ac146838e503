"""Where cases are carried out, and what is seen."""

from __future__ import annotations

import gc
import importlib
import json
import multiprocessing
import pkgutil
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bundle_spec
import generate
import spec_diff
from derive_errors import DeriveError

from churn import adapters, detectors, domains, generations, patches
from churn.case import Case
from churn.child import Outcome, become, hear, in_child
from churn.edits import edited
from churn.generations import Generation
from churn.story import tell
from churn.wire import Today, Wire

NEXT_MAJOR = "2.0.0"
"""The version of the API after a breaking change."""


@dataclass
class Seen:
    """What was seen of a case.

    Attributes:
        found: What each detector that noticed the edit said.
        left: What detectors say once the patch is there; nothing may be left.
        lines: The lines of the patch.
        rooms: The rooms it is in.
        outcomes: What came of the story, for each of `case.WAYS`.
        failed: The tests of the domain that fail, for each way in which they ran.
    """

    found: dict[str, list[str]] = field(default_factory=dict)
    left: dict[str, list[str]] = field(default_factory=dict)
    lines: int = 0
    rooms: set[str] = field(default_factory=set)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    failed: dict[str, list[str]] = field(default_factory=dict)


class Laboratory:
    """Everything that cases share: today's client and server, loaded once.

    Args:
        root: The project.
        folder: An empty folder to work in.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self._folder = folder
        self.document: dict[str, Any] = json.loads((root / bundle_spec.BUNDLE_JSON).read_bytes())
        self._today = Today(self.document)
        self._released = spec_diff.Document(self.document)
        self._base = generations.today(root, folder / "today")
        _load_what_is_slow(root)
        self._types = detectors.Types(root, self._base, folder / "types")
        # Whatever is here by now stays. A child that looked through all of it for garbage would first copy it.
        gc.collect()
        gc.freeze()

    def check_today(self, names: Sequence[str]) -> dict[str, list[str]]:
        """What is wrong with today's client on today's wire: the story, and the tests of some domains."""
        found = {}
        files = generations.derived(self.root, self.document)
        if differing := sorted(name for name, content in files.items() if self._base.content(name) != content):
            found["the generated package"] = differing
        told = self._hear(self._base, _same)
        if told.word != "ok":
            found["the story"] = [f"{told.word}: {told.detail}"]
        for name in sorted(set(names)):
            found[name] = self._test(self._base, _same, name)
        return {name: wrong for name, wrong in found.items() if wrong}

    def look_at(self, case: Case) -> Seen:
        """Carry a case out."""
        seen = Seen()
        document = edited(self.document, case.edit)
        if case.is_breaking:
            document["info"]["version"] = NEXT_MAJOR
        folder = self._folder / case.name
        try:
            self._carry_out(case, document, folder, seen)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return seen

    def _carry_out(self, case: Case, document: dict[str, Any], folder: Path, seen: Seen) -> None:
        wrap = self._wire(case, document)
        _note(seen.found, "lint", detectors.lint(document))
        _note(seen.found, "gate", detectors.gate(self._released, document))
        try:
            files = generations.derived(self.root, document)
        except (generate.GenerateError, DeriveError) as error:
            _note(seen.found, "generate", [str(error)])
            return
        raw = generations.tomorrow(self._base, folder / "raw", files)
        self._detect(seen.found, raw, document)
        new = raw
        if case.patch:
            texts = patches.patched(self.root, case.patch)
            seen.lines, seen.rooms = patches.cost(self.root, texts), patches.rooms(texts)
            files |= generations.with_patch(self.root, texts)
            new = generations.tomorrow(self._base, folder / "patched", files)
            self._detect(seen.left, new, document)
        seen.outcomes["new_new"] = told = self._hear(new, wrap)
        before = told if new is raw else self._hear(raw, wrap)
        if before.word != "ok":
            _note(seen.found, "run", [f"{before.word}: {before.detail}"])
        is_same_wire = not case.adapter and document["info"]["version"] == self.document["info"]["version"]
        seen.outcomes["new_old"] = told if is_same_wire else self._hear(new, _same)
        seen.outcomes["old_new"] = Outcome("ok") if is_same_wire else self._hear(self._base, wrap)
        seen.failed["new_new"] = self._test(new, wrap, case.domain)
        if not case.is_breaking and not is_same_wire:
            seen.failed["new_old"] = self._test(new, _same, case.domain)
            seen.failed["old_new"] = self._test(self._base, wrap, case.domain)

    def _detect(self, found: dict[str, list[str]], generation: Generation, document: dict[str, Any]) -> None:
        def imported() -> tuple[list[str], list[str]]:
            become(generation.folder, _same)
            return detectors.records(generation.folder), detectors.protocol(self.root, document)

        records, protocol = in_child(imported)
        _note(found, "types", self._types.findings(generation))
        _note(found, "records", records)
        _note(found, "protocol", protocol)

    def _wire(self, case: Case, document: Mapping[str, Any]) -> Callable[[Any], Any]:
        translators = adapters.made(case.adapter)
        root = document["servers"][0]["url"]
        version = document["info"]["version"]

        def wrap(app: Any) -> Any:
            return Wire(app, self._today, translators, root=root, version=version)

        return wrap

    def _hear(self, generation: Generation, wrap: Callable[[Any], Any]) -> Outcome:
        def told() -> Outcome:
            become(generation.folder, wrap)
            return hear(tell)

        return in_child(told)

    def _test(self, generation: Generation, wrap: Callable[[Any], Any], domain: str) -> list[str]:
        def tested() -> list[str]:
            become(generation.folder, wrap)
            return domains.run(self.root, domain)

        return in_child(tested)


def _same(app: Any) -> Any:
    return app


def _note(found: dict[str, list[str]], detector: str, said: list[str]) -> None:
    if said:
        found[detector] = said


SLOW = (
    "alembic.autogenerate",
    "alembic.command",
    "attrs",
    "cryptography.hazmat.primitives.ciphers.aead",
    "dateutil.parser",
    "httpx",
    "hypothesis",
    "mako.template",
    "obstore.store",
    "orjson",
    "pdb",
    "psycopg",
    "pygments.formatters.html",
    "pygments.lexers.python",
    "pytest",
    "sqlalchemy.ext.compiler",
)
"""What every child would load again, besides the server."""


def _load_what_is_slow(root: Path) -> None:
    """Load what children will need: the server with its generated package, libraries, and pytest."""
    for name in SLOW:
        importlib.import_module(name)
    for module in pkgutil.iter_modules(importlib.import_module("_pytest").__path__, "_pytest."):
        importlib.import_module(module.name)
    for package in ("mlsteward_api", "mlsteward_server"):
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if "migrations" not in module.name:
                importlib.import_module(module.name)
    sys.modules["mlsteward_server.process.embedded"].open_app(":memory:").close()


@contextmanager
def opened(root: Path) -> Iterator[Laboratory]:
    """A laboratory in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="mlsteward-churn-") as folder:
        yield Laboratory(root, Path(folder))


def look_at_all(
    laboratory: Laboratory, cases: Sequence[Case], workers: int, tell_of: Callable[[Case, Seen | str], None]
) -> None:
    """Carry cases out, several at once.

    Args:
        laboratory: Where.
        cases: Which.
        workers: In how many processes.
        tell_of: Called with each case when it is done, and what was seen; a text if the case itself is wrong.
    """
    global _shared
    _shared = laboratory
    # Forked, so that each of them has the laboratory. If one of them dies, its cases fail with a BrokenProcessPool.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        futures = {pool.submit(_look_at, case): case for case in cases}
        for future in as_completed(futures):
            error = future.exception()
            tell_of(futures[future], future.result() if error is None else f"{type(error).__name__}: {error}")


_shared: Laboratory | None = None


def _look_at(case: Case) -> Seen:
    assert _shared is not None
    return _shared.look_at(case)
