"""Lists of any length: the same promises for both pagers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsteward.errors import InvalidArgument, ResponseParsingError
from mlsteward.pagination import AsyncPager, Pager


class Server:
    """A list behind a cursor, as the API has it. Keeps what it was asked."""

    def __init__(self, length: int, default: int = 100, largest: int = 500) -> None:
        self.items = list(range(length))
        self.default = default
        self.largest = largest
        self.asked: list[tuple[int | None, str | None]] = []

    def fetch(self, page_size: int | None, cursor: str | None) -> tuple[list[int], str | None]:
        self.asked.append((page_size, cursor))
        size = page_size or self.default
        assert 1 <= size <= self.largest
        start = int(cursor or 0)
        end = start + size
        return self.items[start:end], str(end) if end < len(self.items) else None

    async def afetch(self, page_size: int | None, cursor: str | None) -> tuple[list[int], str | None]:
        await asyncio.sleep(0)
        return self.fetch(page_size, cursor)


class Sync:
    """A pager, asked in the one way."""

    def __init__(self, server: Server, **options: Any) -> None:
        self.pager = Pager(server.fetch, **options)

    def to_list(self) -> list[int]:
        return self.pager.to_list()

    def iterate(self) -> list[int]:
        return list(self.pager)

    def pages(self, most: int | None = None) -> list[list[int]]:
        found = []
        for page in self.pager.pages():
            found.append(page)
            if len(found) == most:
                break
        return found

    def first(self) -> int | None:
        return self.pager.first()


class Async:
    """An asynchronous pager, asked in the same way."""

    def __init__(self, server: Server, **options: Any) -> None:
        self.pager = AsyncPager(server.afetch, **options)

    def to_list(self) -> list[int]:
        return asyncio.run(self.pager.to_list())

    def iterate(self) -> list[int]:
        async def run() -> list[int]:
            return [item async for item in self.pager]

        return asyncio.run(run())

    def pages(self, most: int | None = None) -> list[list[int]]:
        async def run() -> list[list[int]]:
            found = []
            async for page in self.pager.pages():
                found.append(page)
                if len(found) == most:
                    break
            return found

        return asyncio.run(run())

    def first(self) -> int | None:
        return asyncio.run(self.pager.first())


Make = Callable[..., Any]


@pytest.fixture(params=[Sync, Async], ids=["sync", "async"])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes a pager of one kind."""
    kind: Make = request.param
    return kind


def test_all_of_a_list(make: Make) -> None:
    server = Server(250)
    assert make(server).to_list() == server.items
    assert make(server).iterate() == server.items
    assert server.asked[:3] == [(None, None), (None, "100"), (None, "200")]


def test_an_empty_list(make: Make) -> None:
    pager = make(Server(0))
    assert (pager.to_list(), pager.iterate(), pager.first(), pager.pages()) == ([], [], None, [[]])


def test_the_limit_is_a_total_and_the_page_size_is_not(make: Make) -> None:
    server = Server(250)
    assert make(server, limit=7, page_size=3).pages() == [[0, 1, 2], [3, 4, 5], [6]]
    assert [size for size, _ in server.asked] == [3, 3, 1]


@pytest.mark.parametrize("kind", [Sync, Async])
@given(length=st.integers(0, 30), limit=st.none() | st.integers(0, 40), size=st.none() | st.integers(1, 12))
def test_nothing_is_lost_or_doubled_at_any_border(kind: Make, length: int, limit: int | None, size: int | None) -> None:
    server = Server(length, default=5)
    assert kind(server, limit=limit, page_size=size).to_list() == server.items[:limit]


def test_a_limit_alone_asks_for_no_more_than_it_needs(make: Make) -> None:
    server = Server(2000)
    assert len(make(server, limit=3).to_list()) == 3
    assert len(make(server, limit=700).to_list()) == 700
    assert server.asked == [(3, None), (500, None), (200, "500")]


