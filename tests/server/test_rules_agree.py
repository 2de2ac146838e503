"""Checks, lists, explanations and matrices never disagree, with each other or with the model of the tests.

Random worlds: a few workspaces with people of every role in several of them, groups, rosters, grants, visibilities.
For everybody and everything in them it is asked what a check says, whether the list has it, what the matrix says from
either side, and what the explanation adds up to. One world is some thousand cases; `make test-deep` tries a million.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from tests.support.depth import DEPTH
from tests.support.organization import Dataset, Organization, Project
from tests.support.roles import PERMISSIONS, PROJECT_ROLES, VISIBILITIES, WORKSPACE_ROLES
from tests.support.server import (
    DATASET,
    PROJECT,
    Resource,
    Storage,
    accounts,
    as_caller,
    dataset_group_grants,
    dataset_user_grants,
    datasets,
    gives,
    group_members,
    groups,
    memberships,
    new_id,
    project_users,
    projects,
    reachable,
    survey_account,
    survey_object,
    workspaces,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.randomized]

WORKSPACES, PEOPLE, OBJECTS, GROUPS = 3, 24, 10, 4
"""Of people there are that many in all, of the rest in each workspace."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Scene:
    """A random world, as the model has it and by the ids that the database has.

    Attributes:
        homes: The model of each workspace, by its id.
        home_of: The workspace of each object.
    """

    homes: dict[str, Organization] = field(default_factory=dict)
    home_of: dict[str, str] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)


@pytest.mark.parametrize("number", range(2 * DEPTH))
def test_all_say_the_same(storage: Storage, request: pytest.FixtureRequest, number: int) -> None:
    seed = f"{request.config.getoption('hypothesis_seed', None)}-{number}"
    scene = Scene()
    with storage.writing() as connection:
        populate(connection, random.Random(seed), scene)
    with storage.connect() as connection:
        people = connection.execute(select(accounts).where(accounts.c.is_operator.is_(False))).all()
        cases = 0
        for resource in (PROJECT, DATASET):
            expected = {
                (person.id, object_id): of_model(scene.homes[home], resource.kind, person.id, object_id)
                for person in people
                for object_id, home in scene.home_of.items()
                if object_id in kind_of(scene.homes[home], resource.kind)
            }
            cases += len(expected)
            assert by_check(connection, resource, people, expected) == expected, seed
            assert by_matrix_of_accounts(connection, resource, people, scene, expected), seed
            assert by_matrix_of_objects(connection, resource, scene, expected), seed
            assert listed(connection, resource, people) == visible(resource, scene, expected), seed
        assert cases == PEOPLE * WORKSPACES * OBJECTS * 2


def kind_of(home: Organization, kind: str) -> Mapping[str, Any]:
    return home.projects if kind == "project" else home.datasets


def of_model(home: Organization, kind: str, who: str, name: str) -> str | None:
    """What an account has of an object, by the model: a role, or a permission."""
    if kind == "dataset":
        return home.permission(who, name)
    role = home.project_role(who, name)
    return role or ("public" if home.projects[name].visibility == "public" else None)


def said(resource: Resource[Any], rules: list[Any]) -> str | None:
    """The same, by the rules that the server found."""
    if resource.kind == "dataset":
        return rules[0].role if rules else "NO_ACCESS"
    return ("public" if rules[0].rule == "public" else rules[0].role) if rules else None


# ---- the four ways to ask


def by_check(
    connection: Connection, resource: Resource[Any], people: Any, expected: Mapping[tuple[str, str], Any]
) -> dict[tuple[str, str], str | None]:
    """What a check says; and what the explanation adds up to, which must be the same."""
    found: dict[tuple[str, str], str | None] = {}
    callers = {person.id: (as_caller(person), person) for person in people}
    assert resource.sharing is not None
    for account_id, object_id in expected:
        caller, person = callers[account_id]
        checked = resource.find(connection, caller, object_id, None)
        found[account_id, object_id] = said(resource, checked.rules)
        considered = resource.sharing.considered(connection, checked.row, person)
        assert said(resource, considered) == said(resource, checked.rules)
        assert considered[:1] == checked.rules[:1]
    return found


def by_matrix_of_accounts(
    connection: Connection, resource: Resource[Any], people: Any, scene: Scene, expected: Mapping[tuple[str, str], Any]
) -> bool:
    """What the matrix says, account by account."""
    assert resource.sharing is not None
    count = 0
    for person in people:
        for workspace_id in scene.homes:
            for entry in survey_account(connection, resource.sharing, person, workspace_id, most=7):
                assert said(resource, entry.rules) == expected[person.id, entry.object.id]
                count += 1
    return count == len(expected)


def by_matrix_of_objects(
    connection: Connection, resource: Resource[Any], scene: Scene, expected: Mapping[tuple[str, str], Any]
) -> bool:
    """What the matrix says, object by object, of those who are in the workspace."""
    assert resource.sharing is not None
    count = 0
    wanted = sum(who in scene.homes[scene.home_of[name]].roles for who, name in expected)
    for row in connection.execute(select(resource.table)).all():
        for entry in survey_object(connection, resource.sharing, row, most=7):
            assert said(resource, entry.rules) == expected[entry.account.id, row.id]
            count += 1
    return count == wanted


