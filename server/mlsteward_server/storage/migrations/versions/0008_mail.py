"""Messages are sent by the server: attempts, when to try again, and leases of processes."""

import sqlalchemy as sa
from alembic import op
from mlsteward_server.storage.tables.types import Timestamp

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("outbox", sa.Column("due_at", Timestamp()))
    op.add_column("outbox", sa.Column("dead_at", Timestamp()))
    op.add_column("outbox", sa.Column("retried_at", Timestamp()))
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("held_until", Timestamp(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )


def downgrade() -> None:
    op.drop_table("leases")
    for column in ("retried_at", "dead_at", "due_at", "attempts"):
        op.drop_column("outbox", column)
