"""The resources of this domain: experiments and assets."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Select, String, bindparam, cast, select

from mlsteward_server.access.resources import Found, Resource
from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.domains.projects.resource import PROJECT
from mlsteward_server.domains.workspaces.resource import find_workspace
from mlsteward_server.names import DEFAULT_WORKSPACE, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import looks_like_id
from mlsteward_server.storage.tables.experiments import assets, experiments
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.projects import projects
from mlsteward_server.storage.tables.workspaces import workspaces

SHORT_ID = re.compile(r"([A-Z0-9]{1,10})-([1-9][0-9]{0,8})")

EXPERIMENTS: Select[Any] = (
    select(
        *experiments.c,
        (projects.c.key + "-" + cast(experiments.c.number, String)).label("short_id"),
        projects.c.name.label("project"),
        projects.c.workspace_id,
        workspaces.c.name.label("workspace"),
        accounts.c.username.label("starter"),
    )
    .join_from(experiments, projects)
    .join(workspaces, workspaces.c.id == projects.c.workspace_id)
    .outerjoin(accounts, accounts.c.id == experiments.c.started_by)
)
"""Selects experiments with their short ids and the names of their parents."""

_BY_ID = EXPERIMENTS.where(experiments.c.id == bindparam("reference"))
_BY_SHORT_ID = EXPERIMENTS.where(
    workspaces.c.name_key == bindparam("workspace_key"),
    projects.c.key == bindparam("key"),
    experiments.c.number == bindparam("number"),
)


def _find(connection: Connection, caller: Caller | None, reference: str, home: Found | None) -> Found | None:
    """Return an experiment by id, or by `workspace:short_id`."""
    workspace, colon, short_id = reference.partition(":")
    if not colon:
        row = connection.execute(_BY_ID, {"reference": key_of(reference)}).first() if looks_like_id(reference) else None
        return None if row is None else Found(row)
    match = SHORT_ID.fullmatch(short_id.upper())
    if match is None:
        return None
    if workspace == DEFAULT_WORKSPACE or looks_like_id(workspace):
        found = find_workspace(connection, caller, workspace)
        if found is None:
            return None
        workspace = found.name
    values = {"workspace_key": key_of(workspace), "key": match[1], "number": int(match[2])}
    row = connection.execute(_BY_SHORT_ID, values).first()
    return None if row is None else Found(row)


def _not_found(reference: str, home: Found | None = None) -> Problem:
    shown = reference.replace(":", "/", 1)
    return Problem(
        "experiment_not_found",
        f"There is no experiment {quote(shown)} that you can see.",
        "Use the id, or the workspace and the short id, such as workspace/CLS-26.",
    )


EXPERIMENT: Resource[Found] = Resource(
    kind="experiment",
    table=experiments,
    name=experiments.c.name,
    find=_find,
    not_found=_not_found,
    parent=PROJECT,
    parent_id=experiments.c.project_id,
)


def _find_asset(connection: Connection, caller: Caller | None, reference: str, home: Found | None) -> Found | None:
    """Return an asset of an experiment by id."""
    assert home is not None
    row = connection.execute(select(assets).where(assets.c.id == reference, assets.c.experiment_id == home.id)).first()
    return None if row is None else Found(row)


def _asset_not_found(reference: str, home: Found | None) -> Problem:
    assert home is not None
    return Problem(
        "asset_not_found",
        f"The experiment {home.row.short_id} has no asset {quote(reference)}.",
        "To see the ids, use 'mlsteward experiments assets list'.",
    )


ASSET: Resource[Found] = Resource(
    kind="asset",
    table=assets,
    name=assets.c.name,
    find=_find_asset,
    not_found=_asset_not_found,
    parent=EXPERIMENT,
    parent_id=assets.c.experiment_id,
)
