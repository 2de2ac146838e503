"""Read lists of any length: all at once, one by one, a page at a time, or only the first."""

from collections.abc import Iterator

from mlsteward import Steward
from mlsteward.pagination import LARGEST_PAGE, Pager
from mlsteward.records import Project

with Steward(workspace="ml-team") as steward:
    steward.workspaces.create("ml-team")
    for number in range(7):
        steward.projects.create(f"project-{number}")

    projects: Pager[Project] = steward.projects.list(page_size=3)
    assert sorted(project.name for project in projects) == [f"project-{number}" for number in range(7)]
    assert len(projects.to_list()) == 7, "it can be read again"
    pages: Iterator[list[Project]] = projects.pages()
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len(steward.projects.list(limit=4, page_size=3).to_list()) == 4

    first = steward.projects.list().first()
    assert first is not None
    assert first.workspace == "ml-team"
    assert steward.groups.list().first() is None
    assert LARGEST_PAGE >= 100

    with steward.raw_responses() as responses:
        steward.projects.list(page_size=4).to_list()
    assert [response.status for response in responses] == [200, 200]
    assert all(response.request_id for response in responses)
