"""Who was named before: what pronouns, "both" and "the latter" point back to."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from dateline.actors import Identity
from dateline.coder import phrases
from dateline.coder.parse import Paragraph

_LOOK_BACK = 1500
"""Characters: an antecedent further back is no longer in mind."""
_DOMINANT = 0.5
"""The share of an article's named states from which one is its home country."""

_AROUND = 12
"""Mentions of states from which the topic is told."""
_STANDS_OUT = 0.4
"""The share of them that a topic has."""


@dataclass(frozen=True, slots=True)
class Known:
    """A party where the text names it."""

    identity: Identity
    token: Token
    position: int
    sentence: int
    """Where its sentence starts."""

    @property
    def person(self) -> bool:
        """Whether it is somebody, not a state or group."""
        return self.identity.kind == "person" or self.identity.gender is not None

    @property
    def plural(self) -> bool:
        """Whether the phrase speaks of several."""
        return phrases.is_plural(self.token)

    @property
    def subject(self) -> bool:
        """Whether it is the subject of its clause."""
        return phrases.is_subject(self.token)


Fits = Callable[[Known], bool]


class Memory:
    """The parties that an article names, in the order of the text."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], places: Sequence[tuple[int, str]] = ()
    ) -> None:
        """`places` are towns and regions: where in the article's text, and the states they lie
        in."""
        self._starts = {id(p.doc): p.start for p in paragraphs}
        self._places = places
        self._speaks: list[tuple[int, str]] | None = None
        self._known: list[Known] = []
        self._positions: list[int] = []

    def note(self, token: Token, identity: Identity) -> None:
        """Remember that a token names a party; call in the order of the text."""
        position = self.position(token)
        self._known.append(Known(identity, token, position, self.sentence(token)))
        self._positions.append(position)
        self._speaks = None

    def position(self, token: Token) -> int:
        """Where the token starts in the article's text."""
        return self.start(token) + token.idx

    def sentence(self, token: Token) -> int:
        """Where the token's sentence starts in the article's text."""
        return self.start(token) + token.sent.start_char

    def start(self, token: Token) -> int:
        """Where the token's paragraph starts in the article's text."""
        return self._starts[id(token.doc)]

    def home(self) -> str | None:
        """The state that the article is about, if one is."""
        counts = Counter(country for _, country in self._spoken())
        if not counts:
            return None
        country, count = counts.most_common(1)[0]
        return country if count >= _DOMINANT * sum(counts.values()) else None

    def _spoken(self) -> list[tuple[int, str]]:
        """Where the text speaks of a state, or of a place in it, and of which."""
        if self._speaks is None:
            self._speaks = self._speaking()
        return self._speaks

    def _speaking(self) -> list[tuple[int, str]]:
        named = [(k.position, k.identity.country) for k in self._known if k.identity.country]
        taken = {at for at, _ in named}
        return sorted([*named, *(p for p in self._places if p[0] not in taken)])

    def topic(self, token: Token) -> str | None:
        """The state that the text around a token speaks of, if one stands out.

        Counted are the mentions before it, and those of its own sentence.
        """
        end, own = self.start(token) + token.sent.end_char, self.position(token)
        last = bisect_left(self._spoken(), (end,))
        near = self._spoken()[max(0, last - _AROUND - 1) : last]  # one may be the word itself
        counts = Counter([country for at, country in near if at != own][-_AROUND:])
        if not counts:
            return None
        topic, count = counts.most_common(1)[0]
        return topic if count >= _STANDS_OUT * counts.total() else None

    def settle(self, change: Callable[[Known], Identity]) -> None:
        """Put better known identities in the place of those noted."""
        self._known = [replace(known, identity=change(known)) for known in self._known]
        self._speaks = None

    def everyone(self) -> Sequence[Known]:
        """All mentions of the article."""
        return self._known

    def before(self, token: Token) -> list[Known]:
        """Mentions before a token, nearest first, as far back as is still in mind."""
        position = self.position(token)
        last = bisect_left(self._positions, position)
        first = bisect_left(self._positions, position - _LOOK_BACK)
        return self._known[first:last][::-1]

    def last(self, token: Token, key: str) -> Token | None:
        """Where a party is named last before a token, else where it is first named after it."""
        own = [known for known in self._known if known.identity.key == key]
        at = bisect_left([known.position for known in own], self.position(token))
        return own[max(0, at - 1)].token if own else None

    def antecedent(self, token: Token, fits: Fits, *, nearest: bool = False) -> Identity | None:
        """The nearest fitting mention of the same sentence, subjects first; else of those before.

        A subject that the pronoun is itself a part of cannot be its antecedent.
        """
        around = {ancestor.i for ancestor in token.ancestors} | {token.i}
        around |= {subject.i for subject in _cosubjects(token)}
        best: Known | None = None
        for known in self.before(token):
            if not fits(known) or (known.token.doc is token.doc and known.token.i in around):
                continue
            if best is not None and known.sentence != best.sentence:
                break
            if best is None or known.subject:
                best = known
            if nearest or known.subject:
                break
        return best.identity if best else None

    def of_two(self, token: Token, *, first: bool) -> Token | None:
        """The former or the latter of the two that the sentence last joined by "and"."""
        for known in self.before(token):
            if known.token.dep_ == "conj" and known.sentence == self.sentence(token):
                return known.token.head if first else known.token
        return None

    def several(self, token: Token) -> list[Token]:
        """The two or more parties last named together, of "they", "both", "the two leaders".

        Of the sentence itself if it names enough, subjects first; else of those before.
        """
        wanted = 3 if token.pos_ == "PRON" else 2
        sentence = self.sentence(token)
        here: dict[str, Known] = {}
        earlier: dict[str, Known] = {}
        for known in self.before(token):
            if not _is_one_of(token, known):
                continue
            group = here if known.sentence == sentence else earlier
            group[known.identity.country or known.identity.name] = known
            if len(earlier) >= wanted:
                break
        chosen = here if len(here) > 1 else {**earlier, **here}
        ranked = sorted(chosen.values(), key=lambda k: (not k.subject, k.position))[:wanted]
        return [known.token for known in sorted(ranked, key=lambda k: k.position)]

    def nearest(self, token: Token, without: Collection[str], reach: int = 400) -> Token | None:
        """The acting party named last before a word, not in `without`, in `reach` characters."""
        position = self.position(token)
        for known in self.before(token):
            if position - known.position > reach:
                break
            if known.identity.code and known.identity.code not in without:
                return known.token
        return None


def _cosubjects(pronoun: Token) -> list[Token]:
    """Who cannot be "him" in "pardoned him": the subject of the same verb."""
    if pronoun.dep_ not in {"dobj", "dative"} or "self" in pronoun.lower_:
        return []
    return [child for child in pronoun.head.children if child.dep_ == "nsubj"]


def _is_one_of(token: Token, known: Known) -> bool:
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
