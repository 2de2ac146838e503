"""With a key of the scope `write`, nobody changes who may do what, whatever the operation is called.

Every write of the spec is sent with such a key of the operator and of an admin, and of whoever owns the project and
manages the dataset: with each optional field of its body in turn, and with each word that a field can have. Whatever
is carried out leaves everybody with what they had. Derived from the spec: a new operation or field is covered once it
is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import spec
from tests.support.calls import Call, valid
from tests.support.spec import Operation
from tests.support.stage import Copy, Stage
from tests.support.world import DATASET_PATH, PROJECT_PATH

WRITES = [pytest.param(o, id=o.name) for o in spec.operations() if o.is_write]
CALLERS = ("operator", "admin", "owner", "manager")

# Who is what, in tables: the rules are applied to these and to nothing else.
FACTS = {
    "accounts": "SELECT id, kind, username_key, email_key, is_operator, default_workspace_id FROM accounts",
    "memberships": "SELECT account_id, workspace_id, role FROM memberships",
    "invitations": "SELECT id, status, role FROM invitations",
    "workspaces": "SELECT id, default_user_role, default_dataset_permission, allowed_visibilities FROM workspaces",
    "groups": "SELECT id FROM groups",
    "group members": "SELECT group_id, account_id FROM group_members",
}
OF_OBJECTS = {
    "projects": "SELECT id, visibility, roster_policy FROM projects",
    "rosters": "SELECT project_id, account_id, role FROM project_users",
    "datasets": "SELECT id, default_permission FROM datasets",
    "grants": "SELECT dataset_id, account_id, permission FROM dataset_user_grants",
    "grants to groups": "SELECT dataset_id, group_id, permission FROM dataset_group_grants",
}
"""The same of objects, whose id comes first: what is said of those that were made or deleted is no change."""
KEYS = "SELECT scope, account_id FROM api_keys"
WIDTH = ("read", "write", "admin")


class Theatre:
    """A stage with a key of the scope `write` of several callers, that can be put back."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.apis = {}
        for who in CALLERS:
            own = stage.operator if who == "operator" else stage.world.api(who)
            made = own.ok("POST", "/users/me/api-keys", json={"name": "narrow", "scopes": ["write"]})
            self.apis[who] = stage.world.http.as_key(made["secret"])
        self._saved = Copy(stage.storage)

    def restore(self) -> None:
        self._saved.restore()

    def close(self) -> None:
        self._saved.close()

    def facts(self) -> tuple[dict[str, set[Any]], dict[str, set[Any]], set[Any]]:
        """Who is what; the same of objects; and how wide the widest key of each account is."""
        with self.stage.storage.connect() as connection:
            read = lambda query: {tuple(row) for row in connection.exec_driver_sql(query)}  # noqa: E731
            return (
                {name: read(query) for name, query in FACTS.items()},
                {name: read(query) for name, query in OF_OBJECTS.items()},
                read(KEYS),
            )


@pytest.fixture(scope="module")
def theatre(prepared_stage: Stage) -> Iterator[Theatre]:
    prepared_stage.restore()
    theatre = Theatre(prepared_stage)
    yield theatre
    theatre.close()


def calls_of(operation: Operation, known: Any) -> Iterator[Call]:
    """A valid call, with every field, and with each word that a field can have."""
    call = valid(operation, known)
    yield call
    yield valid(operation, known, full=True)
    schema = operation.body_schema
    if schema is None or not isinstance(call.body, dict):
        return
    for name, field in schema.get("properties", {}).items():
        for word in spec.resolve(field).get("enum", ()):
            yield call.having(body={**call.body, name: word})
            yield call.having(
                body={k: v for k, v in call.body.items() if k in schema.get("required", ())} | {name: word}
            )


@pytest.mark.parametrize("operation", WRITES)
def test_nobody_changes_who_may_do_what(theatre: Theatre, operation: Operation) -> None:
    for who, api in theatre.apis.items():
        for call in calls_of(operation, theatre.stage.known):
            theatre.restore()
            before, objects_before, keys_before = theatre.facts()
            answer = call.send(api)
            if not answer.is_success:
                continue
            if operation.access["allow"] == "anyone" and not operation.access.get("identified"):
                continue
            told = f"{operation} as {who} with {call.body}"
            after, objects_after, keys_after = theatre.facts()
            assert before == after, told
            ids = {name: {row[0] for row in rows} for name, rows in objects_before.items()}
            there = {name: {row[0] for row in rows} for name, rows in objects_after.items()}
            for name in ("projects", "rosters", "datasets", "grants", "grants to groups"):
                kind = "projects" if name in ("projects", "rosters") else "datasets"
                both = ids[kind] & there[kind]
                old = {row for row in objects_before[name] if row[0] in both}
                new = {row for row in objects_after[name] if row[0] in both}
                assert old == new, f"{told}: {name}"
            assert {k for k in keys_after - keys_before if k[0] == "admin"} == set(), told


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", PROJECT_PATH, {"visibility": "public"}),
        ("PATCH", PROJECT_PATH, {"visibility": "private"}),
        ("PATCH", PROJECT_PATH, {"visibility": "workspace", "description": "x"}),
        ("POST", "/projects", {"workspace": "acme", "name": "new", "visibility": "public"}),
        ("POST", "/datasets", {"workspace": "acme", "name": "new", "default_permission": "VIEW"}),
        ("PUT", f"{DATASET_PATH}/permissions/default", {"permission": "VIEW"}),
    ],
)
def test_what_says_who_may_do_what_needs_admin(theatre: Theatre, method: str, path: str, body: dict[str, str]) -> None:
    theatre.restore()
    refused = theatre.apis["admin"].request(method, path, json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert theatre.stage.world.api("admin").request(method, path, json=body).is_success


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", PROJECT_PATH, {"description": "x"}),
        ("POST", "/projects", {"workspace": "acme", "name": "new"}),
        ("POST", "/projects", {"workspace": "acme", "name": "new", "visibility": "private"}),
        ("POST", "/datasets", {"workspace": "acme", "name": "new", "default_permission": "NO_ACCESS"}),
    ],
)
def test_content_needs_write(theatre: Theatre, method: str, path: str, body: dict[str, str]) -> None:
    theatre.restore()
    assert theatre.apis["admin"].request(method, path, json=body).is_success
