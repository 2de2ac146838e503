"""Invitations: by username or email, accepted once, with the token of their address and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import event, func, insert, select, update

from tests.support.api import Api
from tests.support.problems import problem
from tests.support.server import (
    Settings,
    Storage,
    acknowledge,
    dataset_user_grants,
    invitation_dataset_grants,
    invitations,
    join,
    new_id,
    outbox,
    waiting,
)
from tests.support.world import DATASET_PATH, PROJECT_PATH, Role, World

INVITATIONS = "/workspaces/acme/invitations"
NEW = {"email": "Ada.Lovelace@example.org"}


def invite(world: World, **body: Any) -> dict[str, Any]:
    made: dict[str, Any] = world.api("admin").ok("POST", INVITATIONS, json=body)
    return made


def accept(http: Api, invitation: dict[str, Any], body: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
    return accept_as(http.anonymous(), invitation, body, **headers)


def accept_as(
    api: Api, invitation: dict[str, Any], body: dict[str, Any] | None = None, **headers: str
) -> httpx.Response:
    return api.post(httpx.URL(invitation["url"]).raw_path.decode().removeprefix("/api/v1"),
                                 json=body or {}, headers=headers)  # fmt: skip


def mailed(storage: Storage, settings: Settings, invitation: dict[str, Any]) -> dict[str, Any]:
    """The invitation as its message has it: with the address that only whoever gets the mail sees."""
    text = next(m.text for m in waiting(storage, settings.public_url) if invitation["id"] in m.text)
    return {**invitation, "url": text.partition("accept '")[2].partition("'")[0]}


def expire(storage: Storage, invitation: dict[str, Any]) -> None:
    with storage.writing() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(update(invitations).where(invitations.c.id == invitation["id"]).values(expires_at=past))


def test_by_email_a_new_account_comes_in(world: World) -> None:
    made = invite(world, **NEW, role="admin")
    assert (made["email"], made["role"], made["status"]) == ("Ada.Lovelace@example.org", "admin", "pending")
    assert "username" not in made
    answer = accept(world.http, made, {"name": "Ada", "surname": "Lovelace"})
    assert answer.status_code == 200, answer.text
    accepted = answer.json()
    assert (accepted["workspace"], accepted["username"], accepted["role"]) == ("acme", "Ada.Lovelace", "admin")
    ada = world.http.as_key(accepted["api_key"])
    me = ada.ok("GET", "/workspaces/acme/members/me")
    assert (me["email"], me["name"], me["surname"]) == ("Ada.Lovelace@example.org", "Ada", "Lovelace")
    assert [key["name"] for key in ada.ok("GET", "/users/me/api-keys")] == ["first key"]
    assert world.api("admin").ok("GET", INVITATIONS) == []


def test_it_is_accepted_once(world: World) -> None:
    made = invite(world, **NEW)
    accept(world.http, made)
    again = accept(world.http, made)
    problem(again, 409, "invitation_not_pending")
    assert "api_key" not in again.text


def test_the_new_account_may_choose_its_name(world: World) -> None:
    world.person("member")
    made = invite(world, **NEW)
    problem(accept(world.http, made, {"username": "member"}), 409, "username_taken")
    problem(accept(world.http, made, {"username": "me"}), 409, "username_taken")
    assert accept(world.http, made, {"username": "countess"}).json()["username"] == "countess"


def test_names_made_from_addresses_are_free(world: World) -> None:
    names = [
        accept(world.http, invite(world, email=email)).json()["username"]
        for email in ("ada@a.org", "ada@b.org", "ADA@c.org", "_+@d.org", "me@e.org", "me@f.org", "a+b@g.org")
    ]
    assert names == ["ada", "ada2", "ADA3", "user", "me2", "me3", "a-b"]


def test_by_username_an_account_comes_in(world: World) -> None:
    world.person("outsider")
    made = invite(world, username="OUTSIDER", role="collaborator")
    assert made["username"] == "outsider"
    assert "email" not in made
    accepted = accept_as(world.api("outsider"), made, {"username": "ignored"}).json()
    assert accepted == {"workspace": "acme", "username": "outsider", "role": "collaborator"}
    assert world.api("outsider").ok("GET", "/workspaces/acme")["role"] == "collaborator"


def test_by_mail_a_known_account_comes_in_without_a_key(storage: Storage, world: World, settings: Settings) -> None:
    world.person("outsider")
    made = invite(world, email="OUTSIDER@example.org")
    accepted = accept(world.http, mailed(storage, settings, made)).json()
    assert accepted == {"workspace": "acme", "username": "outsider", "role": "member"}


@pytest.mark.parametrize("body", [{}, {"username": "outsider", "email": "outsider@example.org"}])
def test_exactly_one_of_username_and_email(world: World, body: dict[str, str]) -> None:
    found = problem(world.api("admin").post(INVITATIONS, json=body), 422, "invalid_request")
    assert found["errors"][0]["pointer"] == "/body"


def test_whom_one_cannot_invite(world: World) -> None:
    admin = world.api("admin")
    world.person("member")
    robot = world.person("robot_elsewhere")
    problem(admin.post(INVITATIONS, json={"username": "nobody"}), 404, "user_not_found")
    problem(admin.post(INVITATIONS, json={"username": "member"}), 409, "user_already_invited")
    problem(admin.post(INVITATIONS, json={"email": "MEMBER@example.org"}), 409, "user_already_invited")
    problem(admin.post(INVITATIONS, json={"username": robot.username}), 422, "invalid_request")
    invite(world, **NEW)
    problem(admin.post(INVITATIONS, json={"email": NEW["email"].upper()}), 409, "user_already_invited")
    world.person("outsider")
    invite(world, username="outsider")
    problem(admin.post(INVITATIONS, json={"username": "Outsider"}), 409, "user_already_invited")
    # That this is the address of that account is not for the inviter to find out.
    invite(world, email="outsider@example.org")
    assert problem(admin.post(INVITATIONS, json={"username": "local"}), 404, "user_not_found")["detail"] == (
        "There is no user 'local'."
    )


@pytest.mark.parametrize("reference", ["id", "email", "EMAIL"])
def test_a_revoked_invitation_is_not_accepted(world: World, reference: str) -> None:
    made = invite(world, **NEW)
    named = made["id"] if reference == "id" else NEW["email"] if reference == "email" else NEW["email"].upper()
    admin = world.api("admin")
    admin.ok("DELETE", f"{INVITATIONS}/{named}")
    problem(admin.delete(f"{INVITATIONS}/{named}"), 404, "invitation_not_found")
    problem(accept(world.http, made), 409, "invitation_not_pending")
    assert admin.ok("GET", INVITATIONS) == []
    invite(world, **NEW)


@pytest.mark.both_databases
def test_an_expired_invitation_is_not_accepted(storage: Storage, world: World, settings: Settings) -> None:
    made = invite(world, **NEW)
    lasts = datetime.fromisoformat(made["expires_at"]) - datetime.fromisoformat(made["created_at"])
    assert lasts == settings.invitation_lifetime
    expire(storage, made)
    assert "expired" in problem(accept(world.http, made), 409, "invitation_not_pending")["detail"]
    admin = world.api("admin")
    assert admin.ok("GET", INVITATIONS) == []
    problem(admin.delete(f"{INVITATIONS}/{made['id']}"), 404, "invitation_not_found")
    invite(world, **NEW)


def test_a_wrong_token_tells_nothing(world: World) -> None:
    made, other = invite(world, **NEW), invite(world, email="grace@example.org")
    token = httpx.URL(other["url"]).params["token"]
    answers = []
    for invitation, text in (
        (made["id"], token),
        (made["id"], token[:-1]),
        (made["id"], "ä" * 43),
        ("0" * 32, token),
        ("nothing", token),
    ):
        response = world.http.post(f"/invitations/{invitation}/accept", params={"token": text}, json={})
        found = problem(response, 403, "invitation_token_invalid")
        assert text not in response.text
        answers.append({k: v for k, v in found.items() if k != "request_id"})
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.both_databases
def test_the_token_is_not_in_the_database(storage: Storage, world: World) -> None:
    token = httpx.URL(invite(world, **NEW)["url"]).params["token"]
    with storage.connect() as connection:
        rows = connection.execute(select(invitations)).all()
    assert "Ada.Lovelace@example.org" in repr(rows)
    assert token not in repr(rows)


@pytest.mark.both_databases
def test_a_message_waits_in_the_outbox(storage: Storage, world: World, settings: Settings) -> None:
    made = invite(world, **NEW)
    messages = list(waiting(storage, settings.public_url))
    assert [message.recipient for message in messages] == [NEW["email"]]
    assert made["id"] in messages[0].text
    assert made["url"] not in messages[0].text, "what the inviter sees must not prove that the mail arrived"
    assert "acme" in messages[0].subject
    assert made["url"] not in repr(messages[0])
    world.api("admin").ok("DELETE", f"{INVITATIONS}/{made['id']}")
    assert list(waiting(storage, settings.public_url)) == []


@pytest.mark.both_databases
def test_the_newest_message_is_reached_however_many_wait(storage: Storage, world: World, settings: Settings) -> None:
    made = invite(world, **NEW)
    with storage.writing() as connection:
        row = {"invitation_id": made["id"], "recipient": NEW["email"], "created_at": datetime.now(UTC)}
        connection.execute(insert(outbox), [{"id": new_id(), **row} for _ in range(1200)])
    found = list(waiting(storage, settings.public_url))
    ids = [message.id for message in found]
    assert (len(ids), ids) == (1201, sorted(ids))
    assert [m.id for m in waiting(storage, settings.public_url, after=ids[1000])] == ids[1001:]
    assert [m.id for m in waiting(storage, settings.public_url, most=700)] == ids[:700]
    assert acknowledge(storage, ids[:1000]) == ids[:1000]
    assert [m.id for m in waiting(storage, settings.public_url)] == ids[1000:]
    assert acknowledge(storage, ids[:1]) == []


@pytest.mark.both_databases
def test_no_message_waits_for_an_expired_invitation(storage: Storage, world: World, settings: Settings) -> None:
    expire(storage, invite(world, **NEW))
    assert list(waiting(storage, settings.public_url)) == []


def test_add_to_all_projects(world: World) -> None:
    admin = world.api("admin")
    archived = admin.ok("POST", "/projects", json={"workspace": "acme", "name": "old"})
    admin.ok("PATCH", f"/projects/{archived['id']}", json={"archived": True})
    made = invite(world, **NEW, role="collaborator", add_to_all_projects=True)
    later = admin.ok("POST", "/projects", json={"workspace": "acme", "name": "later"})
    ada = world.http.as_key(accept(world.http, made).json()["api_key"])
    for project in (PROJECT_PATH, f"/projects/{later['id']}", f"/projects/{archived['id']}"):
        entry = ada.ok("GET", f"{project}/users/me")
        assert (entry["role"], entry["source"]) == ("viewer", "roster")
    after = admin.ok("POST", "/projects", json={"workspace": "acme", "name": "after"})
    problem(ada.get(f"/projects/{after['id']}"), 404, "project_not_found")


def test_a_repeated_accept_gets_the_same_key(world: World) -> None:
    made = invite(world, **NEW)
    first = accept(world.http, made, {"name": "Ada"}, **{"Idempotency-Key": "once"})
    again = accept(world.http, made, {"name": "Ada"}, **{"Idempotency-Key": "once"})
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    world.http.as_key(again.json()["api_key"]).ok("GET", "/me")


def test_strangers_share_no_idempotency_keys(world: World) -> None:
    first, second = invite(world, **NEW), invite(world, email="grace@example.org")
    for made in (first, second):
        answer = accept(world.http, made, **{"Idempotency-Key": "1"})
        assert answer.status_code == 200, answer.text
        assert "idempotent-replayed" not in answer.headers


def test_who_came_in_another_way_has_no_invitation_left(world: World) -> None:
    made = invite(world, **NEW, role="admin")
    body = {"username": "ada", "email": NEW["email"], "role": "guest"}
    world.operator.ok("POST", "/workspaces/acme/members", json=body)
    assert world.api("admin").ok("GET", INVITATIONS) == []
    problem(accept(world.http, made), 409, "invitation_not_pending")


def test_an_invitation_survives_the_end_of_the_account_it_went_to(world: World) -> None:
    world.person("outsider")
    made = invite(world, email="outsider@example.org")
    world.operator.ok("DELETE", "/workspaces/elsewhere/members/outsider")
    assert [i["id"] for i in world.api("admin").ok("GET", INVITATIONS)] == [made["id"]]
    accepted = accept(world.http, made).json()
    assert world.http.as_key(accepted["api_key"]).ok("GET", "/me")["email"] == "outsider@example.org"


def test_who_came_in_by_name_has_no_invitation_to_their_address_left(world: World) -> None:
    # It was sent before there was an account, so it names none.
    made = invite(world, email="late@example.org", role="admin")
    world.add("late", Role(elsewhere="member"))
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "late", "role": "guest"})
    assert world.api("admin").ok("GET", INVITATIONS) == []
    problem(accept(world.http, made), 409, "invitation_not_pending")


# ---- what an invitation promises on datasets


def promise(world: World, dataset: str, email: str, permission: str) -> None:
    body = {"permission": permission, "invite": True}
    world.founder().ok("PUT", f"/datasets/acme:{dataset}/permissions/users/{email}", json=body)


def test_a_list_shows_what_is_promised(world: World) -> None:
    founder = world.founder()
    ids = {}
    for name in ("Zoo", "images", "audio"):
        ids[name] = founder.ok("POST", "/datasets", json={"workspace": "acme", "name": name})["id"]
        promise(world, name, "ada@example.org", "VIEW")
    promise(world, "audio", "ada@example.org", "NO_ACCESS")
    promise(world, "images", "grace@example.org", "MANAGE")
    made = invite(world, **NEW)
    assert "dataset_grants" not in made
    listed = {i["email"]: i.get("dataset_grants") for i in founder.everything(INVITATIONS, limit=1)}
    assert listed == {
        "ada@example.org": [
            {"dataset_id": ids["audio"], "dataset": "audio", "permission": "NO_ACCESS"},
            {"dataset_id": ids["images"], "dataset": "images", "permission": "VIEW"},
            {"dataset_id": ids["Zoo"], "dataset": "Zoo", "permission": "VIEW"},
        ],
        "grace@example.org": [{"dataset_id": ids["images"], "dataset": "images", "permission": "MANAGE"}],
        NEW["email"]: None,
    }
    founder.ok("DELETE", "/datasets/acme:images")
    listed = {i["email"]: i.get("dataset_grants") for i in founder.ok("GET", INVITATIONS)}
    assert [grant["dataset"] for grant in listed["ada@example.org"] or []] == ["audio", "Zoo"]
    assert listed["grace@example.org"] is None


@pytest.mark.both_databases
def test_a_list_of_many_takes_as_many_queries_as_one_of_few(storage: Storage, world: World) -> None:
    dataset = world.dataset["id"]
    sent: list[list[str]] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent[-1].append(statement.split(" IN (")[0])

    counts = []
    for number in range(20):
        made = world.operator.ok("POST", INVITATIONS, json={"email": f"n{number}@example.org"})
        with storage.writing() as connection:
            row = {"invitation_id": made["id"], "dataset_id": dataset, "permission": "VIEW"}
            connection.execute(insert(invitation_dataset_grants), row)
        if number in (0, 19):
            sent.append([])
            event.listen(storage.engine, "before_cursor_execute", note)
            counts.append(len(world.operator.ok("GET", INVITATIONS)))
            event.remove(storage.engine, "before_cursor_execute", note)
    assert counts == [1, 20]
    assert sent[0] == sent[1]


@pytest.mark.parametrize("permission", ["NO_ACCESS", "VIEW", "TAG", "EDIT", "MANAGE"])
def test_whoever_accepts_gets_what_was_promised(world: World, permission: str) -> None:
    world.founder().ok("POST", "/datasets", json={"workspace": "acme", "name": "other", "default_permission": "VIEW"})
    promise(world, "other", NEW["email"], permission)
    (made,) = world.founder().ok("GET", INVITATIONS)
    ada = world.http.as_key(accept(world.http, made).json()["api_key"])
    found = world.founder().ok("GET", "/datasets/acme:other/permissions/users/Ada.Lovelace")
    assert (found["permission"], found["rule"]) == (permission, "own_grant")
    assert [d["name"] for d in ada.ok("GET", "/datasets")] == (["other"] if permission != "NO_ACCESS" else [])


def test_a_guest_gets_what_was_promised_and_nothing_else(world: World) -> None:
    invite(world, **NEW, role="guest")
    world.founder().ok("POST", "/datasets", json={"workspace": "acme", "name": "other", "default_permission": "EDIT"})
    promise(world, world.dataset["name"], NEW["email"], "TAG")
    (made,) = world.founder().ok("GET", INVITATIONS)
    ada = world.http.as_key(accept(world.http, made).json()["api_key"])
    assert [d["name"] for d in ada.ok("GET", "/datasets")] == ["images"]
    assert ada.ok("GET", "/workspaces/acme")["role"] == "guest"


@pytest.mark.both_databases
@pytest.mark.parametrize("before", ["NO_ACCESS", "MANAGE"])
def test_a_member_who_accepts_has_what_was_promised_whatever_they_had(
    storage: Storage, world: World, before: str
) -> None:
    """They came in while the invitation was on its way."""
    outsider, founder = world.person("outsider"), world.founder()
    made = invite(world, email="outsider@example.org", role="guest")
    for name in ("one", "two"):
        founder.ok("POST", "/datasets", json={"workspace": "acme", "name": name})
    with storage.writing() as connection:
        join(connection, datetime.now(UTC), world.workspace["id"], outsider.id, "collaborator")
        grants = [
            {"invitation_id": made["id"], "dataset_id": founder.ok("GET", f"/datasets/acme:{name}")["id"]}
            for name in ("one", "two")
        ]
        connection.execute(insert(invitation_dataset_grants), [grant | {"permission": "EDIT"} for grant in grants])
    founder.ok("PUT", "/datasets/acme:one/permissions/users/outsider", json={"permission": before})
    founder.ok("POST", "/datasets", json={"workspace": "acme", "name": "three"})
    founder.ok("PUT", "/datasets/acme:three/permissions/users/outsider", json={"permission": before})
    assert accept_as(world.api("outsider"), made).json()["role"] == "collaborator"
    for name, expected in (("one", "EDIT"), ("two", "EDIT"), ("three", before)):
        found = founder.ok("GET", f"/datasets/acme:{name}/permissions/users/outsider")
        assert (name, found["permission"]) == (name, expected)


@pytest.mark.both_databases
@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_an_invitation_that_is_over_gives_nothing(storage: Storage, world: World, end: str) -> None:
    promise(world, world.dataset["name"], NEW["email"], "MANAGE")
    (made,) = world.founder().ok("GET", INVITATIONS)
    if end == "revoked":
        world.founder().ok("DELETE", f"{INVITATIONS}/{made['id']}")
    else:
        expire(storage, made)
    problem(accept(world.http, made), 409, "invitation_not_pending")
    # Nor does the next one.
    again = invite(world, **NEW)
    assert "dataset_grants" not in again
    ada = world.http.as_key(accept(world.http, again).json()["api_key"])
    problem(ada.get(DATASET_PATH), 404, "dataset_not_found")
    with storage.connect() as connection:
        query = select(func.count()).select_from(dataset_user_grants)
        assert connection.execute(query).scalar_one() == 1  # the creator's
