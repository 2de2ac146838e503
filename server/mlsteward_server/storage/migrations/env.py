"""The entry point of Alembic: migrates on the connection that `upgrade.py` opened, or writes a new revision."""

from alembic import context

from mlsteward_server.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,  # everything runs in the transaction of the caller
)
context.run_migrations()
