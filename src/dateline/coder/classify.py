"""The event type between a marked actor and a marked recipient.

The same candidates as in articles, with the marked phrases as the only parties there are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from spacy.tokens import Doc, Token

from dateline import ontology
from dateline.actors import Identity
from dateline.coder import candidates, phrases
from dateline.coder.candidates import Candidate
from dateline.coder.lexicon import Lexicon, lexicon
from dateline.coder.parse import parse_texts
from dateline.errors import DatelineError
from dateline.records import Classification

_MARK = re.compile(r"</?[st]>")
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

    def party(self, token: Token, without: Collection[str] = ()) -> Token | None:
        """The token, or the nearest below it that belongs to one of the two."""
        words = [token, *(w for o in phrases.owners(token) for w in o.subtree), *token.subtree]
        for word in words:
            identity = self.identity(word)
            if identity is not None and identity.code not in without:
                return word
        return None

    def parties(self, token: Token, without: Collection[str] = ()) -> list[Token]:
        """The one party that a phrase can name here."""
        found = self.party(token, without)
        return [] if found is None else [found]


def classify(marked: Iterable[str]) -> Iterator[Classification]:
    """The type of each sentence that has `<s>actor</s>` and `<t>recipient</t>` marked.

    Raises DatelineError for a sentence that lacks a mark, naming its row.
    """
    words = lexicon()
    sentences = [_unmark(text, number) for number, text in enumerate(marked, 1)]
    docs = parse_texts(text for text, _ in sentences)
    for doc, (_, spans) in zip(docs, sentences, strict=True):
        yield _classify(doc, spans, words)


def _unmark(text: str, number: int) -> tuple[str, dict[str, tuple[int, int]]]:
    plain, at, bounds = "", 0, {}
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        bounds[match[0]] = len(plain)
        at = match.end()
    plain += text[at:]
    spans = {}
    for mark in ("s", "t"):
        if f"<{mark}>" in bounds and f"</{mark}>" in bounds:
            spans[mark] = (bounds[f"<{mark}>"], bounds[f"</{mark}>"])
    if not spans:
        raise DatelineError(
            f"row {number}: mark the actor as <s>…</s> and the recipient as <t>…</t>"
        )
    return plain, spans


def _classify(doc: Doc, spans: dict[str, tuple[int, int]], words: Lexicon) -> Classification:
    cast = Marked(spans)
    votes = dict.fromkeys(ontology.types(), 0.0)
    for sentence in doc.sents:
        found = candidates.find(sentence, words, cast)
        candidates.decide(found, cast)
        for candidate in found:
            if candidate.type is not None:
                votes[candidate.type] += _vote(candidate, cast)
    total = sum(votes.values())
    if not total:
        return Classification(type=None, confidence=0.0, scores=votes)
    sharp = {type: vote**2 for type, vote in votes.items()}
    scale = sum(sharp.values())
    scores = {type: round(vote / scale, 4) for type, vote in sharp.items()}
    best = max(scores, key=lambda type: scores[type])
    return Classification(type=best, confidence=scores[best], scores=scores)


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
