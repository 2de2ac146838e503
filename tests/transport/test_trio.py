"""`AsyncSteward` under trio, as under asyncio: inside this process, and over a network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mlsteward import AsyncSteward, errors
from mlsteward._concurrency import agather, asleep
from mlsteward.config import resolve
from mlsteward.connection import AsyncConnection
from mlsteward.testing import StewardServer
from mlsteward.transport import RetryPolicy
from mlsteward_api.api.projects import get_project

from tests.support.loopback import Loopback, answer, problem

pytestmark = pytest.mark.parametrize("loop", ["trio", "asyncio"])


async def use(steward: AsyncSteward, workspace: str, folder: Path) -> None:
    """Reads, writes, lists, several calls at once, and files in both directions."""
    await steward.workspaces.create(workspace, exist_ok=True)
    names = [f"{workspace}/project-{number}" for number in range(6)]
    made = await agather([lambda name=name: steward.projects.create(name) for name in names])
    assert [project.full_name for project in made] == names
    listed = [project.full_name async for project in steward.projects.list(workspace=workspace, page_size=2)]
    assert sorted(listed) == names
    with pytest.raises(errors.ProjectNotFound):
        await steward.projects.get(f"{workspace}/nosuch")

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(3):
            await anyio.sleep(0)
            yield b"x" * 300_000

    experiment = await steward.experiments.create(names[0])
    (folder / "content.bin").write_bytes(b"y" * 600_000)
    contents: dict[str, Any] = {"parts.bin": lambda: parts(), "file.bin": folder / "content.bin", "bytes.bin": b"12"}
    for name, content in contents.items():
        asset = await steward.experiments.assets.upload(experiment.id, content, name=name)
        size = await steward.experiments.assets.download(experiment.id, asset.id, folder / "saved.bin")
        assert size == asset.size
    assert [size async for size in sizes(steward, experiment.id)] == [900_000, 600_000, 2]


async def sizes(steward: AsyncSteward, experiment: str) -> AsyncIterator[int]:
    async for asset in steward.experiments.assets.list(experiment):
        yield asset.size


def run(loop: str, work: Callable[[], Awaitable[None]]) -> None:
    anyio.run(work, backend=loop)


@pytest.mark.parametrize("path", [":memory:", "platform.db"])
def test_inside_this_process(loop: str, path: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with AsyncSteward(path=path if path == ":memory:" else tmp_path / path) as steward:
            await use(steward, "ml-team", tmp_path)

    run(loop, work)


@pytest.mark.parametrize("own_client", [False, True])
def test_over_a_network(loop: str, own_client: bool, tmp_path: Path, steward_server: StewardServer) -> None:
    async def work() -> None:
        client = httpx.AsyncClient(trust_env=False)
        options: dict[str, Any] = {"http_client": client} if own_client else {}
        async with client, AsyncSteward(steward_server.url, api_token=steward_server.api_token, **options) as steward:
            await use(steward, f"{loop}-{own_client}".lower(), tmp_path)

    run(loop, work)


def test_waiting_between_attempts(loop: str) -> None:
    async def work() -> None:
        policy = RetryPolicy(first_wait=0.01)
        config = resolve(url=server.url, environ={}, config_file=None)
        async with AsyncConnection(config, retry=policy) as connection:
            assert (await connection.call(get_project.request("p1"))).id == "p1"
        await asleep(0)

    with Loopback(problem(503, "unavailable"), answer()) as server:
        run(loop, work)
    assert len(server.received) == 2


def test_the_first_failure_is_raised_as_it_is(loop: str) -> None:
    async def fail(number: int) -> None:
        raise ValueError(str(number))

    async def work() -> None:
        with pytest.raises(ValueError, match=r"[012]"):
            await agather([lambda number=number: fail(number) for number in range(3)])

    run(loop, work)
