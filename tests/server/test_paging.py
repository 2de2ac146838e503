"""Lists: page by page they hold what they hold at once, and each page is read along an index."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event, text

from tests.support import samples, spec
from tests.support.api import Api
from tests.support.calls import valid
from tests.support.databases import Postgres
from tests.support.problems import problem
from tests.support.server import Storage
from tests.support.spec import Operation
from tests.support.stage import Stage
from tests.support.stage import stage as set_up_stage
from tests.support.world import DATASET_PATH, PROJECT_PATH, World

pytestmark = pytest.mark.both_databases  # order, and SQL that begins in the middle

LISTS = [pytest.param(o, id=o.name) for o in spec.operations() if o.is_list]
CALLERS = ("operator", "admin", "member", "viewer", "listed", "robot_owner", "manager", "grouped", "denied")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage with several entries in every list."""
    if request.param == "sqlite":
        with set_up_stage() as stage:
            yield fill(stage)
    else:
        server: Postgres = request.getfixturevalue("postgres")
        key_file: Path = tmp_path_factory.mktemp("keys") / "server.key"
        with set_up_stage(server.migrated(), key_file=key_file) as stage:
            yield fill(stage)


def fill(stage: Stage) -> Stage:
    """Add entries to every list, as the domains say in their `samples.py`."""
    for number in range(7):
        for add in (*samples.each("prepare"), *samples.each("fill")):
            add(stage, number)
    stage.operator.ok("PATCH", PROJECT_PATH, json={"visibility": "workspace"})
    return stage


def calls_of(stage: Stage, operation: Operation) -> Iterator[tuple[str, Api, str, dict[str, Any]]]:
    """A list as every caller who may ask for it, with every filter it has."""
    filters: list[dict[str, Any]] = [{}]
    for parameter in operation.parameters_in("query"):
        if parameter["name"] == "total":
            continue  # says what to tell of the list, not what is in it
        schema = spec.resolve(parameter["schema"])
        if parameter["name"] in ("workspace", "project", "dataset", "user"):
            filters.append({parameter["name"]: stage.known[parameter["name"]]})
        elif schema.get("type") == "boolean":
            filters += [{parameter["name"]: "true"}, {parameter["name"]: "false"}]
        filters += [{parameter["name"]: value} for value in schema.get("enum", ())]
    call = valid(operation, stage.known)
    for who in CALLERS:
        for query in filters:
            api = stage.world.api(who)
            if api.get(call.url, params=query).status_code == 200:
                yield who, api, call.url, query


@pytest.mark.parametrize("operation", LISTS)
def test_page_by_page_is_the_whole_list(full: Stage, operation: Operation) -> None:
    longest = 0
    for who, api, url, query in calls_of(full, operation):
        whole = api.ok("GET", url, params={**query, "limit": 500})
        for count in (15, 4):  # pages at most: a list of hundreds would take hundreds of requests
            limit = max(1, ceil(len(whole) / count))
            pages = list(api.pages(url, **query, limit=limit))
            assert [entry for page in pages for entry in page] == whole, (who, query, limit)
            assert all(len(page) == limit for page in pages[:-1]), (who, query, limit)
        longest = max(longest, len(whole))
    assert longest >= 5, f"{operation.name} has {longest} entries, too few to show anything: add some in its samples.py"


@pytest.mark.parametrize("operation", LISTS)
def test_a_page_has_a_hundred_entries_unless_told_otherwise(full: Stage, operation: Operation) -> None:
    call = valid(operation, full.known)
    limit = next(p for p in operation.parameters_in("query") if p["name"] == "limit")
    assert spec.resolve(limit["schema"])["maximum"] == 500
    for wrong in ("0", "501", "-1", "1.5", ""):
        problem(call.send(full.operator, params={"limit": wrong}), 422, "invalid_request")


@pytest.mark.parametrize("operation", LISTS)
def test_a_cursor_that_was_tampered_with(full: Stage, operation: Operation) -> None:
    for _, api, url, query in calls_of(full, operation):
        response = api.get(url, params={**query, "limit": 1})
        if "next" not in response.links:
            continue
        cursor = cursor_of(response)
        key = base64.urlsafe_b64decode(cursor + "==")
        # Neither without the signature nor with one for another place.
        for made in (key[16:], key[:-2] + b'x"]', key[:16] + b'["~"]', b"\0" * 16 + key[16:]):
            text = base64.urlsafe_b64encode(made).decode().rstrip("=")
            problem(api.get(url, params={**query, "cursor": text}), 422, "invalid_request")
        for made in (cursor[:-2], cursor[1:], cursor + "!", "!" + cursor, cursor.replace(cursor[3], "."), "x" * 2000):
            problem(api.get(url, params={**query, "cursor": made}), 422, "invalid_request")
        assert api.get(url, params={**query, "cursor": cursor}).status_code == 200
        return
    pytest.fail(f"{operation.name} has no second page: add entries in its samples.py")


