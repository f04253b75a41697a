"""Who stands where in a clause: logical subjects, objects and prepositional arguments of a word.

Reads spaCy's English dependency labels (ClearNLP scheme). The passive is undone, control and
relative clauses are followed, and conjoined words share what they share, so that a caller asks for
`subj` or `on` and gets the heads of the noun phrases that fill it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from dateline.coder.lexicon import function_words

MAX_STEPS = 8
"""How far to climb or follow conjuncts: bounds the time that a degenerate parse can take."""

NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE = frozenset({"nsubjpass", "auxpass", "csubjpass"})
_RELATIVE = frozenset({"WP", "WDT", "WP$"})


def conjuncts(token: Token) -> list[Token]:
    """The token and the noun phrases conjoined to it, in the order of the text."""
    found = [token]
    for _ in range(MAX_STEPS):
        following = [
            child for child in found[-1].children if child.dep_ == "conj" and child.pos_ in NOUNS
        ]
        if not following:
            break
        found.append(following[0])
    return found


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is its logical object."""
    if any(child.dep_ in _PASSIVE for child in verb.children):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ in {"aux", "nsubj"} for child in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "amod", "relcl"} or any(
        child.dep_ == "agent" for child in verb.children
    )


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the logical subject: the agent of a passive, the controller of an infinitive."""
    if is_passive(verb):
        return _agents(verb)
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if not own and verb.tag_ == "VBZ":  # a headline's verb, misread: "Russia pounds Ukraine"
        misread = {"compound", "nmod", "npadvmod"}
        own = [c for c in verb.lefts if c.pos_ == "PROPN" and c.dep_ in misread]
    if own:
        return [author for token in own for author in _authors(antecedent(token), depth)]
    return _inherited(verb, depth) if depth < MAX_STEPS else []


def described(word: Token) -> list[Token]:
    """Whom a word is said of: "he is critical of X", "a group critical of X", "Y, its critic"."""
    for _ in range(MAX_STEPS):
        if word.dep_ != "conj" or word.head.pos_ != "ADJ":
            break
        word = word.head
    own = [antecedent(child) for child in word.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if own or word.head == word:
        return own
    if word.head.pos_ in {"VERB", "AUX"}:
        return _surface_subjects(word.head, 1)
    return [word.head] if word.head.pos_ in NOUNS else []


def _authors(noun: Token, depth: int) -> list[Token]:
    """Of "issued a statement calling on X", who issued it; any other noun speaks for itself."""
    if noun.lemma_.lower() in function_words("document") and depth < MAX_STEPS:
        return noun_owner(noun, depth) or [noun]
    return [noun]


def _agents(verb: Token) -> list[Token]:
    return [
        token
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for token in child.children
        if token.dep_ == "pobj"
    ]


def _surface_subjects(verb: Token, depth: int) -> list[Token]:
    """Subjects as written, passive or not: what a participle beside the clause inherits."""
    own = [
        antecedent(child)
        for child in verb.children
        if child.dep_ in {"nsubj", "nsubjpass", "csubj"}
    ]
    return own or (subjects(verb, depth + 1) if depth < MAX_STEPS else [])


def _inherited(verb: Token, depth: int) -> list[Token]:
    """The subject of a verb that has none of its own, by what it depends on."""
    head = verb.head
    if head == verb:
        return []
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return _surface_subjects(head, depth)
    if verb.dep_ in {"xcomp", "ccomp"} and head.pos_ in {"VERB", "AUX", "ADJ"}:
        return _controller(head, depth)
    if verb.dep_ == "xcomp" and any(c.dep_ == "nsubj" for c in head.children):
        return _controller(head, depth)  # "parties plan to boycott", with "plan" read as a noun
    absolute = _absolute(verb)
    if absolute is not None:
        return [absolute]
    if verb.dep_ in {"advcl", "dep", "prep"} and head.pos_ in {"VERB", "AUX"}:
        return _surface_subjects(head, depth)
    if verb.dep_ in {"acl", "relcl"}:
        if verb.tag_ in {"VBG", "VBD", "VBZ", "VBP", "VBN"}:
            return _authors(head, depth)
        return noun_owner(head, depth)  # "a plan to …", "its decision to …"
    if verb.dep_ == "amod" and verb.tag_ == "VBG":
        return [head]
    if verb.dep_ == "pcomp":
        return _of_gerund(verb, depth)
    return []


def _absolute(verb: Token) -> Token | None:
    """Of "with A and B pledging …", A: the noun phrase after "with" that the participle follows."""
    if verb.tag_ not in {"VBG", "VBN"} or verb.i == 0:
        return None
    noun = verb.nbor(-1)
    for _ in range(MAX_STEPS):
        if noun.dep_ != "conj":
            break
        noun = noun.head
    return noun if noun.dep_ == "pobj" and noun.head.lower_ == "with" else None


def _controller(head: Token, depth: int) -> list[Token]:
    """Of "urged X to go", X; of "agreed to go" and "is ready to go", the subject."""
    if head.lemma_ not in function_words("subject-control") and not is_passive(head):
        controlled = [child for child in head.children if child.dep_ in {"dobj", "dative"}]
        if controlled:
            return controlled
    if head.dep_ == "acomp":  # "are due to sign"
        return _surface_subjects(head.head, depth)
    return _surface_subjects(head, depth)


def _of_gerund(verb: Token, depth: int) -> list[Token]:
    """Of "accused X of bombing", X; of "after meeting Y", the subject of the clause it is in."""
    blamed = accused(verb)
    if blamed:
        return blamed
    preposition = verb.head
    governor = preposition.head
    while governor.pos_ in {"ADV", "ADP"} and governor.head != governor:
        governor = governor.head  # "stayed away from supplying"
    if governor.pos_ in {"VERB", "AUX"}:
        if preposition.lower_ in {"of", "for", "from"}:
            controlled = [
                antecedent(child)
                for child in governor.children
                if child.dep_ in {"dobj", "nsubjpass", "dative"}
            ]
            if controlled:
                return controlled
        return _surface_subjects(governor, depth)
    if governor.pos_ == "ADJ" and governor.head.pos_ in {"VERB", "AUX"}:
        return _surface_subjects(governor.head, depth)  # "are guilty of violating"
    return noun_owner(governor, depth) if governor.pos_ in NOUNS else []


def accused(word: Token) -> list[Token]:
    """Of "accused X of the massacre" or "of bombing", X; wherever the preposition hangs."""
    preposition = word.head
    if word.dep_ not in {"pobj", "pcomp"} or preposition.lower_ not in {"of", "for", "with"}:
        return []
    governor = preposition.head
    verb = governor.head if governor.dep_ in {"dobj", "nsubjpass"} else governor
    if verb.pos_ != "VERB" or verb.lemma_ not in function_words("accusing-of"):
        return []
    return [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.i < preposition.i]


def answerable(noun: Token) -> list[Token]:
    """Whose act a noun is by the verb above: who is accused of it, plans it or ordered it."""
    blamed = accused(noun)
    if blamed:
        return blamed
    if noun.dep_ == "dobj" and noun.head.lemma_ in function_words("planning"):
        return _surface_subjects(noun.head, 1)
    return [
        agent
        for child in noun.children
        if child.dep_ == "acl" and child.lemma_ in function_words("performing")
        for agent in _agents(child)
    ]


def noun_owner(noun: Token, depth: int = 0) -> list[Token]:
    """Whose a noun is: its possessor, or the subject of the verb that it is the object of."""
    owners = [child for child in noun.children if child.dep_ == "poss"]
    if owners:
        return owners
    head = noun.head
    for _ in range(MAX_STEPS):
        if head.pos_ != "ADP":
            break
        head = head.head
    if head.pos_ in {"VERB", "AUX"} and depth < MAX_STEPS and noun.dep_ != "nsubj":
        return _surface_subjects(head, depth + 1)
    return []


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token is its own."""
    if token.tag_ in _RELATIVE or (token.lower_ == "that" and token.pos_ in {"PRON", "SCONJ"}):
        for ancestor in _climb(token):
            if ancestor.dep_ == "relcl":
                return ancestor.head
    return token


