"""How the words around an event change it: negated, planned, feared, promised, refused, demanded.

From the event's word upwards through what governs it, as far as the governing words bear on
whether it happened.
"""

from __future__ import annotations

from spacy.tokens import Token

from dateline.coder import moods
from dateline.coder.effects import Reading, apply
from dateline.coder.lexicon import Lexicon, function_words

__all__ = ["Reading", "read"]

MAX_CLIMB = 10


def read(token: Token, lexicon: Lexicon) -> Reading:
    """Climb from an event's word to the top of what bears on it."""
    reading = Reading()
    current, below = token, None
    share = True  # whether the current word's own modality bears on the event
    for _ in range(MAX_CLIMB):
        if share:
            _local(current, below, reading, lexicon)
        step = _step(current, reading, lexicon)
        if step is None:
            break
        below = current
        current, share = step
    if current.dep_ == "ROOT" and current.sent[-1].text == "?":
        reading.question = True
    if reading.ended and reading.purpose:  # "talks to end the sanctions": they are still in force
        reading.ended = reading.purpose = False
    if reading.stopped is not None and reading.negated:  # "never stopped supplying"
        reading.ended, reading.negated = False, reading.stopped
        reading.note(current, "went on")
    return reading


def _local(token: Token, below: Token | None, reading: Reading, lexicon: Lexicon) -> None:
    """Negation, modals and hedges on the word itself."""
    for sign in moods.signs(token, below, lexicon):
        if sign.flag == "modal" and _demands(sign.token, token, lexicon):
            apply("demand", token.head, reading)  # "said that X must withdraw"
            continue
        if sign.flag == "negated":
            reading.negated = not reading.negated
        else:
            setattr(reading, sign.flag, True)
        reading.note(sign.token, sign.meaning)


def _demands(modal: Token, verb: Token, lexicon: Lexicon) -> bool:
    if modal.lower_ not in function_words("demanding") or verb.dep_ != "ccomp":
        return False
    saying = lexicon.match(verb.head)
    return saying is not None and saying.predicate.type == "REQUEST"


def _step(token: Token, reading: Reading, lexicon: Lexicon) -> tuple[Token, bool] | None:
    """The word above and whether its modality is shared, or None at the top."""
    head, dep = token.head, token.dep_
    if head == token:
        if any(child.tag_ == "TO" for child in token.children):  # a headline's "Xi to visit Hanoi"
            return apply("plan", token, reading) and None
        return None
    if dep == "conj":
        own = token.tag_ in {"VBD", "VBZ", "VBP"} or any(
            c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} and c.tag_ != "TO"
            for c in token.children
        )
        nor = next((c for c in head.children if c.lower_ == "nor" and c.i > head.i), None)
        if nor is not None and nor.i < token.i:  # "neither praised nor criticised"
            reading.negated = not reading.negated
            reading.note(nor, "negated")
            return head, False
        return head, not own
    if token.pos_ in {"VERB", "AUX"} or dep == "xcomp":  # "agreed to talks", misread
        return _above_verb(token, head, dep, reading, lexicon)
    if dep in {"acomp", "attr"} and head.lemma_ == "be":
        return head, True  # "is not true", "was no attack"
    return _above_noun(token, head, dep, reading, lexicon)


def _above_verb(
    token: Token, head: Token, dep: str, reading: Reading, lexicon: Lexicon
) -> tuple[Token, bool] | None:
    infinitive = any(child.tag_ == "TO" for child in token.children)
    if dep in {"xcomp", "ccomp"}:
        return _above_complement(token, head, infinitive, reading, lexicon)
    if dep in {"acl", "relcl"}:
        if infinitive:
            return _clause(head, reading, lexicon) or _clause_of_object(head, reading, lexicon)
        if _has_that(token):  # "reports that", "no evidence that"
            return _clause(head, reading, lexicon, others=_of_others(token))
        return None
    if dep == "advcl":
        return _above_adverbial(token, head, infinitive, reading, lexicon)
    if dep == "pcomp":
        return _above_gerund(head, reading, lexicon)
    return None


