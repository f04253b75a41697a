"""The coder: articles in, coded articles out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.tokens import Span

from dateline import actors, records
from dateline.coder import (
    attribution,
    candidates,
    choosing,
    dating,
    discourse,
    opinions,
    places,
    retold,
    times,
    verdict,
    whereabouts,
)
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.explain import Explanation, explained
from dateline.coder.headlines import lowered
from dateline.coder.lexicon import lexicon
from dateline.coder.mentions import Scene, mention
from dateline.coder.parse import paragraphs
from dateline.coder.sources import Sources
from dateline.coder.telling import Told
from dateline.errors import DatelineError


class Coder:
    """Codes articles. Cheap to make; the models that it uses are loaded once for the process."""

    def __init__(self, register: actors.Register | None = None) -> None:
        self.register = register or actors.register()
        self._lexicon = lexicon()

    def __call__(
        self, article: str | records.Article, *, published: str | dt.date | None = None
    ) -> records.Article:
        """Code one article, given as a record or as its text.

        `published` is the day of publication, for text that does not come with one. Returns the
        article with `mentions` and `statements`. Raises DatelineError for a date that is none.
        """
        return self._code(_article(article, published))

    def pipe(self, articles: Iterable[str | records.Article]) -> Iterator[records.Article]:
        """Code many, in order, one at a time in memory."""
        for article in articles:
            yield self(article)

    def _code(self, article: records.Article) -> records.Article:
        reading = Reading(article, self.register)
        found: list[records.Mention] = []
        for index, sentence, scene, considered in self._sentences(reading):
            kept = (c for c in considered if c.dropped is None)
            found += (reading.mention(c, sentence, index, scene) for c in kept)
        statements = _statements(reading.claims, article)
        return article.model_copy(update={"mentions": tuple(found), "statements": statements})

    def explain(self, article: records.Article) -> Iterator[Explanation]:
        """How each sentence of an article was coded."""
        reading = Reading(article, self.register)
        for index, sentence, scene, considered in self._sentences(reading):
            span = scene.cut(sentence.start_char, sentence.end_char)
            yield Explanation(
                index=index,
                sentence=records.Sentence(index=index, **span.model_dump()),
                candidates=tuple(explained(c, scene.cast, self._lexicon) for c in considered),
                mentions=tuple(
                    reading.mention(c, sentence, index, scene)
                    for c in considered
                    if c.dropped is None
                ),
            )

    def _sentences(self, reading: Reading) -> Iterator[tuple[int, Span, Scene, list[Candidate]]]:
        """Every sentence with its number, and the candidates found in it."""
        cast = reading.cast
        scenes, found = self.candidates(reading)
        decided = []
        judged = discourse.Judged(cast)
        acts = retold.Retold(cast)
        for (scene, sentence), considered in zip(scenes, found, strict=True):
            choosing.choose(considered, sentence, scene)
            judged.address(considered)
            acts.fill(considered, sentence, scene)
            candidates.weigh(considered, cast)
            verdict.consult(considered, sentence, cast)
            for candidate in considered:
                choosing.correct(candidate, sentence, cast)
            verdict.join(considered)
            candidates.decide(considered, cast)
            decided.append(opinions.add(considered, sentence, scene, self._lexicon))
            judged.note(decided[-1])
            acts.note(decided[-1])
        reading.date(scenes, decided)
        for index, ((scene, sentence), considered) in enumerate(zip(scenes, decided, strict=True)):
            yield index, sentence, scene, considered

    def candidates(
        self, reading: Reading
    ) -> tuple[list[tuple[Scene, Span]], list[list[Candidate]]]:
        """Every sentence with its scene, and its candidates before they are weighed."""
        scenes = [
            (scene, sentence)
            for scene in reading.scenes()
            for sentence in scene.paragraph.doc.sents
        ]
        found = [(s, candidates.find(s, self._lexicon, reading.cast)) for _, s in scenes]
        discourse.complete(found, reading.cast)
        return scenes, [considered for _, considered in found]


class Reading:
    """An article, parsed, with its claims and its cast."""

    def __init__(self, article: records.Article, register: actors.Register) -> None:
        self.article = article
        self.paragraphs = paragraphs(article, lambda text: lowered(text, register))
        self.claims: Sequence[attribution.Claim] = attribution.find_claims(self.paragraphs)
        self.sources = Sources(article, self.paragraphs, self.claims)
        context = places.PlaceContext()
        context.gather([p.doc for p in self.paragraphs])
        self._datelines = {
            id(p): places.find_places(p.dateline.doc, context)
            for p in self.paragraphs
            if p.dateline is not None
        }
        self._named = [places.find_places(p.doc, context) for p in self.paragraphs]
        self.cast = Cast(self.paragraphs, register, self.sources.speaker, self._towns())
        self.places = whereabouts.Places(self.cast)

    def mention(
        self, candidate: Candidate, sentence: Span, index: int, scene: Scene
    ) -> records.Mention:
        """The mention of a candidate; asked for in the order of the text."""
        where = self.places.of(candidate, scene.paragraph, scene.places)
        dated = self.dates.of(candidate)
        return mention(candidate, sentence, index, scene, dated, where)

    def date(
        self, scenes: Sequence[tuple[Scene, Span]], found: Sequence[Sequence[Candidate]]
    ) -> None:
        """Date all candidates of the article, in the order of its sentences."""
        told = [
            Told(scene.paragraph, sentence, scene.times, considered)
            for (scene, sentence), considered in zip(scenes, found, strict=True)
        ]
        self.dates = dating.Dates(told, self.paragraphs, self.claims, self.cast)

    def _towns(self) -> list[tuple[int, str]]:
        """Where towns and regions are named, and the states that they lie in."""
        return [
            (paragraph.start + place.start, place.country)
            for paragraph, named in zip(self.paragraphs, self._named, strict=True)
            for place in named
            if place.country and place.precision != "country" and place.role != "metonym"
        ]

    def scenes(self) -> Iterator[Scene]:
        """Every paragraph with its places and times, in order."""
        for paragraph in self.paragraphs:
            if paragraph.dateline is not None:
                self.places.note_dateline(paragraph, self._datelines[id(paragraph)])
        dated = times.article_times((p.doc, p.published) for p in self.paragraphs)
        for paragraph, named, expressions in zip(self.paragraphs, self._named, dated, strict=True):
            yield Scene(
                article=self.article,
                paragraph=paragraph,
                cast=self.cast,
                sources=self.sources,
                times=expressions,
                places=named,
            )


def statements(article: records.Article) -> tuple[records.Statement, ...]:
    """The attributions of an article, without coding its events."""
    return _statements(attribution.find_claims(paragraphs(article)), article)


def _statements(
    claims: Sequence[attribution.Claim], article: records.Article
) -> tuple[records.Statement, ...]:
    return tuple(attribution.to_statement(claim, article) for claim in claims if not claim.nested)


def load(register: Sequence[Path | str] = ()) -> Coder:
    """A coder, with the users' own register files beside the one that ships.

    Raises DatelineError for a file that cannot be read.
    """
    return Coder(actors.register(tuple(Path(path) for path in register)))


def _article(article: str | records.Article, published: str | dt.date | None) -> records.Article:
    date = published.isoformat() if isinstance(published, dt.date) else published
    if date is not None:
        try:
            dt.datetime.fromisoformat(date)
        except ValueError:
            raise DatelineError(f"published: {date!r} is no date; write YYYY-MM-DD") from None
    if isinstance(article, str):
        return records.Article(id="text", text=article, published=date)
    if date is not None and article.published is None:
        return article.model_copy(update={"published": date})
    return article
