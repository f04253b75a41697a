"""What the clause around a word says of it: negation, modals, conditions, times still to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from dateline.coder.lexicon import Lexicon, function_words

VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "nsubj", "nsubjpass"})
_INVERTED = frozenset({"had", "were", "should"})
_CLAUSE_OPENING = frozenset({"nsubj", "nsubjpass", "expl", "mark"})


class Sign(NamedTuple):
    """A word of the clause and what it makes of the event: the name of a flag of `Reading`."""

    flag: str
    token: Token
    meaning: str


def signs(token: Token, below: Token | None, lexicon: Lexicon) -> Iterator[Sign]:
    """All that a word's own clause says of it; `below` is the part that was read before."""
    negators = list(negations(token, below))
    for negator in negators:
        yield Sign("negated", negator, "negated")
    for child in token.children:
        word = child.lower_
        if child.dep_ == "aux" and child.tag_ == "MD" and _misplaced(child, token):
            continue
        if child.dep_ == "aux" and word in function_words("future"):
            yield Sign("future", child, "still to come")
        elif child.dep_ == "aux" and word in function_words("modal"):
            yield from _modal(child, token, bool(negators))
        elif child.dep_ == "mark" and word in function_words("conditional"):
            yield Sign("conditional", child, "conditional")
        elif child.dep_ == "advmod" and word in function_words("hedge"):
            yield Sign("conditional", child, "possible")
        elif child.dep_ == "advmod" and word in function_words("allegedly"):
            yield Sign("alleged", child, "alleged")
        elif child.dep_ in {"amod", "acl"}:
            yield from _attribute(child, lexicon)
        elif child.dep_ in {"advmod", "npadvmod"} and is_present(token) and is_coming(child):
            yield Sign("future", child, "still to come")
    yield from _conditions(token)


def negations(token: Token, below: Token | None = None) -> Iterator[Token]:
    """The words that deny a word: its own negation, a subject or object that is nobody."""
    for child in token.children:
        if child == below:
            continue
        if _negates(child, token):
            yield child
        elif child.dep_ in _OBJECTS and token.pos_ in VERBS:
            negator = negative(child)
            if negator is not None:
                yield negator
    if token.pos_ in VERBS:
        yield from _fronted(token)


def _negates(child: Token, head: Token) -> bool:
    word = child.lower_
    if word == "longer" and child.dep_ == "advmod":
        return any(c.lower_ in {"no", "not"} for c in child.children)
    if word == "nor" and child.dep_ == "cc":
        return child.i < head.i  # "nor did it attack"
    deps = {"det", "advmod", "preconj", "neg"}
    if child.dep_ != "neg" and not (word in function_words("negator") and child.dep_ in deps):
        return False
    return not is_no_denial(child)


def is_no_denial(negator: Token) -> bool:
    """ "Not only", "no fewer than", "never before had …": words of negation that deny nothing."""
    following = negator.nbor(1).lower_ if negator.i + 1 < len(negator.doc) else ""
    if negator.lower_ in {"hardly", "scarcely", "barely"}:
        return negator.is_sent_start is True and following in {"had", "has", "have"}
    return following in function_words("no-denial")


def negative(noun: Token) -> Token | None:
    """The word that makes a noun phrase one of nobody: "no one", "neither X nor Y", "not one"."""
    if noun.lower_ in function_words("nobody"):
        return noun
    first = noun.left_edge
    if is_no_denial(first):
        return None
    following = first.nbor(1).lower_ if first.i < noun.i else ""
    if first.lower_ == "not":
        return first if following in {"a", "one", "any", "single", "even"} else None
    return first if first.lower_ in {"no", "neither", "none"} else None


def _fronted(verb: Token) -> Iterator[Token]:
    """ "At no point … was he met", "Nowhere … has it deployed": denial before an inversion."""
    negator = _opening_negator(verb)
    if negator is None:
        return
    for token in verb.sent:
        if token.pos_ != "AUX" or token.i < negator.i:
            continue
        inverted = token.head if token.dep_ in {"aux", "auxpass"} else token
        if any(c.dep_ in SUBJECTS and c.i > token.i for c in inverted.children):
            reduced = verb.dep_ == "acl" and verb.head.head == inverted
            if verb == inverted or reduced:
                yield negator
            return


def _opening_negator(verb: Token) -> Token | None:
    start = verb.sent.start
    words = [token.lower_ for token in verb.sent[:3]]
    if words[:1] == ["nowhere"] or words[:2] == ["not", "once"]:
        return verb.doc[start]
    if words[1:2] == ["no"] and words[2:3] and words[2] in function_words("no-occasion"):
        return verb.doc[start + 1]
    return None


