"""The frames in which a word attributes: which of its dependents are what is said, and by whom.

Every verb, noun and adjective of a parse is looked at; whether it attributes in a frame that it
stands in is for the table of cues to say. Names of frames:

| frame | stands for |
|---|---|
| `clause` | a finite clause: said that …; an inverted or parenthetic clause as well |
| `clause-to` | a party and what it should do: urged X to … |
| `to`, `ing` | an infinitive or gerund of the source's own: plans to …, denied taking … |
| `raise` | a subject raised from what is said: X seems to …, X is expected to … |
| `name` | an object and what it is called: called it a disgrace |
| `object` | an object: condemned the attack |
| `object:P` | an object and a preposition: accused X of …, described X as … |
| `prep:P` | a preposition's object: called for …, doubts about … |
| `as` | a clause set beside: as X noted, … |
| `gap` | a relative clause without its object: the plan that X proposed |
| `passive` | a passive's subject: was condemned by X |
| `is` | a noun that is what is said: his view is that … |
| `in:P`, `view:P` | a noun in an adjunct: in a poll; in X's view, in the words of X |
| `after` | a phrase before its source: according to X |
| `adverb` | an adverb: reportedly |
| `verb-…` | a noun's frame as the object of a verb: made the claim that … |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.coder.attribution.tree import Tree

SUBJECT = ("nsubj", "csubj", "nsubjpass", "csubjpass")
VERBAL = frozenset({"VERB", "AUX"})
QUESTION = frozenset({"WRB", "WP", "WDT"})
RELATIVE = frozenset({"WDT", "WP"})
COPULAR = frozenset({"acomp", "attr"})


@dataclass(slots=True)
class Frame:
    """A word in a frame. Numbers are tokens."""

    token: int
    lemma: str
    pos: str
    name: str
    content: tuple[int, ...]
    """The roots of what is said."""
    whole: bool = False
    """Whether the content is the clause around the cue, less the cue's own subtree."""
    with_cue: tuple[int, ...] = ()
    """Tokens that belong to the cue beside its head and auxiliaries: a particle, a preposition."""
    verb: int | None = None
    """The verb that a noun or adjective is the object or complement of."""
    sourceless: bool = False
    """Whether the subject belongs to what is said rather than says it."""


def frames_of(tree: Tree, token: int) -> Iterator[Frame]:
    """The frames that a token stands in, the likeliest first."""
    pos = tree.pos[token]
    if pos in VERBAL and tree.dep[token] == "prep":
        yield from _phrase(tree, token)
    elif pos in VERBAL:
        yield from _passive(tree, token) if is_passive(tree, token) else _active(tree, token)
        yield from _beside(tree, token)
    elif pos == "NOUN":
        yield from _noun(tree, token)
    elif pos == "ADJ":
        yield from _adjective(tree, token)
    elif tree.dep[token] == "prep":
        yield from _phrase(tree, token)
    elif pos == "ADV" and tree.dep[token] == "advmod" and tree.pos[tree.head[token]] in VERBAL:
        yield Frame(token, tree.lemma[token], "adv", "adverb", (tree.head[token],), whole=True)


def is_passive(tree: Tree, token: int) -> bool:
    """Whether a verb is passive, with or without its auxiliary."""
    if tree.tag[token] != "VBN":
        return False
    if tree.child(token, "auxpass", "nsubjpass") is not None:
        return True
    return tree.dep[token] in ("acl", "relcl", "advcl") and tree.child(token, "aux") is None


def _lemma(tree: Tree, token: int) -> tuple[str, tuple[int, ...]]:
    particle = tree.child(token, "prt")
    if particle is None:
        return tree.lemma[token], ()
    return f"{tree.lemma[token]} {tree.lower[particle]}", (particle,)


def _infinitive(tree: Tree, token: int) -> bool:
    return any(tree.dep[kid] == "aux" and tree.tag[kid] == "TO" for kid in tree.kids[token])


