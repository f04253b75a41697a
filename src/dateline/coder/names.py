"""Whom a phrase names by its own words: the register, and what the article itself teaches.

An article teaches acronyms ("the Syrian Democratic Forces (SDF)"), the roles of people whom the
register does not know ("Rima Haddad, an army spokeswoman"), and who is meant by a surname alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from spacy.tokens import Span, Token

from dateline.actors import Identity, Register
from dateline.coder import phrases
from dateline.coder.lexicon import function_words

_WORD = r"(?:[A-Z][\w'’-]{0,30}|of|for|the|and|de|in)"
_ACRONYM = re.compile(rf"\b({_WORD}(?:[ -][\w'’-]{{1,30}}){{1,7}}) \(([A-Z][A-Za-z]{{1,7}})\)")

_NAME = 3
"""Words of a name with the people before it."""


class Names:
    """The names of an article."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._learned: dict[str, Identity] = {}
        self._surnames: dict[str, Counter[Identity]] = {}

    def learn_acronyms(self, text: str, date: dt.date | None) -> None:
        """Learn "the World Food Programme (WFP)" and the like."""
        for match in _ACRONYM.finditer(text):
            words = match[1].split()
            for start in range(len(words)):
                long = " ".join(words[start:])
                letters = "".join(w[0] for w in re.split(r"[ -]", long) if w[:1].isupper())
                if letters == match[2].upper():
                    identity = self._register.resolve(long, date)
                    identity = identity or self._register.resolve(match[2], date)
                    self._learned[match[2]] = identity or _unknown(long, "group", 0.6)
                    break

    def learn_surname(self, token: Token, identity: Identity) -> None:
        """Learn who is meant by a surname: whoever is named in full with it, most often."""
        if identity.kind != "person" or not token.i:
            return
        before = token.nbor(-1)
        if before.pos_ == "PROPN" and not _is_honorific(before):
            self._surnames.setdefault(token.text, Counter())[identity] += 1

    def named(self, token: Token, date: dt.date | None) -> Identity | None:
        """Whom the phrase headed by the token names on a date, by its own words."""
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "X", "NUM"}:
            return None
        if token.pos_ == "PROPN" and (known := self._by_surname(token)) is not None:
            return known
        entity = _entity(token)
        tried: list[str] = []
        for span in _spans(token, entity):
            text = phrases.name(span)
            if not text or text in tried:
                continue
            tried.append(text)
            if text in self._learned:
                return self._learned[text]
            identity = self._register.resolve(text, date)
            if identity is not None:
                within = self._within(span, date) if identity.kind == "description" else None
                return within or self._refined(token, identity, entity, date)
        if entity is not None and entity.label_ == "ORG":
            within = self._within(entity, date)
            if within is not None:
                return within
        if entity is not None and entity.label_ in {"PERSON", "ORG", "NORP"}:
            return self._introduced(token, entity, date)
        return self._overlooked(token) if entity is None else None

    def _within(self, span: Span, date: dt.date | None) -> Identity | None:
        """The group of "Kurdish People's Protection Units": what people it is of stands before."""
        if len(span) < _NAME or not span[-1].text[:1].isupper():
            return None
        identity = self._register.resolve(phrases.name(span[1:]), date)
        return identity if identity is not None and identity.kind in {"group", "body"} else None

    def _overlooked(self, token: Token) -> Identity | None:
        """A name that is not recognized as one, where it stands as a party does."""
        core = phrases.without_determiner(phrases.core(token))
        words = [word for word in core if not word.is_punct]
        if token.pos_ != "PROPN" or any(w.pos_ != "PROPN" or w.ent_type_ for w in words):
            return None
        if token.dep_ not in ({"nsubj"} if len(words) == 1 else {"nsubj", "nsubjpass", "dobj"}):
            return None
        return self._learned.get(core.text) or _unknown(core.text, "person", 0.4)

    def _by_surname(self, token: Token) -> Identity | None:
        """The person of the article that a surname alone, or after "Mr.", means."""
        people = self._surnames.get(token.text)
        if not people or any(
            child.dep_ == "compound" and not _is_honorific(child) for child in token.children
        ):
            return None
        titles = {child.lower_.rstrip(".") for child in token.children}
        excluded = "f" if "mr" in titles else "m" if titles & {"mrs", "ms", "miss"} else None
        fitting = [
            person for person in people if person.gender is None or person.gender != excluded
        ]
        return max(fitting, key=lambda person: people[person]) if fitting else None

    def _refined(
        self, token: Token, identity: Identity, entity: Span | None, date: dt.date | None
    ) -> Identity:
        """A description that stands before or beside an unknown person's name."""
        if entity is None or entity.label_ != "PERSON" or identity.kind == "person":
            return identity
        own = self._register.resolve(entity.text, date)
        if entity.text == identity.name or (own is not None and own.id == identity.id):
            return identity
        return self._introduced(token, entity, date)

    def _introduced(self, token: Token, entity: Span, date: dt.date | None) -> Identity:
        """A name that the register does not know, with the role that the text gives it."""
        name = entity.text.removesuffix("'s").removesuffix("'")
        surname = name.split()[-1]
        person = entity.label_ == "PERSON"
        for known in (surname, name) if person else (name,):
            if known in self._learned:
                return self._learned[known]
        identity = _unknown(name, "person" if person else "group", 0.5)
        for description in _descriptions(token, entity):
            found = self._register.resolve(description, date)
            if found is not None and found.kind == "person":  # whoever held the office then
                found = self._register.resolve(description, None)
            if found is not None and found.kind != "person":
                role = (found.role or description) if person else None
                identity = replace(found, name=name, kind=identity.kind, role=role, score=0.8)
                break
        if identity.score > 0.5 or len(name.split()) > 1:
            self._learned[name] = identity
            if person:
                self._learned.setdefault(surname, identity)
        return identity


def _is_honorific(token: Token) -> bool:
    return token.lower_.rstrip(".") in function_words("honorific")


def _spans(token: Token, entity: Span | None) -> Iterator[Span]:
    """The words that may name whom a token means, longest first, each when it is asked for."""
    full = phrases.full(token)
    yield full
    core = phrases.core(token)
    if core.end != full.end:
        yield core
    if entity is not None:
        yield entity


def _entity(token: Token) -> Span | None:
    if not token.ent_type_:
        return None
    start, end = token.i, token.i + 1
    doc = token.doc
    while start > 0 and doc[start].ent_iob_ != "B":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return Span(doc, start, end, label=token.ent_type_)


def _descriptions(token: Token, entity: Span) -> list[str]:
    """What the text says of a name: "SDF spokesman" before it, an apposition beside it."""
    found = []
    core = phrases.without_determiner(phrases.core(token))
    if core.start < entity.start:
        found.append(core.doc[core.start : entity.start].text)
    beside = phrases.appositions(token)
    if token.dep_ == "appos":
        beside.append(token.head)
    for head in beside:
        for span in (phrases.full(head), phrases.core(head)):
            found.append(phrases.without_determiner(span).text)
    return [text for text in found if text]


def _unknown(name: str, kind: Literal["person", "group"], score: float) -> Identity:
    return Identity(
        name=name, code=None, country=None, sector=None, role=None,
        kind=kind, gender=None, id="", score=score,
    )  # fmt: skip
