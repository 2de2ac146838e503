"""A workspace with many people, groups, datasets and grants, written straight into the tables.

Through the API the same would take an hour. Every account is in about ten groups.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mlsteward_server.storage.engine import Storage
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.datasets import datasets
from mlsteward_server.storage.tables.groups import group_members, groups
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.types import PERMISSIONS
from mlsteward_server.storage.tables.workspaces import memberships, workspaces
from sqlalchemy import Table, insert, select, text

ROLES = ("member",) * 6 + ("collaborator",) * 2 + ("guest",) * 2
GROUPS_OF_EACH = 10
AT_ONCE = 5_000
STEP = 7919
"""A prime: however many there are to choose from, so many steps apart are all different."""
GRANT = """
    WITH RECURSIVE
        turns(turn) AS (SELECT 0 UNION ALL SELECT turn + 1 FROM turns WHERE turn + 1 < :each),
        objects AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM datasets WHERE workspace_id = :home)
    INSERT INTO {table} (dataset_id, {column}, workspace_id, permission)
    SELECT objects.id, {grantees}.id, :home, (objects.n * 31 + turns.turn * 17) % :permissions
    FROM objects CROSS JOIN turns JOIN {grantees} ON {grantees}.n = (objects.n * 104729 + turns.turn * :step) % :size
"""
"""Each dataset is granted to some of the people, or groups: the database makes a million rows faster than it reads
them."""


@dataclass(frozen=True)
class Counts:
    """How many of each there are.

    Attributes:
        grants: To people and to groups together, half and half, as long as there are enough groups.
    """

    people: int
    groups: int
    datasets: int
    grants: int

    def by(self, factor: float) -> Counts:
        """A smaller world of the same kind, with ten of each at least."""
        scaled = (max(10, round(count * factor)) for count in (self.people, self.groups, self.datasets, self.grants))
        return Counts(*scaled)


FULL = Counts(people=10_000, groups=1_000, datasets=1_000, grants=100_000)


def fill(storage: Storage, workspace: str, counts: Counts) -> None:
    """Put them in a workspace that is there."""
    chance, now = random.Random(0), datetime.now(UTC)
    with storage.writing() as connection:

        def write(table: Table, rows: Iterator[dict[str, Any]]) -> None:
            batch = []
            for row in rows:
                batch.append(row)
                if len(batch) == AT_ONCE:
                    connection.execute(insert(table), batch)
                    batch = []
            if batch:
                connection.execute(insert(table), batch)

        home = connection.execute(select(workspaces.c.id).where(workspaces.c.name == workspace)).scalar_one()
        people = [(new_id(), f"{workspace}-person-{n:06}") for n in range(counts.people)]
        teams = [(new_id(), f"group-{n:05}") for n in range(counts.groups)]
        sets = [(new_id(), f"dataset-{n:05}") for n in range(counts.datasets)]
        write(
            accounts,
            (
                {"id": i, "kind": "user", "username": n, "username_key": n, "is_operator": False, "created_at": now}
                for i, n in people
            ),
        )
        write(
            memberships,
            (
                {
                    "account_id": i,
                    "workspace_id": home,
                    "kind": "user",
                    "username_key": n,
                    "role": chance.choice(ROLES),
                    "joined_at": now,
                }
                for i, n in people
            ),
        )
        write(
            groups,
            (
                {"id": i, "workspace_id": home, "name": n, "name_key": n, "description": "", "created_at": now}
                for i, n in teams
            ),
        )
        write(
            group_members,
            (
                {"group_id": team, "account_id": i, "workspace_id": home, "username_key": n}
                for i, n in people
                for team, _ in chance.sample(teams, min(GROUPS_OF_EACH, len(teams)))
            ),
        )
        write(
            datasets,
            (
                {
                    "id": i,
                    "workspace_id": home,
                    "name": n,
                    "name_key": n,
                    "default_permission": chance.choice(PERMISSIONS),
                    "created_at": now,
                }
                for i, n in sets
            ),
        )
        half = counts.grants // counts.datasets // 2
        if connection.dialect.name == "postgresql":
            # Whether foreign keys hold is known: checking each takes longer than writing it.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table, column, chosen in (
            ("dataset_user_grants", "account_id", people),
            ("dataset_group_grants", "group_id", teams),
        ):
            grantees, size = f"grantees_by_{column}", len(chosen)
            connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {grantees} (n INTEGER PRIMARY KEY, id VARCHAR(32))")
            numbered = [{"n": n, "id": i} for n, (i, _) in enumerate(chosen)]
            connection.execute(text(f"INSERT INTO {grantees} VALUES (:n, :id)"), numbered)
            values = {"home": home, "each": min(half, size), "size": size, "step": STEP}
            grant = text(GRANT.format(table=table, column=column, grantees=grantees))
            connection.execute(grant, {**values, "permissions": len(PERMISSIONS)})
            connection.exec_driver_sql(f"DROP TABLE {grantees}")
    if not storage.is_sqlite:
        with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
