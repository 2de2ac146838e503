"""Where the functions go: a block, the process, threads and tasks."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from typing import Any

import pytest
from mlsteward import Steward, errors, management


def here() -> str:
    """The only workspace of the server that the functions go to."""
    (workspace,) = {project.partition("/")[0] for project in management.get_project_list()}
    return workspace


@pytest.fixture(scope="module")
def apps() -> Any:
    """Four servers, `a` to `d`, each with one workspace of that name."""
    from mlsteward.embedded import open_app

    opened = {}
    for name in "abcd":
        app = opened[name] = open_app(":memory:")
        with Steward(app=app) as steward:
            steward.projects.create(f"{steward.workspaces.create(name).name}/p")
    yield opened
    for app in opened.values():
        app.close()


def test_block(apps: Any) -> None:
    with management.connect(app=apps["a"]) as steward:
        assert isinstance(steward, Steward)
        assert here() == "a"
        assert steward.whoami().username == "local"
        assert management.create_project("a/q") == "a/q"
        management.delete_project("a/q")
    with pytest.raises(errors.TransportError, match="closed"):
        steward.whoami()


def test_nested_blocks(apps: Any) -> None:
    with management.connect(app=apps["a"]):
        with management.connect(app=apps["b"]):
            assert here() == "b"
            with management.connect(app=apps["c"]):
                assert here() == "c"
            assert here() == "b"
        assert here() == "a"


def test_a_block_that_fails_ends(apps: Any) -> None:
    with management.connect(app=apps["a"]):
        with pytest.raises(KeyError), management.connect(app=apps["b"]):
            raise KeyError
        assert here() == "a"


def test_the_same_block_twice(apps: Any) -> None:
    with management.connect(app=apps["a"]):
        connected = management.connect(app=apps["b"])
        with connected, connected:
            assert here() == "b"
        assert here() == "a"


def test_process(apps: Any) -> None:
    first = management.connect(app=apps["a"])
    try:
        assert here() == "a"
        second = management.connect(app=apps["b"])
        assert here() == "b"
        with management.connect(app=apps["c"]):
            assert here() == "c"
        assert here() == "b"
        second.close()
        assert here() == "a"
        second.close()
    finally:
        first.close()


def test_process_in_any_order(apps: Any) -> None:
    first, second = management.connect(app=apps["a"]), management.connect(app=apps["b"])
    first.close()
    assert here() == "b"
    third = management.connect(app=apps["c"])
    second.close()
    assert here() == "c"
    third.close()


def test_after_all_the_environment_counts_again(apps: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSTEWARD_PATH", ":memory:")
    management.create_workspace("environment")
    management.create_project("environment/p")
    assert here() == "environment"
    with management.connect(app=apps["a"]):
        assert here() == "a"
    connected = management.connect(app=apps["b"])
    connected.close()
    assert here() == "environment"


def test_threads_have_blocks_of_their_own(apps: Any) -> None:
    meet = threading.Barrier(3, timeout=10)

    def work(name: str) -> list[str]:
        with management.connect(app=apps[name]):
            meet.wait()
            found = [here() for _ in range(20)]
            meet.wait()
        return found

    with ThreadPoolExecutor(3) as pool:
        for name, found in zip("abc", pool.map(work, "abc"), strict=True):
            assert found == [name] * 20


def test_process_counts_in_threads(apps: Any) -> None:
    connected = management.connect(app=apps["a"])
    with ThreadPoolExecutor(2) as pool, closing(connected):
        assert list(pool.map(lambda _: here(), range(4))) == ["a"] * 4
        with management.connect(app=apps["b"]):
            # What was said for the process stays so for threads that know nothing of the block.
            assert list(pool.map(lambda _: here(), range(4))) == ["a"] * 4
            assert here() == "b"


def test_threads_that_a_block_starts(apps: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("MLSTEWARD_PATH", str(tmp_path / "wrong.db"))
    with management.connect(app=apps["a"]), ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: here(), range(8))) == ["a"] * 8
        names = [f"a/{n}" for n in range(8)]
        assert list(pool.map(management.create_project, names)) == names
        list(pool.map(management.delete_project, names))
        assert pool.submit(copy_context().run, here).result() == "a"
    assert not (tmp_path / "wrong.db").exists()


def test_tasks_have_blocks_of_their_own(apps: Any) -> None:
    async def work(name: str) -> list[str]:
        with management.connect(app=apps[name]):
            found = []
            for _ in range(5):
                await asyncio.sleep(0)
                found.append(here())
                found.append(await asyncio.to_thread(here))
            return found

    async def main() -> list[list[str]]:
        with management.connect(app=apps["d"]):
            found = await asyncio.gather(*(work(name) for name in "abc"))
            assert here() == "d"
            return [*found, [await asyncio.create_task(asyncio.to_thread(here))]]

    assert asyncio.run(main()) == [["a"] * 10, ["b"] * 10, ["c"] * 10, ["d"]]


def test_a_block_may_end_in_another_context(apps: Any) -> None:
    connected = management.connect(app=apps["a"])
    copy_context().run(connected.__enter__)
    assert here() == "a"
    connected.__exit__(None, None, None)
    with management.connect(app=apps["b"]):
        assert here() == "b"


def test_token_of_a_call_goes_to_the_same_place(apps: Any) -> None:
    with management.connect(app=apps["a"]) as steward:
        key = steward.api_keys.create("mine")
        steward.members.add("jackie", workspace="a", exist_ok=True)
        theirs = steward.api_keys.create("theirs", user="jackie")
        assert management.get_project_list(api_token=key.secret) == ["a/p"]
        assert management.get_project_list(api_token=theirs.secret) == []


def test_what_cannot_be_opened_changes_nothing(apps: Any) -> None:
    with management.connect(app=apps["a"]):
        with pytest.raises(errors.ConfigurationError):
            management.connect("ftp://nowhere")
        with pytest.raises(errors.ConfigurationError):
            management.connect("http://127.0.0.1:1", path="x.db")
        assert here() == "a"
