"""How the words around an event change it: negated, planned, feared, promised, refused, demanded.

From the event's word upwards through what governs it, as far as the governing words bear on
whether it happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from dateline.coder.lexicon import Lexicon, function_words

ABSORBING = frozenset({"commit", "vow", "threaten", "refuse", "demand"})
"""Operators that make one event with what they govern: "agreed to send", "threatened to cut"."""

MAX_CLIMB = 10


@dataclass(slots=True)
class Reading:
    """What was found on the way up."""

    negated: bool = False
    future: bool = False
    modal: bool = False
    planned: bool = False
    conditional: bool = False
    alleged: bool = False
    purpose: bool = False
    ended: bool = False
    accuser: Token | None = None
    """The word by which someone is accused of the event."""
    question: bool = False
    operator: Token | None = None
    """The nearest absorbing operator, and its kind."""
    kind: str | None = None
    inner_negated: bool = False
    """What the absorbing operator governs is negated: "urged not to attack"."""
    why: list[str] = field(default_factory=list)

    def note(self, token: Token, meaning: str) -> None:
        """Keep what a word was read as, for `explain`."""
        self.why.append(f"“{token.text}”: {meaning}")


def read(token: Token, lexicon: Lexicon) -> Reading:
    """Climb from an event's word to the top of what bears on it."""
    reading = Reading()
    current = token
    share = True  # whether the current word's own modality bears on the event
    for _ in range(MAX_CLIMB):
        if share:
            _local(current, reading, lexicon)
        step = _step(current, reading, lexicon)
        if step is None:
            break
        current, share = step
    if current.dep_ == "ROOT" and current.sent[-1].text == "?":
        reading.question = True
    return reading


def _local(token: Token, reading: Reading, lexicon: Lexicon) -> None:
    """Negation, modals and hedges on the word itself."""
    for child in token.children:
        word = child.lower_
        if child.dep_ == "neg" or (
            word in function_words("negator") and child.dep_ in {"det", "advmod", "preconj", "neg"}
        ):
            reading.negated = not reading.negated
            reading.note(child, "negated")
        elif child.dep_ == "aux" and word in function_words("future"):
            reading.future = True
            reading.note(child, "still to come")
        elif child.dep_ == "aux" and word in function_words("modal"):
            _modal(child, token, reading, lexicon)
        elif child.dep_ == "mark" and word in function_words("conditional"):
            reading.conditional = True
            reading.note(child, "conditional")
        elif child.dep_ == "advmod" and word in function_words("hedge"):
            reading.conditional = True
            reading.note(child, "possible")
        elif child.dep_ == "advmod" and word in function_words("allegedly"):
            reading.alleged = True
            reading.note(child, "alleged")
        elif child.dep_ in {"dobj", "nsubjpass"} and token.pos_ == "VERB":
            if any(c.dep_ == "det" and c.lower_ == "no" for c in child.children):
                reading.negated = not reading.negated  # "sent no weapons"
                reading.note(child, "negated")
        elif child.dep_ == "amod":
            _adjective(child, reading, lexicon)


def _modal(modal: Token, verb: Token, reading: Reading, lexicon: Lexicon) -> None:
    if modal.lower_ in function_words("demanding") and verb.dep_ == "ccomp":
        saying = lexicon.match(verb.head)
        if saying is not None and saying.predicate.type == "REQUEST":
            _apply("demand", verb.head, reading)  # "said that X must withdraw"
            return
    past_report = verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}
    if modal.lower_ in {"would", "'d"} and past_report:
        reading.future = True
        reading.note(modal, "still to come, as reported")
    elif modal.lower_ in {"can", "ca", "could"} and any(
        child.dep_ == "neg" for child in verb.children
    ):
        reading.modal = True
        reading.note(modal, "not possible")
    else:
        reading.modal = True
        reading.note(modal, "possible")


def _adjective(token: Token, reading: Reading, lexicon: Lexicon) -> None:
    operator = lexicon.operator(token)
    if operator is None:
        return
    if operator.object == "plan":
        reading.planned = True
        reading.note(token, "still to come")
    elif operator.object == "conditional":
        reading.conditional = True
        reading.note(token, "possible")
    elif operator.object == "allege":
        reading.alleged = True
        reading.note(token, "alleged")