def test_a_limit_of_nothing_asks_nothing(make: Make) -> None:
    server = Server(5)
    pager = make(server, limit=0)
    assert (pager.to_list(), pager.first()) == ([], None)
    assert server.asked == []


def test_the_first_item_costs_one(make: Make) -> None:
    server = Server(250)
    assert make(server).first() == 0
    assert server.asked == [(1, None)]


def test_the_first_item_may_be_behind_an_empty_page(make: Make) -> None:
    class Gaps(Server):
        def fetch(self, page_size: int | None, cursor: str | None) -> tuple[list[int], str | None]:
            return ([], "1") if cursor is None else ([9], None)

    assert make(Gaps(0)).first() == 9
    assert make(Gaps(0)).to_list() == [9]


def test_reading_goes_no_further_than_it_must(make: Make) -> None:
    server = Server(250)
    assert make(server, page_size=10).pages(most=2) == [list(range(10)), list(range(10, 20))]
    assert len(server.asked) == 2


def test_it_goes_on_where_another_one_stopped(make: Make) -> None:
    server = Server(25)
    before = make(server, page_size=10)
    read = before.pages(most=1)
    assert before.pager.cursor == "10"
    after = make(server, cursor=before.pager.cursor)
    assert read[0] + after.to_list() == server.items
    assert after.pager.cursor is None


def test_a_limit_leaves_a_cursor_that_is_exact(make: Make) -> None:
    server = Server(25)
    before = make(server, limit=7, page_size=5)
    assert before.to_list() == list(range(7))
    assert make(server, cursor=before.pager.cursor).to_list() == list(range(7, 25))


def test_after_a_failure_the_cursor_is_that_of_the_page_that_failed(make: Make) -> None:
    class Failing(Server):
        down = True

        def fetch(self, page_size: int | None, cursor: str | None) -> tuple[list[int], str | None]:
            if cursor == "20" and self.down:
                raise ConnectionError("gone")
            return super().fetch(page_size, cursor)

    server = Failing(25)
    pager = make(server, page_size=10)
    with pytest.raises(ConnectionError):
        pager.to_list()
    assert pager.pager.cursor == "20"
    server.down = False
    assert make(server, cursor="20").to_list() == list(range(20, 25))


def test_it_can_be_read_twice(make: Make) -> None:
    pager = make(Server(25), page_size=10)
    assert pager.to_list() == pager.to_list()


@pytest.mark.parametrize("period", [1, 3])
def test_a_server_that_goes_in_circles(make: Make, period: int) -> None:
    class Circle(Server):
        def fetch(self, page_size: int | None, cursor: str | None) -> tuple[list[int], str | None]:
            assert len(self.asked) < 20, "it would never have ended"
            self.asked.append((page_size, cursor))
            return [1], f"c{(int((cursor or 'c0')[1:]) + 1) % period}"

    with pytest.raises(ResponseParsingError, match="same cursor twice"):
        make(Circle(0)).to_list()


def test_a_server_that_leads_back_to_where_it_started(make: Make) -> None:
    class Stuck(Server):
        def fetch(self, page_size: int | None, cursor: str | None) -> tuple[list[int], str | None]:
            self.asked.append((page_size, cursor))
            return [1], cursor

    server = Stuck(0)
    with pytest.raises(ResponseParsingError, match="same cursor twice"):
        make(server, cursor="c").to_list()
    assert server.asked == [(None, "c")]


def test_a_server_that_gives_more_than_it_was_asked_for(make: Make) -> None:
    class Generous(Server):
        def fetch(self, page_size: int | None, cursor: str | None) -> tuple[list[int], str | None]:
            return self.items, None

    assert make(Generous(25), limit=3).to_list() == [0, 1, 2]


@pytest.mark.parametrize(
    "options", [{"limit": -1}, {"page_size": 0}, {"page_size": -1}, {"limit": 1.5}, {"limit": True}]
)
def test_sizes_that_make_no_sense(make: Make, options: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument, match="must be a whole number"):
        make(Server(5), **options)