def cursor_of(response: httpx.Response) -> str:
    """Where the page after this one starts."""
    return httpx.URL(response.links["next"]["url"]).params["cursor"]


def test_a_cursor_is_a_place_in_one_list_of_one_caller(full: Stage) -> None:
    """Every list: a cursor from another operation, path, filter or caller gives nothing."""
    given: list[tuple[Operation, str, Api, str, dict[str, Any], str]] = []
    for (operation,) in (each.values for each in LISTS):
        assert isinstance(operation, Operation)
        for who, api, url, query in calls_of(full, operation):
            response = api.get(url, params={**query, "limit": 1})
            if "next" in response.links:
                given.append((operation, who, api, url, query, cursor_of(response)))
    assert {operation.name for operation, *_ in given} == {each.values[0].name for each in LISTS}  # type: ignore[union-attr]
    assert len({cursor for *_, cursor in given}) == len(given), "two questions have one cursor"
    for number, (operation, who, api, url, query, _) in enumerate(given):
        # Next to each other are the same list with another caller or filter, and at the borders other lists.
        for other in (given[number - 1], given[number - 9], given[(number + 40) % len(given)]):
            answer = api.get(url, params={**query, "limit": 1, "cursor": other[-1]})
            assert answer.status_code == 422, (
                f"{operation} as {who} {query} takes the cursor of {other[0]} as {other[1]}"
            )
            problem(answer, 422, "invalid_request")


def test_a_cursor_of_another_workspace_shows_nothing_of_it(full: Stage) -> None:
    founder = full.world.founder()
    for path in ("members", "invitations", "groups", "access", "audit", "service-accounts"):
        full.operator.ok("POST", "/workspaces/elsewhere/service-accounts", json={"name": f"of-{path}"})
        first = full.operator.get(f"/workspaces/acme/{path}", params={"limit": 1})
        refused = full.operator.get(f"/workspaces/elsewhere/{path}", params={"cursor": cursor_of(first)})
        problem(refused, 422, "invalid_request")
    assert founder.get("/workspaces/acme/access", params={"limit": 1}).links


def test_a_cursor_outlives_what_it_points_at(world: World) -> None:
    admin = world.api("admin")
    for number in range(6):
        admin.ok("POST", "/projects", json={"workspace": "acme", "name": f"p{number}"})
        admin.ok("POST", "/users/me/api-keys", json={"name": f"k{number}"})
        admin.ok("POST", "/workspaces/acme/service-accounts", json={"name": f"s{number}"})
    lists = {
        "/projects": ("name", "DELETE", "/projects/{id}"),
        "/users/me/api-keys": ("name", "DELETE", "/users/me/api-keys/{id}"),
        "/workspaces/acme/service-accounts": ("name", "DELETE", "/workspaces/acme/service-accounts/{id}"),
    }
    for path, (shown, method, remove) in lists.items():
        whole = [entry[shown] for entry in admin.ok("GET", path)]
        pages = admin.pages(path, limit=3)
        first = next(pages)
        for entry in first[1:]:
            admin.ok(method, remove.format(id=entry["id"]))
        rest = [entry[shown] for page in pages for entry in page]
        assert [entry[shown] for entry in first] + rest == whole, path


def test_a_cursor_takes_in_what_is_added_behind_it(world: World) -> None:
    admin = world.api("admin")
    for name in ("b", "d", "f"):
        world.operator.ok("POST", "/workspaces/acme/members", json={"username": name})
    pages = admin.pages("/workspaces/acme/members", limit=3)
    seen = [entry["username"] for entry in next(pages)]
    assert seen == ["admin", "b", "d"]
    for name in ("a", "c", "e"):  # before, just before, after
        world.operator.ok("POST", "/workspaces/acme/members", json={"username": name})
    seen += [entry["username"] for page in pages for entry in page]
    assert seen == ["admin", "b", "d", "e", "f", "founder"]


def test_the_link_keeps_the_question(world: World) -> None:
    admin = world.api("admin")
    for number in range(3):
        admin.ok("POST", "/projects", json={"workspace": "acme", "name": f"p{number}"})
    response = admin.get("/projects", params={"workspace": "acme", "archived": "false", "limit": 2})
    link = response.headers["link"]
    assert link.startswith("</api/v1/projects?")
    assert link.endswith('>; rel="next"')
    assert all(part in link for part in ("workspace=acme", "archived=false", "limit=2", "cursor="))
    assert "link" not in admin.get("/projects", params={"limit": 500}).headers


# ---- what a page costs

BIG = (
    *("projects", "project_users", "memberships", "accounts", "api_keys", "invitations", "audit_events"),
    *("datasets", "dataset_user_grants", "dataset_group_grants", "groups", "group_members"),
)

