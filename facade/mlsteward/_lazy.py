"""Packages whose names are loaded on first use (PEP 562)."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def lazy(
    package: str, module_of: Mapping[str, str], *, modules: Sequence[str] = (), later: str | None = None
) -> tuple[list[str], Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__all__`, `__getattr__` and `__dir__` for such a package.

    Args:
        package: Its name.
        module_of: The module in it that defines each name.
        modules: Its public modules.
        later: The module in it whose `NOT_THERE_YET` lists documented names that are missing.
    """
    names = sorted([*module_of, *modules])

    def getattr_(name: str) -> Any:
        if name in modules:
            return import_module(f"{package}.{name}")
        module = module_of.get(name)
        if module is None:
            if later is not None and name in import_module(f"{package}.{later}").NOT_THERE_YET:
                raise not_there_yet(f"{package}.{name}")
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = import_module(f"{package}.{module}")
        value = getattr(found, name)
        # Next time it is found without this function.
        setattr(import_module(package), name, value)
        return value

    return names, getattr_, lambda: names


def not_there_yet(what: str) -> Exception:
    """The exception for a documented name that does not exist. To be called by a module's `__getattr__`."""
    message = f"{what} is not there yet, see docs/coverage.md"
    # `from package import name` asks whether there is such an attribute, and forgets why there is none.
    asking = sys._getframe(2).f_globals.get("__name__")
    return ImportError(message) if asking == "importlib._bootstrap" else AttributeError(message)
