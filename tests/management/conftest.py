"""The flat functions, on every kind of server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from mlsteward import management

from tests.facade_support import Backend, backend

__all__ = ["backend"]


@pytest.fixture
def connected(backend: Backend) -> Iterator[Any]:
    """The functions go to `backend`, as its operator unless a call says otherwise."""
    with management.connect(**backend.options) as steward:
        yield steward
