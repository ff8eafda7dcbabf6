"""Alembic's entry: runs the migrations on the connection it is handed, inside that connection's transaction."""

from alembic import context
from sqlalchemy import MetaData

from retain_cli.model.tables import metadata

connection = context.config.attributes["connection"]
target: MetaData = metadata()
context.configure(
    connection=connection,
    target_metadata=target,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
