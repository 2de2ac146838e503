"""Alembic's entry: runs on the connection that `upgrade.py` opened, or writes a new revision from it."""

from alembic import context

from mlsteward_server.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,  # the caller's transaction holds it all
)
context.run_migrations()