def _misplaced(modal: Token, verb: Token) -> bool:
    """Whether a modal cannot belong to a verb: "who must file a report, detained …"."""
    return verb.tag_ == "VBD" and not any(
        c.dep_ in {"aux", "auxpass"} and c != modal for c in verb.children
    )


def _modal(modal: Token, verb: Token, negated: bool) -> Iterator[Sign]:
    if modal.lower_ in {"would", "'d"} and is_fulfilled(verb):
        return
    past_report = verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}
    if modal.lower_ in {"would", "'d"} and past_report:
        yield Sign("future", modal, "still to come, as reported")
        return
    if modal.lower_ in {"can", "ca", "could"}:
        own = any(c.dep_ == "neg" for c in modal.children)
        if own and any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.children):
            return  # "could not but refuse"
        if own:
            yield Sign("negated", modal, "not possible")
        if own or negated:
            return
    yield Sign("modal", modal, "possible")


def is_fulfilled(verb: Token) -> bool:
    """ "Who would later seize the town", "would go on to win": told from afterwards."""
    if verb.dep_ == "ccomp" or any(_is_condition(c) for c in verb.children):
        return False
    goes_on = verb.lemma_ == "go" and any(
        c.dep_ == "prt" and c.lower_ == "on" for c in verb.children
    )
    return goes_on or any(
        c.dep_ == "advmod" and c.lower_ in function_words("afterwards") for c in verb.children
    )


def _is_condition(clause: Token) -> bool:
    """A clause of "if"; with "unless" an act is announced that can still be averted."""
    return clause.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ == "if" for c in clause.children
    )


def _attribute(child: Token, lexicon: Lexicon) -> Iterator[Sign]:
    """ "The planned talks", "the alleged attack", "talks, scheduled for Tuesday, …"."""
    operator = lexicon.operator(child)
    if operator is None or (child.dep_ == "acl" and child.tag_ != "VBN"):
        return
    if operator.object == "plan" and not (child.dep_ == "amod" and child.tag_ == "VBG"):
        yield Sign("planned", child, "still to come")
    elif operator.object == "conditional" and child.dep_ == "amod":
        yield Sign("conditional", child, "possible")
    elif operator.object == "allege":
        yield Sign("alleged", child, "alleged")


def _conditions(token: Token) -> Iterator[Sign]:
    opening = opener(token)
    if opening is not None:
        yield Sign("conditional", opening, "conditional")
    if token.pos_ not in VERBS:
        return
    for child in token.children:
        if child.dep_ == "aux" and is_inverted(child, token):
            yield Sign("conditional", child, "conditional")
        elif _is_condition(child) and any(
            c.lower_ in {"will", "'ll", "would", "'d"} for c in token.children
        ):
            yield Sign("conditional", child, "on a condition")


def is_inverted(word: Token, verb: Token) -> bool:
    """ "Had X known", "Should X attack", "Were X to attack": a condition without its "if"."""
    if word.lower_ not in _INVERTED or word.sent[-1].text == "?":
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    before = word.nbor(-1) if word.i > word.sent.start else None
    opens = before is None or before.is_punct or before.dep_ == "cc" or word.lower_ == "should"
    return subject is not None and subject.i > word.i and opens


def opener(token: Token) -> Token | None:
    """The words before a clause or a noun that make it a condition: "provided that", "in case"."""
    verbal = token.pos_ in VERBS
    if verbal:
        starts = [c.left_edge.i for c in token.children if c.dep_ in _CLAUSE_OPENING]
        start = min(starts, default=token.i)
    else:
        start = token.left_edge.i
    marked = verbal and token.doc[start].dep_ == "mark"
    for words in _openings():
        if (words[-1] == "of") == verbal:
            continue
        for end in (start, start + 1) if marked else (start,):
            first = end - len(words)
            if first >= 0 and [t.lower_ for t in token.doc[first:end]] == words:
                return token.doc[first]
    return None


def _openings() -> list[list[str]]:
    return [phrase.split() for phrase in function_words("condition")]


def is_present(verb: Token) -> bool:
    """Whether a verb is in the present tense, progressive or not, with no other auxiliary."""
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if verb.tag_ in {"VBZ", "VBP"}:
        return not auxiliaries
    return verb.tag_ in {"VBG", "VBN"} and [c.tag_ for c in auxiliaries] in (["VBZ"], ["VBP"])


def is_coming(adverb: Token) -> bool:
    """ "Tomorrow", "next Monday": a time that is still to come."""
    if adverb.lower_ in function_words("coming"):
        return True
    return adverb.dep_ == "npadvmod" and adverb.left_edge.lower_ in {"next", "coming"}
