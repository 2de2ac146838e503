"""Many calls at once on one client: the tasks of an event loop, the threads of a process."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from mlsteward import AsyncSteward, Steward, errors

from tests.facade_support import Backend, Team, fresh

CALLS = 50


@pytest.fixture(params=["sqlite", "postgresql", "server"])
def backend(request: pytest.FixtureRequest) -> Backend:
    found: Backend = request.getfixturevalue(f"on_{request.param}")
    return found


def test_tasks(team: Team) -> None:
    names = [f"{team.workspace}/{fresh('p')}" for _ in range(CALLS)]

    async def main() -> tuple[list[Any], list[Any]]:
        async with AsyncSteward(**team.backend.options) as steward:
            made = await asyncio.gather(*(steward.projects.create(name) for name in names))
            found = await asyncio.gather(*(steward.projects.get(name) for name in names))
            listed = [p async for p in steward.projects.list(workspace=team.workspace, page_size=7)]
            assert {p.full_name for p in listed} == set(names)
            return made, found

    made, found = asyncio.run(main())
    assert [project.full_name for project in made] == names
    assert made == found
    assert len({project.key for project in made}) == CALLS


def test_threads(team: Team) -> None:
    names = [f"{team.workspace}/{fresh('p')}" for _ in range(CALLS)]
    with ThreadPoolExecutor(16) as pool, Steward(**team.backend.options) as steward:
        made = list(pool.map(steward.projects.create, names))
        assert [project.full_name for project in made] == names
        assert list(pool.map(steward.projects.get, names)) == made


def test_only_one_can_have_a_name(team: Team) -> None:
    name = f"{team.workspace}/{fresh('wanted')}"

    async def main() -> list[Any]:
        async with AsyncSteward(**team.backend.options) as steward:
            calls = (steward.projects.create(name) for _ in range(20))
            return await asyncio.gather(*calls, return_exceptions=True)

    results = asyncio.run(main())
    refused = [result for result in results if isinstance(result, errors.ProjectNameCollision)]
    assert len(refused) == 19, results


def test_all_can_be_content_with_one_that_exists(team: Team) -> None:
    name = f"{team.workspace}/{fresh('wanted')}"

    async def main() -> list[Any]:
        async with AsyncSteward(**team.backend.options) as steward:
            return await asyncio.gather(*(steward.projects.create(name, exist_ok=True) for _ in range(20)))

    assert len({project.id for project in asyncio.run(main())}) == 1


def test_the_limit_holds(team: Team) -> None:
    team.operator.workspaces.update(team.workspace, projects_limit=3)

    async def main() -> list[Any]:
        async with AsyncSteward(**team.backend.options) as steward:
            calls = (steward.projects.create(f"{team.workspace}/{fresh('p')}") for _ in range(20))
            return await asyncio.gather(*calls, return_exceptions=True)

    results = asyncio.run(main())
    assert sum(isinstance(r, errors.ActiveProjectsLimitReachedException) for r in results) == 17, results


def test_callers_do_not_mix(team: Team) -> None:
    people = [team.person() for _ in range(5)]

    async def main() -> list[str]:
        async with AsyncSteward(**team.backend.options) as steward:
            clients = [steward.as_account(person.api_token) for person in people] * 10
            return [me.username for me in await asyncio.gather(*(client.whoami() for client in clients))]

    assert asyncio.run(main()) == [person.username for person in people] * 10


def test_a_call_that_is_cancelled_leaves_the_client_usable(team: Team) -> None:
    async def main() -> None:
        async with AsyncSteward(**team.backend.options) as steward:
            for _ in range(5):
                task = asyncio.create_task(steward.projects.create(f"{team.workspace}/{fresh('p')}"))
                await asyncio.sleep(0)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            assert (await steward.workspaces.get(team.workspace)).name == team.workspace
            assert (await steward.projects.create(f"{team.workspace}/{fresh('last')}")).id

    asyncio.run(main())


def test_closed_clients_say_so(team: Team) -> None:
    async def main() -> None:
        steward = AsyncSteward(**team.backend.options)
        await steward.whoami()
        await steward.aclose()
        with pytest.raises(errors.TransportError, match="closed"):
            await steward.whoami()

    asyncio.run(main())
    blocking = Steward(**team.backend.options)
    blocking.whoami()
    blocking.close()
    blocking.close()
    with pytest.raises(errors.TransportError, match="closed"):
        blocking.whoami()
