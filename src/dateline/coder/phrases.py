"""Noun phrases as parties are named by them: their bounds, heads and owners."""

from __future__ import annotations

from spacy.tokens import Span, Token

from dateline.coder import syntax
from dateline.coder.lexicon import function_words

_LEFT = frozenset(
    {
        "det",
        "amod",
        "compound",
        "poss",
        "nmod",
        "nummod",
        "advmod",
        "npadvmod",
        "quantmod",
        "predet",
    }
)
_OF = frozenset({"of", "in", "from", "for", "to", "at"})
MAX_WORDS = 14
"""A longer run of words names nobody."""

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
"""How the parser labels names that say where."""


def core(head: Token) -> Span:
    """The head with what stands before it: "the former Russian president"."""
    start = head.i
    if not head.n_lefts and not head.n_rights:
        return head.doc[start : start + 1]
    for child in reversed(list(head.lefts)):
        if child.pos_ == "VERB" and child.tag_ in {"VBZ", "VBD", "VBP"}:
            break  # a finite verb, misread
        if child.dep_ in _LEFT:
            start = min(start, child.left_edge.i)
    start = max(start, head.i - MAX_WORDS)
    while start < head.i and (head.doc[start].is_punct or head.doc[start].is_space):
        start += 1
    end = head.i + 1
    for child in head.rights:  # "Bashar al - Assad", "Asia - Pacific"
        if child.i == end and child.dep_ in {"compound", "flat", "nummod"}:
            end = child.i + 1
    return head.doc[start:end]


def full(head: Token) -> Span:
    """The core with phrases that say of where or whom: "the ministers of the Group of 7"."""
    span = core(head)
    last = head
    for _ in range(2):
        inner = _prepositional_core(last, span.end)
        if inner is None or inner.end - span.start > MAX_WORDS + 8:
            break
        span = head.doc[span.start : inner.end]
        last = inner.root
    return span


def _prepositional_core(head: Token, start: int) -> Span | None:
    for child in head.rights:
        if child.i == start and child.dep_ == "prep" and child.lower_ in _OF:
            for found in child.children:
                if found.dep_ == "pobj":
                    inner = core(found)
                    return inner if inner.start == child.i + 1 else None
    return None


def without_determiner(span: Span) -> Span:
    """The phrase without "the", "a", "this", "some", "primarily"."""
    while len(span) > 1 and span[0].dep_ in {"det", "predet", "advmod"} and not span[0].ent_type_:
        span = span[1:]
    return span


def name(span: Span) -> str:
    """The phrase as a name: no determiner, no "US-backed" before it."""
    span = without_determiner(span)
    start, end = span.start, span.end
    if end - start == 1:
        return span.text
    doc, head = span.doc, span.root.i
    while start < head and _is_measure(doc[start]):
        start += 1
    for i in range(start, head - 2):
        if doc[i + 1].text == "-" and doc[i + 2].tag_ == "VBN":
            start = i + 3
    return doc[start:end].text


def coordinated_modifiers(head: Token) -> list[Token]:
    """The modifiers of "Chinese and Russian ships": those that are joined to one another."""
    for child in head.children:
        if child.dep_ in {"amod", "nmod", "compound"} and child.i < head.i:
            joined = syntax.conjuncts(child)
            if len(joined) > 1 and joined[-1].i < head.i:
                return joined
    return []


def means_several(token: Token) -> bool:
    """Whether a phrase points back to two or more parties: "they", "both", "the two leaders"."""
    if token.pos_ == "PRON":
        return token.lower_ in function_words("they")
    if token.lower_ == "both":
        return True
    return (
        token.tag_ == "NNS"
        and any(child.lower_ in {"two", "both", "three"} for child in token.children)
        and token.lemma_.lower() in function_words("side")
    )


def speaks_of_persons(token: Token) -> bool | None:
    """Whether "the two leaders" (True) or "both countries" (False) is meant; None if either."""
    if token.pos_ in {"PRON", "DET"}:
        return None
    return token.lemma_.lower() not in function_words("side-state")


def is_definite(token: Token) -> bool:
    """Whether a phrase speaks of what is known: "the island", "its ally"."""
    return any(child.lower_ in function_words("definite") for child in token.children)


def _is_measure(token: Token) -> bool:
    """Of "more than 20 people" and "some 300 troops", what says how many."""
    if token.ent_type_ in {"GPE", "NORP", "ORG", "PERSON", "EVENT", "LAW"}:
        return False
    return (
        token.dep_ in {"nummod", "quantmod"}
        or token.pos_ == "NUM"
        or token.lower_ in (function_words("measure"))
    )


def counted(head: Token) -> Token | None:
    """Of "three of its employees" and "dozens of protesters", who is counted."""
    if head.lemma_.lower() not in function_words("quantity") and head.pos_ != "NUM":
        return None
    return next(iter(syntax.prepositional([head], "of")), None)


def is_of_place(token: Token) -> bool:
    """Whether a word says which place is meant: "the Syrian city"."""
    said = token.dep_ in {"amod", "compound", "nmod"}
    return said and token.head.lemma_.lower() in function_words("place-noun")


def is_place(head: Token) -> bool:
    """Whether a phrase means a place or a part of a state, and so no actor: "northern Syria"."""
    return head.lemma_.lower() in function_words("place-noun") or any(
        child.dep_ in {"amod", "compound", "nmod"} and child.lower_ in function_words("compass")
        for child in head.children
    )


def appositions(head: Token) -> list[Token]:
    """Heads of the phrases in apposition: "Mr. X, the deputy chairman of …"."""
    return [child for child in head.children if child.dep_ == "appos"]


def owners(head: Token) -> list[Token]:
    """Whose a thing is, likeliest first: "Kenya's decision", "US sanctions", "a ruling by X"."""
    return [
        *syntax.possessors(head),
        *syntax.modifiers(head),
        *syntax.prepositional([head], "by"),
        *syntax.prepositional([head], "of"),
        *syntax.prepositional([head], "with"),
    ]


def is_backed(head: Token) -> bool:
    """Whether somebody else stands behind: "US-backed forces", "Russian and Iran-backed rebels"."""
    return any(
        word.lower_ in function_words("backed") and any(c.dep_ == "npadvmod" for c in word.children)
        for child in head.children
        if child.dep_ == "amod"
        for word in (child, *child.conjuncts)
    )


def is_backer(modifier: Token) -> bool:
    """Whether a word before a noun tells who backs it, not whose it is."""
    return modifier.dep_ == "npadvmod" or any(
        word.lower_ in function_words("backed") for word in modifier.conjuncts
    )


def is_plural(head: Token) -> bool:
    """Whether the phrase speaks of several."""
    return head.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in head.children)


def is_subject(head: Token) -> bool:
    """Whether the phrase is the subject of its clause, or shares it."""
    token = head
    for _ in range(syntax.MAX_STEPS):
        if token.dep_ != "conj":
            break
        token = token.head
    return token.dep_ in {"nsubj", "nsubjpass"}
