"""Packages whose names are loaded on first use (PEP 562)."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def lazy(
    package: str, module_of: Mapping[str, str], *, modules: Sequence[str] = ()
) -> tuple[list[str], Callable[[str], Any], Callable[[], list[str]]]:
    """What such a package needs: `__all__`, `__getattr__` and `__dir__`.

    Args:
        package: Its name.
        module_of: The module in it that defines each name.
        modules: Its public modules.
    """
    names = sorted([*module_of, *modules])

    def getattr_(name: str) -> Any:
        if name in modules:
            return import_module(f"{package}.{name}")
        module = module_of.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = import_module(f"{package}.{module}")
        value = getattr(found, name)
        # Next time it is found without this function.
        setattr(import_module(package), name, value)
        return value

    return names, getattr_, lambda: names
