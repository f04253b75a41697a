"""Which armed group of the article "the militants" or "Kurdish forces" are.

News names a group once or twice and then goes on with what kind of group it is. Such a description
means the group that the article speaks of, where one stands out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from dateline.actors import ARMED_SECTORS, Identity
from dateline.coder import phrases
from dateline.coder.memory import Known, Memory

_STANDS_OUT = 0.6
"""The share of all mentions of armed groups from which one group is meant."""
_SCORE = 0.7


def taken_up(
    token: Token, identity: Identity, memory: Memory, speaker: Callable[[Token], Identity | None]
) -> Identity | None:
    """The named group that a description of armed people takes up; None where none stands out.

    `speaker` tells who is quoted with a word: he does not mean his own.
    """
    people = identity.id.rpartition(":")[0]
    backed = phrases.is_backed(token)
    sectors = ARMED_SECTORS | {"MIL"} if people or backed else ARMED_SECTORS
    if identity.sector not in sectors or _is_new(token):
        return None
    quoted = speaker(token)
    others = {quoted.id} if quoted is not None else set()
    named = [known for known in memory.everyone() if _is_group(known)]
    if backed:  # whom the sentence names beside them is somebody else
        others |= {k.identity.id for k in named if k.sentence == memory.sentence(token)}
    named = [known for known in named if known.identity.id not in others]
    if people:
        words = phrases.name(phrases.core(token)).split()
        word = next((w for w in words if w[:1].isupper()), words[0])
        own = {known.identity.id for known in named if word in _described(known)}
        named = [known for known in named if known.identity.id in own]
    counts = Counter(known.identity for known in named)
    if not counts:
        return None
    group, count = counts.most_common(1)[0]
    alone = count == 1 and not people  # named in passing
    if alone or count < _STANDS_OUT * sum(counts.values()):
        return None
    return replace(group, score=min(group.score, _SCORE))


def _is_group(known: Known) -> bool:
    identity = known.identity
    return identity.kind == "group" and identity.sector in ARMED_SECTORS and not known.person


def _is_new(token: Token) -> bool:
    """Whether a phrase brings up somebody: "a militant group", "two gunmen"."""
    if token.tag_ in {"NN", "NNP"}:
        return not phrases.is_definite(token)
    return any(c.dep_ == "nummod" or c.lower_ in {"other", "several"} for c in token.children)


def _described(known: Known) -> set[str]:
    """The words of a mention and of what stands beside it: "the Kurdish militia, the YPG"."""
    beside = [known.token, *phrases.appositions(known.token)]
    if known.token.dep_ == "appos":
        beside.append(known.token.head)
    return {part for head in beside for word in phrases.core(head) for part in word.text.split("-")}