# What is sorted after all, because there is never so much of it that it matters. What a subquery sorts for each
# row are the groups of one account.
FEW = (
    "memberships.account_id = ?",  # the workspaces of one account
    "WHERE invitation_dataset_grants.invitation_id IN",  # what the invitations of one page grant
    "WHERE dataset_group_grants.dataset_id = ?",  # the groups of one dataset
    "SELECT DISTINCT dataset_group_grants.dataset_id",  # ids that the groups of one account lead to, from an index
)


@pytest.mark.parametrize("full", ["sqlite"], indirect=True)  # PostgreSQL plans by how many rows there are
@pytest.mark.parametrize("operation", LISTS)
def test_each_page_is_read_along_an_index(full: Stage, operation: Operation) -> None:
    for who, api, url, query in calls_of(full, operation):
        statements = Statements(full.storage)
        list(api.pages(url, **query, limit=2))
        for statement, values in statements.close():
            with full.storage.connect() as connection:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            plan = {row[0]: (row[1], row[3]) for row in rows}
            for parent, step in plan.values():
                # A scan along an index stops with the page; one without reads the table.
                table = re.match(r"SCAN (\w+)(?! USING)$", step)
                told = f"{who} {query}: {step} in {[step for _, step in plan.values()]}: {statement}"
                assert table is None or table[1] not in BIG, told
                # Sorting reads everything first.
                if step.startswith("USE TEMP B-TREE") and not any(few in statement for few in FEW):
                    assert plan.get(parent, (0, ""))[1].startswith("CORRELATED SCALAR SUBQUERY"), told


