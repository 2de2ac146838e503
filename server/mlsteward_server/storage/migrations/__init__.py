"""How the tables came to be, as Alembic migrations. `upgrade.to_head` applies what is missing."""