def _active(tree: Tree, token: int) -> Iterator[Frame]:
    lemma, with_cue = _lemma(tree, token)

    def frame(name: str, *content: int, sourceless: bool = False) -> Frame:
        return Frame(token, lemma, "verb", name, content, with_cue=with_cue, sourceless=sourceless)

    objects = [kid for kid in tree.kids[token] if tree.dep[kid] == "dobj"]
    subject = tree.child(token, "nsubj")
    clause = tree.child(token, "ccomp") or _question(tree, token)
    if clause is not None:
        own_subject = tree.child(clause, *SUBJECT) is not None
        if _infinitive(tree, clause) and own_subject:
            yield frame("clause-to", clause)
        elif tree.pos[clause] in VERBAL or own_subject:
            yield frame("clause", clause)
        else:
            yield frame("name", *objects, clause)
    inner = tree.child(token, "xcomp")
    if inner is not None:
        if _infinitive(tree, inner):
            yield frame("clause-to", *objects, inner) if objects else frame("to", inner)
        elif tree.tag[inner] == "VBG" and not objects:
            yield frame("ing", inner)
        elif objects:
            yield frame("name", *objects, inner)
        if subject is not None and not objects:
            yield frame("raise", subject, inner, sourceless=True)
    called = tree.child(token, "oprd", "acomp")
    if called is not None:
        if objects:
            yield frame("name", *objects, called)
        elif subject is not None:
            yield frame("raise", subject, called, sourceless=True)
    if objects and inner is None and called is None:
        yield frame("object", objects[0])
    yield from _prepositions(tree, token, lemma, "verb", with_cue=with_cue, objects=objects)


def _question(tree: Tree, token: int) -> int | None:
    """A clause of when, why or whether right after a verb, which parsers take for an adjunct."""
    clause = tree.child(token, "advcl")
    if clause is None or clause < token:
        return None
    first = tree.below([clause])[0]
    if first == token + 1 and (tree.tag[first] in QUESTION or tree.lower[first] == "whether"):
        return clause
    return None


def _passive(tree: Tree, token: int) -> Iterator[Frame]:
    lemma, with_cue = _lemma(tree, token)

    def frame(name: str, *content: int, sourceless: bool = True) -> Frame:
        return Frame(
            token, lemma, "passive", name, content, with_cue=with_cue, sourceless=sourceless
        )

    subject = tree.child(token, "nsubjpass", "csubjpass")
    if subject is None and tree.dep[token] == "acl":
        subject = tree.head[token]
    inner = tree.child(token, "xcomp", "oprd", "acomp")
    clause = tree.child(token, "ccomp")
    if clause is not None:
        yield frame("clause", clause)
    if subject is None:
        return
    if inner is not None:
        yield frame("raise", subject, inner)
    for kid in tree.kids[token]:
        if tree.dep[kid] == "prep" and tree.child(kid, "pobj", "pcomp") is not None:
            yield frame(f"raise:{tree.lower[kid]}", subject, kid)
    if clause is None and inner is None:
        yield frame("passive", subject)


def _prepositions(
    tree: Tree,
    token: int,
    lemma: str,
    pos: str,
    *,
    with_cue: tuple[int, ...] = (),
    verb: int | None = None,
    prefix: str = "",
    objects: Sequence[int] = (),
) -> Iterator[Frame]:
    for prep in tree.kids[token]:
        if tree.dep[prep] not in ("prep", "agent", "dative") or tree.pos[prep] not in (
            "ADP",
            "SCONJ",
        ):
            continue
        content = [k for k in tree.kids[prep] if tree.dep[k] in ("pobj", "pcomp")]
        if objects and prep > objects[0]:
            # What is done to the object, and for or as what: accused X of …, described X as …
            name = f"object:{tree.lower[prep]}"
            yield Frame(token, lemma, pos, name, (objects[0], prep), with_cue=with_cue, verb=verb)
        elif content and prep > token:
            inner = tree.child(token, "xcomp")
            if inner is not None and inner > prep and _infinitive(tree, inner):
                content.append(inner)
            name = f"{prefix}prep:{tree.lower[prep]}"
            yield Frame(
                token, lemma, pos, name, tuple(content), with_cue=(*with_cue, prep), verb=verb
            )


def _beside(tree: Tree, token: int) -> Iterator[Frame]:
    """A cue set beside what is said: parenthetic, with "as", or in a relative clause."""
    lemma, with_cue = _lemma(tree, token)
    head, dep = tree.head[token], tree.dep[token]
    if dep in ("parataxis", "ccomp", "dep") and _set_off(tree, token):
        yield Frame(token, lemma, "verb", "clause", (head,), whole=True, with_cue=with_cue)
    elif dep in ("advcl", "acl", "relcl") and any(
        tree.lower[kid] == "as" and tree.dep[kid] in ("mark", "advmod") for kid in tree.kids[token]
    ):
        passive = is_passive(tree, token)
        pos = "passive" if passive else "verb"
        clause = _clause_of(tree, head) if passive else head
        yield Frame(token, lemma, pos, "as", (clause,), whole=True, with_cue=with_cue)
    elif dep == "relcl" and tree.child(token, "dobj", "ccomp", "xcomp") is None:
        subject = tree.child(token, "nsubj")
        if subject is not None and tree.tag[subject] not in RELATIVE:
            yield Frame(token, lemma, "verb", "gap", (head,), whole=True, with_cue=with_cue)


