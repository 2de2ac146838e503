"""The resource of this domain: datasets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam

from mlsteward_server.access.check import Level, Refusal, refuse
from mlsteward_server.access.ladders import DATASET_LADDER, NO_ACCESS, Given, workspace_role
from mlsteward_server.access.resources import Ask, Found, Ladder, Resource
from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.domains.datasets.sharing import SHARING, facts, rules
from mlsteward_server.domains.workspaces.resource import WORKSPACE, find_workspace
from mlsteward_server.names import DEFAULT_WORKSPACE, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import looks_like_id
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.datasets import datasets


@dataclass(frozen=True, slots=True)
class FoundDataset(Found):
    """A dataset and the permission of the caller on it.

    Attributes:
        rules: Every rule that gives the caller a permission, the effective one first.
        workspace_role: The effective role of the caller in the workspace of the dataset.
    """

    rules: list[Given]
    workspace_role: str | None

    @property
    def permission(self) -> str:
        """The effective permission of the caller."""
        return self.rules[0].role if self.rules else NO_ACCESS


_facts = facts(bindparam("caller"))
_BY = {
    "id": Prepared(_facts.where(datasets.c.id == bindparam("reference"))),
    "name": Prepared(
        _facts.where(datasets.c.workspace_id == bindparam("workspace_id"), datasets.c.name_key == bindparam("name_key"))
    ),
}


def find_dataset(
    connection: Connection, caller: Caller | None, reference: str, home: Found | None = None
) -> FoundDataset | None:
    """Return the dataset that a reference names: an id, `workspace:name`, or a name in the default workspace."""
    if caller is None:
        return None
    workspace, colon, name = reference.rpartition(":")
    values: dict[str, Any] = {"caller": caller.id}
    if not colon and looks_like_id(reference):
        by, values = "id", {**values, "reference": reference}
    else:
        within = find_workspace(connection, caller, workspace if colon else DEFAULT_WORKSPACE)
        if within is None:
            return None
        by, values = "name", {**values, "workspace_id": within.id, "name_key": key_of(name)}
    row = _BY[by].first(connection, values)
    if row is None:
        return None
    given = workspace_role(is_operator=caller.is_operator, membership=row.membership)
    return FoundDataset(row, rules(row, caller.is_operator), given and given.role)


def dataset_not_found(reference: str, home: Found | None = None) -> Problem:
    """Return the problem for a dataset that does not exist, or that the caller cannot see."""
    shown = reference.replace(":", "/", 1)
    return Problem(
        "dataset_not_found",
        f"There is no dataset {quote(shown)} that you can see.",
        "Check the name, or ask someone with the permission MANAGE on the dataset to grant you a permission.",
    )


def _check(ask: Ask[FoundDataset]) -> None:
    found = ask.found
    if ask.allow == "admin":
        is_allowed = found.workspace_role == "admin"
        workspace = found.row.workspace
        needs, has = Level("workspace", "admin", workspace), Level("workspace", found.workspace_role, workspace)
        hint = "Ask an admin of the workspace."
    else:
        permission = ask.allow.upper()
        is_allowed = DATASET_LADDER[found.permission] >= DATASET_LADDER[permission]
        needs, has = Level("dataset", permission, found.row.name), Level("dataset", found.permission, found.row.name)
        hint = "Ask someone with the permission MANAGE on the dataset, or an admin of the workspace."
    if found.permission == NO_ACCESS:
        raise Refusal(ask.missing(), needs, has)
    if not is_allowed:
        refuse(needs, has, f"yours on the dataset is {found.permission}", hint)


DATASET: Resource[FoundDataset] = Resource(
    kind="dataset",
    table=datasets,
    name=datasets.c.name,
    find=find_dataset,
    not_found=dataset_not_found,
    parent=WORKSPACE,
    parent_id=datasets.c.workspace_id,
    ladder=Ladder(
        roles=tuple(permission.lower() for permission in DATASET_LADDER if permission != NO_ACCESS),
        also=frozenset({"admin"}),
        itself="view",
        check=_check,
    ),
    sharing=SHARING,
)
