"""The first form of the database."""

from alembic import op

from dateline.ledger.schema import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, and the indices for full-text search."""
    metadata.create_all(op.get_bind())
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgres()


def _sqlite() -> None:
    """FTS5 over the texts where they are; triggers keep it in step in the same transaction."""
    for index, table, columns in (
        ("articles_fts", "versions", "title, text"),
        ("sentences_fts", "mentions", "sentence"),
    ):
        op.execute(
            f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='{table}', "
            "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
        )
        values = ", ".join(f"new.{column}" for column in columns.split(", "))
        op.execute(
            f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN "
            f"INSERT INTO {index}(rowid, {columns}) VALUES (new.id, {values}); END"
        )


def _postgres() -> None:
    """A tsvector beside each text; a text's first 200,000 characters, for the type has a limit."""
    for table, words in (
        ("versions", "coalesce(title, '') || ' ' || left(text, 200000)"),
        ("mentions", "left(sentence, 200000)"),
    ):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN words tsvector "
            f"GENERATED ALWAYS AS (to_tsvector('english', {words})) STORED"
        )
        op.execute(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)")
