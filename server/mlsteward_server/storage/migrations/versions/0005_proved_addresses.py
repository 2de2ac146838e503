"""Addresses are proved or not, keys know who made them, messages can be sent; who was in the log has a name."""

import sqlalchemy as sa
from alembic import op
from mlsteward_server.storage.tables.types import Timestamp, key_text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("noted_email_key", key_text(254)))
    op.add_column("accounts", sa.Column("default_workspace_id", sa.String(length=32)))
    op.create_index(op.f("ix_accounts_noted_email_key"), "accounts", ["noted_email_key"])
    op.execute("UPDATE accounts SET noted_email_key = email_key")
    # Whoever sent an invitation saw its address too, so having accepted one proves nothing. The operator's word does.
    op.execute(
        "UPDATE accounts SET email_key = NULL WHERE EXISTS ("
        "SELECT 1 FROM invitations i WHERE i.account_id = accounts.id AND i.status = 'accepted' "
        "AND i.invitee_key = accounts.email_key AND i.created_at <= accounts.created_at)"
    )
    op.execute(
        "UPDATE accounts SET default_workspace_id = (SELECT m.workspace_id FROM memberships m "
        "WHERE m.account_id = accounts.id ORDER BY m.joined_at, m.workspace_id LIMIT 1)"
    )
    # An invitation to an address is for whoever can read its mail, and for no account before.
    op.execute("UPDATE invitations SET account_id = NULL WHERE email IS NOT NULL AND status = 'pending'")

    with op.batch_alter_table("api_keys") as batch:
        batch.add_column(sa.Column("created_by", sa.String(length=32)))
        batch.add_column(sa.Column("rotated_at", Timestamp()))
        batch.create_foreign_key(
            op.f("fk_api_keys_created_by"), "accounts", ["created_by"], ["id"], ondelete="SET NULL"
        )
    op.create_index(op.f("ix_api_keys_created_by"), "api_keys", ["created_by"])
    # The log knows who made a key for somebody else; whoever is gone from it is a stranger to the key.
    op.execute(
        "UPDATE api_keys SET created_by = (SELECT a.id FROM audit_events e JOIN accounts a ON a.id = e.actor_id "
        "WHERE e.object_type = 'api_key' AND e.object_id = api_keys.id AND e.action IN ('create', 'update') LIMIT 1)"
    )
    op.execute(
        "UPDATE api_keys SET created_by = account_id WHERE created_by IS NULL AND NOT EXISTS ("
        "SELECT 1 FROM audit_events e WHERE e.object_type = 'api_key' AND e.object_id = api_keys.id "
        "AND e.action IN ('create', 'update'))"
    )

    op.add_column("audit_events", sa.Column("actor_username", sa.String(length=320), nullable=False, server_default=""))
    op.execute(
        "UPDATE audit_events SET actor_username = coalesce("
        "(SELECT a.username FROM accounts a WHERE a.id = audit_events.actor_id), actor_id, '')"
    )
    with op.batch_alter_table("audit_events") as batch:
        batch.alter_column("actor_username", server_default=None)

    op.add_column("outbox", sa.Column("failed_at", Timestamp()))
    op.add_column("outbox", sa.Column("failure", sa.String(length=500)))
    op.create_table(
        "platform_facts",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_platform_facts")),
    )


def downgrade() -> None:
    op.drop_table("platform_facts")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("failure")
        batch.drop_column("failed_at")
    with op.batch_alter_table("audit_events") as batch:
        batch.drop_column("actor_username")
    op.drop_index(op.f("ix_api_keys_created_by"), "api_keys")
    with op.batch_alter_table("api_keys") as batch:
        batch.drop_constraint(op.f("fk_api_keys_created_by"), type_="foreignkey")
        batch.drop_column("rotated_at")
        batch.drop_column("created_by")
    op.drop_index(op.f("ix_accounts_noted_email_key"), "accounts")
    # Before, whoever had an address was found by it.
    op.execute("UPDATE accounts SET email = NULL WHERE email_key IS NULL")
    op.drop_column("accounts", "default_workspace_id")
    op.drop_column("accounts", "noted_email_key")
