"""The cast of an article: whom each noun phrase and pronoun means.

A first reading notes every party in the order of the text (`memory`) and learns what the article
itself teaches (`names`). Then any word can be asked for the party that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dateline.actors import STATE_SECTORS, Identity, Register
from dateline.coder import armed, phrases, syntax
from dateline.coder.lexicon import function_words
from dateline.coder.memory import Fits, Memory
from dateline.coder.names import Names
from dateline.coder.parse import Paragraph
from dateline.coder.plain import text_of

Speaker = Callable[[int], Token | None]
"""The head of the source that is quoted at a position of the article's text."""

_ACTS_FOR_STATE = STATE_SECTORS | {"LEG"}
_UNKNOWN = 0.3
"""How surely a phrase means somebody who is known by nothing but its own words."""
_AT_HOME = frozenset({"COP", "JUD", "LEG"})
"""Sectors that act in their own state: "four gendarmes" are of the one spoken of."""


class Cast:
    """Everyone in an article."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        register: Register,
        speaker: Speaker = lambda position: None,
        places: Sequence[tuple[int, str]] = (),
    ) -> None:
        self.memory = Memory(paragraphs, places)
        self._register = register
        self._names = Names(register)
        self._speaker = speaker
        self._dates = {id(p.doc): p.published for p in paragraphs}
        self._memo: dict[tuple[int, int], Identity | None] = {}
        for paragraph in paragraphs:
            self._names.learn_acronyms(text_of(paragraph.doc), paragraph.published)
        for paragraph in paragraphs:
            self._read(paragraph)
        self.home = self.memory.home()
        """The state that the article is about, if one is."""
        self._served = self._serving()
        self.memory.settle(lambda known: self._settled(known.identity))

    def _serving(self) -> dict[str, str]:
        """The states of people whom the article gives an office and no state, by their names.

        "President Rubén Alderete" is president of the state that the text there speaks of.
        """
        found: dict[str, str] = {}
        for known in self.memory.everyone():
            identity = known.identity
            if _serves_unknown(identity) and identity.name not in found:
                country = self.home or self.memory.topic(known.token)
                if country is not None:
                    found[identity.name] = country
        return found

    def _settled(self, identity: Identity) -> Identity:
        country = self._served.get(identity.name) if _serves_unknown(identity) else None
        return identity if country is None else replace(identity, country=country, code=country)

    def _read(self, paragraph: Paragraph) -> None:
        for token in paragraph.doc:
            if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or token.dep_ in {"compound", "amod"}:
                continue
            if token.pos_ == "ADJ" and not token.text[:1].isupper():
                continue
            identity = self._names.named(token, paragraph.published)
            if identity is not None:
                self._names.learn_surname(token, identity)
                self.memory.note(token, identity)

    def identity(self, token: Token) -> Identity | None:
        """Whom the noun phrase headed by the token names, pronouns included; None if nobody."""
        key = id(token.doc), token.i
        if key not in self._memo:
            self._memo[key] = None  # a pronoun that leads back to itself names nobody
            self._memo[key] = self._identity(token)
        return self._memo[key]

    def described(self, token: Token) -> Identity | None:
        """Whom a noun phrase means that is known to name a party: by itself, if by nothing else."""
        identity = self.identity(token)
        if identity is None and token.pos_ in {"NOUN", "PROPN", "NUM"}:
            name = phrases.without_determiner(phrases.full(token)).text
            identity = Identity(name, None, None, None, None, "description", None, "", _UNKNOWN)
            self._memo[id(token.doc), token.i] = identity
        return identity

    def party(self, token: Token, without: Collection[Identity] = ()) -> Token | None:
        """The token if it names a party, else the head of the party that owns what it names.

        `without` are parties that cannot be meant.
        """
        seen = [token]
        for depth in range(3):
            for word in seen:
                identity = self.identity(word)
                if identity is None or any(is_same(identity, other) for other in without):
                    continue
                if self._is_party(word, identity, outright=depth == 0):
                    return self._best_name(word)
            seen = [owner for word in seen for owner in phrases.owners(word)]
        return None

    def parties(self, token: Token, without: Collection[Identity] = ()) -> list[Token]:
        """As `party`, but all where a phrase names several: "Chinese and Russian ships"."""
        if phrases.means_several(token) and not self._one_meant(token):
            several = self.memory.several(token)
            if len(several) > 1:
                return several
        for owner in syntax.possessors(token):  # "the two countries' ministers"
            several = self.memory.several(owner) if phrases.means_several(owner) else []
            if owner.pos_ != "PRON" and len(several) > 1:
                return several
        found = self.party(token, without)
        if found is None:
            return []
        named = [word for word in phrases.coordinated_modifiers(found) if self._is_nation(word)]
        if len(named) > 1:
            return named
        if found.dep_ == "appos" and phrases.is_plural(found.head):  # "Presidents A and B"
            return [word for word in syntax.conjuncts(found) if self.identity(word) is not None]
        return [found]

    def _one_meant(self, token: Token) -> bool:
        """Whether "they" has a single antecedent: a group, or a plural."""
        if token.pos_ != "PRON":
            return False
        identity = self.identity(token)
        return identity is not None and identity.kind in {"group", "body", "description"}

    def _is_party(self, token: Token, identity: Identity, *, outright: bool) -> bool:
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

    def _identity(self, token: Token) -> Identity | None:
        if token.pos_ in {"PRON", "DET"} or token.lower_ in function_words("anaphor"):
            return self._pronoun(token)
        counted = phrases.counted(token)
        if counted is not None:
            return self.identity(counted)
        identity = self._named(token)
        if identity is None:
            if token.lemma_.lower() in function_words("state-noun") and phrases.is_definite(token):
                return self.memory.antecedent(
                    token, lambda k: k.identity.kind == "state", nearest=True
                )
            return None
        if identity.kind == "description" and identity.country is None:
            return self._described(token, identity)
        if token.lower_ in function_words("common-institution"):
            return self._at_home(token, identity)
        return identity

    def _named(self, token: Token) -> Identity | None:
        """Whom a phrase names by its own words on the day of its paragraph."""
        identity = self._names.named(token, self._dates.get(id(token.doc)))
        return None if identity is None else self._settled(identity)

    def _at_home(self, token: Token, identity: Identity) -> Identity:
        """Whose "Congress" is meant where nothing says: that of the article's own state."""
        named = any(child.dep_ in {"amod", "compound", "poss"} for child in token.children)
        home = self._register.get(self.home) if self.home else None
        if named or home is None or identity.country == self.home:
            return identity
        return replace(identity, name=home.name, country=self.home, code=self.home)

    def _described(self, token: Token, identity: Identity) -> Identity:
        """Whom "the group", "the president", "its military" means here."""
        for apposed in phrases.appositions(token):  # "the president, X"
            named = self._named(apposed)
            if named is not None and named.kind == "person":
                return named
        definite = phrases.is_definite(token)
        if definite and not phrases.is_plural(token):
            known = self._told_before(token, identity)
            if known is not None:
                return known
        group = armed.taken_up(token, identity, self.memory, self._quoted)
        if group is not None:
            return group
        acts = identity.sector in _ACTS_FOR_STATE
        for owner in phrases.owners(token):
            if phrases.is_backer(owner) or owner == token:
                continue  # "US-backed" forces are not American
            held = self.identity(owner)
            if (
                held is not None
                and held.kind == "group"
                and not held.code
                and _is_of_its_own(token)
            ):
                return replace(held, score=min(identity.score, held.score))
            if held is not None and (held.country or held.code):
                code = held.code if identity.code is None and acts else None
                score = min(identity.score, held.score)
                return replace(identity, country=held.country, code=code, score=score)
        if acts and (definite or identity.sector in _AT_HOME or _is_bare(token)):
            country = self.home or self.memory.topic(token)
            if country is not None:
                return replace(identity, country=country, code=country)
        return identity

    def _told_before(self, token: Token, identity: Identity) -> Identity | None:
        """The person whose role, or the group that, a definite description takes up."""
        wanted = token.lemma_.lower()
        owned = [self.identity(owner) for owner in syntax.possessors(token)]
        states = {owner.country for owner in owned if owner is not None and owner.country}
        for known in self.memory.before(token):
            if states and known.identity.country not in states:
                continue
            role = (known.identity.role or "").lower().split()
            if identity.role and known.person and wanted in role:
                return known.identity
            group = known.identity.kind in {"group", "body"} and not known.person
            if identity.sector is None and group:
                return known.identity
        return None

    def _quoted(self, token: Token) -> Identity | None:
        """Who speaks the quote that a word stands in."""
        source = self._speaker(self.memory.position(token))
        if source is None:
            return None
        if source.pos_ == "PRON":
            return self.identity(source)
        return self._names.named(source, self._dates.get(id(source.doc)))

    def _pronoun(self, token: Token) -> Identity | None:
        word = token.lower_
        speaker = self._quoted(token)
        told = None if speaker is None else speaker.key

        def antecedent(token: Token, fits: Fits) -> Identity | None:
            """Nobody speaks of himself as "he" or "they"."""
            return self.memory.antecedent(token, lambda k: k.identity.key != told and fits(k))

        if token.tag_ in {"WP", "WDT", "WP$"} or word == "that":
            head = syntax.antecedent(token)
            return self.identity(head) if head != token else None
        owner = _fellow_owner(token)
        if owner is not None and (held := self.identity(owner)) is not None:
            return held
        if word in function_words("speaker"):
            source = self._speaker(self.memory.position(token))
            return self.identity(source) if source is not None else None
        if word in function_words("he") or word in function_words("she"):
            gender = "m" if word in function_words("he") else "f"
            return antecedent(
                token, lambda k: k.person and not k.plural and k.identity.gender in {None, gender}
            )
        if word in function_words("they"):
            return antecedent(token, lambda k: k.plural) or antecedent(
                token, lambda k: not k.person and k.identity.kind in {"group", "body", "state"}
            )
        if word in {"former", "latter"}:
            meant = self.memory.of_two(token, first=word == "former")
            return self.identity(meant) if meant is not None else None
        if word in function_words("it"):
            return antecedent(token, lambda k: not k.person and not k.plural)
        return None


def _serves_unknown(identity: Identity) -> bool:
    acts = identity.kind == "person" and identity.sector in _ACTS_FOR_STATE
    return acts and identity.country is None


def _is_of_its_own(token: Token) -> bool:
    """ "The group's fighters", "members of the militia": the group itself."""
    return token.lemma_.lower() in function_words("members")


def _is_bare(token: Token) -> bool:
    """ "Soldiers", "army": those of the place, not "two officers" or "foreign soldiers"."""
    return not any(
        child.dep_ in {"det", "nummod", "amod", "compound", "nmod", "poss", "quantmod"}
        for child in token.children
    )


def _fellow_owner(token: Token) -> Token | None:
    """Of "Iran's promise and its deeds", Iran for "its"."""
    thing = token.head
    if token.dep_ != "poss" or token.lower_ not in function_words("own") or thing.dep_ != "conj":
        return None
    return next((t for t in syntax.possessors(thing.head) if t.pos_ == "PROPN"), None)


def is_same(one: Identity, other: Identity) -> bool:
    """Whether two stand for one party: a state and who acts for it do, two of its people do not."""
    if one.kind == other.kind == "person":
        return one.name == other.name
    return one.name == other.name or (one.code is not None and one.code == other.code)
