"""When each act of an article was: by its own words, or by those around it that imply it.

In this order, the first that tells:

1. The time that governs the act's clause ("on Wednesday", "in 2014", "two days after the vote").
2. What did not happen, or is only planned, has no other time than its own; a promise (an AGREE) is
   of the day on which it is reported.
3. A saying, and what is told in it: the time of its verb ("said on Friday"); else that of the
   speaker's last dated saying, shortly before or within the days of the report; else those days.
4. A noun, a relative clause, "the decision to": the same act by the same party told elsewhere in
   the article with its time; else, for the subject or object of a verb, the verb's time.
5. A clause with "as", "when" or "while", or joined by "and": the time of its neighbour.
6. Past tense in the paragraph: the time that the sentence before was set in, as long as the text
   goes on in the past; a present or perfect without a time, or a new saying, ends it.
7. The news itself: the headline, the lead, what is going on now, and the past tense of a report
   that says what day it is of. Its days are from the day that the text names as that of its news
   to the day of publication ("day" where they are the same, else "range").
8. Else nothing tells, and the time is null: the present perfect and the pluperfect below the lead
   ("has long backed", "had called on"), and what is always so.

A time that stands before a noun ("the 2014 invasion") is that noun's alone and is never passed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from dateline.coder import phrases, times
from dateline.coder.attribution import Claim, claims_over
from dateline.coder.candidates import Candidate, party_key
from dateline.coder.cast import Cast
from dateline.coder.parse import Paragraph
from dateline.coder.telling import (
    Dated,
    Told,
    goes_on_from_before,
    inherited,
    own_time,
    set_reports,
)
from dateline.coder.times.aspect import aspect, finite, is_hedged, is_new
from dateline.coder.times.lexicon import words
from dateline.coder.times.told import before_event, stem
from dateline.records import Precision

SPEAKING = frozenset({"ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN", "CONCEDE", "AGREE"})
"""Types that are done by saying something."""
_ONCE = frozenset({"COERCE", "SANCTION", "CONCEDE", "RETREAT"})
"""Types of acts that are seldom repeated between the same parties: told by another word, but in the
same mode, they are the same act."""
_VERBS = ("VERB", "AUX")
_LEAD = 2
"""Sentences in which all that is told is news."""
_REACH = 300
"""Acts on either side among which the same act is looked for; bounds the time on a huge text."""
_MEMORY = 2
"""Sentences for which a speaker's older saying is still the one that goes on."""


