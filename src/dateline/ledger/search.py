"""Full-text search: FTS5 on SQLite, tsvector on PostgreSQL, one syntax for both.

Words must all occur; "several words" as they stand; wor* begins a word; -word must not occur.
Everything else in a query is ignored, so that no query is an error.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dateline.ledger import cursor
from dateline.ledger.model import Hit, Page, Piece
from dateline.ledger.schema import Row

_OPEN, _CLOSE = "\x02", "\x03"
_TOKEN = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_WORD = re.compile(r"[^\W_]+")
_MAX_TERMS = 32


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: words in a row."""

    words: tuple[str, ...]
    prefix: bool
    """Whether the last word may go on."""
    excluded: bool


def parse(query: str) -> list[Term]:
    """The terms of a query; empty where nothing is to be found by it."""
    found = []
    for match in _TOKEN.finditer(query):
        text = match["phrase"] if match["phrase"] is not None else match["word"]
        words = tuple(_WORD.findall(text))
        if words:
            prefix = match["word"] is not None and text.endswith("*")
            found.append(Term(words, prefix, match["minus"] is not None))
    found = found[:_MAX_TERMS]
    return found if any(not term.excluded for term in found) else []


def _fts5(terms: list[Term]) -> str:
    wanted = " AND ".join(_fts5_term(term) for term in terms if not term.excluded)
    unwanted = " OR ".join(_fts5_term(term) for term in terms if term.excluded)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _fts5_term(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.prefix else ""}'


def _tsquery(terms: list[Term]) -> str:
    return " & ".join(_tsquery_term(term) for term in terms)


def _tsquery_term(term: Term) -> str:
    lexemes = [f"'{word}'" for word in term.words]
    if term.prefix:
        lexemes[-1] += ":*"
    return f"{'!' if term.excluded else ''}({' <-> '.join(lexemes)})"


def fts5(query: str) -> str | None:
    """A query as FTS5 writes it; None where nothing can be found by it."""
    terms = parse(query)
    return _fts5(terms) if terms else None


def tsquery(query: str) -> str | None:
    """A query as PostgreSQL writes it; None where nothing can be found by it."""
    terms = parse(query)
    return _tsquery(terms) if terms else None


_SQLITE = f"""
    SELECT v.id, v.article, v.title, v.record,
           snippet(articles_fts, 1, '{_OPEN}', '{_CLOSE}', '…', 40) AS snippet
    FROM articles_fts JOIN versions v ON v.id = articles_fts.rowid
    JOIN articles a ON a.latest = v.id
    WHERE articles_fts MATCH :query AND articles_fts.rowid < :before
    ORDER BY articles_fts.rowid DESC LIMIT :limit
"""
_POSTGRES = f"""
    SELECT v.id, v.article, v.title, v.record,
           ts_headline('english', left(v.text, 20000), to_tsquery('english', :query),
             'StartSel="{_OPEN}",StopSel="{_CLOSE}",MaxWords=40,MinWords=20') AS snippet
    FROM versions v JOIN articles a ON a.latest = v.id
    WHERE v.words @@ to_tsquery('english', :query) AND v.id < :before
    ORDER BY v.id DESC LIMIT :limit
"""
_LAST = 2**62


def search(connection: Connection, query: str, limit: int, before: str | None) -> Page[Hit]:
    """Articles whose newest version holds what a query asks for, the newest first."""
    limit = cursor.checked(limit)
    position = cursor.decode("s", before) or _LAST
    sqlite = connection.dialect.name == "sqlite"
    written = fts5(query) if sqlite else tsquery(query)
    if written is None:
        return Page((), None)
    values = {"query": written, "before": position, "limit": limit + 1}
    rows = connection.execute(sa.text(_SQLITE if sqlite else _POSTGRES), values).all()
    return cursor.page("s", [_hit(row) for row in rows], [row.id for row in rows], limit)


def _hit(row: Row) -> Hit:
    record = json.loads(row.record)
    return Hit(
        article_id=row.article,
        version_id=row.id,
        title=record.get("title"),
        url=record.get("url"),
        publisher=record.get("publisher"),
        published=record.get("published"),
        snippet=pieces(row.snippet),
    )


def pieces(marked: str) -> tuple[Piece, ...]:
    """A snippet cut at the marks around what was found."""
    found: list[Piece] = []
    hit = False
    for text in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if text in {_OPEN, _CLOSE}:
            hit = text == _OPEN
        elif text:
            found.append(Piece(text, hit))
    return tuple(found)
