"""What `management.connect` returns: a client that the flat functions use while it is open."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from mlsteward.client import Steward
from mlsteward.management import _session


class Connected(Steward):
    """A `Steward` that the functions of `mlsteward.management` go through."""

    before: Steward | None = None
    _token: Any = None

    def __enter__(self) -> Self:
        self._token = _session.enter_block(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        token, self._token = self._token, None
        _session.leave_block(token)
        self.close()

    def close(self) -> None:
        """Give connections and the data file back; the functions go where they went before."""
        _session.leave_process(self)
        super().close()