def listed(connection: Connection, resource: Resource[Any], people: Any) -> dict[str, list[str]]:
    """What everybody's list has, and in which order, active and archived ones."""
    assert resource.sharing is not None
    found: dict[str, list[str]] = {}
    for person in people:
        rows = reachable(
            connection, resource.sharing, person.id, is_operator=False, workspace_id=None, after=None, most=5
        )
        kept = []
        for row in rows:
            rules = resource.sharing.rules(row, False)
            on_roster = resource.kind == "project" and row.roster_account is not None
            if on_roster or (gives(rules) and rules[0].rule != "public"):
                kept.append(row.id)
        found[person.id] = kept
    return found


def visible(resource: Resource[Any], scene: Scene, expected: Mapping[tuple[str, str], Any]) -> dict[str, list[str]]:
    """What everybody's list should have, by the model: by workspace, then by id."""
    found: dict[str, list[str]] = defaultdict(list)
    for (who, name), given in expected.items():
        home = scene.homes[scene.home_of[name]]
        on_roster = resource.kind == "project" and who in home.projects[name].roster
        found[who] += [name] if on_roster or given not in (None, "public", "NO_ACCESS") else []
    return {who: sorted(names, key=lambda name: (scene.home_of[name], name)) for who, names in found.items()}


# ---- a random world


def populate(connection: Connection, chance: random.Random, scene: Scene) -> None:
    """Make a random world, in the database and in the model."""
    rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    people = [new_id() for _ in range(PEOPLE)]
    robots = {account_id for account_id in people if chance.random() < 0.15}
    for account_id in people:
        kind = "service_account" if account_id in robots else "user"
        rows[accounts].append(
            {"id": account_id, "kind": kind, "username": account_id, "username_key": account_id, "created_at": NOW}
        )
    for _ in range(WORKSPACES):
        add_workspace(rows, chance, scene, people, robots)
    for table in (
        accounts,
        workspaces,
        memberships,
        groups,
        group_members,
        projects,
        project_users,
        datasets,
        dataset_user_grants,
        dataset_group_grants,
    ):
        if rows[table]:
            connection.execute(insert(table), rows[table])


def add_workspace(rows: Any, chance: random.Random, scene: Scene, people: list[str], robots: set[str]) -> None:
    home_id = new_id()
    home = scene.homes[home_id] = Organization()
    rows[workspaces].append(
        {"id": home_id, "name": home_id, "name_key": home_id, "allowed_visibilities": "[]", "created_at": NOW}
    )
    for account_id in people:
        if chance.random() < 0.6:
            role = "member" if account_id in robots else chance.choice(WORKSPACE_ROLES)
            home.roles[account_id] = role
            rows[memberships].append(
                {
                    "account_id": account_id,
                    "workspace_id": home_id,
                    "kind": "service_account" if account_id in robots else "user",
                    "username_key": account_id,
                    "role": role,
                    "joined_at": NOW,
                }
            )
    inside = list(home.roles)
    for _ in range(GROUPS):
        group_id = new_id()
        home.groups[group_id] = {who for who in inside if who not in robots and chance.random() < 0.3}
        rows[groups].append(
            {
                "id": group_id,
                "workspace_id": home_id,
                "name": group_id,
                "name_key": group_id,
                "description": "",
                "created_at": NOW,
            }
        )
        rows[group_members] += [
            {"group_id": group_id, "account_id": who, "workspace_id": home_id, "username_key": who}
            for who in home.groups[group_id]
        ]
    for name in sorted(new_id() for _ in range(OBJECTS)):
        add_project(rows, chance, home_id, home, name, inside, robots)
        scene.home_of[name] = home_id
    for name in sorted(new_id() for _ in range(OBJECTS)):
        add_dataset(rows, chance, home_id, home, name, inside)
        scene.home_of[name] = home_id


def add_project(
    rows: Any, chance: random.Random, home_id: str, home: Organization, name: str, inside: list[str], robots: set[str]
) -> None:
    project = home.projects[name] = Project(chance.choice(VISIBILITIES))
    rows[projects].append(
        {
            "id": name,
            "workspace_id": home_id,
            "name": name,
            "name_key": name,
            "handle": name,
            "key": name[-10:],
            "visibility": project.visibility,
            "roster_policy": "owners",
            "description": "",
            "created_at": NOW,
            "updated_at": NOW,
            "archived_at": NOW if chance.random() < 0.3 else None,
        }
    )
    for who in inside:
        if chance.random() < 0.3:
            project.roster[who] = chance.choice([None, *PROJECT_ROLES])
            rows[project_users].append(
                {
                    "project_id": name,
                    "account_id": who,
                    "workspace_id": home_id,
                    "kind": "service_account" if who in robots else "user",
                    "username_key": who,
                    "role": project.roster[who],
                    "added_at": NOW,
                }
            )


def add_dataset(
    rows: Any, chance: random.Random, home_id: str, home: Organization, name: str, inside: list[str]
) -> None:
    dataset = home.datasets[name] = Dataset(chance.choice(PERMISSIONS))
    rows[datasets].append(
        {
            "id": name,
            "workspace_id": home_id,
            "name": name,
            "name_key": name,
            "default_permission": dataset.default,
            "created_at": NOW,
        }
    )
    grant = {"dataset_id": name, "workspace_id": home_id}
    for who in inside:
        if chance.random() < 0.25:
            dataset.own[who] = chance.choice(PERMISSIONS)
            rows[dataset_user_grants].append({**grant, "account_id": who, "permission": dataset.own[who]})
    for group_id in home.groups:
        if chance.random() < 0.5:
            dataset.shared[group_id] = chance.choice(PERMISSIONS)
            rows[dataset_group_grants].append({**grant, "group_id": group_id, "permission": dataset.shared[group_id]})
