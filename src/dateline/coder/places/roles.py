"""What part a place plays in its clause: where, from where, to where, or no place but a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from dateline.coder.places.gazetteer import Entry
from dateline.coder.places.model import PlaceName, Role
from dateline.coder.places.tables import words

_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_LINKED = frozenset({"conj", "appos"})
_RANK = {"point": 0, "district": 1, "city": 2, "region": 3, "sea": 3, "country": 4, "none": 2}


def role_of(span: Span, entry: Entry | None) -> Role:
    """The role of a name: "at", "from", "to", or "metonym" where a state or body is meant."""
    head = span.root
    state = entry is not None and (entry.kind == "country" or entry.capital or _is_seat(entry))
    for _ in range(4):
        if head.dep_ not in _LINKED or head.head == head:
            break
        head = head.head
    if state and _acts(head, span):
        return "metonym"
    return _direction(head)


def _is_seat(entry: Entry) -> bool:
    """Buildings that stand for who governs from them."""
    return entry.name.lower() in words("seat")


def _acts(head: Token, span: Span) -> bool:
    if span.start > 1 and span.doc[span.start - 1].text == "-":
        return span.doc[span.start - 2].lower_ in words("side")
    after = span.doc[span.end] if span.end < len(span.doc) else None
    if after is not None and after.text == "-":
        return _is_backed(span)
    dep, parent = head.dep_, head.head
    if dep in _SUBJECT:
        return parent.lemma_.lower() in words("verb_act")
    if dep == "agent" or (dep == "pobj" and parent.dep_ == "agent"):
        return True
    if dep == "pobj":
        return _with_state(parent)
    if dep in {"dobj", "dative", "obj"}:
        return parent.lemma_.lower() in words("verb_told")
    if dep in {"poss", "compound", "nmod"}:
        return parent.lower_ in words("noun_policy" if dep == "poss" else "noun_office")
    return False


def _is_backed(span: Span) -> bool:
    """US-backed, Kremlin-run; but not Paris-based."""
    i = span.end + 1
    if i >= len(span.doc):
        return False
    word = span.doc[i].lower_
    return word.endswith("ed") and word not in words("hyphen_place")


def _with_state(preposition: Token) -> bool:
    """Talks with Beijing, sanctions against Iran, a war between Russia and Ukraine."""
    word, noun = preposition.lower_, preposition.head.lower_
    if word in words("preposition_metonym"):
        return noun not in words("noun_border")
    if word == "between":
        return noun in words("noun_between")
    return word in {"on", "for"} and noun in words("noun_measure")


def _direction(head: Token) -> Role:
    dep, parent = head.dep_, head.head
    if dep == "pobj":
        return _by_preposition(parent)
    if dep in {"dobj", "nsubjpass"}:
        verb = parent.lemma_.lower()
        if verb in words("verb_from"):
            return "from"
        if verb in words("verb_to"):
            return "to"
    if dep == "compound" and parent.lower_ in words("noun_event"):
        return "at"
    if dep in {"pobj", "compound", "nmod"} and parent.dep_ == "pobj":
        return _by_preposition(parent.head)
    return "at"


def _by_preposition(preposition: Token) -> Role:
    word = preposition.lower_
    if word == "of" and preposition.head.lower_ != "out":
        noun = preposition.head  # the city of Homs: as the city does
        return _direction(noun) if noun.lower_ in words("place_noun") else "at"
    if word in {"from", "of"}:
        return "from"
    bound = word == "for" and preposition.head.lemma_.lower() in words("verb_bound")
    if bound or word in words("preposition_to"):
        return "to"
    return "at"


def governing_place(trigger: Token, places: Sequence[PlaceName]) -> PlaceName | None:
    """The place where what a trigger reports took place, by its clause; never a metonym.

    Looked for in what the trigger governs, then in what it hangs on: the verb that carries an
    event noun ("held talks in Geneva"), the first of conjoined verbs, the noun of a relative
    clause.
    """
    literal = {
        i: place for place in places if place.role != "metonym" for i in _tokens(trigger, place)
    }
    if not literal:
        return None
    for token in _carriers(trigger):
        found = list(_below(token, literal))
        if found:
            return min(found, key=_preference)
    return None


def _tokens(trigger: Token, place: PlaceName) -> range:
    span = trigger.doc.char_span(place.start, place.end, alignment_mode="expand")
    return range(span.start, span.end) if span is not None else range(0)


def _preference(place: PlaceName) -> tuple[int, int, int]:
    order = {"at": 0, "to": 1, "from": 2}
    return order.get(place.role, 3), _RANK.get(place.precision, 3), place.start


def _carriers(trigger: Token) -> Iterator[Token]:
    """The trigger, and the words above it that share its place."""
    yield trigger
    token = trigger
    for _ in range(4):
        dep, head = token.dep_, token.head
        if head == token:
            return
        if token.pos_ == "NOUN" or token.pos_ == "PROPN":
            carries = dep in {"dobj", "nsubjpass", "nsubj", "attr", "conj", "compound", "appos"}
            if dep == "pobj" and head.head != head:
                head, carries = head.head, head.head.pos_ in {"VERB", "NOUN"}
        else:
            carries = dep in {"conj", "xcomp", "acl", "relcl", "advcl", "pcomp", "auxpass"}
            if dep == "pcomp" and head.head != head:
                head = head.head
        if not carries:
            return
        token = head
        yield token


def _below(token: Token, literal: dict[int, PlaceName]) -> Iterator[PlaceName]:
    """The places that a word governs, not looking into other clauses."""
    stack = [token]
    while stack:
        here = stack.pop()
        for child in here.children:
            if _other_clause(child, here == token):
                continue
            if child.i in literal:
                yield literal[child.i]
            stack.append(child)


def _other_clause(child: Token, near: bool) -> bool:
    if child.dep_ in {"ccomp", "advcl", "relcl", "acl", "parataxis", "csubj"}:
        return True
    if child.dep_ == "conj":
        return not near or child.pos_ in {"VERB", "AUX"}
    return child.dep_ in {"nsubj", "xcomp"} and child.pos_ in {"VERB", "AUX"}