def _set_off(tree: Tree, token: int) -> bool:
    """Whether a verb with its subject stands between commas inside its head's clause."""
    below = tree.below([token])
    before, after = below[0] - 1, below[-1] + 1
    closed = after >= tree.size or tree.is_mark(after) or tree.is_mark(below[-1])
    return (
        before >= 0
        and (tree.is_mark(before) or tree.is_mark(below[0]))
        and closed
        and tree.child(token, "nsubj") is not None
        and len(below) < 12
    )


def _phrase(tree: Tree, token: int) -> Iterator[Frame]:
    """A preposition of one or two words that names a source: according to X."""
    second = tree.child(token, "prep")
    words = tree.lower[token] if second is None else f"{tree.lower[token]} {tree.lower[second]}"
    with_cue = () if second is None else (second,)
    clause = _clause_of(tree, tree.head[token])
    yield Frame(token, words, "phrase", "after", (clause,), whole=True, with_cue=with_cue)


def _clause_of(tree: Tree, token: int) -> int:
    while tree.pos[token] not in VERBAL and tree.head[token] != token:
        token = tree.head[token]
    return token


def _noun(tree: Tree, token: int) -> Iterator[Frame]:
    lemma, head, dep = tree.lemma[token], tree.head[token], tree.dep[token]
    owner = tree.child(token, "poss")
    own_verb = dep == "dobj" and tree.pos[head] in VERBAL
    verb = head if own_verb and (owner is None or tree.pos[owner] == "PRON") else None
    prefix = "verb-" if verb is not None else ""
    for kid in tree.kids[token]:
        if tree.dep[kid] not in ("acl", "ccomp", "xcomp"):
            continue
        if _infinitive(tree, kid):
            yield Frame(token, lemma, "noun", f"{prefix}to", (kid,), verb=verb)
        elif tree.child(kid, "mark") is not None and tree.tag[kid] != "VBG":
            yield Frame(token, lemma, "noun", f"{prefix}clause", (kid,), verb=verb)
    if dep in ("nsubj", "attr") and tree.lemma[head] == "be":
        clause = tree.child(head, "ccomp", "xcomp")
        if clause is not None and dep == "nsubj" and clause > token:
            yield Frame(token, lemma, "noun", "is", (clause,), with_cue=(head,))
    yield from _prepositions(tree, token, lemma, "noun", verb=verb, prefix=prefix)
    if dep == "pobj" and tree.dep[head] == "prep" and tree.lower[head] in ("in", "on", "at", "by"):
        clause = tree.head[head]
        if tree.pos[clause] in VERBAL:
            kind = "in" if owner is None else "view"
            name = f"{kind}:{tree.lower[head]}"
            yield Frame(token, lemma, "noun", name, (clause,), whole=True, verb=head)
            if any(tree.lower[kid] == "of" for kid in tree.kids[token]):
                yield Frame(
                    token,
                    lemma,
                    "noun",
                    f"view:{tree.lower[head]}",
                    (clause,),
                    whole=True,
                    verb=head,
                )


def _adjective(tree: Tree, token: int) -> Iterator[Frame]:
    head = tree.head[token]
    verb = head if tree.dep[token] in COPULAR and tree.pos[head] in VERBAL else None
    lemma = tree.lemma[token]
    if verb is None and tree.dep[token] not in ("acl", "amod", "relcl", "advcl", "ROOT", "conj"):
        return
    for kid in tree.kids[token]:
        if tree.dep[kid] == "ccomp":
            yield Frame(token, lemma, "adj", "clause", (kid,), verb=verb)
        elif tree.dep[kid] == "xcomp" and _infinitive(tree, kid):
            yield Frame(token, lemma, "adj", "to", (kid,), verb=verb)
    if verb is not None:
        clause = tree.child(verb, "ccomp")
        if clause is not None and clause > token:
            yield Frame(token, lemma, "adj", "clause", (clause,), verb=verb)
    yield from _prepositions(tree, token, lemma, "adj", verb=verb)
