"""Whether what a time belongs to lies behind or ahead, by the parse."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

from dateline.coder.times.lexicon import words

Tense = Literal["past", "future", "present", "report"]
"""`report` is the present of what nobody schedules, as news and headlines tell what has happened:
"gunmen shoot a judge on Monday"."""


def speech_before(doc: Doc, start: int) -> Token | None:
    """The verb of saying right before a place in the text: "said late on Friday that"."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    node = span[0] if span else None
    for _ in range(3):
        if node is None or node.i == 0:
            return None
        node = doc[node.i - 1]
        if node.lemma_.lower() in words("speech_verbs") and node.pos_ == "VERB":
            return node
        if node.pos_ not in ("ADP", "ADV", "ADJ"):
            return None
    return None


def tense(token: Token) -> Tense | None:
    """The tense of the verb that governs a token; None where only a noun does or nothing tells.

    An adjective such as "upcoming", or "ahead of", makes a noun's time one to come.
    """
    before_noun = (
        token.dep_ in ("compound", "nummod", "poss", "amod", "nmod") and token.head.i > token.i
    )
    node, by_noun = token, False
    for _ in range(40):
        if node.lower_ in words("ahead") and node != token:
            return "future"
        if node.pos_ in ("VERB", "AUX"):
            found = _verb(node)
            if before_noun:
                return _of_noun(token.head, found)
            return None if by_noun and found in ("present", "report") else found
        by_noun = by_noun or (node.pos_ in ("NOUN", "PROPN") and node.ent_type_ != "DATE")
        if any(child.lower_ in words("future_adjectives") for child in node.lefts):
            return "future"
        if node.lower_ in words("future_adjectives"):
            return "future"
        if node.head == node:
            return None
        node = node.head
    return None


def _of_noun(noun: Token, verb: Tense | None) -> Tense | None:
    """ "Friday's vote will": ahead; "will discuss Friday's attack": behind."""
    if noun.lemma_.lower() in words("past_nouns"):
        return "past"
    return None if verb in ("present", "report") else verb


def _verb(verb: Token, depth: int = 0) -> Tense | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    lowered = {child.lower_ for child in helpers}
    lemma, tag = verb.lemma_.lower(), verb.tag_
    perfect = any(child.lemma_ == "have" for child in helpers)
    if perfect and not lowered & {"will"}:
        return "past"
    denied = lowered & words("refusals") and any(child.dep_ == "neg" for child in verb.children)
    if denied and lemma in words("speech_verbs"):
        return "past"
    if lowered & words("future_modals") or tag == "MD":
        return "future"
    if lemma in words("planned_verbs") and tag in ("VBN", "VBD") and _is_plan(verb):
        return "future"
    joined = verb.dep_ == "conj" and not helpers and tag != "VBD"
    if joined and not any(child.dep_ == "nsubj" for child in verb.children):
        return _above(verb, depth)
    bare = tag == "VB" and not helpers
    if bare and verb.head == verb and any(child.dep_ == "nsubj" for child in verb.children):
        return _simple(lemma)
    if "to" in lowered or bare:
        return _infinitive(verb, depth)
    if tag == "VBG":
        if any(child.lemma_ == "be" for child in helpers):
            past = any(child.tag_ == "VBD" for child in helpers)
            return "past" if past else "future"
        return _above(verb, depth)
    if tag in ("VBD", "VBN"):
        return "past" if tag == "VBD" or not _now(helpers) else "present"
    if tag == "VBP" and lemma in words("unmarked_verbs"):
        return None
    did = any(child.tag_ == "VBD" for child in helpers)
    if did or (tag in ("VBZ", "VBP") and lemma in words("speech_verbs")):
        return "past"
    return "present" if helpers else _simple(lemma)


def _simple(lemma: str) -> Tense:
    """A verb in the present: only what is scheduled lies ahead ("the talks open on Friday")."""
    return "present" if lemma in words("scheduled_verbs") | words("future_verbs") else "report"


def _now(helpers: list[Token]) -> bool:
    return any(child.tag_ in ("VBZ", "VBP") for child in helpers)


def _is_plan(verb: Token) -> bool:
    """ "Set for Friday"; not "set fire to the depot on Friday"."""
    acts = verb.tag_ == "VBD" and any(child.dep_ == "dobj" for child in verb.children)
    return not acts and _aims(verb)


def _aims(verb: Token) -> bool:
    """ "Scheduled for Friday", "expected on Friday", and not "had planned since Friday"."""
    return any(child.lower_ in ("for", "on", "in", "at", "next", "to") for child in verb.subtree)


def _infinitive(verb: Token, depth: int) -> Tense | None:
    head = verb.head
    if head == verb:
        return "future"
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl") and (
        head.lemma_.lower() in words("future_verbs") or head.lower_ in words("future_adjectives")
    ):
        return "future"
    if head.lemma_ == "be" or (verb.dep_ in ("acl", "relcl") and head.pos_ == "NOUN"):
        return "future"
    return _above(verb, depth)


def _above(verb: Token, depth: int) -> Tense | None:
    node = verb.head
    while node.head != node and node.pos_ not in ("VERB", "AUX"):
        node = node.head
    if node.pos_ not in ("VERB", "AUX") or node == verb or depth > 20:
        return None
    return _verb(node, depth + 1)
