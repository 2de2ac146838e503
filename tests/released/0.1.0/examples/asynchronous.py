"""The same from asyncio: several things at once, on one client."""

import asyncio

from mlsteward import AsyncSteward, errors
from mlsteward.pagination import AsyncPager
from mlsteward.records import Project


async def main() -> None:
    async with AsyncSteward(workspace="ml-team") as steward:
        health = await steward.health()
        assert health.status == "ok"
        assert (await steward.whoami()).is_operator
        await steward.workspaces.create("ml-team")
        await asyncio.gather(*(steward.projects.create(f"project-{number}") for number in range(3)))

        projects: AsyncPager[Project] = steward.projects.list(page_size=2)
        names = [project.name async for project in projects]
        assert sorted(names) == ["project-0", "project-1", "project-2"]
        assert len(await projects.to_list()) == 3
        assert [len(page) async for page in projects.pages()] == [2, 1]
        first = await steward.projects.list().first()
        assert first is not None

        await steward.members.add("jackie", email="jackie@example.org", role="member")
        entry = await steward.projects.members.add("project-0", "jackie", role="viewer")
        assert entry.username == "jackie"
        with steward.raw_responses() as responses:
            await steward.projects.get("project-0")
        assert responses[-1].status == 200
        try:
            await steward.projects.get("nothing")
        except errors.NotFound as error:
            assert error.resource == "project"
        else:
            raise AssertionError("found")


asyncio.run(main())