def _above_complement(
    token: Token, head: Token, infinitive: bool, reading: Reading, lexicon: Lexicon
) -> tuple[Token, bool] | None:
    """The word that a clause completes: "plans to", "denied that", "it is not true that"."""
    if infinitive and head.lemma_ in {"be", "have"}:
        yet = next((c for c in head.children if c.lower_ == "yet"), None)
        if yet is not None:
            reading.negated = not reading.negated
            reading.note(yet, "not done so far")
            return head, True
        if head.lemma_ == "be":
            if moods.is_inverted(head, head):
                reading.conditional = True
                reading.note(head, "conditional")
                return head, False
            return None if token.lemma_ == "blame" else apply("plan", head, reading)
    if infinitive and head.pos_ == "PROPN" and head.dep_ == "ROOT":
        return apply("plan", token, reading) and None  # a headline's "EU to impose tariffs"
    ccomp = token.dep_ == "ccomp"
    frame = _frame(token, head, lexicon) if ccomp else None
    if frame is not None:
        return _clause(frame, reading, lexicon)
    if ccomp and token.i < head.i and not _speaks(head, lexicon):
        return None  # set beside it: "X is threatening to close it should Y stop buying"
    return _clause(head, reading, lexicon, others=ccomp and _of_others(token))


def _frame(clause: Token, head: Token, lexicon: Lexicon) -> Token | None:
    """What a clause with "that" hangs on where the parse gives it to a verb beside or above.

    Of "it is not true that", the adjective; of "we find no sign, wrote X, that", the noun.
    """
    if not _has_that(clause):
        return None
    beside = [c for c in head.children if c.dep_ in {"ccomp", "parataxis"} and c.i < clause.i]
    for verb in (head, *(v for v in beside if not _has_that(v))):
        for word in verb.children:
            if word.dep_ not in {"acomp", "attr", "dobj", "oprd"} or word.i > clause.i:
                continue
            operator = lexicon.operator(word)
            if operator is not None and operator.clause in {"light", "deny", "told"}:
                return word
    return None


def _has_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _speaks(verb: Token, lexicon: Lexicon) -> bool:
    """Whether what stands before a verb can be what it says: "it would attack, he warned"."""
    operator = lexicon.operator(verb)
    return operator is not None and operator.clause not in {
        "aspect", "end", "fail", "light", "permit", "plan", "prevent", "stop",
    }  # fmt: skip


def _above_adverbial(
    token: Token, head: Token, infinitive: bool, reading: Reading, lexicon: Lexicon
) -> tuple[Token, bool] | None:
    marks = {child.lower_ for child in token.children if child.dep_ == "mark"}
    operator = lexicon.operator(head)
    if not infinitive:
        beside = token.tag_ == "VBG" and not marks and 0 < token.i - head.i <= 3
        if beside and operator is not None and operator.clause in {"refuse", "deny", "end", "stop"}:
            return apply(operator.clause, head, reading)  # "ruled out sending", misread
        return None
    if not marks <= {"for"}:
        return None
    if operator is not None and operator.clause and (not marks or operator.clause == "demand"):
        return apply(operator.clause, head, reading)
    if not marks and moods.is_inverted(head, head):  # "were X to attack", misread
        reading.conditional = True
        reading.note(head, "conditional")
    elif not marks:
        reading.purpose = True
        reading.note(token, "a purpose")
    return None


def _above_gerund(
    preposition: Token, reading: Reading, lexicon: Lexicon
) -> tuple[Token, bool] | None:
    without = [preposition, preposition.head, *preposition.lefts]
    if any(word.lower_ in function_words("without") for word in without):
        reading.negated = True
        reading.note(preposition, "not done")
        return None
    if preposition.lower_ in function_words("factive"):
        return None
    governor = preposition.head
    if governor.pos_ in {"ADV", "ADP"}:  # "staying away from supplying"
        governor = governor.head
    if governor.dep_ in {"dobj", "nsubjpass"}:
        operator = lexicon.operator(governor.head)
        if operator is not None and operator.clause in {"accuse", "prevent"}:
            return apply(operator.clause, governor.head, reading)
    return _clause(governor, reading, lexicon)


