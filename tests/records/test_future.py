"""Answers of a server that is newer than the client, from a small WSGI application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from mlsteward import Steward, errors
from mlsteward.records import AccountKind, ProjectRole, Visibility

from tests.facade_support import Answers

MOMENT = "2031-01-31T12:00:00Z"
PROJECT = {
    "id": "0" * 32,
    "workspace": "ml-team",
    "name": "nlp",
    "handle": "nlp",
    "key": "NLP",
    "visibility": "galactic",
    "roster_policy": "everybody",
    "created_at": MOMENT,
    "last_updated": MOMENT,
    "colour": {"of": ["the", "future"]},
}


@pytest.fixture
def future() -> Answers:
    return Answers()


@pytest.fixture
def steward(future: Answers) -> Iterator[Steward]:
    with Steward(app=future) as client:
        yield client


def test_words_it_does_not_know_yet(future: Answers, steward: Steward) -> None:
    future.answers["GET /projects/ml-team:nlp"] = ("200 OK", PROJECT)
    project = steward.projects.get("ml-team/nlp")
    assert project.visibility == "galactic"
    assert project.roster_policy == "everybody"
    # The text itself, not a member of an enum of somebody's.
    assert type(project.visibility) is str
    assert not hasattr(project, "colour")
    assert (project.description, project.owner, project.archived_at) == (None, None, None)


def test_words_it_knows(future: Answers, steward: Steward) -> None:
    future.answers["GET /projects/ml-team:nlp"] = ("200 OK", PROJECT | {"visibility": "public", "description": ""})
    project = steward.projects.get("ml-team/nlp")
    assert project.visibility is Visibility.PUBLIC
    assert project.description == ""


def test_words_in_lists(future: Answers, steward: Steward) -> None:
    entry = {"id": "1", "username": "hal", "kind": "robot", "source": "prophecy", "role": "captain"}
    plain = {"id": "2", "username": "jackie", "kind": "user", "source": "roster", "role": "owner"}
    future.answers["GET /projects/ml-team:nlp/users"] = ("200 OK", [entry, plain])
    hal, jackie = steward.projects.members.list("ml-team/nlp")
    assert (hal.kind, hal.source, hal.role, hal.added_at) == ("robot", "prophecy", "captain", None)
    assert (jackie.kind, jackie.role) == (AccountKind.USER, ProjectRole.OWNER)
    assert {type(value) for value in (hal.kind, hal.source, hal.role)} == {str}


def test_words_within_words(future: Answers, steward: Steward) -> None:
    plan = {"allowed_visibilities": ["public", "galactic"], "stars": 5}
    body = {"id": "1", "name": "ml-team", "mode": "orbital", "plan": plan, "created_at": MOMENT}
    future.answers["GET /workspaces/ml-team"] = ("200 OK", body)
    workspace = steward.workspaces.get("ml-team")
    assert workspace.plan.allowed_visibilities == (Visibility.PUBLIC, "galactic")
    assert (workspace.mode, workspace.role, workspace.plan.projects_limit) == ("orbital", None, None)


def test_codes_it_does_not_know_yet(future: Answers, steward: Steward) -> None:
    for status, cls in ((403, errors.Forbidden), (404, errors.NotFound), (409, errors.Conflict), (422, ValueError)):
        body = {"code": "eclipse", "detail": "The moon is in the way.", "hint": "Wait.", "request_id": "r1"}
        future.answers["GET /projects/ml-team:nlp"] = (f"{status} Whatever", body)
        with pytest.raises(cls, match=r"The moon is in the way. Wait. \(eclipse, request r1\)") as caught:
            steward.projects.get("ml-team/nlp")
        assert isinstance(caught.value, errors.APIError)
        assert (caught.value.code, caught.value.status) == ("eclipse", status)


def test_missing_ok_does_not_hide_what_it_does_not_know(future: Answers, steward: Steward) -> None:
    body = {"code": "eclipse", "detail": "Gone.", "hint": "", "request_id": "r1"}
    future.answers["DELETE /projects/ml-team:nlp"] = ("404 Not Found", body)
    with pytest.raises(errors.NotFound):
        steward.projects.delete("ml-team/nlp", missing_ok=True)


def test_a_field_that_is_gone(future: Answers, steward: Steward) -> None:
    future.answers["GET /projects/ml-team:nlp"] = ("200 OK", {k: v for k, v in PROJECT.items() if k != "key"})
    with pytest.raises(errors.ResponseParsingError, match="'key' is missing"):
        steward.projects.get("ml-team/nlp")
