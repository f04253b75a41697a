"""The cast of an article: who is named in it, and whom each noun phrase and pronoun means.

A first reading notes every party in the order of the text and learns what the article itself
teaches: acronyms, and the roles of people whom the register does not know. Then any word can be
asked for the party that it names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from dateline.actors import Identity, Register
from dateline.coder import phrases, syntax
from dateline.coder.lexicon import function_words
from dateline.coder.parse import Paragraph

_ACRONYM = re.compile(r"((?:[A-Z][\w'’-]*|of|for|the|and|de|in)(?:[ -][\w'’-]+){1,7}) \(([A-Z][A-Za-z]{1,7})\)")
_LOOK_BACK = 1500
"""Characters: an antecedent further back is no longer in mind."""
_DOMINANT = 0.5
"""The share of an article's named states from which one is its home country."""

Speaker = Callable[[int], Token | None]
"""The head of the source that is quoted at a position of the article's text."""


@dataclass(frozen=True, slots=True)
class Known:
    """A party where the text names it."""

    identity: Identity
    token: Token
    position: int
    sentence: int
    """Where its sentence starts."""
    person: bool
    plural: bool
    subject: bool


class Cast:
    """Everyone in an article."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        register: Register,
        speaker: Speaker = lambda position: None,
    ) -> None:
        self._register = register
        self._speaker = speaker
        self._starts = {id(p.doc): p.start for p in paragraphs}
        self._dates = {id(p.doc): p.published for p in paragraphs}
        self._learned: dict[str, Identity] = {}
        self._surnames: dict[str, Counter[Identity]] = {}
        self._memo: dict[tuple[int, int], Identity | None] = {}
        self._known: list[Known] = []
        for paragraph in paragraphs:
            self._learn_acronyms(paragraph)
        for paragraph in paragraphs:
            self._read(paragraph)
        self._positions = [known.position for known in self._known]
        self.home = self._home()
        self._memo.clear()  # the second reading knows more

    # -- what the article teaches ------------------------------------------------------------

    def _learn_acronyms(self, paragraph: Paragraph) -> None:
        for match in _ACRONYM.finditer(paragraph.doc.text):
            words = match[1].split()
            for start in range(len(words)):
                long = " ".join(words[start:])
                letters = "".join(w[0] for w in re.split(r"[ -]", long) if w[:1].isupper())
                if letters == match[2].upper():
                    identity = self._register.resolve(long, paragraph.published)
                    if identity is None:
                        identity = self._register.resolve(match[2], paragraph.published)
                    self._learned[match[2]] = identity or _unknown(long, "group", 0.6)
                    break

    def _read(self, paragraph: Paragraph) -> None:
        for token in paragraph.doc:
            if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or token.dep_ in {"compound", "amod"}:
                continue
            if token.pos_ == "ADJ" and not token.text[:1].isupper():
                continue
            identity = self._named(token)
            if identity is not None:
                self._learn_surname(token, identity)
                self._known.append(
                    Known(
                        identity=identity,
                        token=token,
                        position=paragraph.start + token.idx,
                        sentence=paragraph.start + token.sent.start_char,
                        person=identity.kind == "person" or identity.gender is not None,
                        plural=phrases.is_plural(token),
                        subject=phrases.is_subject(token),
                    )
                )

    def _learn_surname(self, token: Token, identity: Identity) -> None:
        """Who is meant by a surname is who was named in full with it, most often."""
        if identity.kind == "person" and token.i and token.nbor(-1).pos_ == "PROPN":
            if token.nbor(-1).lower_.rstrip(".") not in function_words("honorific"):
                self._surnames.setdefault(token.text, Counter())[identity] += 1

    def _by_surname(self, token: Token) -> Identity | None:
        """The person of the article that a surname alone, or after "Mr.", means."""
        people = self._surnames.get(token.text)
        if not people or any(
            child.dep_ == "compound" and child.lower_.rstrip(".") not in function_words("honorific")
            for child in token.children
        ):
            return None
        titles = {child.lower_.rstrip(".") for child in token.children}
        excluded = "f" if "mr" in titles else "m" if titles & {"mrs", "ms", "miss"} else None
        fitting = [(n, p) for p, n in people.items() if p.gender is None or p.gender != excluded]
        if not fitting:
            return None
        return max(fitting, key=lambda pair: (pair[0], -list(people).index(pair[1])))[1]

    def _home(self) -> str | None:
        """The state that the article is about, if one is."""
        counts = Counter(k.identity.country for k in self._known if k.identity.country)
        if not counts:
            return None
        country, count = counts.most_common(1)[0]
        return country if count >= _DOMINANT * sum(counts.values()) else None

    # -- whom a word means -------------------------------------------------------------------

    def identity(self, token: Token) -> Identity | None:
        """Whom the noun phrase headed by the token names, pronouns included; null if nobody."""
        key = id(token.doc), token.i
        if key not in self._memo:
            self._memo[key] = self._identity(token)
        return self._memo[key]

    def party(self, token: Token, without: Collection[str] = ()) -> Token | None:
        """The token if it names a party, else the head of the party that owns what it names.

        `without` names parties that cannot be meant, by `party_key`.
        """
        seen = [token]
        for depth in range(3):
            for word in seen:
                if self._is_party(word, outright=depth == 0) and self._key(word) not in without:
                    return self._best_name(word)
            seen = [owner for word in seen for owner in phrases.owners(word)]
            if not seen or depth == 2:
                break
        return None

    def parties(self, token: Token, without: Collection[str] = ()) -> list[Token]:
        """As `party`, but all of them where one phrase names several: "Chinese and Russian ships"."""
        if phrases.means_several(token) and not self._one_meant(token):
            several = self._several(token)
            if len(several) > 1:
                return several
        found = self.party(token, without)
        if found is None:
            return []
        nations = phrases.coordinated_modifiers(found)
        named = [word for word in nations if self._is_nation(word)]
        return named if len(named) > 1 else [found]

    def _key(self, token: Token) -> str:
        identity = self.identity(token)
        return "" if identity is None else identity.code or identity.name

    def _one_meant(self, token: Token) -> bool:
        """Whether "they" has a single antecedent: a group, or a plural."""
        if token.pos_ != "PRON":
            return False
        identity = self.identity(token)
        return identity is not None and identity.kind in {"group", "body", "description"}

    def _is_party(self, token: Token, *, outright: bool) -> bool:
        identity = self.identity(token)
        if identity is None:
            return False
        if identity.kind != "description":
            return True
        if token.pos_ == "ADJ":  # "military", "national": of what kind, not whose
            return False
        if token.dep_ in {"compound", "nmod"}:  # "rebel attack", but not "air defense treaty"
            return identity.country is not None or identity.sector in {"REB", "PRO", "UAF"}
        return outright or identity.country is not None

    def _is_nation(self, token: Token) -> bool:
        identity = self.identity(token)
        return identity is not None and identity.kind in {"state", "body", "group", "capital"}

    def _best_name(self, token: Token) -> Token:
        """A name in apposition says more than the description before it."""
        identity = self.identity(token)
        if identity is not None and identity.kind in {"description", "state", "group"}:
            for apposed in phrases.appositions(token):
                named = self.identity(apposed)
                if named is not None and named.kind in {"person", "group"} and apposed.ent_type_:
                    return apposed
        return token

    def _several(self, token: Token) -> list[Token]:
        """The two or more parties last named together, of "they", "both", "the two leaders".

        Of the sentence itself if it names enough, subjects first; else of those before.
        """
        wanted = 3 if token.pos_ == "PRON" else 2
        sentence = self._sentence(token)
        here: dict[str, Known] = {}
        before: dict[str, Known] = {}
        for known in self._before(self._position(token)):
            if not self._is_one_of(token, known):
                continue
            group = here if known.sentence == sentence else before
            group[known.identity.country or known.identity.name] = known
            if len(before) >= wanted:
                break
        chosen = here if len(here) > 1 else {**before, **here}
        ranked = sorted(chosen.values(), key=lambda k: (not k.subject, k.position))[:wanted]
        return [known.token for known in sorted(ranked, key=lambda k: k.position)]

    def _is_one_of(self, token: Token, known: Known) -> bool:
        """Whether a mention can be one of several that are meant together."""
        persons = phrases.speaks_of_persons(token)
        identity = known.identity
        if known.token.dep_ == "compound" or phrases.means_several(known.token):
            return False
        if persons is None:
            return identity.kind in {"person", "state", "body", "group", "capital"}
        if persons:
            return known.person
        return identity.code is not None and identity.code == identity.country

    def _identity(self, token: Token) -> Identity | None:
        if token.pos_ in {"PRON", "DET"} or token.lower_ in function_words("anaphor"):
            return self._pronoun(token)
        counted = phrases.counted(token)
        if counted is not None:
            return self.identity(counted)
        identity = self._named(token)
        if identity is None:
            if token.lemma_.lower() in function_words("state-noun") and phrases.is_definite(token):
                return self._antecedent(token, lambda k: k.identity.kind == "state", nearest=True)
            return None
        if identity.kind == "description" and identity.country is None:
            return self._described(token, identity)
        return identity

    def _named(self, token: Token) -> Identity | None:
        """By the words of the phrase alone, the register and what the article taught."""
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "X", "NUM"}:
            return None
        date = self._dates.get(id(token.doc))
        entity = _entity(token)
        core = phrases.core(token)
        if token.pos_ == "PROPN" and (known := self._by_surname(token)) is not None:
            return known
        tried: list[str] = []
        for span in (phrases.full(token), core, entity):
            if span is None:
                continue
            text = phrases.name(span)
            if text in tried:
                continue
            tried.append(text)
            if text in self._learned:
                return self._learned[text]
            identity = self._register.resolve(text, date)
            if identity is not None:
                return self._refined(token, identity)
        if entity is not None and entity.label_ in {"PERSON", "ORG", "NORP"}:
            return self._introduced(token, entity)
        return None

    def _refined(self, token: Token, identity: Identity) -> Identity:
        """A description that stands before or beside an unknown person's name."""
        entity = _entity(token)
        if identity.kind in {"description", "state", "body", "group"} and entity is not None:
            if entity.label_ == "PERSON" and entity.text != identity.name:
                return self._introduced(token, entity)
        return identity

    def _introduced(self, token: Token, entity: Span) -> Identity:
        """A name that the register does not know, with the role that the text gives it."""
        name = entity.text.removesuffix("'s").removesuffix("'")
        surname = name.split()[-1]
        person = entity.label_ == "PERSON"
        kind = "person" if person else "group"
        if person and surname in self._learned:
            return self._learned[surname]
        if name in self._learned:
            return self._learned[name]
        identity = _unknown(name, kind, 0.5)
        date = self._dates.get(id(token.doc))
        for description in _descriptions(token, entity):
            found = self._register.resolve(description, date)
            if found is not None and found.kind != "person":
                role = found.role or description
                identity = replace(
                    found, name=name, kind=kind, role=role if person else None, score=0.8
                )
                break
        if identity.score > 0.5 or len(name.split()) > 1:
            self._learned[name] = identity
            if person:
                self._learned.setdefault(surname, identity)
        return identity

    def _described(self, token: Token, identity: Identity) -> Identity | None:
        """Whom "the group", "the president", "the military" means here."""
        definite = phrases.is_definite(token)
        position = self._position(token)
        if definite and not phrases.is_plural(token):
            wanted = token.lemma_.lower()
            for known in self._before(position) if identity.role else ():
                role = (known.identity.role or "").lower()
                if known.person and wanted in role.split():
                    return known.identity
            if identity.sector is None or identity.kind == "group":
                for known in self._before(position):
                    if known.identity.kind in {"group", "body"} and not known.person:
                        return known.identity
        for owner in phrases.owners(token):
            if owner.dep_ == "npadvmod" or owner is token:
                continue  # "US-backed" forces are not American
            held = self.identity(owner)
            if held is not None and (held.country or held.code):
                acting = identity.code is None and identity.sector in _ACTS_FOR_STATE
                return replace(
                    identity,
                    country=held.country,
                    code=held.code if acting else None,
                    score=min(identity.score, held.score),
                )
        if definite and self.home and identity.sector in _ACTS_FOR_STATE:
            return replace(identity, country=self.home, code=self.home)
        return identity

    def _pronoun(self, token: Token) -> Identity | None:
        word = token.lower_
        position = self._position(token)
        if token.tag_ in {"WP", "WDT", "WP$"} or word == "that":
            head = syntax.antecedent(token)
            return self.identity(head) if head is not token else None
        if word in function_words("speaker"):
            source = self._speaker(position)
            return self.identity(source) if source is not None and source is not token else None
        if word in function_words("he") or word in function_words("she"):
            gender = "m" if word in function_words("he") else "f"
            return self._antecedent(
                token, lambda k: k.person and not k.plural and k.identity.gender in {None, gender}
            )
        if word in function_words("they"):
            plural = self._antecedent(token, lambda k: k.plural)
            return plural or self._antecedent(
                token, lambda k: not k.person and k.identity.kind in {"group", "body", "state"}
            )
        if word in {"former", "latter"}:
            return self._of_two(token, first=word == "former")
        if word in function_words("it"):
            return self._antecedent(token, lambda k: not k.person and not k.plural)
        return None

    def _of_two(self, token: Token, *, first: bool) -> Identity | None:
        """The former or the latter of the two that were last joined by "and"."""
        for known in self._before(self._position(token)):
            if known.token.dep_ == "conj" and known.sentence == self._sentence(token):
                return self.identity(known.token.head if first else known.token)
        return None

    def _antecedent(
        self, token: Token, fits: Callable[[Known], bool], *, nearest: bool = False
    ) -> Identity | None:
        """The nearest fitting mention of the same sentence, subjects first; else of those before.

        A subject that the pronoun is itself a part of cannot be its antecedent.
        """
        sentence = self._sentence(token)
        around = {ancestor.i for ancestor in token.ancestors} | {token.i}
        best: tuple[int, int, Identity] | None = None
        for known in self._before(self._position(token)):
            if not fits(known) or (known.token.doc is token.doc and known.token.i in around):
                continue
            distance = 0 if known.sentence == sentence else 1
            rank = (distance, 0 if known.subject else 1, known.identity)
            if distance and best is not None:
                break
            if best is None or rank[:2] < best[:2]:
                best = rank
            if nearest or best[1] == 0:
                break
        return best[2] if best else None

    def _before(self, position: int) -> list[Known]:
        """Mentions before a position, nearest first, as far back as is still in mind."""
        last = bisect_left(self._positions, position) if self._known else 0
        first = bisect_left(self._positions, position - _LOOK_BACK)
        return self._known[first:last][::-1]

    def nearest(self, token: Token, without: Collection[str], reach: int = 400) -> Token | None:
        """The party named last before a word, none of `without`, within `reach` characters."""
        position = self._position(token)
        for known in self._before(position):
            if position - known.position > reach:
                break
            if known.identity.code and self._key(known.token) not in without:
                return known.token
        return None

    def start(self, token: Token) -> int:
        """Where the token's paragraph starts in the article's text."""
        return self._starts[id(token.doc)]

    def _sentence(self, token: Token) -> int:
        return self._starts[id(token.doc)] + token.sent.start_char

    def _position(self, token: Token) -> int:
        return self._starts[id(token.doc)] + token.idx


_ACTS_FOR_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})


def _entity(token: Token) -> Span | None:
    if not token.ent_type_:
        return None
    start, end = token.i, token.i + 1
    doc = token.doc
    while start > 0 and doc[start].ent_iob_ != "B":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return Span(doc, start, end, label=token.ent_type_)


def _descriptions(token: Token, entity: Span) -> list[str]:
    """What the text says of a name: "SDF spokesman" before it, an apposition behind it."""
    found = []
    core = phrases.without_determiner(phrases.core(token))
    if core.start < entity.start:
        found.append(core.doc[core.start : entity.start].text)
    for apposed in phrases.appositions(token):
        found += [
            phrases.without_determiner(span(apposed)).text for span in (phrases.full, phrases.core)
        ]
    if token.dep_ == "appos":
        head = token.head
        found += [
            phrases.without_determiner(span(head)).text for span in (phrases.full, phrases.core)
        ]
    return [text for text in found if text]


def _unknown(name: str, kind: str, score: float) -> Identity:
    return Identity(
        name=name, code=None, country=None, sector=None, role=None,
        kind=kind, gender=None, id="", score=score,
    )  # fmt: skip
