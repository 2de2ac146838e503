"""What the tests of all operations need to know of a domain, from `tests/<domain>/samples.py`.

Such a module has any of these:

* `names(world)`: what the operations of the domain act on, by field or by `operation/field`. It makes them.
* `prepare(stage, number)`: adds what the `fill` of other domains needs.
* `fill(stage, number)`: adds one more entry to every list of the domain. Called with 0 to 6.
* `CLIMBS`: the kinds of the domain without roles of their own, and the kind whose roles count for them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

TESTS = Path(__file__).resolve().parents[1]


@cache
def modules() -> tuple[ModuleType, ...]:
    """The samples of every domain, in the order of their names."""
    return tuple(import_module(f"tests.{path.parent.name}.samples") for path in sorted(TESTS.glob("*/samples.py")))


def each(name: str) -> list[Any]:
    """What the modules have under a name; those that have nothing are left out."""
    return [getattr(module, name) for module in modules() if hasattr(module, name)]
