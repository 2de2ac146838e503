"""The responses behind the records."""

from __future__ import annotations

import asyncio
import threading

import pytest
from mlsteward import AsyncSteward, Steward, errors


def test_status_headers_and_request_id() -> None:
    with Steward(path=":memory:") as steward:
        with steward.raw_responses() as responses:
            steward.workspaces.create("ml-team")
            with pytest.raises(errors.WorkspaceNotFound) as caught:
                steward.workspaces.get("nothing")
            assert len(steward.workspaces.list(page_size=1).to_list()) == 1
        steward.workspaces.get("ml-team")
    created, refused, listed = responses
    assert (created.status, refused.status, listed.status) == (201, 404, 200)
    assert created.request == "POST /api/v1/workspaces"
    assert created.headers["Content-Type"].startswith("application/json")
    assert refused.request_id == caught.value.request_id
    assert "mls_" not in repr(responses)


def test_blocks_can_be_nested_and_keep_to_their_client() -> None:
    with Steward(path=":memory:") as steward, Steward(path=":memory:") as other:
        with steward.raw_responses() as outer, steward.raw_responses() as inner, other.raw_responses() as others:
            steward.health()
            steward.as_account(steward.api_keys.create("x").secret).whoami()
            other.health()
        assert [response.status for response in outer] == [200, 201, 200]
        assert outer == inner
        assert len(others) == 1


def test_other_threads_are_not_collected() -> None:
    with Steward(path=":memory:") as steward, steward.raw_responses() as responses:
        thread = threading.Thread(target=steward.health)
        thread.start()
        thread.join()
        assert responses == []


def test_asynchronous() -> None:
    async def main() -> list[int]:
        async with AsyncSteward(path=":memory:") as steward:
            with steward.raw_responses() as responses:
                await asyncio.gather(steward.health(), steward.whoami())
            await steward.health()
            return [response.status for response in responses]

    assert asyncio.run(main()) == [200, 200]


def test_of_two_editors_the_second_is_told() -> None:
    with Steward(path=":memory:") as steward:
        steward.workspaces.create("ml-team")
        steward.projects.create("ml-team/nlp")
        with steward.raw_responses() as responses:
            steward.projects.get("ml-team/nlp")
        etag = responses[-1].etag
        assert etag == responses[-1].headers["etag"]
        steward.projects.update("ml-team/nlp", description="the first", if_match=etag)
        with pytest.raises(errors.PreconditionFailed) as refused:
            steward.projects.update("ml-team/nlp", description="the second", if_match=etag)
        assert refused.value.code == "precondition_failed"
        assert steward.projects.get("ml-team/nlp").description == "the first"
