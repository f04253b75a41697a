"""From a candidate to the record: offsets into the article, parties, time, place and source."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline import ontology, records
from dateline.actors import Identity
from dateline.coder import places, refine, sides, times
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.parse import Paragraph
from dateline.coder.sources import Sources
from dateline.coder.telling import Dated
from dateline.coder.whereabouts import Whereabouts
from dateline.version import VERSION


@dataclass(frozen=True, slots=True)
class Scene:
    """A paragraph with all that was read in it."""

    article: records.Article
    paragraph: Paragraph
    cast: Cast
    sources: Sources
    times: list[times.TimeExpression]
    places: list[places.PlaceName]

    def cut(self, start: int, end: int, base: int | None = None) -> records.Span:
        """A span of the article, from character offsets into the paragraph, or from `base`."""
        base = self.paragraph.start if base is None else base
        a, b = base + start, base + end
        return records.Span(text=self.article.text[a:b], start=a, end=b)


def mention(
    candidate: Candidate,
    sentence: Tokens,
    index: int,
    scene: Scene,
    dated: Dated | None,
    where: Whereabouts | None,
) -> records.Mention:
    """The mention that a candidate reports, with its time and its place."""
    type = candidate.coding.type
    assert type is not None
    token = candidate.trigger
    trigger = scene.cut(token.idx, token.idx + len(token.text))
    mode = refine.mode(candidate, scene.cast, where.place if where else None)
    actors = _parties(candidate.actors, scene)
    recipients = _parties(candidate.recipients, scene)
    category = ontology.category(type, mode)
    whole = scene.cut(sentence.start_char, sentence.end_char)
    country = where.place.country if where else None
    status, attribution = scene.sources.of(candidate, scene.cast, country)
    document = scene.article.document
    return records.Mention(
        id=_id(document.id, whole.start, trigger.start, type, actors, recipients),
        document=document,
        sentence=records.Sentence(index=index, start=whole.start, end=whole.end, text=whole.text),
        trigger=trigger,
        type=type,
        mode=mode,
        contexts=refine.contexts(candidate, sentence),
        quad=category.quad,
        score=category.score,
        cameo=category.cameo,
        actors=actors,
        recipients=recipients,
        status=status,
        time=dated.record(scene.article.text) if dated else None,
        place=places.to_record(where.place, _text(where, scene)) if where else None,
        attribution=attribution,
        confidence=round(min(candidate.score, 0.99), 2),
        coder=f"dateline {VERSION}",
    )


def _text(where: Whereabouts, scene: Scene) -> str:
    return scene.cut(where.place.start, where.place.end, where.paragraph.start).text


def _parties(tokens: list[Token], scene: Scene) -> tuple[records.Party, ...]:
    return tuple(_party(t, identity, scene) for t, identity in sides.parties(tokens, scene.cast))


def _party(token: Token, identity: Identity, scene: Scene) -> records.Party:
    span = sides.span_of(token, identity)
    cut = scene.cut(span.start_char, span.end_char, scene.cast.memory.start(token))
    return records.Party(
        text=cut.text,
        start=cut.start,
        end=cut.end,
        name=identity.name,
        code=identity.code,
        country=identity.country,
        sector=identity.sector,
        role=identity.role,
    )


def _id(
    document: str,
    sentence: int,
    trigger: int,
    type: str,
    actors: tuple[records.Party, ...],
    recipients: tuple[records.Party, ...],
) -> str:
    """A stable hash of document, sentence, trigger, type and parties."""
    parts = [document, str(sentence), str(trigger), type]
    parts += [f"{party.start}:{party.code or party.name}" for party in (*actors, *recipients)]
    parts.append(str(len(actors)))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
