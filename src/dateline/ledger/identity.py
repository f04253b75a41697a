"""When two articles are one article, two parties one party, and two mentions one event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from urllib.parse import urlsplit

from courlan import normalize_url

from dateline.records import Article, Mention, Party

_MAX_TERM = 300
_SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})


def article_key(article: Article) -> str:
    """An article's identity: its URL without scheme, fragment and tracking parameters, or its id.

    Tracking parameters are those that courlan knows.
    """
    if article.url:
        parts = urlsplit(article.url)
        if parts.netloc:
            url: str = normalize_url(parts._replace(fragment="").geturl())
            return url.split("//", 1)[-1].split("#", 1)[0]
        return article.url
    return f"id:{article.id}"


def article_id(key: str) -> str:
    """The id of an article in the ledger, from its key."""
    return _hash("article", key)


def digest(article: Article) -> str:
    """What must change in an article for it to be a new version: text, title or publication."""
    parts = (article.text, article.title or "", article.published or "")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def origin(mention: Mention, article: str) -> str:
    """Whose report a mention is: its origin, else its publisher, else its own article."""
    return (mention.document.origin or mention.document.publisher or article)[:_MAX_TERM]


def party_key(party: Party) -> str:
    """Who a party is: its code, else its name with country and sector, else its name or words."""
    if party.code:
        return party.code
    parts = [part for part in (party.country, party.sector) if part]
    return "/".join([*parts, " ".join((party.name or party.text).split()).casefold()])


def event_date(mention: Mention) -> tuple[str | None, bool]:
    """The day of a mention's event, and whether the mention itself tells it."""
    if mention.time and mention.time.precision == "day" and mention.time.start:
        return mention.time.start, True
    published = mention.document.published
    return (published[:10] if published else None), False


def event_id(mention: Mention, article: str) -> str:
    """The event that a mention reports: its type, parties and date.

    Where types act both ways (CONSULT, COOPERATE, AGREE) the sides do not matter. A mention
    without a date, or without parties, shares its event with those of its own article only.
    """
    date, _ = event_date(mention)
    actors = sorted({party_key(party) for party in mention.actors})
    recipients = sorted({party_key(party) for party in mention.recipients})
    if mention.type in _SYMMETRIC:
        actors, recipients = sorted({*actors, *recipients}), []
    own = article if date is None or not (actors or recipients) else ""
    return _hash("event", mention.type, *actors, "\x1e", *recipients, "\x1e", date or "", own)


def fold(term: str) -> str:
    """A code or name as it is compared, cut to what an index can hold."""
    return " ".join(term.split()).casefold()[:_MAX_TERM]


def pairs(
    actors: Sequence[Sequence[str]], recipients: Sequence[Sequence[str]]
) -> dict[tuple[str, str], bool]:
    """The pairs of terms (a < b) that acted towards one another, or, without recipients, together.

    Each party is given by its terms, the main one first; true for the pairs of main terms.
    """
    sides = product(actors, recipients) if recipients else combinations(actors, 2)
    found: dict[tuple[str, str], bool] = {}
    for left, right in sides:
        for (i, a), (j, b) in product(enumerate(left), enumerate(right)):
            if a != b:
                key = (min(a, b), max(a, b))
                found[key] = found.get(key, False) or i == j == 0
    return found


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def merged(lists: Iterable[Iterable[str]]) -> list[str]:
    """All of several lists, each once, in order."""
    return list(dict.fromkeys(item for items in lists for item in items))
