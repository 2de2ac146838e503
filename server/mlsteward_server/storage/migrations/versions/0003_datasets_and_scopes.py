"""Datasets and what is granted on them, settings of workspaces, and what API keys are good for."""

import sqlalchemy as sa
from alembic import op
from mlsteward_server.storage.tables.types import Permission, Timestamp, key_text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SETTINGS = (
    ("default_user_role", sa.String(length=16), "member"),
    ("default_dataset_permission", Permission(), sa.text("0")),
    ("default_operator_minimum_role", sa.String(length=16), "member"),
    ("default_operator_minimum_dataset_permission", Permission(), sa.text("3")),
)


def upgrade() -> None:
    for name, kind, default in SETTINGS:
        op.add_column("workspaces", sa.Column(name, kind, nullable=False, server_default=default))
    op.create_index(op.f("ix_memberships_workspace_id_username_key"), "memberships", ["workspace_id", "username_key"])
    # The keys there are may be used for everything, as before.
    with op.batch_alter_table("api_keys") as batch:
        batch.add_column(sa.Column("scope", sa.String(length=8), nullable=False, server_default="admin"))
        batch.add_column(sa.Column("lifetime_seconds", sa.BigInteger()))
        batch.add_column(sa.Column("expires_at", Timestamp()))
        batch.add_column(sa.Column("last_used_at", Timestamp()))
        batch.create_check_constraint(op.f("ck_api_keys_scope"), "scope IN ('read', 'write', 'admin')")
        batch.alter_column("scope", server_default=None)
    op.create_table(
        "datasets",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("name_key", key_text(128), nullable=False),
        sa.Column("default_permission", Permission(), nullable=False),
        sa.Column("creator_id", sa.String(length=32)),
        sa.Column("created_at", Timestamp(), nullable=False),
        sa.CheckConstraint("default_permission BETWEEN 0 AND 4", name=op.f("ck_datasets_default_permission")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_datasets_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["accounts.id"], name=op.f("fk_datasets_creator_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_datasets")),
        sa.UniqueConstraint("workspace_id", "name_key", name=op.f("uq_datasets_workspace_id_name_key")),
    )
    op.create_index(op.f("ix_datasets_workspace_id_id"), "datasets", ["workspace_id", "id"])
    op.create_index(op.f("ix_datasets_creator_id"), "datasets", ["creator_id"])
    op.create_index(
        "ix_datasets_open",
        "datasets",
        ["workspace_id", "id"],
        sqlite_where=sa.text("default_permission > 0"),
        postgresql_where=sa.text("default_permission > 0"),
    )
    _grants("dataset_user_grants", "account_id", "accounts")
    op.create_index(
        op.f("ix_dataset_user_grants_account_id_workspace_id_dataset_id"),
        "dataset_user_grants",
        ["account_id", "workspace_id", "dataset_id"],
    )
    _grants("dataset_group_grants", "group_id", "groups")
    op.create_index(
        op.f("ix_dataset_group_grants_group_id_dataset_id"), "dataset_group_grants", ["group_id", "dataset_id"]
    )
    op.create_table(
        "invitation_dataset_grants",
        sa.Column("invitation_id", sa.String(length=32), nullable=False),
        sa.Column("dataset_id", sa.String(length=32), nullable=False),
        sa.Column("permission", Permission(), nullable=False),
        sa.CheckConstraint("permission BETWEEN 0 AND 4", name=op.f("ck_invitation_dataset_grants_permission")),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_invitation_dataset_grants_invitation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_invitation_dataset_grants_dataset_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("invitation_id", "dataset_id", name=op.f("pk_invitation_dataset_grants")),
    )
    op.create_index(op.f("ix_invitation_dataset_grants_dataset_id"), "invitation_dataset_grants", ["dataset_id"])


def _grants(table: str, column: str, holders: str) -> None:
    op.create_table(
        table,
        sa.Column("dataset_id", sa.String(length=32), nullable=False),
        sa.Column(column, sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("permission", Permission(), nullable=False),
        sa.CheckConstraint("permission BETWEEN 0 AND 4", name=op.f(f"ck_{table}_permission")),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f(f"fk_{table}_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint([column], [f"{holders}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{table}_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dataset_id", column, name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_workspace_id"), table, ["workspace_id"])


def downgrade() -> None:
    for table in ("invitation_dataset_grants", "dataset_group_grants", "dataset_user_grants", "datasets"):
        op.drop_table(table)
    op.drop_index(op.f("ix_memberships_workspace_id_username_key"), "memberships")
    with op.batch_alter_table("api_keys") as batch:
        batch.drop_constraint(op.f("ck_api_keys_scope"), type_="check")
        for column in ("scope", "lifetime_seconds", "expires_at", "last_used_at"):
            batch.drop_column(column)
    with op.batch_alter_table("workspaces") as batch:
        for name, _, _ in SETTINGS:
            batch.drop_column(name)
