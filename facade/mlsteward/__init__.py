"""One management API for machine-learning platforms.

    from mlsteward import Steward            the object client
    from mlsteward import AsyncSteward       the same, asynchronous
    from mlsteward import management         flat functions, with the names of Neptune's management API
    from mlsteward import errors, records    what is raised and what is returned

Everything is loaded on first use, so that `import mlsteward` costs next to nothing.
"""

from mlsteward._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlsteward import errors as errors
    from mlsteward import management as management
    from mlsteward import records as records
    from mlsteward.client import AsyncSteward, Steward
    from mlsteward.errors import APIError, StewardError

__all__ = [
    "APIError",
    "AsyncSteward",
    "Steward",
    "StewardError",
    "__version__",
    "errors",
    "management",
    "records",
]

_HOME = {
    "APIError": "mlsteward.errors",
    "AsyncSteward": "mlsteward.client",
    "Steward": "mlsteward.client",
    "StewardError": "mlsteward.errors",
}
_MODULES = frozenset({"errors", "management", "records"})
_NOT_THERE_YET = frozenset({"comet", "ubiops"})


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name in _MODULES:
        return import_module(f"mlsteward.{name}")
    if name in _HOME:
        value = globals()[name] = getattr(import_module(_HOME[name]), name)
        return value
    if name in _NOT_THERE_YET:
        from mlsteward._lazy import not_there_yet

        raise not_there_yet(f"mlsteward.{name}")
    raise AttributeError(f"module 'mlsteward' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
