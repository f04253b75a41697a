"""Which words fill the slots of a predicate's frame: the heads of its actors and recipients."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from dateline.coder import syntax
from dateline.coder.lexicon import Lexicon, Match, Slots, function_words

Fits = Callable[[Token], bool]
"""Whether a word can be a party at all: what cannot leaves its slot to the next alternative."""


def actors(match: Match, lexicon: Lexicon, fits: Fits) -> list[Token]:
    """Heads of the noun phrases in the actor's slots."""
    predicate = match.predicate
    noun = match.token.pos_ in {"NOUN", "PROPN"}
    if not noun:
        return _fill(match, predicate.actor, fits)
    slots = _unshared(predicate.actor, predicate.recipient)
    if _governing(match.token, lexicon, {"receive"}):  # "won the support of X"
        slots = (*slots, ("of",))
    found = _fill(match, tuple(union for union in slots if union != ("mod",)), fits)
    found = found or [token for token in _answering(match.token) if fits(token)]
    if not found or (predicate.reciprocal and len(found) == 1):
        governing = _governing(match.token, lexicon, {"light"})
        if not governing and predicate.reciprocal:
            governing = _clause_subjects(match.token)
        governing = governing or syntax.answerable(match.token)
        found += [token for token in governing if token not in found and fits(token)]
    return found or _fill(match, slots, fits)


def _answering(noun: Token) -> list[Token]:
    """Who "claimed responsibility for the attack", or "is responsible for" or "behind" it."""
    for _ in range(syntax.MAX_STEPS):
        if noun.dep_ != "conj":
            break
        noun = noun.head
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in {"for", "of", "on", "behind"}:
        return []
    word = preposition.head
    if preposition.lower_ == "behind" and word.lemma_ == "be":
        return _subjects(word, noun)
    if word.lemma_.lower() not in function_words("answering"):
        return []
    if word.pos_ == "ADJ" and word.dep_ in {"amod", "relcl", "acl"}:
        return [word.head]  # "the gang responsible for the killing"
    verb = word.head
    return _subjects(verb, noun) if verb.pos_ in {"VERB", "AUX"} else []


def _unshared(mine: Slots, other: Slots) -> Slots:
    """The actor's slots without those that the recipient has the better claim to."""
    ranks = {slot: rank for rank, union in enumerate(other) for slot in union}
    return tuple(
        union
        for rank, union in enumerate(mine)
        if len(union) > 1 or ranks.get(union[0], len(mine) + 9) >= rank
    )


def _clause_subjects(noun: Token) -> list[Token]:
    """The subject of the clause: whoever speaks "after the meeting with X" was at it."""
    if noun.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        return []
    return _subjects(syntax.clause_verb(noun), noun)


def _subjects(verb: Token, noun: Token) -> list[Token]:
    """Everyone who is the verb's subject, but for the noun itself."""
    return [t for head in syntax.subjects(verb) for t in syntax.conjuncts(head) if t != noun]


def recipients(match: Match, lexicon: Lexicon, fits: Fits) -> list[Token]:
    """Heads of the noun phrases in the recipient's slots."""
    if match.token.pos_ in {"NOUN", "PROPN"}:
        found = [token for token in _governing(match.token, lexicon, {"receive"}) if fits(token)]
        if found:
            return found
    found = _fill(match, match.predicate.recipient, fits)
    if not found and match.token.pos_ in {"NOUN", "PROPN"}:
        verb = _governor(match.token) if match.predicate.recipient else None
        if verb is not None:  # "imposed sanctions on X", with the phrase hung on the verb
            slots = _slots_of_verb(match.predicate.recipient)
            tokens = [t for slot in slots for t in syntax.prepositional([verb], slot)]
            found = [token for token in tokens if fits(token)]
    return found


def _slots_of_verb(slots: Slots) -> list[str]:
    return [
        slot for union in slots for slot in union if slot in {"on", "against", "to", "with", "at"}
    ]


def _fill(match: Match, slots: Slots, fits: Fits) -> list[Token]:
    for union in slots:
        found: list[Token] = []
        for slot in union:
            for head in _slot(match, slot):
                for token in _named(head, fits):
                    if token not in found and token != match.token:
                        found.append(token)
        if found:
            return found
    return []


