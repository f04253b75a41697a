"""Which time governs an event.

A time belongs to the clause that it is attached to. In order of trust: what hangs on the trigger
itself; for a noun, what stands in its phrase; what hangs on the verb above it, up to the next
finite clause; the time of a clause that shares the trigger's ("met on Monday and signed"); last,
the time of the verb that reports the clause ("said on Tuesday that"), which is a bound for what
was said. A time before a noun ("the 2014 invasion", "Monday's attack") is that noun's alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dateline.coder.times.accept import token_at
from dateline.coder.times.lexicon import words
from dateline.coder.times.model import TimeExpression

_VERBS = ("VERB", "AUX")
_BEFORE_NOUN = ("compound", "nummod", "poss", "amod", "nmod")
_OPEN = ("xcomp", "conj", "advcl", "acl", "pcomp", "prep")


def governing_time(trigger: Token, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The time that governs the trigger's clause; None where none in its sentence does.

    The time of a verb of saying is returned for what was said only where nothing else is. A mere
    duration ("for seven weeks") says nothing of when, and governs nothing.
    """
    sentence = trigger.sent
    anchors: list[tuple[Token, TimeExpression]] = []
    for time in times:
        if time.event is not None and _tells(trigger, time):
            if time.inner is None:
                continue
            time = time.inner
        empty = time.relation == "duration" and not (time.first or time.last)
        if sentence.start_char <= time.start < sentence.end_char and not empty:
            anchors.append((_anchor(trigger, time), time))
    if not anchors:
        return None
    node, hops = trigger, 0
    if trigger.pos_ not in _VERBS and (found := _within(trigger, anchors)):
        return found
    while hops < 30:
        if found := _attached(node, trigger, anchors):
            return found
        if node.head == node or not _climbs(node):
            break
        node, hops = node.head, hops + 1
    return _shared(node, trigger, anchors) or _reported(node, trigger, anchors)


def _tells(trigger: Token, time: TimeExpression) -> bool:
    """Whether a time is told by the trigger's event, and so does not date it."""
    if time.start <= trigger.idx < time.end:
        return True
    return any(ancestor.idx == time.event for ancestor in trigger.ancestors)


def _anchor(trigger: Token, time: TimeExpression) -> Token:
    """The token by which a time hangs on the rest."""
    return token_at(trigger.doc, time.start, time.end)


def _holder(anchor: Token) -> tuple[Token, bool]:
    """The word that a time is about, and whether only that word is."""
    if anchor.dep_ in _BEFORE_NOUN and anchor.head.i > anchor.i:
        return anchor.head, True
    return anchor, False


def _within(noun: Token, anchors: list[tuple[Token, TimeExpression]]) -> TimeExpression | None:
    """The time inside a noun's phrase, not inside a clause of it."""
    found = [
        (abs(anchor.i - noun.i), time)
        for anchor, time in anchors
        if _path(anchor, noun) is not None
    ]
    return min(found, key=lambda item: item[0])[1] if found else None


def _path(anchor: Token, top: Token) -> list[Token] | None:
    """The tokens from a time's head to `top`; None where it is elsewhere, or below a verb."""
    holder, only = _holder(anchor)
    if only:
        return [] if holder == top else None
    path: list[Token] = []
    node = anchor
    while node != top:
        if node.head == node or (
            node.pos_ in _VERBS and node.dep_ not in ("aux", "auxpass", "prep")
        ):
            return None
        node = _above(node)
        path.append(node)
    return path


def _above(node: Token) -> Token:
    """What a word hangs on: for "said last month she wanted", the saying, whatever the parse."""
    head = node.head
    if node.dep_ not in ("npadvmod", "prep", "advmod") or head.dep_ != "ccomp":
        return head
    speech = head.head
    between = any(
        child.dep_ in ("nsubj", "nsubjpass", "mark") and speech.i < child.i < node.i
        for child in head.children
    )
    said = speech.lemma_.lower() in words("speech_verbs") and speech.i < node.i < head.i
    return speech if said and not between else head


def _attached(
    node: Token, trigger: Token, anchors: list[tuple[Token, TimeExpression]]
) -> TimeExpression | None:
    """The time that hangs on a token, the nearest in the tree and then in the text."""
    found = []
    for anchor, time in anchors:
        path = _path(anchor, node)
        if path is not None:
            unknown = not (time.first or time.last)
            found.append((unknown, len(path), abs(anchor.i - trigger.i), time))
    return min(found, key=lambda item: item[:3])[3] if found else None


def _finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBZ", "VBP", "MD")
        for child in verb.children
    )


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _climbs(node: Token) -> bool:
    """Whether the time of the word above is a token's time as well."""
    if node.pos_ not in _VERBS:
        return True
    if node.dep_ in ("aux", "auxpass"):
        return True
    if node.dep_ == "conj":
        return not _has_subject(node)
    if node.dep_ in _OPEN or node.dep_ in ("ccomp", "relcl", "csubj"):
        marked = any(child.dep_ in ("mark", "prep") and child.i < node.i for child in node.lefts)
        return not _finite(node) and not (marked and node.dep_ == "advcl")
    return False


def _shared(
    node: Token, trigger: Token, anchors: list[tuple[Token, TimeExpression]]
) -> TimeExpression | None:
    """The time of a verb joined to this one without a subject of its own: "arrived and met on"."""
    for child in node.children:
        if child.dep_ != "conj" or child.pos_ not in _VERBS or _has_subject(child):
            continue
        if found := _attached(child, trigger, anchors):
            return found
    return None


def _reported(
    node: Token, trigger: Token, anchors: list[tuple[Token, TimeExpression]]
) -> TimeExpression | None:
    """The time of the verb that takes this clause as what was said."""
    for _ in range(30):
        if node.head == node or node.dep_ not in ("ccomp", "conj", "xcomp", "advcl", "parataxis"):
            return None
        content = node.dep_ in ("ccomp", "parataxis")
        node = node.head
        if content and (found := _attached(node, trigger, anchors)):
            return found
    return None
