"""The first form of the database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables, and the indices for full-text search."""
    _articles()
    _event_pairs()
    _event_parties()
    _events()
    _feeds()
    _changes()
    _versions()
    _runs()
    _event_versions()
    _mentions()
    _statements()
    _attributions()
    _parties()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgres()


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("latest", NUMBER, nullable=False),
        sa.Column("coded", NUMBER),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Text()),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delay", sa.Float()),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("latest", name="uq_articles_latest"),
    )
    op.create_index("ix_articles_feed", "articles", ["feed", "first_seen", "delay"])


def _event_pairs() -> None:
    op.create_table(
        "event_pairs",
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("a", "b", "position", name="pk_event_pairs"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_pairs_main", "event_pairs", ["main", "a", "b"])
    op.create_index("ix_event_pairs_position", "event_pairs", ["position"])


def _event_parties() -> None:
    op.create_table(
        "event_parties",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "side", "position", name="pk_event_parties"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_parties_position", "event_parties", ["position"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("position", NUMBER),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("quad", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("sentences", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("position", name="uq_events_position"),
    )
    op.create_index("ix_events_country", "events", ["country", "position"])
    op.create_index("ix_events_date", "events", ["date"])
    op.create_index("ix_events_mode", "events", ["mode", "position"])
    op.create_index("ix_events_status", "events", ["status", "position"])
    op.create_index("ix_events_type", "events", ["type", "position"])


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_feeds"),
    )


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_changes_event"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text()),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_versions_article"),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("article", "number", name="uq_versions_article"),
    )
    op.create_index("ix_versions_state", "versions", ["state", "id"])


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("coder", sa.Text()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("superseded_by", NUMBER),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name="fk_runs_superseded_by"),
        sa.ForeignKeyConstraint(["version"], ["versions.id"], name="fk_runs_version"),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.UniqueConstraint("version", "coder", name="uq_runs_version"),
    )


def _event_versions() -> None:
    op.create_table(
        "event_versions",
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run", NUMBER, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_versions_event"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_event_versions_run"),
        sa.PrimaryKeyConstraint("event", "version", name="pk_event_versions"),
        sqlite_with_rowid=False,
    )


def _mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("mention", sa.Text(), nullable=False),
        sa.Column("run", NUMBER, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("quad", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("time_start", sa.Text()),
        sa.Column("time_end", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("superseded_by", NUMBER),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_mentions_article"),
        sa.ForeignKeyConstraint(
            ["event"],
            ["events.id"],
            name="fk_mentions_event",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_mentions_run"),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"], name="fk_mentions_superseded_by"),
        sa.ForeignKeyConstraint(["version"], ["versions.id"], name="fk_mentions_version"),
        sa.PrimaryKeyConstraint("id", name="pk_mentions"),
    )
    op.create_index("ix_mentions_article", "mentions", ["article", "superseded_by"])
    op.create_index("ix_mentions_event", "mentions", ["event", "superseded_by", "origin"])
    op.create_index("ix_mentions_mention", "mentions", ["mention"])
    op.create_index("ix_mentions_run", "mentions", ["run"])


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("run", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_statements_run"),
        sa.PrimaryKeyConstraint("run", "number", name="pk_statements"),
        sqlite_with_rowid=False,
    )


def _attributions() -> None:
    op.create_table(
        "attributions",
        sa.Column("mention", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("code", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("sector", sa.Text()),
        sa.Column("cue", sa.Text()),
        sa.ForeignKeyConstraint(["mention"], ["mentions.id"], name="fk_attributions_mention"),
        sa.PrimaryKeyConstraint("mention", "number", name="pk_attributions"),
        sqlite_with_rowid=False,
    )


def _parties() -> None:
    op.create_table(
        "parties",
        sa.Column("mention", NUMBER, autoincrement=False, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("code", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("sector", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.ForeignKeyConstraint(["mention"], ["mentions.id"], name="fk_parties_mention"),
        sa.PrimaryKeyConstraint("mention", "side", "number", name="pk_parties"),
        sqlite_with_rowid=False,
    )


def _sqlite() -> None:
    """FTS5 over the texts where they are; triggers keep it in step in the same transaction."""
    tokenize = "tokenize='porter unicode61 remove_diacritics 2'"
    op.execute(
        "CREATE VIRTUAL TABLE articles_fts USING fts5("
        f"title, text, content='versions', content_rowid='id', {tokenize})"
    )
    op.execute(
        "CREATE TRIGGER articles_fts_insert AFTER INSERT ON versions BEGIN "
        "INSERT INTO articles_fts(rowid, title, text) VALUES (new.id, new.title, new.text); END"
    )
    op.execute(
        "CREATE VIRTUAL TABLE events_fts USING fts5("
        f"sentences, content='events', content_rowid='position', {tokenize})"
    )
    add = "INSERT INTO events_fts(rowid, sentences) VALUES (new.position, new.sentences)"
    drop = (
        "INSERT INTO events_fts(events_fts, rowid, sentences) "
        "VALUES ('delete', old.position, old.sentences)"
    )
    changed = "old.position IS NOT new.position OR old.sentences IS NOT new.sentences"
    for name, condition, action in (
        ("insert AFTER INSERT", "new.position IS NOT NULL", add),
        # Triggers of one kind run in no certain order: BEFORE drops, AFTER adds.
        ("drop BEFORE UPDATE", f"old.position IS NOT NULL AND ({changed})", drop),
        ("add AFTER UPDATE", f"new.position IS NOT NULL AND ({changed})", add),
    ):
        op.execute(
            f"CREATE TRIGGER events_fts_{name} ON events WHEN {condition} BEGIN {action}; END"
        )


def _postgres() -> None:
    """A tsvector beside each text; a text's first 200,000 characters, for the type has a limit."""
    for table, words in (
        ("versions", "coalesce(title, '') || ' ' || left(text, 200000)"),
        ("events", "left(sentences, 200000)"),
    ):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN words tsvector "
            f"GENERATED ALWAYS AS (to_tsvector('english', {words})) STORED"
        )
        op.execute(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)")
