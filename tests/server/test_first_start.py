"""Whoever starts the server must be able to call it: a key that lets nobody in does not count as one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.support.api import Api
from tests.support.server import Storage, api_keys, ensure_administrator


def started(storage: Storage) -> list[str]:
    """The keys that a start shows."""
    shown: list[str] = []
    assert ensure_administrator(storage, "admin", shown.append) == "admin"
    return shown


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"expires_at": datetime.now(UTC) + timedelta(hours=1)}, True),
        ({"expires_at": datetime.now(UTC) - timedelta(hours=1)}, False),
        ({"scope": "write"}, False),
    ],
)
def test_a_start_shows_a_key_where_no_other_is_of_use(
    storage: Storage, http: Api, change: dict[str, Any], counts: bool
) -> None:
    assert len(started(storage)) == 1
    if change:
        with storage.writing() as connection:
            connection.execute(update(api_keys).values(change))
    shown = started(storage)
    assert len(shown) == (0 if counts else 1)
    for key in shown:
        assert http.as_key(key).ok("POST", "/workspaces", json={"name": "ml-team"})["name"] == "ml-team"
    assert started(storage) == []