def _step(token: Token, reading: Reading, lexicon: Lexicon) -> tuple[Token, bool] | None:
    """The word above and whether its modality is shared, or None at the top."""
    head, dep = token.head, token.dep_
    if head == token:
        return None
    if dep == "conj":
        own = token.tag_ in {"VBD", "VBZ", "VBP"} or any(
            c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} and c.tag_ != "TO"
            for c in token.children
        )
        return head, not own
    if token.pos_ in {"VERB", "AUX"} or dep == "xcomp":  # "agreed to talks", misread
        return _above_verb(token, head, dep, reading, lexicon)
    return _above_noun(token, head, dep, reading, lexicon)


def _above_verb(
    token: Token, head: Token, dep: str, reading: Reading, lexicon: Lexicon
) -> tuple[Token, bool] | None:
    infinitive = any(child.tag_ == "TO" for child in token.children)
    if dep in {"xcomp", "ccomp"}:
        if head.lemma_ == "be" and infinitive:
            return _apply("plan", head, reading)
        return _clause(head, reading, lexicon, others=dep == "ccomp" and _of_others(token))
    if dep in {"acl", "relcl"} and infinitive:
        return _clause(head, reading, lexicon) or _clause_of_object(head, reading, lexicon)
    if dep == "advcl":
        if infinitive and not any(child.dep_ == "mark" for child in token.children):
            operator = lexicon.operator(head)
            if operator is not None and operator.clause:
                return _apply(operator.clause, head, reading)
            reading.purpose = True
            reading.note(token, "a purpose")
        return None
    if dep == "pcomp":
        preposition = head
        if preposition.lower_ in function_words(
            "without"
        ) or preposition.head.lower_ in function_words("without"):
            reading.negated = True
            reading.note(preposition, "not done")
            return None
        if preposition.lower_ in function_words("factive"):
            return None
        governor = preposition.head
        if governor.pos_ in {"ADV", "ADP"}:  # "staying away from supplying"
            governor = governor.head
        return _clause(governor, reading, lexicon)
    return None


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
    return _apply(operator.clause, head, reading)


def _of_others(verb: Token) -> bool:
    """Whether a reported clause has a subject that is no pronoun."""
    return any(
        child.dep_ in {"nsubj", "nsubjpass"} and child.pos_ != "PRON" for child in verb.children
    )


def _above_noun(
    token: Token, head: Token, dep: str, reading: Reading, lexicon: Lexicon
) -> tuple[Token, bool] | None:
    if dep == "pobj":
        preposition = head
        if preposition.lower_ in function_words("without"):
            reading.negated = True
            reading.note(preposition, "not done")
            return None
        head = preposition.head
        while head.dep_ == "prep" and head.pos_ == "ADP" and head.head != head:
            head = head.head
    elif dep not in {"dobj", "nsubjpass", "nsubj", "attr", "oprd", "dative"}:
        return None
    operator = lexicon.operator(head)
    if operator is None:
        return None
    kind = operator.object
    if dep == "nsubj":  # "talks will begin", but not "the invasion failed to …"
        return (head, True) if kind == "light" or operator.clause == "aspect" else None
    if kind in {"light", "receive", "aspect"}:
        return head, True
    if kind is None or (dep == "pobj" and head.pos_ == "VERB" and not operator.rest):
        return None
    return _apply(kind, head, reading)


def _apply(kind: str, token: Token, reading: Reading) -> tuple[Token, bool] | None:
    """What an operator makes of the event; the climb goes on above it."""
    if kind in ABSORBING:
        if reading.operator is None:
            reading.operator, reading.kind = token, kind
            reading.inner_negated, reading.negated = reading.negated, False
            reading.future = reading.modal = reading.planned = reading.purpose = False
            reading.note(token, kind)
        elif kind == "refuse":
            reading.negated = not reading.negated
        return token, True
    if kind == "plan":
        reading.planned = True
        reading.note(token, "still to come")
    elif kind == "future":
        reading.future = True
        reading.note(token, "still to come")
    elif kind in {"fail", "deny", "prevent"}:
        reading.negated = not reading.negated
        reading.note(token, "not done")
    elif kind == "end":
        reading.ended = True
        reading.note(token, "ended")
    elif kind == "conditional":
        reading.conditional = True
        reading.note(token, "possible or feared")
    elif kind in {"accuse", "allege"}:
        reading.alleged = True
        reading.accuser = reading.accuser or token
        reading.note(token, "alleged")
    return token, True
