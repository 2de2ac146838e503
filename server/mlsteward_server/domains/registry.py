"""Find the resources, the handlers and the kinds of jobs of all domains. To add a domain, add a package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType, ModuleType
from typing import Any

from mlsteward_server import domains
from mlsteward_server.access.resources import Resource
from mlsteward_server.jobs.kinds import JobKind


@cache
def resources() -> Mapping[str, Resource[Any]]:
    """Return every kind of object, by name.

    Needs no generated code, so the linter of the spec can call it before the code is generated.
    """
    found: dict[str, Resource[Any]] = {}
    for domain in _domains():
        for name in _modules(domain):
            if name == "resource":
                module = import_module(f"{domain.__name__}.{name}")
                declared = [value for value in vars(module).values() if isinstance(value, Resource)]
                found |= {resource.kind: resource for resource in declared}
    return found


def handlers(tag: str) -> dict[str, Callable[..., Any]]:
    """Return the public functions that the modules of a domain define, by name."""
    domain = import_module(f"{domains.__name__}.{tag}")
    found: dict[str, Callable[..., Any]] = {}
    for name in _modules(domain):
        module = import_module(f"{domain.__name__}.{name}")
        found |= {
            name: value
            for name, value in vars(module).items()
            if isinstance(value, FunctionType) and value.__module__ == module.__name__ and not name.startswith("_")
        }
    return found


@cache
def job_kinds() -> Mapping[str, JobKind]:
    """Return every kind of job, by the operation that starts it."""
    modules = (import_module(f"{domain.__name__}.{name}") for domain in _domains() for name in _modules(domain))
    kinds = (value for module in modules for value in vars(module).values() if isinstance(value, JobKind))
    return {kind.operation: kind for kind in kinds}


def _domains() -> Iterator[ModuleType]:
    for module in iter_modules(domains.__path__):
        if module.ispkg:
            yield import_module(f"{domains.__name__}.{module.name}")


def _modules(package: ModuleType) -> list[str]:
    return [module.name for module in iter_modules(package.__path__)]
