"""How Alembic runs the steps: on the connection that `migrate` hands it, in its transaction."""

from alembic import context

from dateline.ledger.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
