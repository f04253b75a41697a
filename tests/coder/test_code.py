"""The coder as a whole: sentences by kind of construction, and what holds for any text."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dateline
from dateline import ontology
from dateline.coder import Coder, statements
from dateline.records import Article, Mention, Party, Passage, Span

DATA = Path(__file__).parent / "data"
REQUIRED = 151
"""Rows of events.csv that must come out right; the rest is known to be hard."""

EVENTS = list(csv.DictReader((DATA / "events.csv").open(encoding="utf-8", newline="")))
Code = Callable[[str], Article]


def names(parties: tuple[Party, ...], wanted: str) -> bool:
    """Whether each wanted party is there: by code if it is one, else by name."""
    return all(
        any(
            want in {party.code, party.country}
            or (not want.isupper() and want.lower() in f"{party.name} {party.text}".lower())
            for party in parties
        )
        for want in filter(None, wanted.split("+"))
    )


def is_right(row: dict[str, str], mentions: tuple[Mention, ...]) -> bool:
    if row["type"] == "none":
        return not mentions
    return any(
        (mention.type, mention.status) == (row["type"], row["status"])
        and row["mode"] in {"", mention.mode}
        and names(mention.actors, row["actors"])
        and names(mention.recipients, row["recipients"])
        for mention in mentions
    )


def brief(mention: Mention) -> str:
    sides = (
        "+".join(p.code or str(p.name) for p in side)
        for side in (mention.actors, mention.recipients)
    )
    return f"{mention.type}/{mention.mode} {' > '.join(sides)} {mention.status}"


def test_sentences_of_every_construction_are_coded(code: Code) -> None:
    wrong = []
    for row in EVENTS:
        mentions = code(row["sentence"]).mentions
        if not is_right(row, mentions):
            want = " ".join(row[key] for key in ("type", "mode", "actors", "recipients", "status"))
            wrong.append(f"{row['sentence']}\n  want {want}\n  got  {[*map(brief, mentions)]}")
    assert len(EVENTS) - len(wrong) >= REQUIRED, "\n".join(wrong)


def test_what_is_no_event_is_none(code: Code) -> None:
    quiet = {row["sentence"] for row in EVENTS if row["type"] == "none"}
    coded = [text for text in quiet if code(text).mentions]
    assert len(coded) <= 1, coded


def test_the_sentences_cover_types_statuses_and_constructions() -> None:
    types = Counter(row["type"] for row in EVENTS)
    assert set(types) == {*ontology.types(), "none"}
    assert min(types.values()) >= 4, types
    statuses = Counter(row["status"] for row in EVENTS)
    assert {"happened", "alleged", "planned", "hypothetical", "denied"} <= set(statuses)
    assert len(EVENTS) >= 130
    assert len({tuple(row.values()) for row in EVENTS}) == len(EVENTS)
    for row in EVENTS:
        if row["type"] != "none":
            ontology.category(row["type"], row["mode"] or None)


# -- what holds for any text -----------------------------------------------------------------------

WORDS = """
Russia Ukraine Moscow Xi Israel NATO protesters rebels he they it her who which that them attacked
met condemned threatened agreed refused promised invaded was were by with to of on not never will
would could if and or but said sanctions talks troops invasion arrest . , ; : “ ” " ' ( ) — - ? ! …
% 7 2022 Monday
"""
MARKS = [
    "President Joe Biden", "the two leaders", "the former", "the country", "according to",
    "accused Russia of", "between China and Japan", "on Wednesday", "last month", "(UN)", "U.S.",
    "\n", "\n\n", "\r\n", "\r", "\t", "\u2028", "\u2029", "\f", "\x00", "\x1b[31m",
    "\ufeff",
    "\u200f", "\u202e", "🇺🇦", "👩‍👩‍👧", "𝕽𝖚𝖘𝖘𝖎𝖆", "عاجل: روسيا", "РОССИЯ", "習近平",
    "e\u0301", "<b>",
]  # fmt: skip
FRAGMENTS = [*WORDS.split(), *MARKS]

TEXTS = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), st.text(max_size=8)),
    max_size=40,
).map(" ".join)
SLOW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def spans(found: object) -> Iterator[tuple[str, int, int]]:
    """Every text with offsets, at any depth of a dumped record."""
    if isinstance(found, dict):
        if {"text", "start", "end"} <= set(found) and isinstance(found["start"], int):
            yield found["text"], found["start"], found["end"]
        for value in found.values():
            yield from spans(value)
    elif isinstance(found, list | tuple):
        for value in found:
            yield from spans(value)


def assert_sound(article: Article) -> None:
    """What must hold of every coded article."""
    for record in (*article.mentions, *article.statements):
        for text, start, end in spans(record.model_dump()):
            assert 0 <= start < end <= len(article.text)
            assert article.text[start:end] == text
    ids = [mention.id for mention in article.mentions]
    assert len(ids) == len(set(ids))
    for mention in article.mentions:
        assert Mention.model_validate_json(mention.model_dump_json()) == mention
        assert mention.sentence.start <= mention.trigger.start
        assert mention.trigger.end <= mention.sentence.end
        assert mention.actors or mention.recipients
        assert 0 < mention.confidence < 1
        assert set(mention.contexts) <= ontology.contexts()
        category = ontology.category(mention.type, mention.mode)
        assert (mention.quad, mention.score, mention.cameo) == (
            category.quad, category.score, category.cameo,
        )  # fmt: skip
        for party in (*mention.actors, *mention.recipients):
            assert party.sector in {None, *ontology.sectors()}


@SLOW
@given(text=TEXTS)
def test_any_text_is_coded_and_sound(coder: Coder, text: str) -> None:
    article = coder(text, published="2022-12-21")
    assert_sound(article)
    assert article.text == text
    assert statements(Article(id="text", text=text)) == article.statements
    list(coder.explain(article))


@settings(SLOW, max_examples=15)
@given(texts=st.lists(TEXTS, min_size=2, max_size=4))
def test_an_article_is_coded_the_same_in_any_company(coder: Coder, texts: list[str]) -> None:
    articles = [Article(id=f"{i}", text=text) for i, text in enumerate(texts)]
    together = [a.model_dump_json() for a in coder.pipe(articles)]
    backwards = [a.model_dump_json() for a in coder.pipe(articles[::-1])]
    alone = [coder(article).model_dump_json() for article in articles]
    assert together == alone == backwards[::-1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\x00" * 50,
        "." * 3000,
        "🇺🇦" * 500,
        "عاجل: روسيا تهاجم أوكرانيا " * 100,
        "Russia attacked Ukraine and " * 1200 + ".",
        "“" * 400 + "Russia attacked Ukraine" + "”" * 400,
        "(" * 500 + "Russia attacked Ukraine.",
        "A" * 6_000,
        "Russia\nattacked\nUkraine\n" * 60,
    ],
    ids=["empty", "blank", "nul", "dots", "flags", "rtl", "long sentence", "quotes", "brackets",
         "long word", "short lines"],
)  # fmt: skip
def test_hostile_texts_are_coded(coder: Coder, text: str) -> None:
    assert_sound(coder(text))


@pytest.mark.timeout(20, method="signal")
def test_a_preposition_at_the_root_ends_the_climb(coder: Coder) -> None:
    assert_sound(coder("across China. \u2028 on Xi withdraw on !"))


def test_a_sentence_of_five_thousand_words(coder: Coder) -> None:
    words = "Moscow accused the rebels who had attacked the convoy of Turkey and that "
    text = words * 400 + "they left."
    assert len(text.split()) > 5000
    article = coder(text)
    assert article.mentions
    assert_sound(article)


# -- the record ------------------------------------------------------------------------------------

STORY = (
    "President Emmanuel Macron met with Chancellor Olaf Scholz in Paris on Tuesday, Le Monde said. "
    "“We condemn Russia,” Mr. Macron said."
)


def test_keys_are_those_of_the_design(coder: Coder) -> None:
    article = coder(STORY, published="2022-12-21")
    record = json.loads(article.mentions[0].model_dump_json())
    assert list(record) == [
        "id",
        "document",
        "sentence",
        "trigger",
        "type",
        "mode",
        "contexts",
        "quad",
        "score",
        "cameo",
        "actors",
        "recipients",
        "status",
        "time",
        "place",
        "attribution",
        "confidence",
        "coder",
    ]
    assert list(record["document"]) == ["id", "url", "title", "published", "publisher", "origin"]
    assert list(record["sentence"]) == ["index", "start", "end", "text"]
    assert list(record["trigger"]) == ["text", "start", "end"]
    party = ["text", "start", "end", "name", "code", "country", "sector", "role"]
    assert all(list(p) == party for p in record["actors"] + record["recipients"])
    assert list(record["time"]) == ["text", "start", "end", "precision"]
    assert list(record["place"]) == ["text", "name", "country", "lat", "lon", "geonameid"]
    link = record["attribution"][0]
    assert list(link) == ["source", "cue", "kind"]
    assert list(link["source"]) == ["text", "start", "end", "code", "country", "sector"]
    assert list(link["cue"]) == ["text", "start", "end"]
    assert record["coder"] == f"dateline {dateline.__version__}"


def test_a_story_is_coded_with_time_place_and_source(coder: Coder) -> None:
    article = coder(STORY, published="2022-12-21")
    meeting = next(m for m in article.mentions if m.type == "CONSULT")
    assert meeting.time is not None
    assert (meeting.time.start, meeting.time.precision) == ("2022-12-20", "day")
    assert meeting.place is not None
    assert meeting.place.country == "FRA"
    assert [link.source.text for link in meeting.attribution if link.source] == ["Le Monde"]
    words = next(m for m in article.mentions if m.type == "ACCUSE")
    assert [p.name for p in words.actors] == ["Emmanuel Macron"]
    assert [p.code for p in words.recipients] == ["RUS"]
    assert words.attribution == ()  # who speaks is the actor, and is not repeated


def test_ids_tell_mentions_apart_and_stay(coder: Coder) -> None:
    text = "Russia attacked Ukraine. Iran attacked Israel. Russia attacked Ukraine."
    first = [m.id for m in coder(Article(id="a", text=text)).mentions]
    again = [m.id for m in coder(Article(id="a", text=text)).mentions]
    other = [m.id for m in coder(Article(id="b", text=text)).mentions]
    assert first == again
    assert len({*first, *other}) == len(first) + len(other) == 6


def test_only_passages_are_coded_with_true_offsets(coder: Coder) -> None:
    chrome, news = "Iran attacked Israel: 710 Views\n", "Russia attacked Ukraine on Monday."
    text = chrome + "🇺🇦 " + news + "\nChina invaded Japan. No more posts."
    start = text.index(news)
    passage = Passage(start=start, end=start + len(news))
    article = coder(Article(id="a", text=text, passages=(passage,)))
    (mention,) = article.mentions
    assert mention.sentence.start == start
    assert [p.code for p in (*mention.actors, *mention.recipients)] == ["RUS", "UKR"]
    assert_sound(article)


def test_an_entry_has_its_own_date(coder: Coder) -> None:
    one, two = "Russia attacked Ukraine today.", "Iran attacked Israel today."
    passages = (
        Passage(start=0, end=len(one), kind="entry", published="2022-02-24T06:00:00+01:00"),
        Passage(start=len(one) + 1, end=len(one) + 1 + len(two), kind="entry"),
    )
    article = Article(id="a", text=f"{one}\n{two}", published="2022-03-01", passages=passages)
    dates = [m.time.start for m in coder(article).mentions if m.time]
    assert dates == ["2022-02-24", "2022-03-01"]


def test_a_pronoun_is_resolved_and_its_text_kept(code: Code) -> None:
    mentions = code("President Vladimir Putin arrived late. He condemned Poland.").mentions
    party = next(m for m in mentions if m.type == "ACCUSE").actors[0]
    assert (party.text, party.name, party.code) == ("He", "Vladimir Putin", "RUS")


def test_published_may_be_a_date_a_text_or_missing(coder: Coder) -> None:
    text = "Russia attacked Ukraine on Monday."
    by_text = coder(text, published="2022-12-21").mentions[0]
    by_date = coder(text, published=dt.date(2022, 12, 21)).mentions[0]
    assert by_text == by_date
    assert by_text.time is not None
    assert by_text.time.start == "2022-12-19"
    undated = coder(text).mentions[0]
    assert undated.document.published is None
    assert undated.time is None or undated.time.start is None
    with pytest.raises(dateline.DatelineError, match="write YYYY-MM-DD"):
        coder(text, published="yesterday")


def test_what_an_article_states_beats_what_is_given(coder: Coder) -> None:
    article = Article(id="a", text="Russia attacked Ukraine.", published="2022-02-24T05:00:00Z")
    coded = coder(article, published="2020-01-01")
    assert coded.mentions[0].document.published == "2022-02-24"


def test_a_register_of_ones_own(tmp_path: Path) -> None:
    from dateline.actors import register

    assert register() is register()
    with pytest.raises(dateline.DatelineError):
        dateline.load([tmp_path / "missing.csv"])


def test_statements_without_coding(coder: Coder) -> None:
    article = Article(id="a", text="The minister said the road was closed.")
    (found,) = statements(article)
    assert found.document.id == "a"
    assert isinstance(found.source, Span)
    assert found.source.text == "The minister"
    assert [span.text for span in found.content] == ["the road was closed"]


def test_sentences_are_numbered_over_the_coded_passages(coder: Coder) -> None:
    article = Article(
        id="a", text="It rained.\n\nThe sun came. It went.\n\nRussia attacked Ukraine."
    )
    explained = list(coder.explain(article))
    assert [e.index for e in explained] == list(range(4))
    by_sentence = defaultdict(list)
    for mention in coder(article).mentions:
        by_sentence[mention.sentence.index].append(mention)
    assert dict(by_sentence) == {3: list(explained[3].mentions)}
