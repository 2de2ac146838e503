"""Several at once: one wins, the others are told, and nothing that must hold is broken.

On a SQLite file and on PostgreSQL, from threads with connections of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from typing import Any

import httpx
import pytest
from sqlalchemy import event, func, select

from tests.support.api import Api
from tests.support.problems import problem
from tests.support.server import Storage, audit_events, dataset_user_grants, group_members, memberships, project_users
from tests.support.world import DATASET_PATH, ELSEWHERE, PROJECT_PATH, Role, World

pytestmark = pytest.mark.both_databases  # locks

ROUNDS = 5
CROWD = 20

Request = Callable[[], httpx.Response]


def at_once(requests: Sequence[Request]) -> list[httpx.Response]:
    """Send all of them in the same moment."""
    barrier = Barrier(len(requests))

    def send(request: Request) -> httpx.Response:
        barrier.wait()
        return request()

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def outcomes(responses: Sequence[httpx.Response]) -> Counter[str]:
    """How many succeeded, by status, and how many were refused, by code."""
    return Counter(str(r.status_code) if r.is_success else problem(r)["code"] for r in responses)


CREATIONS = {
    "project": ("/projects", {"workspace": "acme", "name": "new"}, "project_name_taken"),
    "project key": ("/projects", {"workspace": "acme", "name": "n{}", "key": "NEW"}, "project_key_taken"),
    "workspace": ("/workspaces", {"name": "new"}, "workspace_name_taken"),
    "service account": ("/workspaces/acme/service-accounts", {"name": "new"}, "service_account_name_taken"),
    "member": ("/workspaces/acme/members", {"username": "new"}, "member_exists"),
    "email": ("/workspaces/acme/members", {"username": "n{}", "email": "new@example.org"}, "email_taken"),
    "roster": (f"{PROJECT_PATH}/users", {"user": "collaborator"}, "project_user_exists"),
    "group": ("/workspaces/acme/groups", {"name": "new"}, "group_name_taken"),
    "dataset": ("/datasets", {"workspace": "acme", "name": "new"}, "dataset_name_taken"),
}


@pytest.mark.parametrize("what", CREATIONS)
def test_of_twenty_creations_of_one_name_one_succeeds(world: World, what: str) -> None:
    path, body, code = CREATIONS[what]
    world.person("collaborator")

    def creation(number: int) -> Request:
        own = {field: value.format(number) for field, value in body.items()}
        return lambda: world.http.as_local().post(path, json=own)

    found = outcomes(at_once([creation(number) for number in range(CROWD)]))
    assert found == {"201": 1, code: CROWD - 1}


def test_of_twenty_invitations_of_one_person_one_is_made(world: World) -> None:
    admin = world.api("admin")
    send = lambda: admin.post("/workspaces/acme/invitations", json={"email": "new@example.org"})  # noqa: E731
    assert outcomes(at_once([send] * CROWD)) == {"201": 1, "user_already_invited": CROWD - 1}


def test_an_invitation_is_accepted_once(world: World) -> None:
    made = world.api("admin").ok("POST", "/workspaces/acme/invitations", json={"email": "new@example.org"})
    path = httpx.URL(made["url"]).raw_path.decode().removeprefix("/api/v1")
    answers = at_once([lambda: world.http.post(path, json={})] * 8)
    assert outcomes(answers) == {"200": 1, "invitation_not_pending": 7}


def test_an_invitation_is_either_accepted_or_revoked(world: World) -> None:
    admin = world.api("admin")
    for number in range(ROUNDS):
        email = f"new{number}@example.org"
        made = admin.ok("POST", "/workspaces/acme/invitations", json={"email": email})
        path = httpx.URL(made["url"]).raw_path.decode().removeprefix("/api/v1")
        accepted, revoked = at_once(
            [
                lambda path=path: world.http.post(path, json={}),
                lambda made=made: admin.delete(f"/workspaces/acme/invitations/{made['id']}"),
            ]
        )
        assert accepted.is_success != revoked.is_success, (accepted.text, revoked.text)
        came_in = admin.get(f"/workspaces/acme/members/{email}").status_code == 200
        assert came_in == accepted.is_success


def test_people_with_the_same_name_in_their_address_all_come_in(world: World) -> None:
    admin = world.api("admin")
    paths = []
    for number in range(12):
        made = admin.ok("POST", "/workspaces/acme/invitations", json={"email": f"ada@n{number}.org"})
        paths.append(httpx.URL(made["url"]).raw_path.decode().removeprefix("/api/v1"))
    answers = at_once([lambda path=path: world.http.post(path, json={}) for path in paths])
    assert outcomes(answers) == {"200": 12}
    assert len({answer.json()["username"] for answer in answers}) == 12


def test_projects_of_one_name_in_many_workspaces_all_get_a_handle(world: World) -> None:
    for number in range(12):
        world.operator.ok("POST", "/workspaces", json={"name": f"w{number}"})
    answers = at_once(
        [
            lambda number=number: world.http.as_local().post(
                "/projects", json={"workspace": f"w{number}", "name": "same"}
            )
            for number in range(12)
        ]
    )
    assert outcomes(answers) == {"201": 12}
    assert len({answer.json()["handle"] for answer in answers}) == 12


@pytest.mark.parametrize("way", ["PATCH", "DELETE", "offboarding"])
def test_two_admins_put_each_other_out(world: World, way: str) -> None:
    first, second = world.founder(), world.api("member")

    def put_out(api: Api, workspace: str, victim: str) -> Request:
        path = f"/workspaces/{workspace}/members/{victim}"
        if way == "offboarding":
            return lambda: api.post(f"{path}/offboarding", json={})
        return lambda: api.request(way, path, json={"role": "member"} if way == "PATCH" else None)

    for number in range(ROUNDS):
        name = f"w{number}"
        world.operator.ok("POST", "/workspaces", json={"name": name, "admin": "founder"})
        world.operator.ok("POST", f"/workspaces/{name}/members", json={"username": "member", "role": "admin"})
        answers = at_once([put_out(first, name, "member"), put_out(second, name, "founder")])
        assert sum(answer.is_success for answer in answers) == 1, [a.text for a in answers]
        loser = next(answer for answer in answers if not answer.is_success)
        # Whoever was too late is an admin no more, or in the workspace no more.
        assert problem(loser)["code"] in ("forbidden", "workspace_not_found")
        members = world.operator.ok("GET", f"/workspaces/{name}/members")
        assert [m["role"] for m in members].count("admin") == 1


def test_two_admins_leave_at_once(world: World) -> None:
    for number in range(ROUNDS):
        name = f"w{number}"
        world.operator.ok("POST", "/workspaces", json={"name": name, "admin": "founder"})
        world.person("member")
        world.operator.ok("POST", f"/workspaces/{name}/members", json={"username": "member", "role": "admin"})
        answers = at_once(
            [
                lambda name=name: world.founder().delete(f"/workspaces/{name}/members/me"),
                lambda name=name: world.api("member").delete(f"/workspaces/{name}/members/me"),
            ]
        )
        assert outcomes(answers) == {"204": 1, "last_admin": 1}


def test_three_admins_in_a_ring(world: World) -> None:
    # Each puts out the next: whoever is out before their turn comes puts out nobody.
    names = ["founder", "admin", "member"]
    for name in names[1:]:
        world.person(name)
    for number in range(ROUNDS):
        workspace = f"w{number}"
        world.operator.ok("POST", "/workspaces", json={"name": workspace, "admin": "founder"})
        for name in names[1:]:
            world.operator.ok("POST", f"/workspaces/{workspace}/members", json={"username": name, "role": "admin"})
        apis = [world.founder(), world.api("admin"), world.api("member")]
        answers = at_once(
            [
                lambda api=api, victim=victim, workspace=workspace: api.patch(
                    f"/workspaces/{workspace}/members/{victim}", json={"role": "guest"}
                )
                for api, victim in zip(apis, [*names[1:], names[0]], strict=True)
            ]
        )
        done = [answer.is_success for answer in answers]
        for index, success in enumerate(done):
            if not success:  # only because the one before had already succeeded
                assert done[index - 1], done
                problem(answers[index], 403, "forbidden")
        members = world.operator.ok("GET", f"/workspaces/{workspace}/members")
        assert [m["role"] for m in members].count("admin") == 3 - sum(done) >= 1


def test_a_limit_holds(world: World) -> None:
    world.operator.ok("PATCH", "/workspaces/acme", json={"plan": {"projects_limit": 5}})
    answers = at_once(
        [
            lambda number=number: world.http.as_local().post(
                "/projects", json={"workspace": "acme", "name": f"p{number}"}
            )
            for number in range(12)
        ]
    )
    assert outcomes(answers) == {"201": 4, "projects_limit_reached": 8}


def test_a_limit_holds_when_projects_come_back(world: World) -> None:
    ids = []
    for number in range(6):
        made = world.operator.ok("POST", "/projects", json={"workspace": "acme", "name": f"p{number}"})
        world.operator.ok("PATCH", f"/projects/{made['id']}", json={"archived": True})
        ids.append(made["id"])
    world.operator.ok("PATCH", "/workspaces/acme", json={"plan": {"projects_limit": 3}})
    answers = at_once(
        [lambda id=id: world.http.as_local().patch(f"/projects/{id}", json={"archived": False}) for id in ids]
    )
    assert outcomes(answers) == {"200": 2, "projects_limit_reached": 4}


DELETIONS = {
    "project": (PROJECT_PATH, "project_not_found"),
    "roster": (f"{PROJECT_PATH}/users/viewer", "project_user_not_found"),
    "member": ("/workspaces/acme/members/viewer", "member_not_found"),
    "service account": ("/workspaces/acme/service-accounts/robot", "service_account_not_found"),
    "group": ("/workspaces/acme/groups/labelers", "group_not_found"),
    "key": ("/users/viewer/api-keys/{key}", "api_key_not_found"),
}


@pytest.mark.parametrize("what", DELETIONS)
def test_something_is_deleted_once(storage: Storage, world: World, what: str) -> None:
    path, code = DELETIONS[what]
    world.person("robot")
    path = path.format(key=world.person("viewer").key_id)
    admin = world.api("admin")
    world.operator.ok("POST", "/workspaces/acme/groups", json={"name": "labelers", "users": ["viewer"]})
    found = outcomes(at_once([lambda: admin.delete(path)] * 8))
    assert found == {"204": 1, code: 7}
    with storage.connect() as connection:
        events = connection.execute(
            select(func.count()).where(audit_events.c.action == "delete", audit_events.c.actor == "admin@example.org")
        ).scalar_one()
    assert events == (0 if what == "roster" else 1)  # taking off a roster is an update of the project


def test_a_project_is_changed_or_deleted(world: World) -> None:
    for number in range(ROUNDS):
        made = world.operator.ok("POST", "/projects", json={"workspace": "acme", "name": f"p{number}"})
        changed, deleted = at_once(
            [
                lambda made=made: world.http.as_local().patch(f"/projects/{made['id']}", json={"name": "x"}),
                lambda made=made: world.api("admin").delete(f"/projects/{made['id']}"),
            ]
        )
        assert deleted.status_code == 204
        if not changed.is_success:
            problem(changed, 404, "project_not_found")


def test_nobody_stays_on_a_roster_of_a_workspace_they_left(storage: Storage, world: World) -> None:
    for number in range(ROUNDS):
        name = f"n{number}"
        person = world.add(name, Role(workspace="member"))
        world.operator.ok("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": name})
        at_once(
            [
                lambda name=name: world.http.as_local().post(f"{PROJECT_PATH}/users", json={"user": name}),
                lambda name=name: world.http.as_local().delete(f"/workspaces/acme/members/{name}"),
            ]
        )
        with storage.connect() as connection:
            left = connection.execute(
                select(func.count())
                .select_from(project_users)
                .outerjoin(
                    memberships,
                    (memberships.c.account_id == project_users.c.account_id)
                    & (memberships.c.workspace_id == project_users.c.workspace_id),
                )
                .where(project_users.c.account_id == person.id, memberships.c.account_id.is_(None))
            ).scalar_one()
        assert left == 0


MEANWHILE: dict[str, tuple[str, str, dict[str, Any]]] = {
    "roster entry": ("POST", f"{PROJECT_PATH}/users", {"user": "{}", "role": "owner"}),
    "grant": ("PUT", f"{DATASET_PATH}/permissions/users/{{}}", {"permission": "MANAGE"}),
    "group": ("POST", "/workspaces/acme/groups/labelers/members", {"users": ["{}"]}),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_what_is_given_while_somebody_is_offboarded_goes_too(storage: Storage, world: World, what: str) -> None:
    method, path, body = MEANWHILE[what]
    world.founder().ok("POST", "/workspaces/acme/groups", json={"name": "labelers"})
    assert world.dataset
    for number in range(ROUNDS):
        name = f"n{number}"
        person = world.add(name, Role(workspace="member"))
        world.operator.ok("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": name})
        own = {k: [name] if isinstance(v, list) else v.format(name) for k, v in body.items()}
        given, offboarded = at_once(
            [
                lambda name=name, own=own: world.http.as_local().request(method, path.format(name), json=own),
                lambda name=name: world.http.as_local().post(f"/workspaces/acme/members/{name}/offboarding", json={}),
            ]
        )
        assert offboarded.status_code == 200, offboarded.text
        held = [h["kind"] for h in offboarded.json()["holdings"]]
        # What came in time was listed and taken, and what came too late was refused.
        assert len(held) == (1 if given.is_success else 0), (held, given.text)
        with storage.connect() as connection:
            for table in (project_users, dataset_user_grants, group_members):
                query = select(func.count()).where(table.c.account_id == person.id)
                assert connection.execute(query).scalar_one() == 0


def test_of_several_offboardings_of_one_person_one_is_done(world: World) -> None:
    for number in range(ROUNDS):
        name = f"n{number}"
        world.add(name, Role(workspace="member"))
        path = f"/workspaces/acme/members/{name}/offboarding"
        answers = at_once([lambda path=path: world.http.as_local().post(path, json={})] * 4)
        assert outcomes(answers) == {"200": 1, "member_not_found": 3}


@pytest.mark.parametrize("way", ["DELETE", "offboarding"])
def test_an_account_goes_with_its_last_two_workspaces_at_once(world: World, way: str) -> None:
    def put_out(workspace: str, name: str) -> Request:
        path = f"/workspaces/{workspace}/members/{name}"
        if way == "DELETE":
            return lambda: world.http.as_local().delete(path)
        return lambda: world.http.as_local().post(f"{path}/offboarding", json={})

    for number in range(ROUNDS):
        name = f"n{number}"
        person = world.add(name, Role(workspace="member"))
        world.operator.ok("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": name})
        answers = at_once([put_out("acme", name), put_out(ELSEWHERE, name)])
        assert all(answer.is_success for answer in answers), [a.text for a in answers]
        problem(world.http.as_key(person.key).get("/me"), 401, "api_key_invalid")
        if way == "offboarding":
            assert sorted(answer.json()["deletes_account"] for answer in answers) == [False, True]


def test_whoever_comes_into_another_workspace_meanwhile_is_in_it_or_gone(world: World) -> None:
    for number in range(ROUNDS):
        name = f"n{number}"
        person = world.add(name, Role(workspace="member"))
        offboarded, added = at_once(
            [
                lambda name=name: world.http.as_local().post(f"/workspaces/acme/members/{name}/offboarding", json={}),
                lambda name=name: world.http.as_local().post(
                    f"/workspaces/{ELSEWHERE}/members", json={"username": name}
                ),
            ]
        )
        assert (offboarded.status_code, added.status_code) == (200, 201), (offboarded.text, added.text)
        same = added.json()["id"] == person.id  # or another account, made once the name was free
        assert offboarded.json()["deletes_account"] is not same
        world.operator.ok("GET", f"/workspaces/{ELSEWHERE}/members/{name}")
        assert world.http.as_key(person.key).get("/me").is_success is same


def test_an_account_that_was_found_does_not_go_before_it_comes_in(storage: Storage, world: World) -> None:
    """As before, but with the worst timing: between the two steps of who puts it in."""
    person = world.add("ada", Role(workspace="member"))
    others: list[Thread] = []
    done: list[httpx.Response] = []

    def offboard() -> None:
        done.append(world.http.as_local().post("/workspaces/acme/members/ada/offboarding", json={}))

    def meanwhile(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if not others and statement.startswith("SELECT accounts") and "ada" in str(values):
            others.append(Thread(target=offboard))
            others[0].start()
            others[0].join(0.5)  # it waits for this transaction, so not for the end of it

    event.listen(storage.engine, "after_cursor_execute", meanwhile)
    added = world.http.as_local().post(f"/workspaces/{ELSEWHERE}/members", json={"username": "ada"})
    event.remove(storage.engine, "after_cursor_execute", meanwhile)
    others[0].join()
    assert (added.status_code, done[0].status_code) == (201, 200), (added.text, done[0].text)
    assert added.json()["id"] == person.id
    assert done[0].json()["deletes_account"] is False
    world.http.as_key(person.key).ok("GET", f"/workspaces/{ELSEWHERE}")


def test_whoever_accepts_meanwhile_gets_what_they_are_promised(world: World) -> None:
    """Either with the invitation, or as the member they already are."""
    founder, path = world.founder(), f"{DATASET_PATH}/permissions/users"
    assert world.dataset
    for number in range(ROUNDS):
        email = f"new{number}@example.org"
        made = founder.ok("POST", "/workspaces/acme/invitations", json={"email": email, "role": "guest"})
        url = httpx.URL(made["url"]).raw_path.decode().removeprefix("/api/v1")
        accepted, promised = at_once(
            [
                lambda url=url: world.http.post(url, json={}),
                lambda email=email: world.http.as_local().put(
                    f"{path}/{email}", json={"permission": "EDIT", "invite": True}
                ),
            ]
        )
        assert (accepted.status_code, promised.status_code) == (200, 200), (accepted.text, promised.text)
        assert founder.ok("GET", f"{path}/{email}")["permission"] == "EDIT"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/projects", {"workspace": "acme", "name": "new"}, 201),
        ("POST", "/users/me/api-keys", {"name": "new"}, 201),
        ("DELETE", PROJECT_PATH, None, 204),
        ("POST", "/workspaces/acme/members", {"username": "new"}, 201),
    ],
)
def test_one_idempotency_key_at_once(
    storage: Storage, world: World, method: str, path: str, body: Any, status: int
) -> None:
    def events() -> int:
        with storage.connect() as connection:
            return connection.execute(select(func.count()).select_from(audit_events)).scalar_one()

    before = events()
    headers = {"Idempotency-Key": "once"}
    answers = at_once([lambda: world.http.as_local().request(method, path, json=body, headers=headers)] * 10)
    assert outcomes(answers) == {str(status): 10}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert events() == before + 1


def test_readers_are_not_held_up_and_see_no_half_of_anything(world: World) -> None:
    # A rename changes one row; a project and its roster come together.
    def read() -> httpx.Response:
        answer = world.http.as_local().get("/projects", params={"workspace": "acme"})
        for project in answer.json():
            users = world.http.as_local().get(f"/projects/{project['id']}/users")
            assert users.status_code == 200
            assert [user["username"] for user in users.json()] == ["founder"]
        return answer

    def write(number: int) -> Request:
        body = {"workspace": "acme", "name": f"p{number}"}
        return lambda: world.http.as_local().post("/projects", json=body)

    answers = at_once([write(number) for number in range(8)] + [read] * 8)
    assert outcomes(answers) == {"201": 8, "200": 8}


def test_a_read_sees_one_moment(storage: Storage, world: World) -> None:
    """Whoever is removed while the answer is being read is answered as if it were just before."""
    member = world.api("member")
    started: list[bool] = []
    removed: list[httpx.Response] = []

    def remove(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        # The caller has been looked up by the key; now comes what is known about them.
        if not started and statement.startswith("SELECT accounts") and "api_keys" not in statement:
            started.append(True)
            removed.append(world.http.as_local().delete("/workspaces/acme/members/member"))

    event.listen(storage.engine, "before_cursor_execute", remove)
    answer = member.get("/me")
    event.remove(storage.engine, "before_cursor_execute", remove)
    assert [response.status_code for response in removed] == [204]
    assert answer.status_code == 200, answer.text
    assert (answer.json()["username"], answer.json()["default_workspace"]) == ("member", "acme")
    problem(member.get("/me"), 401, "api_key_invalid")
