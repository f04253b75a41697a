"""The ledger: articles, mentions and events in a database; nothing is lost or overwritten.

with open_ledger("events.db") as ledger:
    stored = ledger.store_article(article, seen=now)
    ledger.store_run(stored.version_id, coder(article), coder="dateline 0.1.0", at=now)
    page = ledger.events(Filter(actor="CHN"), limit=20)
"""

from dateline.ledger.filters import Filter, party_code
from dateline.ledger.ledger import Ledger, open_ledger
from dateline.ledger.model import (
    ArticleDetail,
    ArticleSummary,
    Change,
    Counts,
    DyadPeriod,
    DyadSeries,
    EventDetail,
    EventMention,
    EventVersion,
    Hit,
    Page,
    Pair,
    Piece,
    RunResult,
    Stored,
    Version,
)
from dateline.records import Event, EventParty, FeedHealth

__all__ = [
    "ArticleDetail",
    "ArticleSummary",
    "Change",
    "Counts",
    "DyadPeriod",
    "DyadSeries",
    "Event",
    "EventDetail",
    "EventMention",
    "EventParty",
    "EventVersion",
    "FeedHealth",
    "Filter",
    "Hit",
    "Ledger",
    "Page",
    "Pair",
    "Piece",
    "RunResult",
    "Stored",
    "Version",
    "open_ledger",
    "party_code",
]