def _named(head: Token, fits: Fits) -> list[Token]:
    """The head and what is joined to it; of "ten states including X and Y", X and Y."""
    named = [token for token in syntax.conjuncts(head) if fits(token)]
    if named or head.pos_ not in syntax.NOUNS:
        return named
    examples = (t for word in _EXAMPLE for t in syntax.prepositional([head], word))
    return [token for first in examples for token in syntax.conjuncts(first) if fits(token)]


_EXAMPLE = ("including", "as", "like")


def _slot(match: Match, slot: str) -> Iterable[Token]:
    token = match.token
    noun = token.pos_ in {"NOUN", "PROPN"}
    if slot == "poss":
        words = [token] if noun else match.tokens[1:]
        return [owner for word in words for owner in syntax.possessors(word)]
    if slot == "mod":
        if noun:
            return syntax.modifiers(token)
        return [*_hyphenated(token), *(m for t in match.tokens[1:] for m in syntax.modifiers(t))]
    if slot == "head":
        return [token.head] if token.dep_ in {"amod", "acl", "compound", "nmod"} else []
    if slot == "subj":
        said = token.pos_ == "ADJ" or (noun and token.dep_ in {"attr", "oprd", "appos"})
        return syntax.described(token) if said else syntax.subjects(token)
    if slot == "obj":
        return _objects(match)
    if slot == "iobj":
        return syntax.indirect_objects(token)
    if slot == "comp":
        return [t for t in syntax.complement_subjects(token) if t.dep_ != "nsubjpass"]
    words = [*match.tokens]
    if not noun:
        words += [t for t in syntax.objects(token) if t not in words and t.head == token]
    return syntax.prepositional(words, slot) or syntax.prepositional(_participles(words), slot)


def _participles(words: Iterable[Token]) -> list[Token]:
    """Of "sanctions imposed on X", "imposed": what hangs on it may as well hang on the noun."""
    return [
        child
        for word in words
        if word.pos_ in {"NOUN", "PROPN"}
        for child in word.children
        if child.dep_ in {"acl", "relcl"} and child.tag_ == "VBN"
    ]


def _objects(match: Match) -> list[Token]:
    """The object, and with "by", "of" or "with" hung on the verb, what may belong to it."""
    own = syntax.objects(match.token)
    if not own:  # a particle read as a preposition: "choke off the economy"
        particles = [t for t in match.tokens[1:] if t.pos_ == "ADP"]
        own = [t for p in particles for t in p.children if t.dep_ == "pobj"]
    if own and not syntax.is_passive(match.token):
        own = [*own, *syntax.prepositional([match.token], "by")]
    return own


def _hyphenated(token: Token) -> list[Token]:
    """The party before the hyphen in "US-backed"."""
    found = [c for c in token.children if c.i < token.i and c.dep_ not in {"punct", "advmod"}]
    if not found and token.i >= 2 and token.nbor(-1).text == "-":
        found = [token.nbor(-2)]
    return found


def _governor(noun: Token) -> Token | None:
    """The verb that the noun is an object or passive subject of, or hangs on by a preposition."""
    head = noun
    for _ in range(4):
        if head.dep_ == "conj":
            head = head.head
            continue
        if head.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}:
            return head.head if head.head.pos_ in {"VERB", "AUX"} else None
        if head.dep_ == "pobj" and head.head.head.pos_ in {"VERB", "AUX"}:
            apart = head.head.lower_ in {"after", "before", "since"}  # another time's act
            return None if apart else head.head.head
        return None
    return None


def _governing(noun: Token, lexicon: Lexicon, kinds: set[str]) -> list[Token]:
    """The subject of a light ("launched an attack") or receiving verb ("came under attack")."""
    verb = _governor(noun)
    if verb is None:
        if noun.dep_ == "appos":
            verb = syntax.clause_verb(noun)
        else:
            return []
    operator = lexicon.operator(verb)
    if operator is None or operator.object not in kinds:
        return []
    return _subjects(verb, noun)
