"""The words that report events, from the data files: predicates, operators, judgements.

A predicate's phrase names lemmas that depend on one another, head first for verbs ("come under
fire"), head last before any preposition for nouns ("safe passage deal"). `&aid` stands for any
word of the class `aid`, `<&force` for a verb's subject of that class, `*` for the verb of a
reported clause ("say * must"). Of the phrases that fit, the longest wins.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from dateline import ontology
from dateline.errors import DatelineError

Slots = tuple[tuple[str, ...], ...]
"""Alternatives in order of preference; an alternative of several slots is their union."""

_PREPOSITIONS = frozenset(
    [
        "of",
        "to",
        "in",
        "on",
        "for",
        "with",
        "from",
        "by",
        "against",
        "at",
        "under",
        "over",
        "into",
        "off",
        "out",
        "between",
        "toward",
        "along",
        "towards",
        "near",
        "about",
        "after",
    ]
)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word or phrase that reports an event, and where its parties stand."""

    phrase: str
    pos: str
    head: str
    rest: tuple[str, ...]
    type: str | None
    """None: looks like an event and is none."""
    mode: str | None
    actor: Slots
    recipient: Slots
    contexts: tuple[str, ...]
    weight: float
    """From 0 to 1: how surely the phrase reports such an event."""

    @property
    def reciprocal(self) -> bool:
        """Whether all its parties are actors."""
        return any(len(alternative) > 1 for alternative in self.actor)


@dataclass(frozen=True, slots=True)
class Match:
    """A predicate found in a sentence: its head, and all the tokens of its phrase."""

    predicate: Predicate
    token: Token
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that says of an event that it is begun, planned, promised, refused, denied …"""

    rest: tuple[str, ...]
    clause: str | None
    """Its kind when the event is its clause ("agreed to send")."""
    object: str | None
    """Its kind when the event is a noun that it governs ("launched an attack")."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of it, indexed by head and part of speech."""

    predicates: dict[tuple[str, str], tuple[Predicate, ...]]
    operators: dict[tuple[str, str], tuple[Operator, ...]]
    classes: dict[str, frozenset[str]]
    evaluations: dict[tuple[str, str], tuple[int, float]]

    def match(self, token: Token) -> Match | None:
        """The longest predicate headed by the token, if any."""
        for predicate in self._headed(token):
            tokens = self._chain(token, predicate.rest)
            if tokens is not None:
                return Match(predicate, token, tokens)
        return None

    def _headed(self, token: Token) -> tuple[Predicate, ...]:
        """Predicates headed by the token; a participle after a hyphen ("US-backed") is an ADJ."""
        if token.tag_ in {"VBN", "VBG", "JJ"} and token.i > 1 and token.nbor(-1).text == "-":
            found = self.predicates.get((token.lower_, "ADJ"), ())
            if found:
                return found
        return self.predicates.get((_lemma(token), _POS.get(token.pos_, "")), ())

    def fitting(self, token: Token) -> list[Predicate]:
        """All predicates that the token could head, the one that `match` takes first."""
        return [p for p in self._headed(token) if self._chain(token, p.rest) is not None]

    def operator(self, token: Token) -> Operator | None:
        """The operator that the token is ("plan to …", "refuse to …"), if any."""
        for operator in self.operators.get((_lemma(token), _POS.get(token.pos_, "")), ()):
            if self._chain(token, operator.rest) is not None:
                return operator
        return None

    def evaluation(self, token: Token) -> tuple[int, float] | None:
        """Polarity (-1 or 1) and weight of a word of judgement."""
        return self.evaluations.get((_lemma(token), _POS.get(token.pos_, "")))

    def is_a(self, token: Token, name: str) -> bool:
        """Whether a token belongs to a word class."""
        return _lemma(token) in self.classes.get(name, ())

    def _chain(self, head: Token, words: tuple[str, ...]) -> tuple[Token, ...] | None:
        """The tokens that the words stand for: each a dependent of one found before it."""
        if not words:
            return (head,)
        near = _words(head.doc)
        if any(word not in near for word in words if word[0] not in "&*<"):
            return None
        found = [head]
        left = [word for word in words if word[0] != "<"]
        for word in words:
            if word[0] == "<" and not any(self.is_a(t, word[2:]) for t in _acting(head)):
                return None
        while left:
            for word in left:
                token = self._dependent(found, word)
                if token is not None:
                    found.append(token)
                    left.remove(word)
                    break
            else:
                return None
        return tuple(found)

    def _dependent(self, found: list[Token], word: str) -> Token | None:
        if word == "*":  # the verb of a reported clause, whichever it is
            return next((t for t in _dependents(found) if t.dep_ in CLAUSES), None)
        named = word[0] == "&"
        accepted = self.classes.get(word[1:], frozenset()) if named else (word,)
        for token in _dependents(found):
            if named and token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
                continue
            fits = _lemma(token) in accepted or token.lower_ in accepted
            if fits and not _is_when(token):
                return token
        return None


CLAUSES = frozenset({"ccomp", "xcomp"})
"""How the verb of a reported clause, or of an infinitive, hangs on what governs it."""


def _is_when(token: Token) -> bool:
    """Of "called him on Monday", "on": it says when, and is no part of "call on"; "in a bid to"."""
    return token.pos_ == "ADP" and any(
        child.ent_type_ in {"DATE", "TIME"} or child.lemma_.lower() in function_words("endeavour")
        for child in token.children
        if child.dep_ == "pobj"
    )


_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ", "ADV": "ADV"}


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


