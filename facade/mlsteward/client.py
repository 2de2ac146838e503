"""`Steward` and `AsyncSteward`, each loaded on first use: nobody needs both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsteward._async.steward import AsyncSteward
    from mlsteward._sync.steward import Steward

__all__ = ["AsyncSteward", "Steward"]


def __getattr__(name: str) -> object:
    if name == "Steward":
        from mlsteward._sync.steward import Steward as found
    elif name == "AsyncSteward":
        from mlsteward._async.steward import AsyncSteward as found  # type: ignore[assignment]
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
