"""Experiments, and the files that belong to them."""

import sqlalchemy as sa
from alembic import op
from mlsteward_server.storage.tables.types import Timestamp

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "experiments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("started_by", sa.String(length=32)),
        sa.Column("started_at", Timestamp(), nullable=False),
        sa.Column("ended_at", Timestamp()),
        sa.Column("updated_at", Timestamp(), nullable=False),
        sa.CheckConstraint("status IN ('running', 'finished', 'stopped')", name=op.f("ck_experiments_status")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_experiments_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["accounts.id"], name=op.f("fk_experiments_started_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experiments")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_experiments_project_id_number")),
    )
    op.create_index(op.f("ix_experiments_project_id_id"), "experiments", ["project_id", "id"])
    op.create_index(op.f("ix_experiments_started_by"), "experiments", ["started_by"])
    op.create_table(
        "experiment_numbers",
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_experiment_numbers_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_experiment_numbers")),
    )
    op.create_table(
        "assets",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("experiment_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("step", sa.BigInteger()),
        sa.Column("created_at", Timestamp(), nullable=False),
        sa.ForeignKeyConstraint(
            ["experiment_id"], ["experiments.id"], name=op.f("fk_assets_experiment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_assets_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assets")),
    )
    op.create_index(op.f("ix_assets_experiment_id_id"), "assets", ["experiment_id", "id"])
    op.create_index(op.f("ix_assets_workspace_id_size"), "assets", ["workspace_id", "size"])
    op.create_index(op.f("ix_assets_digest"), "assets", ["digest"])


def downgrade() -> None:
    for table in ("assets", "experiment_numbers", "experiments"):
        op.drop_table(table)