def _clause_of_object(noun: Token, reading: Reading, lexicon: Lexicon) -> tuple[Token, bool] | None:
    """ "urged Russia to withdraw", where the infinitive is hung on the noun."""
    head = noun.head
    if noun.dep_ == "pobj":
        head = head.head
    if head.pos_ in {"VERB", "AUX"} and noun.dep_ in {"dobj", "pobj", "nsubjpass"}:
        return _clause(head, reading, lexicon)
    return None


def _clause(
    head: Token, reading: Reading, lexicon: Lexicon, *, others: bool = False
) -> tuple[Token, bool] | None:
    operator = lexicon.operator(head)
    if operator is None or not operator.clause:
        return None
    if others and operator.clause in {"commit", "vow", "threaten", "refuse", "plan"}:
        return None  # "warned that Russia would attack" is no threat by who warns
    return apply(operator.clause, head, reading)


def _of_others(verb: Token) -> bool:
    """Whether a reported clause has a subject that is no pronoun."""
    return any(
        child.dep_ in {"nsubj", "nsubjpass"} and child.pos_ != "PRON" for child in verb.children
    )


def _above_noun(
    token: Token, head: Token, dep: str, reading: Reading, lexicon: Lexicon
) -> tuple[Token, bool] | None:
    as_object = False
    if dep == "pobj":
        preposition = head
        if preposition.lower_ in function_words("without"):
            reading.negated = True
            reading.note(preposition, "not done")
            return None
        head = preposition.head
        while head.dep_ == "prep" and head.pos_ == "ADP" and head.head != head:
            head = head.head
        if preposition.lower_ == "for" and head.lemma_ in function_words("motion"):
            return head, True  # "will fly to Tunis for talks"
        as_object = preposition.lower_ == "as"  # "dismissed as baseless reports that", misread
        accusing = _accusing(preposition, head, lexicon)
        if accusing is not None:
            return apply("accuse", accusing, reading)
    elif dep == "nsubj":
        return _above_subject(head, reading, lexicon)
    elif dep not in {"dobj", "nsubjpass", "attr", "oprd", "dative"}:
        return None
    operator = lexicon.operator(head)
    if operator is None:
        return None
    kind = operator.object
    if kind in {"light", "receive", "aspect"}:
        return head, True
    if as_object:
        return apply(kind, head, reading) if kind == "deny" else None
    if kind is None or (dep == "pobj" and head.pos_ == "VERB" and not operator.rest):
        return None
    return apply(kind, head, reading)


def _above_subject(head: Token, reading: Reading, lexicon: Lexicon) -> tuple[Token, bool] | None:
    """ "Talks will begin", "the ban is due to begin"; not "the invasion failed to …"."""
    operator = lexicon.operator(head)
    if operator is not None and (operator.object == "light" or operator.clause == "aspect"):
        return head, True
    for word in head.children if head.lemma_ == "be" else ():
        operator = lexicon.operator(word) if word.dep_ == "acomp" else None
        if operator is not None and operator.object in {"plan", "conditional"}:
            inner = next((c for c in word.children if c.dep_ == "xcomp"), None)
            if inner is None or inner.lemma_ in function_words("taking-place"):
                return apply(operator.object, word, reading)
    return None


def _accusing(preposition: Token, head: Token, lexicon: Lexicon) -> Token | None:
    """Of "accused X of the massacre", wherever the preposition hangs, the verb."""
    verb = head.head if head.dep_ in {"dobj", "nsubjpass"} else head
    operator = lexicon.operator(verb)
    if operator is not None and operator.object == "accuse" and verb.pos_ == "VERB":
        return verb if operator.rest == (preposition.lower_,) else None
    return None
