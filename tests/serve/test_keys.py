"""A key that is deleted, expired or replaced stops at once in every worker."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.process import PATIENCE, Served, eventually, serving

pytestmark = pytest.mark.both_databases  # processes

KEYS = "/users/me/api-keys"
CALLERS = 6
LONGER_AND_LONGER = (2, 8, 32, 128)
"""Seconds a key works for: a slow machine needs more, or nobody calls in time."""
CALLS = 200
"""How many answers must have come, of which some after the end of the key."""


class Callers:
    """Several callers with one key, who never stop, on new connections: whichever worker takes them."""

    def __init__(self, served: Served, key: str) -> None:
        self._served, self._key = served, key
        self._stop = threading.Event()
        self.answers: list[tuple[float, float, int, str]] = []
        self._threads = [threading.Thread(target=self._call, args=(number,)) for number in range(CALLERS)]

    def codes(self, *, since: float = 0.0, until: float = float("inf")) -> Counter[str]:
        """What was answered to those that were sent after one moment and answered before another."""
        return Counter(code for sent, answered, _, code in self.answers if sent > since and answered < until)

    def _call(self, number: int) -> None:
        while not self._stop.is_set():
            with self._served.client(self._key) as client:
                for turn in range(5):
                    sent = time.time()
                    # Reads and writes, which look up the caller in different ways.
                    if (number + turn) % 3 == 0:
                        answer = client.post("/workspaces", json={"name": "ml-team"})
                    else:
                        answer = client.get("/me")
                    code = answer.json().get("code", "ok")
                    self.answers.append((sent, time.time(), answer.status_code, code))

    def __enter__(self) -> Callers:
        for thread in self._threads:
            thread.start()
        assert eventually(lambda: len(self.answers) >= CALLS)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)


@pytest.fixture
def served(tmp_path: Path, database: str) -> Iterator[Served]:
    options = ("--database", database, "--workers", "2", "--key-file", str(tmp_path / "server.key"))
    with serving(tmp_path, *options) as served:
        with served.client(served.keys[0]) as admin:
            admin.post("/workspaces", json={"name": "ml-team"}).raise_for_status()
        yield served


def ask(answer: httpx.Response) -> Any:
    answer.raise_for_status()
    return answer.json() if answer.content else None


def make(served: Served, **more: Any) -> Any:
    with served.client(served.keys[0]) as admin:
        return ask(admin.post(KEYS, json={"name": "of many", **more}))


def delete(admin: httpx.Client, key_id: str) -> None:
    ask(admin.delete(f"{KEYS}/{key_id}"))


def rotate(admin: httpx.Client, key_id: str) -> None:
    ask(admin.post(f"{KEYS}/{key_id}/rotate", json={"overlap_seconds": 0}))


GOOD = {"ok", "workspace_name_taken"}


@pytest.mark.parametrize(("end", "code"), [(delete, "api_key_invalid"), (rotate, "api_key_expired")])
def test_no_request_succeeds_after_the_end_of_a_key_was_answered(
    served: Served, end: Callable[[httpx.Client, str], None], code: str
) -> None:
    made = make(served)
    with served.client(served.keys[0]) as admin, Callers(served, made["secret"]) as callers:
        before = time.time()
        end(admin, made["id"])
        after = time.time()
        assert eventually(lambda: sum(callers.codes(since=after).values()) >= CALLS)
    assert callers.codes(until=before).keys() <= GOOD
    assert set(callers.codes(since=after)) == {code}
    assert set(callers.codes()) == {*GOOD, code}


def test_no_request_succeeds_after_a_key_has_expired(served: Served) -> None:
    for seconds in LONGER_AND_LONGER:
        expires_at = datetime.now(UTC) + timedelta(seconds=seconds)
        made = make(served, expires_at=expires_at.isoformat())
        moment = expires_at.timestamp()
        with Callers(served, made["secret"]) as callers:
            assert eventually(lambda: sum(callers.codes(since=moment).values()) >= CALLS)  # noqa: B023
        if callers.codes(until=moment):
            break
    assert set(callers.codes(until=moment)) == GOOD
    assert set(callers.codes(since=moment)) == {"api_key_expired"}


def test_a_key_that_is_replaced_works_for_the_overlap_and_no_longer(served: Served) -> None:
    for overlap in LONGER_AND_LONGER:
        made = make(served)
        with served.client(served.keys[0]) as admin, Callers(served, made["secret"]) as callers:
            before = time.time()
            new = ask(admin.post(f"{KEYS}/{made['id']}/rotate", json={"overlap_seconds": overlap}))
            after = time.time()
            earliest, latest = before + overlap, after + overlap
            assert eventually(lambda: sum(callers.codes(since=latest).values()) >= CALLS)  # noqa: B023
        if callers.codes(since=after, until=earliest):
            break
    assert set(callers.codes(since=after, until=earliest)) <= GOOD
    assert set(callers.codes(until=earliest)) == GOOD
    assert set(callers.codes(since=latest)) == {"api_key_expired"}
    with served.client(new["secret"]) as client:
        ask(client.get("/me"))


def test_the_last_use_is_known_whichever_worker_answered(served: Served) -> None:
    made = make(served)
    before = datetime.now(UTC).replace(second=0, microsecond=0)
    with Callers(served, made["secret"]) as callers:
        pass
    assert {status for _, _, status, _ in callers.answers} == {200, 409}
    with served.client(served.keys[0]) as admin:
        found = next(key for key in ask(admin.get(KEYS)) if key["id"] == made["id"])
    assert before <= datetime.fromisoformat(found["last_used_at"]) <= datetime.now(UTC)
    assert not served.complaints
