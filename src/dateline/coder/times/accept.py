"""What looks like a time and is none: May the person, March the verb, 2014 the number."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from dateline.coder.times.lexicon import table
from dateline.coder.times.value import group, number

_LEFT = re.compile(r"([\w'$€£#]+)[\s(,]*$")
_COUNTED = ("nummod", "quantmod")


def token_at(doc: Doc, start: int, end: int) -> Token:
    """The token that heads a stretch of text."""
    found = doc.char_span(start, end, alignment_mode="expand")
    assert found is not None
    return found.root


def is_time(rule: str, match: re.Match[str], doc: Doc) -> bool:
    """Whether a match of a pattern is used as a time."""
    if rule == "year":
        return _is_year(match, doc)
    if rule == "month" and not (number(match, "year") or group(match, "part")):
        return _is_month(match, doc)
    if rule == "weekday":
        return _is_weekday(match, doc)
    if rule == "recurring" and group(match, "adverb"):
        return _recurs(token_at(doc, *match.span()))
    if rule == "deictic":
        return _is_deictic(match, doc)
    return True


def _recurs(token: Token) -> bool:
    """An adverb ("held annually"), or an adjective of what recurs ("weekly protests")."""
    head = token.head
    before = token.dep_ in ("amod", "compound", "nmod") and head.i > token.i
    return token.pos_ == "ADV" or (
        before and head.lemma_.lower() in table("recurring_nouns")["nouns"]
    )


def word_before(text: str, start: int) -> str:
    """The word right before a place in a text, in lower case."""
    found = _LEFT.search(text, max(0, start - 30), start)
    return found[1].lower() if found else ""


def _is_month(match: re.Match[str], doc: Doc) -> bool:
    """A bare month; names that are words or people too need a preposition or the tagger's word."""
    token = token_at(doc, match.start("month"), match.end("month"))
    name = match["month"]
    if name.isupper() and len(name) > 3 and match.string.isupper():
        return False
    if group(match, "which"):
        return token.ent_type_ != "PERSON"
    before = word_before(match.string, match.start())
    doubtful = name.lower() in table("doubtful")["months"]
    if token.ent_type_ == "DATE" and (not doubtful or before in table("doubtful")["before"]):
        return token.tag_ != "MD"
    if token.ent_type_ in ("PERSON", "ORG", "WORK_OF_ART", "GPE", "FAC", "PRODUCT") and doubtful:
        return False
    if token.pos_ not in ("PROPN", "NOUN"):
        return False
    after = match.string[match.end() : match.end() + 2]
    named = token.i > 0 and doc[token.i - 1].dep_ == "compound" and doc[token.i - 1].head == token
    named |= token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.ent_type_ != "DATE"
    if named or re.match(r"[-/&]\w", after):
        return False
    if before in table("doubtful")["sure"]:
        return token.ent_type_ != "PERSON"
    return not doubtful


def _is_deictic(match: re.Match[str], doc: Doc) -> bool:
    """Not the name of a paper or a show: a capital only where a sentence or a quotation begins."""
    word = match["deictic"]
    token = token_at(doc, match.start(), match.start() + 1)
    if not word[0].isupper() or token.is_sent_start or match.string.isupper():
        return True
    ends = token.i + 1 < len(doc) and doc[token.i + 1].is_quote
    return token.i > 0 and doc[token.i - 1].is_punct and not ends


def _is_weekday(match: re.Match[str], doc: Doc) -> bool:
    token = token_at(doc, match.start("weekday"), match.end("weekday"))
    if word_before(match.string, match.start("weekday")) in table("doubtful")["weekday_names"]:
        return False
    if token.ent_type_ in ("PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT", "EVENT"):
        text = token.text.lower()
        full = text.endswith("day") and token.ent_type_ in ("ORG", "PERSON")
        others = [
            other
            for other in doc[token.left_edge.i : token.i]
            if other.ent_type_ == token.ent_type_
        ]
        return full and not others and token.dep_ != "compound"
    if match["weekday"].lower() in table("doubtful")["weekdays"]:
        return token.ent_type_ == "DATE"
    return True


def _is_year(match: re.Match[str], doc: Doc) -> bool:
    """Four digits in the place of a year."""
    value, text = number(match, "year"), match.string
    token = token_at(doc, match.start("year"), match.end("year"))
    before = word_before(text, match.start("year"))
    after = text[match.end() : match.end() + 1]
    if group(match, "part") or group(match, "half") or before == "year":
        return True
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    counts = (
        following is not None
        and following.tag_ in ("NNS", "NNPS")
        and token.dep_ in _COUNTED
        and token.head.i > token.i
    )
    if after == "'" and text[match.end() : match.end() + 2] == "'s":
        return value >= 1500
    if before in table("doubtful")["year_before"]:
        return not counts and (value >= 1500 or token.ent_type_ == "DATE")
    if after == ")" and text[match.start("year") - 1 : match.start("year")] == "(":
        return value >= 1800
    if counts and token.ent_type_ != "DATE":
        return False
    if (
        token.ent_type_ != "DATE"
        and following is not None
        and following.pos_ not in ("NOUN", "PROPN", "ADJ")
    ):
        return False
    determined = before in table("doubtful")["determiners"] or before.endswith("'s")
    if determined and following is not None and not following.is_punct:
        return value >= 1800 and (following.tag_ != "NNS" or token.ent_type_ == "DATE")
    return False
