"""Answers of a server that is newer than the client, from a small WSGI application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from mlsteward import Steward, errors
from mlsteward.records import (
    AccessRule,
    AccountKind,
    DatasetPermission,
    HoldingKind,
    KeyScope,
    ProjectRole,
    Visibility,
    WorkspaceRole,
)

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


def test_permissions_and_scopes(future: Answers, steward: Steward) -> None:
    dataset = {"id": "1", "workspace": "ml-team", "name": "signs", "default_permission": "LICK", "created_at": MOMENT}
    creator = {"id": "2", "username": "hal", "role": "captain"}
    future.answers["GET /datasets/ml-team:signs"] = ("200 OK", dataset | {"creator": creator})
    found = steward.datasets.get("signs", workspace="ml-team")
    assert (found.default_permission, type(found.default_permission)) == ("LICK", str)
    assert found.creator is not None
    assert (found.creator.role, found.creator.email) == ("captain", None)
    future.answers["GET /datasets/ml-team:signs"] = ("200 OK", dataset)
    assert steward.datasets.get("signs", workspace="ml-team").creator is None

    key = {"id": "1", "name": "ci", "preview": "mls_", "scopes": ["read", "dream"], "created_at": MOMENT}
    future.answers["GET /users/me/api-keys"] = ("200 OK", [key])
    (listed,) = steward.api_keys.list()
    assert listed.scopes == (KeyScope.READ, "dream")
    assert (listed.expires_at, listed.last_used_at) == (None, None)


def test_roles_in_things_of_every_kind(future: Answers, steward: Steward) -> None:
    entry = {"object_id": "1", "object_name": "x", "user_id": "2", "username": "hal", "kind": "user"}
    future.answers["GET /workspaces/ml-team/access"] = (
        "200 OK",
        [
            entry | {"object_type": "project", "role": "owner", "rule": "roster"},
            entry | {"object_type": "dataset", "role": "EDIT", "rule": "prophecy"},
            entry | {"object_type": "planet", "role": "captain", "rule": "own_grant", "group": "crew"},
            entry | {"object_type": "project", "rule": "none"},
        ],
    )
    project, dataset, planet, nothing = steward.access.list(workspace="ml-team")
    assert (project.role, project.group) == (ProjectRole.OWNER, None)
    assert isinstance(project.role, ProjectRole)
    assert isinstance(dataset.role, DatasetPermission)
    assert dataset.rule == "prophecy"
    assert (planet.object_type, planet.role, planet.rule) == ("planet", "captain", AccessRule.OWN_GRANT)
    assert {type(value) for value in (planet.object_type, planet.role, dataset.rule)} == {str}
    assert nothing.role is None


def test_words_in_offboarding(future: Answers, steward: Steward) -> None:
    things = [
        {"kind": "sole_project", "id": "1", "name": "nlp", "role": "owner", "passes_to": "hal"},
        {"kind": "dataset_grant", "id": "2", "name": "signs", "role": "MANAGE"},
        {"kind": "invitation_sent", "id": "3", "name": "a@example.org", "role": "guest"},
        {"kind": "spaceship", "id": "4", "name": "discovery"},
    ]
    future.answers["GET /workspaces/ml-team/members/hal/offboarding"] = (
        "200 OK",
        {
            "user_id": "9",
            "username": "hal",
            "role": "captain",
            "deletes_account": True,
            "holdings": things,
            "blockers": [{"code": "eclipse", "detail": "The moon is in the way."}],
        },
    )
    found = steward.members.offboard("hal", workspace="ml-team")
    assert (found.role, found.successor) == ("captain", None)
    assert [held.kind for held in found.holdings] == [
        HoldingKind.SOLE_PROJECT,
        HoldingKind.DATASET_GRANT,
        HoldingKind.INVITATION_SENT,
        "spaceship",
    ]
    assert [held.role for held in found.holdings] == [
        ProjectRole.OWNER,
        DatasetPermission.MANAGE,
        WorkspaceRole.GUEST,
        None,
    ]
    assert [held.passes_to for held in found.holdings] == ["hal", None, None, None]
    assert [blocker.code for blocker in found.blockers] == ["eclipse"]


def test_an_invitation_from_before_there_were_datasets(future: Answers, steward: Steward) -> None:
    invitation = {
        "id": "1",
        "role": "member",
        "status": "pending",
        "add_to_all_projects": False,
        "url": "https://x/",
        "created_at": MOMENT,
        "expires_at": MOMENT,
    }
    grant = {"dataset_id": "2", "dataset": "signs", "permission": "TAG"}
    future.answers["GET /workspaces/ml-team/invitations"] = (
        "200 OK",
        [invitation, invitation | {"dataset_grants": [grant]}],
    )
    old, new = steward.invitations.list(workspace="ml-team")
    assert old.dataset_grants == ()
    assert [(found.dataset, found.permission) for found in new.dataset_grants] == [("signs", DatasetPermission.TAG)]


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
    future.answers["DELETE /datasets/ml-team:signs"] = ("404 Not Found", body)
    with pytest.raises(errors.NotFound):
        steward.datasets.delete("ml-team/signs", missing_ok=True)
    future.answers["DELETE /datasets/ml-team:signs/permissions/users/hal"] = ("404 Not Found", body)
    with pytest.raises(errors.NotFound):
        steward.datasets.permissions.revoke("ml-team/signs", user="hal", missing_ok=True)


def test_a_field_that_is_gone(future: Answers, steward: Steward) -> None:
    future.answers["GET /projects/ml-team:nlp"] = ("200 OK", {k: v for k, v in PROJECT.items() if k != "key"})
    with pytest.raises(errors.ResponseParsingError, match="'key' is missing"):
        steward.projects.get("ml-team/nlp")
