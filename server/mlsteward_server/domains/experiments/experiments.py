"""Experiments."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import Experiment, ExperimentCreate, ExperimentStatus, ExperimentUpdate
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Row, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from mlsteward_server.context import Context
from mlsteward_server.domains.experiments.resource import EXPERIMENT, EXPERIMENTS
from mlsteward_server.domains.projects.resource import PROJECT
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.experiments import experiment_numbers, experiments

_count_up = {
    dialect: statement.on_conflict_do_update(
        index_elements=["project_id"], set_={"last": experiment_numbers.c.last + 1}
    ).returning(experiment_numbers.c.last)
    for dialect, statement in (
        ("sqlite", sqlite.insert(experiment_numbers)),
        ("postgresql", postgresql.insert(experiment_numbers)),
    )
}


def list_experiments(context: Context) -> list[Experiment]:
    """List the experiments of the project, oldest first."""
    query = EXPERIMENTS.where(experiments.c.project_id == context[PROJECT].id)
    context.page.count(context.connection, query)
    after = context.page.after()
    if after is not None:
        query = query.where(experiments.c.id > after[0])
    rows = context.connection.execute(query.order_by(experiments.c.id).limit(context.page.fetch)).all()
    return [_experiment(row) for row in context.page.cut(rows, lambda row: [row.id])]


def create_experiment(context: Context, body: ExperimentCreate) -> Experiment:
    """Create a running experiment with the next number of its project."""
    project = context[PROJECT].row
    number = context.connection.execute(
        _count_up[context.connection.dialect.name], {"project_id": project.id, "last": 1}
    ).scalar_one()
    experiment_id = new_id()
    context.connection.execute(
        insert(experiments),
        {
            "id": experiment_id,
            "project_id": project.id,
            "number": number,
            "name": body.name or f"{project.key}-{number}",
            "status": ExperimentStatus.RUNNING,
            "started_by": context.caller.id,
            "started_at": context.now,
            "ended_at": None,
            "updated_at": context.now,
        },
    )
    return _read(context, experiment_id)


def get_experiment(context: Context) -> Experiment:
    """Return the experiment."""
    return _experiment(context[EXPERIMENT].row)


def update_experiment(context: Context, body: ExperimentUpdate) -> Experiment:
    """Change the experiment. If it stops running, sets the time at which it ended."""
    row = context[EXPERIMENT].row
    changes: dict[str, Any] = {"updated_at": context.now}
    if not isinstance(body.name, Unset):
        changes["name"] = body.name
    if not isinstance(body.status, Unset) and body.status != row.status:
        is_running = body.status == ExperimentStatus.RUNNING
        changes |= {"status": body.status, "ended_at": None if is_running else row.ended_at or context.now}
    context.connection.execute(update(experiments).where(experiments.c.id == row.id).values(changes))
    return _read(context, row.id)


def _read(context: Context, experiment_id: str) -> Experiment:
    return _experiment(context.connection.execute(EXPERIMENTS.where(experiments.c.id == experiment_id)).one())


def _experiment(row: Row[Any]) -> Experiment:
    return Experiment(
        id=row.id,
        short_id=row.short_id,
        workspace=row.workspace,
        project=row.project,
        name=row.name,
        status=ExperimentStatus(row.status),
        started_by=row.starter or UNSET,
        started_at=row.started_at,
        ended_at=row.ended_at or UNSET,
        last_updated=row.updated_at,
    )
