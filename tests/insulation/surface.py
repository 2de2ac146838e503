"""What a client offers, found in the client itself: no test keeps a list of it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import mlsteward._async
from mlsteward._async.resource import AsyncNamespace


def namespaces(steward: Any, base: type) -> Iterator[tuple[str, Any]]:
    """Every namespace, and the namespaces in it."""
    for name in dir(type(steward)):
        if name.startswith("_") or isinstance(getattr(type(steward), name), property):
            continue
        if not isinstance(value := getattr(steward, name), base):
            continue
        yield name, value
        for part, inner in vars(value).items():
            if isinstance(inner, base):
                yield f"{name}.{part}", inner


def written_namespaces() -> set[type]:
    """Every class that somebody wrote to be a namespace of `Steward`."""
    for module in pkgutil.walk_packages(mlsteward._async.__path__, "mlsteward._async."):
        importlib.import_module(module.name)
    return set(AsyncNamespace.__subclasses__())
