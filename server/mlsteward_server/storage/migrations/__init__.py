"""The Alembic migrations of the tables. `upgrade.to_head` applies the missing ones."""
