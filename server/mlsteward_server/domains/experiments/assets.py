"""Assets: the files of experiments."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import Asset
from mlsteward_api.types import UNSET
from sqlalchemy import Row, insert, select

from mlsteward_server.context import Context
from mlsteward_server.domains.experiments.resource import ASSET, EXPERIMENT
from mlsteward_server.domains.workspaces.plan import check_storage
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.files import Download, Upload
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.experiments import assets


def list_assets(context: Context) -> list[Asset]:
    """List the assets of the experiment, oldest first."""
    query = select(assets).where(assets.c.experiment_id == context[EXPERIMENT].id)
    context.page.count(context.connection, query)
    after = context.page.after()
    if after is not None:
        query = query.where(assets.c.id > after[0])
    rows = context.connection.execute(query.order_by(assets.c.id).limit(context.page.fetch)).all()
    return [_asset(row) for row in context.page.cut(rows, lambda row: [row.id])]


def upload_asset(context: Context, body: Upload, *, name: str, step: int | None = None) -> Asset:
    """Create an asset for the uploaded file."""
    check_storage(context, context[WORKSPACE].row, body.size)
    asset_id = new_id()
    context.connection.execute(
        insert(assets),
        {
            "id": asset_id,
            "experiment_id": context[EXPERIMENT].id,
            "workspace_id": context[WORKSPACE].id,
            "name": name,
            "size": body.size,
            "digest": body.digest,
            "step": step,
            "created_at": context.now,
        },
    )
    return _asset(context.connection.execute(select(assets).where(assets.c.id == asset_id)).one())


def download_asset(context: Context) -> Download:
    """Return the file of an asset."""
    row = context[ASSET].row
    return Download(row.digest, row.size, row.name)


def _asset(row: Row[Any]) -> Asset:
    return Asset(
        id=row.id,
        name=row.name,
        size=row.size,
        sha256=row.digest,
        step=UNSET if row.step is None else row.step,
        created_at=row.created_at,
    )