def _climb(token: Token) -> Iterator[Token]:
    for _ in range(MAX_STEPS):
        token = token.head
        yield token
        if token.head == token:
            return


def objects(verb: Token) -> list[Token]:
    """Heads of the logical direct object."""
    if is_passive(verb):
        own = [antecedent(c) for c in verb.children if c.dep_ == "nsubjpass"]
        if not own and verb.dep_ in {"acl", "amod", "relcl"}:
            own = [verb.head]
        if not own and verb.dep_ == "xcomp":
            own = _controller(verb.head, 1)
        if not own and verb.dep_ in {"conj", "advcl"}:
            own = _surface_subjects(verb.head, 1)
        return own
    own = [antecedent(child) for child in verb.children if child.dep_ in {"dobj", "obj"}]
    if not own and verb.dep_ == "compound" and verb.head.i > verb.i:
        own = [verb.head]
    if not own and verb.dep_ == "relcl" and not _has_relative(verb):
        own = [verb.head]  # "areas it had taken over"
    if not own:  # "captured and held the town"
        own = [
            token
            for child in verb.children
            if child.dep_ == "conj" and child.pos_ == "VERB" and not is_passive(child)
            for token in child.children
            if token.dep_ == "dobj"
        ]
    return own or _raised(verb)


def _raised(verb: Token) -> list[Token]:
    """Of "ordered the bank to pay", the bank, where the parser makes it the subject of "pay"."""
    return [
        subject
        for clause in verb.children
        if clause.dep_ == "ccomp" and any(c.tag_ == "TO" for c in clause.children)
        for subject in clause.children
        if subject.dep_ == "nsubj"
    ]