class Statements:
    """The SELECTs a storage runs, until closed."""

    def __init__(self, storage: Storage) -> None:
        self._engine = storage.engine
        self._found: list[tuple[str, Any]] = []
        event.listen(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            self._found.append((statement, values))

    def close(self) -> list[tuple[str, Any]]:
        event.remove(self._engine, "before_cursor_execute", self._note)
        return self._found


MANY = 20_000
LONG = 100
"""Entries of a page, of which the fifteenth is a late one."""
ROWS_A_PAGE_MAY_READ = 400


@pytest.fixture(scope="module")
def crowded(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage on PostgreSQL with thousands of everything."""
    key_file = tmp_path_factory.mktemp("keys") / "server.key"
    with set_up_stage(postgres.migrated(), key_file=key_file) as stage:
        make_many(stage.storage)
        body = {"username": "admin", "role": "admin"}
        stage.world.operator.ok("POST", "/workspaces/elsewhere/members", json=body)
        yield stage


def test_a_late_page_reads_no_more_than_an_early_one(crowded: Stage) -> None:
    """On PostgreSQL with many rows, counted by PostgreSQL itself."""
    for who, url, query in (
        ("admin", "/projects", {}),
        ("admin", "/projects", {"workspace": "acme"}),
        ("member", "/projects", {"workspace": "acme"}),
        ("operator", "/projects", {}),
        ("admin", f"{PROJECT_PATH}/users", {}),
        ("admin", f"{PROJECT_PATH}/users", {"kind": "user"}),
        ("member", "/workspaces/acme/members", {}),
        ("admin", "/workspaces/acme/audit", {}),
        ("admin", f"{PROJECT_PATH}/audit", {}),
        ("viewer", "/users/me/api-keys", {}),
    ):
        api = crowded.world.api(who)
        pages = api.pages(url, **query, limit=LONG)
        statements = Statements(crowded.storage)
        for _ in range(15):
            next(pages)
        late = statements.close()[-3:]
        for statement, values in late:
            small = {k: 11 if v == LONG + 1 else v for k, v in values.items()}
            read = rows_read(crowded.storage, statement, small)
            assert read < ROWS_A_PAGE_MAY_READ, f"{who} {url} {query}: {read} rows for a page of 10: {statement}"


def test_a_late_page_of_access_reads_no_more_than_an_early_one(crowded: Stage) -> None:
    """What is read for a page in chunks is counted whole, and held against the same of an early page."""
    wrong = []
    for who, url, query in (
        ("admin", "/datasets", {}),
        ("member", "/datasets", {}),
        ("manager", "/datasets", {}),
        ("grouped", "/datasets", {"workspace": "acme"}),
        ("admin", f"{DATASET_PATH}/permissions", {}),
        ("admin", "/workspaces/acme/members/manager/dataset-permissions", {}),
        ("admin", "/workspaces/acme/groups/of grouped/dataset-permissions", {}),
        ("admin", "/workspaces/acme/access", {}),
        ("admin", "/workspaces/acme/access", {"user": "manager"}),
        ("admin", "/workspaces/acme/access", {"project": "acme:churn"}),
        ("admin", "/workspaces/acme/access", {"dataset": "acme:images", "granted": "true"}),
    ):
        pages = crowded.world.api(who).pages(url, **query, limit=LONG)
        read = []
        for _ in range(15):
            statements = Statements(crowded.storage)
            next(pages)
            read.append(sum(rows_read(crowded.storage, *found) for found in statements.close()))
        if read[14] > 1.5 * read[1] + ROWS_A_PAGE_MAY_READ:
            wrong.append(f"{who} {url} {query}: {read}")
    assert not wrong, "rows read for one page after the other:\n" + "\n".join(wrong)


def rows_read(storage: Storage, statement: str, values: Any) -> int:
    """How many rows a query takes out of tables and indexes, whether it needs them or not."""

    def count(node: dict[str, Any]) -> float:
        here = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        found: float = here * node["Actual Loops"] if "Scan" in node["Node Type"] else 0
        return found + sum(count(child) for child in node.get("Plans", ()))

    with storage.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).scalar_one()
    return int(count(plan[0]["Plan"]))


def make_many(storage: Storage) -> None:
    """Projects, datasets, people and what they were given by the thousand; half of it elsewhere."""
    now = "'2026-01-01T00:00:00Z'"
    numbers = f"generate_series(1, {MANY}) AS n"
    with storage.writing() as connection:
        for statement in (
            f"""INSERT INTO projects (id, workspace_id, name, name_key, handle, key, visibility, roster_policy,
                    description, created_at, updated_at)
                SELECT lpad(to_hex(n), 32, '0'), w.id, 'p' || n, 'p' || n, 'p' || n, 'Z' || n, 'workspace',
                    'owners', '', {now}, {now}
                FROM {numbers} JOIN workspaces w ON w.name = CASE n % 2 WHEN 0 THEN 'acme' ELSE 'elsewhere' END""",
            f"""INSERT INTO accounts (id, kind, username, username_key, is_operator, created_at)
                SELECT lpad(to_hex(n), 32, '0'), 'user', 'u' || n, 'u' || n, false, {now} FROM {numbers}""",
            f"""INSERT INTO memberships (account_id, workspace_id, kind, username_key, role, joined_at)
                SELECT a.id, w.id, 'user', a.username_key, 'member', {now}
                FROM accounts a JOIN workspaces w ON w.name = 'acme' WHERE a.username LIKE 'u%'""",
            f"""INSERT INTO project_users (project_id, account_id, workspace_id, kind, username_key, role, added_at)
                SELECT p.id, a.id, p.workspace_id, 'user', a.username_key, 'viewer', {now}
                FROM accounts a JOIN projects p ON p.name = 'churn' WHERE a.username LIKE 'u%'""",
            f"""INSERT INTO audit_events (id, date, action, actor, event, object_type, object_id, object_name,
                    workspace_id, project_id, request_id, actor_username)
                SELECT lpad(to_hex(n), 32, '0'), {now}, 'update', 'x', 'Changed the project', 'project', p.id, p.name,
                    p.workspace_id, p.id, '', 'x' FROM {numbers} JOIN projects p ON p.name = 'churn'""",
            f"""INSERT INTO datasets (id, workspace_id, name, name_key, default_permission, created_at)
                SELECT lpad(to_hex(n), 32, '0'), w.id, 'd' || n, 'd' || n, 1, {now}
                FROM {numbers} JOIN workspaces w ON w.name = CASE n % 2 WHEN 0 THEN 'acme' ELSE 'elsewhere' END""",
            """INSERT INTO dataset_user_grants (dataset_id, account_id, workspace_id, permission)
                SELECT d.id, a.id, d.workspace_id, 2 FROM datasets d
                JOIN workspaces w ON w.id = d.workspace_id AND w.name = 'acme'
                JOIN accounts a ON a.username = 'manager' WHERE d.name LIKE 'd%'""",
            """INSERT INTO dataset_user_grants (dataset_id, account_id, workspace_id, permission)
                SELECT d.id, a.id, d.workspace_id, 2 FROM accounts a
                JOIN datasets d ON d.name = 'images' WHERE a.username LIKE 'u%'""",
            """INSERT INTO dataset_group_grants (dataset_id, group_id, workspace_id, permission)
                SELECT d.id, g.id, d.workspace_id, 3 FROM datasets d
                JOIN groups g ON g.workspace_id = d.workspace_id AND g.name = 'of grouped' WHERE d.name LIKE 'd%'""",
            f"""INSERT INTO api_keys (id, account_id, name, preview, secret_hash, scope, created_at)
                SELECT lpad(to_hex(n), 32, '0'), a.id, 'x', 'x', 'x' || n, 'admin', {now}
                FROM {numbers} JOIN accounts a ON a.username = 'viewer'""",
        ):
            connection.execute(text(statement))
    with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
