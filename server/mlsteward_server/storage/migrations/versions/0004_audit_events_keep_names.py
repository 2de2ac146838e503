"""Audit events keep the name of what they are about and the id of who did it; open projects are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NAMES = {
    "api_key": ("api_keys", "name"),
    "dataset": ("datasets", "name"),
    "group": ("groups", "name"),
    "invitation": ("invitations", "invitee_key"),
    "project": ("projects", "name"),
    "service_account": ("accounts", "username"),
    "user": ("accounts", "username"),
    "workspace": ("workspaces", "name"),
}
"""Where the name of an object is, as long as there is one."""


def upgrade() -> None:
    op.add_column("audit_events", sa.Column("actor_id", sa.String(length=32)))
    op.add_column("audit_events", sa.Column("object_name", sa.String(length=320), nullable=False, server_default=""))
    for kind, (table, column) in NAMES.items():
        op.execute(
            f"UPDATE audit_events SET object_name = "
            f"coalesce((SELECT t.{column} FROM {table} t WHERE t.id = audit_events.object_id), '') "
            f"WHERE object_type = '{kind}'"
        )
    op.execute(
        "UPDATE audit_events SET actor_id = (SELECT a.id FROM accounts a "
        "WHERE a.email = audit_events.actor OR (a.email IS NULL AND a.username = audit_events.actor))"
    )
    with op.batch_alter_table("audit_events") as batch:
        batch.alter_column("object_name", server_default=None)
    for column in ("actor_id", "object_id", "object_name"):
        op.create_index(
            op.f(f"ix_audit_events_workspace_id_{column}_id"), "audit_events", ["workspace_id", column, "id"]
        )
    op.create_index(
        "ix_projects_open",
        "projects",
        ["workspace_id", "id"],
        sqlite_where=sa.text("visibility <> 'private'"),
        postgresql_where=sa.text("visibility <> 'private'"),
    )


def downgrade() -> None:
    op.drop_index("ix_projects_open", "projects")
    for column in ("actor_id", "object_id", "object_name"):
        op.drop_index(op.f(f"ix_audit_events_workspace_id_{column}_id"), "audit_events")
    with op.batch_alter_table("audit_events") as batch:
        batch.drop_column("object_name")
        batch.drop_column("actor_id")