def _has_relative(verb: Token) -> bool:
    return any(
        child.tag_ in _RELATIVE or (child.lower_ == "that" and child.dep_ in _SUBJECTS)
        for child in verb.children
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}
    )


def indirect_objects(verb: Token) -> list[Token]:
    """Heads of the dative: "gave X help"."""
    return [
        token if token.pos_ != "ADP" else next(iter(token.children), token)
        for token in verb.children
        if token.dep_ == "dative"
    ]


def complement_subjects(verb: Token) -> list[Token]:
    """Who is to do what the verb's complement says: "urged X to …", "demanded that X …"."""
    found = [
        antecedent(child)
        for child in verb.children
        if child.dep_ in ({"nsubjpass"} if is_passive(verb) else {"dobj", "dative"})
        and child.pos_ != "ADP"
    ]
    for child in verb.children:
        for_clause = any(c.dep_ == "mark" and c.lower_ == "for" for c in child.children)
        if child.dep_ in {"ccomp", "xcomp"} or (child.dep_ == "advcl" and for_clause):
            found += [c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"}]
        elif child.dep_ == "prep" and child.lower_ in {"for", "on", "upon", "to", "of", "from"}:
            found += [c for c in child.children if c.dep_ == "pobj"]
    return found


def issuers(noun: Token) -> list[Token]:
    """Of "statements from both ministries" or "a letter by X", who speaks in the document."""
    if noun.lemma_ not in function_words("document"):
        return []
    return [
        child
        for preposition in noun.children
        if preposition.dep_ in {"prep", "agent"} and preposition.lower_ in {"from", "by", "of"}
        for child in preposition.children
        if child.dep_ == "pobj"
    ] or possessors(noun)


def prepositional(words: Iterable[Token], preposition: str) -> list[Token]:
    """Heads of the objects of a preposition that depends on any of the words."""
    found: list[Token] = []
    for word in words:
        for child in word.children:
            if child.dep_ in {"prep", "agent", "dative", "prt", "advmod"}:
                found += _objects_of(child, preposition)
    return found


def _objects_of(token: Token, preposition: str) -> Iterator[Token]:
    nested = [token, *(c for c in token.children if c.dep_ in {"prep", "pcomp"})]
    for node in nested:
        if node.lower_ == preposition:
            for child in node.children:
                if child.dep_ == "pobj":
                    yield antecedent(child)


def modifiers(noun: Token) -> list[Token]:
    """Adjectives and nouns before the noun, and what is joined to a participle by a hyphen."""
    found: list[Token] = []
    for child in noun.children:
        if child.i < noun.i and child.dep_ in {"amod", "compound", "nmod", "npadvmod", "nummod"}:
            found.append(child)
            found += [
                c for c in child.children if c.dep_ in {"npadvmod", "compound", "conj", "amod"}
            ]
    return found


def possessors(noun: Token) -> list[Token]:
    """Heads of the possessive before the noun."""
    return [child for child in noun.children if child.dep_ == "poss"]


def clause_verb(token: Token) -> Token:
    """The verb of the clause that the token is in, or the root."""
    for _ in range(4 * MAX_STEPS):
        if token.pos_ in {"VERB", "AUX"} or token.head == token:
            break
        token = token.head
    return token
