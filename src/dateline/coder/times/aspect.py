"""How a verb stands to the time of the report, by its form."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from dateline.coder.times.lexicon import words

Aspect = Literal["past", "perfect", "pluperfect", "ongoing", "present", "future"]

_VERBS = ("VERB", "AUX")


def aspect(verb: Token) -> Aspect | None:
    """What the form of a verb says; None for infinitives and participles, which say nothing."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    lowered = {child.lower_ for child in helpers}
    if lowered & words("future_modals"):
        return "future"
    have = next((child for child in helpers if child.lemma_ == "have"), None)
    if have is not None and verb.tag_ in ("VBN", "VBD"):
        return "pluperfect" if have.tag_ == "VBD" or have.lower_ == "had" else "perfect"
    finite = next((child for child in helpers if child.tag_ in ("VBD", "VBZ", "VBP")), None)
    if verb.tag_ == "VBG":
        if finite is None:
            return None
        return "past" if finite.tag_ == "VBD" else "ongoing"
    if finite is not None:
        return "past" if finite.tag_ == "VBD" else "present"
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in ("VBZ", "VBP"):
        return "present"
    plain = verb.tag_ in ("VBN", "VB") and not lowered
    subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    if plain and subject and verb.dep_ in ("ROOT", "ccomp", "conj"):
        return "past" if verb.tag_ == "VBN" else "present"
    return None


def finite(token: Token) -> tuple[Token, Aspect] | None:
    """The verb with a form that says when, for a word: its own or the one that governs it.

    None where a word hangs on no such verb.
    """
    node = token
    for _ in range(20):
        if node.pos_ in _VERBS and (found := aspect(node)) is not None:
            return node, found
        if _is_mistagged(node):
            return node, "past"
        if node.head == node:
            return None
        node = node.head
    return None


def _is_mistagged(node: Token) -> bool:
    """A rare verb in the past that was taken for an adjective: "the fall belied all hopes"."""
    return (
        node.tag_ == "JJ"
        and node.lower_.endswith("ed")
        and any(child.dep_ == "nsubj" for child in node.children)
        and any(child.dep_ == "dobj" for child in node.children)
    )


def is_hedged(verb: Token) -> bool:
    """ "Is believed to have used": told as past, whatever the tense of believing."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return passive and any(
        child.dep_ == "xcomp" and any(grand.lemma_ == "have" for grand in child.children)
        for child in verb.children
    )


def is_new(verb: Token) -> bool:
    """Has just, has now: the perfect of news, wherever it stands."""
    return any(child.lower_ in words("news_adverbs") for child in verb.children)
