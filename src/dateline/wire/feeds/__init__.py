"""Feeds: RSS, Atom and RDF followed politely and safely, their entries' pages made articles.

feeds = load_feeds("FEEDS.toml")
Watcher(feeds.feeds, store, on_article).run(stop)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.wire.feeds.client import Client
    from dateline.wire.feeds.entries import Entry
    from dateline.wire.feeds.feedlist import Feed, FeedList, load_feeds
    from dateline.wire.feeds.polling import FeedState, PollResult, poll
    from dateline.wire.feeds.watcher import OnArticle, Store, Watcher

__all__ = [
    "Client",
    "Entry",
    "Feed",
    "FeedList",
    "FeedState",
    "OnArticle",
    "PollResult",
    "Store",
    "Watcher",
    "load_feeds",
    "poll",
]

_HOMES = {
    "client": ("Client",),
    "entries": ("Entry",),
    "feedlist": ("Feed", "FeedList", "load_feeds"),
    "polling": ("FeedState", "PollResult", "poll"),
    "watcher": ("OnArticle", "Store", "Watcher"),
}


def __getattr__(name: str) -> Any:
    # The process that parses one feed (reader.py) needs none of the rest, which is slow to import.
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
