"""What `management.connect` returns: a client that the flat functions use while it is open."""

from __future__ import annotations

from contextvars import Token
from types import TracebackType
from typing import TYPE_CHECKING, Self

from mlsteward.client import Steward
from mlsteward.management import _session

if TYPE_CHECKING:
    from typing import Unpack

    from mlsteward.options import StewardOptions


class Connected(Steward):
    """A `Steward` that the functions of `mlsteward.management` go through."""

    def __init__(self, url: str | None = None, **options: Unpack[StewardOptions]) -> None:
        super().__init__(url, **options)
        self._blocks: list[Token[Steward | None]] = []

    def __enter__(self) -> Self:
        self._blocks.append(_session.enter_block(self))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _session.leave_block(self._blocks.pop())
        self.close()

    def close(self) -> None:
        """Give connections and the data file back; the functions go where they went before."""
        _session.forget(self)
        super().close()
