"""The event type between a marked actor and a marked recipient.

The encoder reads the sentence by the guideline of the PLV data, whose task this is; the predicate
table votes by the same candidates as in articles, with the marked phrases as the only parties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from spacy.tokens import Doc, Token

from dateline import ontology
from dateline.actors import Identity
from dateline.coder import candidates, encoder, phrases, verdict
from dateline.coder.candidates import Candidate
from dateline.coder.encoder.marking import unmark
from dateline.coder.lexicon import Lexicon, lexicon
from dateline.coder.parse import parse_texts
from dateline.coder.plain import text_of
from dateline.errors import DatelineError
from dateline.records import Classification

GUIDELINE = "plv"
"""Whose rules the types follow: sanctions imposed by force of law are COERCE there, say."""
NOTHING = 0.2
"""How unlikely an event must be, for a pair that no predicate joins, to be told as none."""
_UNLINKED = 0.25
"""What evidence is worth that does not join the two parties."""


class Marked:
    """Stands in for the cast of an article: the marked phrases are the parties."""

    def __init__(self, spans: dict[str, tuple[int, int]]) -> None:
        self._spans = spans

    def identity(self, token: Token) -> Identity | None:
        """Which of the two a token belongs to."""
        for name, (start, end) in self._spans.items():
            if start <= token.idx < end:
                return Identity(
                    name=name, code=name, country=None, sector="GOV", role=None,
                    kind="group", gender=None, id=name, score=1.0,
                )  # fmt: skip
        return None

    def party(self, token: Token, without: Collection[Identity] = ()) -> Token | None:
        """The token, or the nearest below it that belongs to one of the two."""
        words = [token, *(w for o in phrases.owners(token) for w in o.subtree), *token.subtree]
        for word in words:
            identity = self.identity(word)
            if identity is not None and identity not in without:
                return word
        return None

    def parties(self, token: Token, without: Collection[Identity] = ()) -> list[Token]:
        """The one party that a phrase can name here."""
        found = self.party(token, without)
        return [] if found is None else [found]


def classify(marked: Iterable[str]) -> Iterator[Classification]:
    """The type of each sentence that has `<s>actor</s>` and `<t>recipient</t>` marked, in order.

    Raises DatelineError at a sentence that has neither mark, naming its row, counted from 1.
    """
    for number, text in enumerate(marked, 1):
        try:
            yield classify_sentence(text)
        except DatelineError as error:
            raise DatelineError(f"row {number}: {error}") from None


def classify_sentence(marked: str) -> Classification:
    """The type of one marked sentence; one mark is enough, then only its party counts.

    Raises DatelineError where there is none.
    """
    text, spans = _unmark(marked)
    (doc,) = parse_texts([text])  # by itself: the same in whatever company it comes
    return _classify(doc, spans, lexicon())


def unclassified() -> Classification:
    """What is told of a sentence that speaks for no type, or cannot be read."""
    return Classification(type=None, confidence=0.0, scores=dict.fromkeys(ontology.types(), 0.0))


def _unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text without its marks, and what they enclose; of several alike the first counts."""
    text, spans = unmark(marked, ("s", "t"))
    if not spans:
        raise DatelineError("mark the actor as <s>…</s> and the recipient as <t>…</t>")
    return text, spans


def votes(marked: str) -> dict[str, float]:
    """What the predicate table and the rules give to each type, by themselves."""
    text, spans = _unmark(marked)
    (doc,) = parse_texts([text])
    return _votes(doc, spans, lexicon())


def _classify(doc: Doc, spans: dict[str, tuple[int, int]], words: Lexicon) -> Classification:
    found = _votes(doc, spans, words)
    if not any(found.values()) and encoder.read(text_of(doc), spans).event() < NOTHING:
        return unclassified()
    pooled = verdict.pool(found, encoder.read(text_of(doc), spans, GUIDELINE))
    scores = {type: round(score, 4) for type, score in pooled.items()}
    best = max(scores, key=lambda type: scores[type])
    return Classification(type=best, confidence=scores[best], scores=scores)


def _votes(doc: Doc, spans: dict[str, tuple[int, int]], words: Lexicon) -> dict[str, float]:
    cast = Marked(spans)
    found = dict.fromkeys(ontology.types(), 0.0)
    for sentence in doc.sents:
        for candidate in candidates.find(sentence, words, cast):
            if candidate.type is not None:
                found[candidate.type] += _vote(candidate, cast)
    return {type: vote**2 for type, vote in found.items()}


def _vote(candidate: Candidate, cast: Marked) -> float:
    """What a candidate says for its type: most where it joins actor and recipient."""
    acting = {i.name for t in candidate.actors if (i := cast.identity(t))}
    receiving = {i.name for t in candidate.recipients if (i := cast.identity(t))}
    weight = candidate.match.predicate.weight
    if "s" in acting and ("t" in receiving or "t" in acting):
        return weight
    if "s" in acting or "t" in receiving:
        return weight * 0.6
    return weight * _UNLINKED
