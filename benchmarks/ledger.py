"""How fast the ledger reads and writes: `python benchmarks/ledger.py [EVENTS] [DATABASE]`.

Fills a new database with generated articles until it holds the number of events (10,000), then
times each way to read it. Prints milliseconds: median and 95th percentile.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from dateline import ontology
from dateline.ledger import Filter, Ledger, open_ledger
from dateline.records import Article, Document, Mention, Party, Place, Sentence, Span, Status, Time

CODES = (
    *("RUS", "CHN", "USA", "UKR", "IRN", "ISR", "TWN", "JPN", "KOR", "PRK", "IND", "PAK", "DEU"),
    *("FRA", "GBR", "POL", "TUR", "SAU", "SYR", "EGY", "BLR", "KAZ", "ARM", "AZE", "GEO", "SRB"),
    *("HUN", "ITA", "ESP", "BRA", "MEX", "ZAF", "NGA", "ETH", "SDN", "VNM", "UNO", "EUR", "NATO"),
)
STATUSES: tuple[Status, ...] = ("happened", "happened", "happened", "planned", "alleged", "denied")
WORDS = ("river", "harbour", "border", "minister", "council", "bridge", "grain", "gas", "vote")
OUTLETS = [f"outlet{number}.example" for number in range(12)]
START = dt.datetime(2021, 1, 1, 8, tzinfo=dt.UTC)


def articles(seed: int = 1) -> Iterator[tuple[Article, Article]]:
    """Endless invented articles, as they come in and as they are coded, over three years."""
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        published = START + dt.timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
        yield _article(chance, number, published, chance.randint(1, 8))


def _article(
    chance: random.Random, number: int, published: dt.datetime, size: int
) -> tuple[Article, Article]:
    outlet = chance.choice(OUTLETS)
    parts = [_sentence(chance) for _ in range(size)]
    text = " ".join(sentence for sentence, _, _ in parts)
    article = Article(
        id=f"generated-{number}",
        text=text,
        title=f"{chance.choice(WORDS).title()} and {chance.choice(WORDS)} {number}",
        url=f"https://{outlet}/{published:%Y/%m}/{number}",
        published=published.isoformat(),
        publisher=outlet,
        origin=chance.choice(OUTLETS),
    )
    start, mentions = 0, []
    for index, (sentence, actor, recipient) in enumerate(parts):
        mentions.append(
            _mention(chance, article.document, index, start, sentence, actor, recipient)
        )
        start += len(sentence) + 1
    return article, article.model_copy(update={"mentions": tuple(mentions)})


def _code(chance: random.Random) -> str:
    return CODES[min(int(chance.paretovariate(0.6)) - 1, len(CODES) - 1)]


def _sentence(chance: random.Random) -> tuple[str, str, str]:
    actor = _code(chance)
    recipient = chance.choice([code for code in CODES if code != actor][:20])
    first, second, third = chance.sample(WORDS, 3)
    return (
        f"{actor} did to {recipient} by the {first} what the {second} of {third} asked.",
        actor,
        recipient,
    )


def _mention(
    chance: random.Random,
    document: Document,
    index: int,
    start: int,
    sentence: str,
    actor: str,
    recipient: str,
) -> Mention:
    type = chance.choice(ontology.types())
    mode = chance.choice((None, *ontology.modes(type)))
    category = ontology.category(type, mode)
    after = len(actor) + len(" did to ")
    day = document.published
    return Mention(
        id=f"{document.id}:{index}",
        document=document,
        sentence=Sentence(index=index, start=start, end=start + len(sentence), text=sentence),
        trigger=Span(text="did", start=start + len(actor) + 1, end=start + len(actor) + 4),
        type=type,
        mode=mode,
        contexts=(),
        quad=category.quad,
        score=category.score,
        cameo=category.cameo,
        actors=(_party(actor, start),),
        recipients=(_party(recipient, start + after),),
        status=chance.choice(STATUSES),
        time=Time(text="", start=day, end=day, precision="day") if chance.random() < 0.5 else None,
        place=Place(text="Kyiv", name="Kyiv", country="UKR") if chance.random() < 0.3 else None,
        attribution=(),
        confidence=round(chance.random(), 2),
        coder="generated",
    )


def _party(code: str, start: int) -> Party:
    return Party(
        text=code,
        start=start,
        end=start + len(code),
        name=f"{code} leader",
        code=code,
        country=code,
    )


def fill(ledger: Ledger, events: int, seed: int = 1) -> None:
    """Store generated articles until there are so many events."""
    made = 0
    for article, coded in articles(seed):
        seen = dt.datetime.now(dt.UTC)
        stored = ledger.store_article(article, feed="generated", seen=seen)
        run = ledger.store_run(stored.version_id, coded, coder="generated", at=seen)
        made += len(run.new)
        if made >= events:
            return


def timed(name: str, call: Callable[[int], object], times: int = 100) -> None:
    """Print how long a call takes, in milliseconds."""
    taken = []
    for number in range(times):
        start = time.perf_counter()
        call(number)
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    p95 = taken[int(len(taken) * 0.95) - 1]
    print(f"{name:44} {statistics.median(taken):8.2f} {p95:8.2f}")


def _reads(ledger: Ledger) -> dict[str, Callable[[int], object]]:
    ids = [event.id for event in ledger.events(limit=200).items]
    deep = None
    for _ in range(5):
        deep = ledger.events(limit=1000, before=deep).next
    article_ids = [article.id for article in ledger.articles(limit=200).items]
    return {
        "events()": lambda _: ledger.events(),
        "events(), deep": lambda _: ledger.events(before=deep),
        "events(actor), frequent": lambda _: ledger.events(Filter(actor="RUS")),
        "events(party), rare": lambda _: ledger.events(Filter(party="NATO")),
        "events(dyad)": lambda _: ledger.events(Filter(dyad=("RUS", "UKR"))),
        "events(type, status)": lambda _: ledger.events(Filter(type="AID", status="denied")),
        "events(actor, type, since)": lambda _: ledger.events(
            Filter(actor="RUS", type="AID", since="2022-01-01")
        ),
        "events(one day)": lambda _: ledger.events(Filter(since="2022-03-01", until="2022-03-01")),
        "events(country)": lambda _: ledger.events(Filter(country="UKR")),
        "events(origin)": lambda _: ledger.events(Filter(origin=OUTLETS[3])),
        "events(text), frequent": lambda _: ledger.events(Filter(text="border")),
        "events(actor, text)": lambda _: ledger.events(Filter(actor="CHN", text="grain river")),
        "events(nothing found)": lambda _: ledger.events(Filter(actor="RUS", recipient="nobody")),
        "event()": lambda n: ledger.event(ids[n % len(ids)]),
        "article()": lambda n: ledger.article(article_ids[n % len(article_ids)]),
        "articles()": lambda _: ledger.articles(),
        "dyad()": lambda _: ledger.dyad("RUS", "UKR", by="week"),
        "dyads()": lambda _: ledger.dyads(),
        "search(), frequent": lambda _: ledger.search("border minister", limit=20),
        "search(), phrase": lambda _: ledger.search('"grain of winter"', limit=20),
        "counts()": lambda _: ledger.counts(),
        "changes()": lambda n: ledger.changes(n * 50),
        "last_change()": lambda _: ledger.last_change(),
    }


def main() -> None:
    """Fill a database and time it."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = sys.argv[2] if len(sys.argv) > 2 else Path(folder) / "events.db"
        with open_ledger(path) as ledger:
            start = time.perf_counter()
            fill(ledger, events)
            held = ledger.counts()
            print(
                f"{held.events} events, {held.mentions} mentions, {held.articles} articles "
                f"stored in {time.perf_counter() - start:.0f} s"
            )
            print(f"{'ms':44} {'median':>8} {'95th':>8}")
            for name, call in _reads(ledger).items():
                timed(name, call)
            chance = random.Random(2)
            timed("store an article and its 20 mentions", lambda n: _store(ledger, chance, n))


def _store(ledger: Ledger, chance: random.Random, number: int) -> None:
    now = dt.datetime.now(dt.UTC)
    article, coded = _article(chance, 10**9 + number, now, 20)
    stored = ledger.store_article(article, seen=now)
    ledger.store_run(stored.version_id, coded, coder="generated", at=now)


if __name__ == "__main__":
    main()
