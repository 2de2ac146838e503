"""Following the audit log: every event once, whatever order events appear in."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from mlsteward import Steward, errors
from mlsteward.following import FAR_LOOKS, LOOKS_BACK, LOOKS_FAR_BACK, Unseen
from mlsteward.records import AuditEvent

from tests.facade_support import Team

START = datetime(2026, 11, 1, tzinfo=UTC)


def event(id: str, date: datetime) -> AuditEvent:
    return AuditEvent(id, date, "update", "jackie", "x", "project", "p1", "churn", True)


class Log:
    """An audit log into which events come late: each can be read some time after its date."""

    def __init__(self, events: list[tuple[AuditEvent, timedelta]]) -> None:
        self._events = events

    def look(self, now: datetime, since: datetime | None) -> list[AuditEvent]:
        there = [one for one, late in self._events if one.date + late <= now and (since is None or one.date >= since)]
        return sorted(there, key=lambda one: one.id, reverse=True)


@pytest.mark.parametrize("seed", range(30))
def test_every_event_comes_once(seed: int) -> None:
    """Requests of any length up to the longest, on clocks that differ: nothing is missed, and nothing comes twice."""
    dice = random.Random(seed)
    slowest = LOOKS_FAR_BACK - timedelta(seconds=60)
    events = []
    for number in range(300):
        date = START + timedelta(seconds=dice.uniform(0, 1800))
        late = slowest * dice.random() if dice.random() < 0.2 else timedelta(milliseconds=dice.uniform(0, 500))
        # The id is made somewhere between the beginning and the end of the request.
        made = date + late * dice.random()
        events.append((event(f"{made.timestamp():.6f}-{number:03}", date), late))
    log, unseen, found, now = Log(events), Unseen(), [], START - timedelta(seconds=1)
    while now < START + timedelta(seconds=1800) + slowest + timedelta(minutes=2):
        found += unseen.new_ones(log.look(now, unseen.next_look()))
        now += timedelta(seconds=2)
    assert len(found) == len({one.id for one in found}), "twice"
    assert {one.id for one in found} == {one.id for one, _ in events}, "missed"


def test_a_late_event_comes_with_the_next_far_look() -> None:
    unseen = Unseen()
    unseen.new_ones([event("5", START)])
    late = event("4", START - LOOKS_BACK - timedelta(seconds=1))
    log = Log([(late, timedelta(0))])
    looks = [unseen.new_ones(log.look(START, unseen.next_look())) for _ in range(FAR_LOOKS + 1)]
    assert [one for look in looks for one in look] == [late]


def test_what_is_out_of_reach_is_forgotten() -> None:
    unseen = Unseen()
    for number in range(5000):
        unseen.new_ones([event(f"{number:05}", START + timedelta(seconds=number))])
    assert len(unseen._seen) <= LOOKS_FAR_BACK.total_seconds() + 1


def test_nothing_older_than_since() -> None:
    unseen = Unseen(START)
    unseen.new_ones([event("1", START + timedelta(seconds=1))])
    assert unseen.next_look(far=True) == START


def test_only_new_events(team: Team) -> None:
    """The first `next` begins it, and waits. So something happens meanwhile, again and again."""
    admin = team.admin.steward
    admin.projects.create(f"{team.workspace}/before")
    with Steward(**team.backend.place, api_token=team.admin.api_token) as other:
        over = threading.Event()

        def work() -> None:
            number = 0
            while not over.wait(0.05):
                number += 1
                other.projects.create(f"{team.workspace}/after-{number}")

        worker = threading.Thread(target=work)
        worker.start()
        try:
            following = admin.audit.follow(workspace=team.workspace, interval=0.01)
            found = [one.object_name for one in islice(iter(following), 5)]
        finally:
            over.set()
            worker.join()
    first = int(found[0].removeprefix("after-"))
    assert found == [f"after-{first + number}" for number in range(5)]


def test_since_a_moment_and_on(team: Team) -> None:
    admin = team.admin.steward
    admin.projects.create(f"{team.workspace}/first")
    admin.projects.create(f"{team.workspace}/second")
    known = admin.audit.list(workspace=team.workspace).to_list()[::-1]
    following = iter(admin.audit.follow(workspace=team.workspace, since=timedelta(days=1), interval=0.01))
    assert list(islice(following, len(known))) == known
    for name in ("third", "fourth"):
        admin.projects.create(f"{team.workspace}/{name}")
        assert next(following).object_name == name
    admin.projects.create(f"{team.workspace}/fifth")
    admin.projects.create(f"{team.workspace}/sixth")
    assert [one.object_name for one in islice(following, 2)] == ["fifth", "sixth"]


def test_filters(team: Team) -> None:
    admin = team.admin.steward
    project = team.project()
    following = iter(admin.audit.follow(project=project, action="update", since=timedelta(days=1), interval=0.01))
    admin.projects.create(f"{team.workspace}/other")
    admin.projects.update(project, description="x")
    found = next(following)
    assert (found.action, found.object_name) == ("update", project.partition("/")[2])


@pytest.mark.parametrize("interval", [0, -1, True, "2", float("nan"), float("inf")])
def test_intervals(interval: Any) -> None:
    with Steward(path=":memory:") as steward, pytest.raises(errors.InvalidArgument, match="interval must be"):
        steward.audit.follow(interval=interval)


def test_what_is_wrong_is_wrong_at_once(team: Team) -> None:
    with pytest.raises(errors.InvalidArgument, match="action"):
        team.admin.steward.audit.follow(workspace=team.workspace, action="burn")  # type: ignore[arg-type]
    with pytest.raises(errors.WorkspaceNotFound):
        next(iter(team.admin.steward.audit.follow(workspace="nowhere", interval=0.01)))


def test_a_server_that_is_not_there_when_it_begins() -> None:
    with Steward("http://127.0.0.1:1", api_token="mls_x") as steward, pytest.raises(errors.ConnectionFailed):
        next(iter(steward.audit.follow(workspace="ml-team", timeout=1)))