@lru_cache(maxsize=2)
def _words(doc: Doc) -> frozenset[str]:
    """All words of a paragraph and their lemmas: most phrases are not in it at all."""
    return frozenset(word for token in doc for word in (token.lower_, _lemma(token)))


def _dependents(found: list[Token]) -> Iterator[Token]:
    for token in reversed(found):
        yield from (child for child in token.children if child not in found)
        yield from (mark for mark in _markers(token) if mark not in found)
        if token.dep_ in {"acl", "relcl"} and token.head not in found:
            yield token.head  # "the sanctions imposed by …"
        if token.pos_ == "VERB":  # "stripped him of his office", with the phrase hung on "him"
            for child in token.children:
                if child.dep_ == "dobj":
                    yield from (c for c in child.children if c.dep_ == "prep" and c not in found)
        if token.dep_ == "xcomp" and token.pos_ == "VERB":  # "ordered the office to be closed"
            yield from (child for child in token.head.children if child.dep_ == "dobj")


def _acting(verb: Token, depth: int = 0) -> list[Token]:
    """The words for who does what an active verb says, its own or shared with the verb above."""
    own = [child for child in verb.children if child.dep_ == "nsubj"]
    if own and own[0].tag_ not in {"WDT", "WP"} and own[0].lower_ != "that":
        return [*own, *(child for child in own[0].children if child.dep_ == "conj")]
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return []
    if (verb.dep_ == "relcl" and own) or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
        return [verb.head]
    shared = verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and verb.tag_ != "VBN"
    if shared and verb.head.pos_ in {"VERB", "AUX"} and depth < MAX_SHARED:
        return _acting(verb.head, depth + 1)
    return []


MAX_SHARED = 4
"""How many verbs may share a subject: bounds the time that a degenerate parse can take."""


def _markers(verb: Token) -> Iterator[Token]:
    """Of "pushed for parliament to act", "for", which opens the clause."""
    for clause in verb.children:
        if clause.dep_ in {*CLAUSES, "advcl"}:
            yield from (c for c in clause.children if c.dep_ == "mark" and c.lower_ == "for")


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once for the process. Raises DatelineError for a row that is wrong."""
    return Lexicon(
        predicates=_predicates(),
        operators=_operators(),
        classes=_grouped("word_classes.csv", "class"),
        evaluations=_evaluations(),
    )


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return _grouped("function_words.csv", "role")


def function_words(role: str) -> frozenset[str]:
    """The words of grammar that play a role: modals, negators, kinds of pronouns."""
    return _function_words().get(role, frozenset())


def rows(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a data file, each with its file and line for error messages."""
    with (files(__package__) / "data" / name).open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            yield f"{name}:{number}", row


def _predicates() -> dict[tuple[str, str], tuple[Predicate, ...]]:
    table: dict[tuple[str, str], list[Predicate]] = defaultdict(list)
    for name in ("predicates_nouns.csv", "predicates_verbs.csv"):
        for where, row in rows(name):
            predicate = _predicate(where, row)
            table[predicate.head, predicate.pos].append(predicate)
    return {key: tuple(sorted(value, key=_specificity)) for key, value in table.items()}


def _specificity(predicate: Predicate) -> tuple[int, int, str]:
    """Longer phrases first, and of those the ones with fewer classes."""
    return (
        -len(predicate.rest),
        sum("&" in word for word in predicate.rest),
        predicate.phrase,
    )


def _predicate(where: str, row: dict[str, str]) -> Predicate:
    try:
        type = None if row["type"] == "none" else row["type"]
        if type:
            ontology.category(type, row["mode"] or None)
        head, rest = _head(row["phrase"], row["pos"])
        return Predicate(
            phrase=row["phrase"],
            pos=row["pos"],
            head=head,
            rest=rest,
            type=type,
            mode=row["mode"] or None,
            actor=_slots(row["actor"]),
            recipient=_slots(row["recipient"]),
            contexts=tuple(filter(None, row["contexts"].split(";"))),
            weight=float(row["weight"]),
        )
    except (DatelineError, KeyError, ValueError) as error:
        raise DatelineError(f"{where}: {error}") from error


def _head(phrase: str, pos: str) -> tuple[str, tuple[str, ...]]:
    words = phrase.split()
    at = 0
    if pos == "NOUN":
        stop = next((i for i, word in enumerate(words) if i and word in _PREPOSITIONS), len(words))
        at = stop - 1
    return words[at], (*reversed(words[:at]), *words[at + 1 :])


def _slots(text: str) -> Slots:
    return tuple(tuple(part.split("+")) for part in text.split("|") if part)


def _operators() -> dict[tuple[str, str], tuple[Operator, ...]]:
    table: dict[tuple[str, str], list[Operator]] = defaultdict(list)
    for _, row in rows("operators.csv"):
        head, *rest = row["phrase"].split()
        operator = Operator(tuple(rest), row["clause"] or None, row["object"] or None)
        table[head, row["pos"]].append(operator)
    return {key: tuple(sorted(value, key=lambda x: -len(x.rest))) for key, value in table.items()}


def _grouped(name: str, column: str) -> dict[str, frozenset[str]]:
    """The words of a data file by what another column says of them."""
    table: dict[str, set[str]] = defaultdict(set)
    for _, row in rows(name):
        table[row[column]].add(row["word"])
    return {group: frozenset(words) for group, words in table.items()}


def _evaluations() -> dict[tuple[str, str], tuple[int, float]]:
    return {
        (row["lemma"], row["pos"]): (
            1 if row["polarity"] == "positive" else -1,
            float(row["weight"]),
        )
        for _, row in rows("evaluations.csv")
    }