@dataclass(slots=True)
class Dates:
    """The dates of an article's acts."""

    told: Sequence[Told]
    paragraphs: Sequence[Paragraph]
    claims: Sequence[Claim]
    cast: Cast
    _found: dict[int, Dated | None] = field(default_factory=dict)
    _sayings: dict[str, tuple[int, Dated]] = field(default_factory=dict)
    _by_place: dict[tuple[int, int], Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the article once, in order; then what is told elsewhere."""
        set_reports(self.told, self.paragraphs)
        self._by_place = {(id(t.paragraph.doc), t.sentence.start): t for t in self.told}
        self._set_grounds()
        acts = [(told, c) for told in self.told for c in told.candidates if c.dropped is None]
        for told, candidate in acts:
            self._found[id(candidate)] = self._date(told, candidate)
        for number, (_, candidate) in enumerate(acts):
            if self._found[id(candidate)] is None and candidate.coding.status != "hypothetical":
                self._found[id(candidate)] = self._same_act(number, candidate, acts)
        for _, candidate in acts:
            dated = self._found[id(candidate)]
            if dated is not None and dated.how != "told":
                candidate.notes.append(f"time: {dated.how}")

    def of(self, candidate: Candidate) -> Dated | None:
        """The days of an act; None where nothing tells them."""
        return self._found.get(id(candidate))

    # What each sentence is set in

    def _set_grounds(self) -> None:
        ground: Dated | None = None
        left, paragraph, reported = False, None, None
        for told in self.told:
            if told.report is not reported:
                ground, left, reported = None, False, told.report
            if told.paragraph is not paragraph:
                ground, paragraph = None, told.paragraph
            told.left = left
            ground, background = self._ground(told, ground)
            told.ground = ground
            left = left or background

    def _ground(self, told: Told, before: Dated | None) -> tuple[Dated | None, bool]:
        """The time of a sentence for what follows, and whether it is background."""
        root = told.sentence.root
        own = self._set_in(root, told)
        if own is not None:
            published = told.paragraph.published
            if published is not None and (own.first or own.last or published) > published:
                return before, False
            return own, bool(told.report and own.last and own.last < told.report.first)
        kind = aspect(root) if root.pos_ in _VERBS else None
        if kind == "past" or is_hedged(root):
            return (
                before if goes_on_from_before(told) or not self._speaks(told, root) else None
            ), False
        return (before if kind in (None, "pluperfect") else None), kind == "pluperfect"

    def _set_in(self, root: Token, told: Told) -> Dated | None:
        """The last time of a sentence's main clauses."""
        found = None
        for verb in (root, *(child for child in root.children if child.dep_ == "conj")):
            own = self._explicit(verb, told)
            if own is not None and (own.first or own.last):
                found = own
        return found

    def _speaks(self, told: Told, root: Token) -> bool:
        """Whether a sentence is a saying, rather than tells what was done."""
        return (
            root.lemma_.lower() in words("speech_verbs")
            or self._claim(told, root) is not None
            or any(
                c.type in SPEAKING and c.dropped is None and root in (c.trigger, c.match.token)
                for c in told.candidates
            )
        )

    # One act

    def _date(self, told: Told, candidate: Candidate) -> Dated | None:
        token = candidate.match.token
        own = self._explicit(token, told)
        if own is None and candidate.trigger != token:
            own = self._explicit(candidate.trigger, told)
        if own is not None:
            if candidate.type in SPEAKING and own.first:
                for actor in candidate.actors:
                    self._sayings[party_key(actor, self.cast)] = told.place, own
            if own.first or own.last or not before_event(token, told.times):
                return own
        status = candidate.coding.status
        if status == "hypothetical":
            return None
        if told_back := self._by_distance(told, candidate):
            return told_back
        if status == "planned":
            return told.news if candidate.type == "AGREE" else None
        claim = self._claim(told, candidate.trigger)
        own_words = claim is not None and self._is_by(claim, candidate)
        if claim is not None and (own_words or not _is_nominal(token)):
            return self._of_claim(claim, told, token, candidate)
        if candidate.type in SPEAKING and token.pos_ in _VERBS and not _is_nominal(token):
            return self._of_speech(told, candidate)
        if claim is not None:
            return None
        if _is_nominal(token):
            return self._of_noun(told, token)
        return self._of_clause(told, token)

    def _explicit(self, token: Token, told: Told) -> Dated | None:
        time = times.governing_time(token, told.times)
        if time is None:
            return None
        own = own_time(time, told.paragraph)
        news = told.news
        if own.first and not own.last and news and news.first and news.last:
            precision: Precision = "day" if own.first == news.last else "range"
            if news.first <= own.first <= news.last:  # after what was news: news as well
                return Dated(own.first, news.last, precision, own.start, own.end)
        return own

    def _claim(self, told: Told, token: Token) -> Claim | None:
        """The innermost saying in which a word stands."""
        position = told.paragraph.start + token.idx
        over = claims_over(self.claims, position, asserted=True)
        return over[0] if over else None

    def _is_by(self, claim: Claim, candidate: Candidate) -> bool:
        """Whether an act is what the source itself does by saying it."""
        key = self._source(claim)
        return candidate.type in SPEAKING and key in {
            party_key(t, self.cast) for t in candidate.actors
        }

    def _source(self, claim: Claim) -> str | None:
        if claim.source_root is None:
            return None
        paragraph, number = claim.source_root
        return party_key(self.paragraphs[paragraph].doc[number], self.cast)

    def _of_claim(
        self, claim: Claim, told: Told, token: Token, candidate: Candidate
    ) -> Dated | None:
        """What is told in a saying is of the day of the saying, if it is told as news."""
        found = finite(token)
        if candidate.type not in SPEAKING and found is not None:
            verb, kind = found
            if kind == "future" or (kind == "perfect" and verb.dep_ == "relcl"):
                return None
        key = self._source(claim)
        cue = self._cue(claim)
        if cue is not None:
            told_cue = self._told_of(cue)
            own = self._explicit(cue, told_cue) if told_cue else None
            if own is not None and own.first:
                if key:
                    self._sayings[key] = told.place, own
                return inherited(own, "the saying")
            form = finite(cue)
            if form is not None and form[1] in ("perfect", "pluperfect") and told.place >= _LEAD:
                return told.news if is_new(form[0]) else None
        return self._last_saying(key, told) or self._ground_of_saying(told, cue) or told.news

    def _cue(self, claim: Claim) -> Token | None:
        if claim.cue_root is None:
            return None
        paragraph, number = claim.cue_root
        return self.paragraphs[paragraph].doc[number]

    def _told_of(self, token: Token) -> Told | None:
        return self._by_place.get((id(token.doc), token.sent.start))

    def _last_saying(self, key: str | None, told: Told) -> Dated | None:
        if key is None or key not in self._sayings:
            return None
        place, dated = self._sayings[key]
        recent = bool(told.report and dated.last and dated.last >= told.report.first)
        if recent or 0 <= told.place - place <= _MEMORY:
            return inherited(dated, "the speaker's last saying")
        return None

    def _ground_of_saying(self, told: Told, cue: Token | None) -> Dated | None:
        if cue is None or cue.doc is not told.sentence.doc or told.ground is None:
            return None
        goes_on = cue in told.sentence and goes_on_from_before(told)
        return inherited(told.ground, "the sentence before") if goes_on else None

    def _of_speech(self, told: Told, candidate: Candidate) -> Dated | None:
        found = finite(candidate.trigger)
        if found is None:
            return None
        verb, kind = found
        if beside := self._beside(verb, told):
            return beside
        if kind in ("pluperfect", "future"):
            return None
        if kind == "perfect" or (
            kind == "present" and verb.lemma_.lower() not in words("speech_verbs")
        ):
            return told.news if told.place < _LEAD or is_new(verb) else None
        for actor in candidate.actors:
            if dated := self._last_saying(party_key(actor, self.cast), told):
                return dated
        if kind == "past" and told.ground is not None and goes_on_from_before(told):
            return inherited(told.ground, "the sentence before")
        return told.news

    def _of_noun(self, told: Told, token: Token) -> Dated | None:
        """By the verb whose subject or object a noun is, unless that only speaks of it."""
        if any(child.lower_ in words("ongoing_adjectives") for child in token.lefts):
            return told.news
        if token.pos_ in _VERBS:
            found = finite(token)
            reduced = token.dep_ in ("acl", "pcomp") and token.tag_ in ("VBN", "VBG")
            past = reduced and found is not None and found[1] == "past" and told.ground is not None
            return inherited(told.ground, "the sentence before") if past and told.ground else None
        head = token.head
        argument = token.dep_ in ("nsubj", "nsubjpass", "dobj", "conj", "ROOT")
        after = token.dep_ == "pobj" and head.lower_ == "of" and head.head.ent_type_ == "DATE"
        if not (argument or after) or head.lemma_.lower() in words("speech_verbs"):
            return None
        spoken = any(
            c.type in SPEAKING and c.match.token == head and c.dropped is None
            for c in told.candidates
        )
        return None if spoken and token.dep_ == "dobj" else self._of_clause(told, token)

    def _of_clause(self, told: Told, token: Token) -> Dated | None:
        found = finite(token)
        if found is None:
            return told.news if told.place < _LEAD else None
        verb, kind = found
        if beside := self._beside(verb, told):
            return beside
        if kind == "past" and told.ground is not None and verb.dep_ != "relcl":
            return inherited(told.ground, "the sentence before")
        if kind in ("pluperfect", "future") or (verb.dep_ == "relcl" and kind != "ongoing"):
            return (
                told.news if told.place < 1 and kind != "future" and verb.dep_ != "relcl" else None
            )
        if told.place < _LEAD or told.paragraph.kind == "headline" or kind == "ongoing":
            return told.news
        if kind == "past":
            daily = bool(told.report and told.report.daily)
            return told.news if daily and not told.left else None
        return told.news if kind == "perfect" and is_new(verb) else None

    def _beside(self, verb: Token, told: Told) -> Dated | None:
        """The time of the clause that one is joined to: by "and", "as", "when", "while"."""
        head = verb.head
        if verb == head or head.pos_ not in _VERBS:
            return None
        marked = any(
            c.dep_ in ("mark", "advmod") and c.lower_ in words("same_time") for c in verb.children
        )
        if verb.dep_ == "conj" or (verb.dep_ == "advcl" and marked):
            own = self._explicit(head, told)
            if own is not None and (own.first or own.last):
                return inherited(own, "the clause beside it")
        return None

    # What is told elsewhere

    def _same_act(
        self, at: int, candidate: Candidate, acts: Sequence[tuple[Told, Candidate]]
    ) -> Dated | None:
        """The time of the same act, told elsewhere: the last before, else the first after."""
        token = candidate.match.token
        if token.pos_ == "NOUN" and not phrases.is_definite(token):
            return None
        first, last = max(at - _REACH, 0), min(at + _REACH, len(acts))
        for i in (*range(at - 1, first - 1, -1), *range(at + 1, last)):
            other = acts[i][1]
            dated = self._found[id(other)]
            if dated is None or not dated.first or other.coding.status != candidate.coding.status:
                continue
            if self._is_same(candidate, other):
                return inherited(dated, f"the same act, told by “{other.trigger.text}”")
        return None

    def _is_same(self, one: Candidate, two: Candidate) -> bool:
        if one.type != two.type:
            return False
        sides = [
            ({party_key(t, self.cast) for t in a}, {party_key(t, self.cast) for t in b})
            for a, b in ((one.actors, two.actors), (one.recipients, two.recipients))
        ]
        shared = all(a & b for a, b in sides)
        if stem(one.match.token) != stem(two.match.token):
            mode = one.coding.mode
            return shared and mode is not None and mode == two.coding.mode and one.type in _ONCE
        return shared or (any(a & b for a, b in sides) and all(a & b for a, b in sides if a and b))

    def _by_distance(self, told: Told, candidate: Candidate) -> Dated | None:
        """ "Fell two days after it was surrounded": surrounded two days before it fell."""
        token = candidate.match.token
        time = before_event(token, told.times)
        if time is None:
            return None
        head = token.head
        base = None if head == token else self._explicit(head, told) or self._of_clause(told, head)
        if base is None or not (base.first and base.last):
            return None
        span = time.back(base.first, base.last)
        if span is None:
            return None
        start = told.paragraph.start
        precision: Precision = "day" if span[0] == span[1] else "range"
        words_of = start + time.start, start + time.end
        return Dated(*span, precision, *words_of, "the act that it came before or after")


def _is_nominal(token: Token) -> bool:
    """Whether an act is named rather than told: by a noun, a relative clause, "the decision to"."""
    if token.pos_ in _VERBS:
        if token.dep_ in ("acl", "relcl", "pcomp"):
            return aspect(token) is None or token.dep_ == "relcl"
        return token.dep_ == "amod"
    return token.pos_ in ("NOUN", "PROPN")
