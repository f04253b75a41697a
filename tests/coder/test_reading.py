"""How the words around an event change it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Token

from dateline.coder.lexicon import lexicon
from dateline.coder.reading import Reading, read

Word = Callable[[str, str], Token]
FLAGS = [
    "negated", "future", "modal", "planned", "conditional", "alleged", "purpose", "ended",
    "question",
]  # fmt: skip


def flags(reading: Reading) -> set[str]:
    found = {flag for flag in FLAGS if getattr(reading, flag)}
    return found | ({reading.kind} if reading.kind else set())


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        ("Russia attacked Ukraine.", "attacked", set()),
        ("Russia did not attack Ukraine.", "attack", {"negated"}),
        ("Russia never attacked Ukraine.", "attacked", {"negated"}),
        ("Russia will attack Ukraine.", "attack", {"future"}),
        ("Russia could attack Ukraine.", "attack", {"modal"}),
        ("If Russia attacked Ukraine, the West would act.", "attacked", {"conditional"}),
        ("Russia plans to attack Ukraine.", "attack", {"planned"}),
        ("Russia allegedly attacked Ukraine.", "attacked", {"alleged"}),
        ("Russia threatened to attack Ukraine.", "attack", {"threaten"}),
        ("Russia vowed to attack Ukraine.", "attack", {"vow"}),
        ("Russia agreed to help Syria.", "help", {"commit"}),
        ("Russia refused to help Syria.", "help", {"refuse"}),
        ("Russia urged Syria to help Iran.", "help", {"demand"}),
        ("Russia launched an attack.", "attack", set()),
        ("Did Russia attack Ukraine?", "attack", {"question"}),
    ],
)
def test_one_word_changes_it(word: Word, text: str, form: str, wanted: set[str]) -> None:
    reading = read(word(text, form), lexicon())
    assert flags(reading) == wanted
    assert bool(reading.why) == bool(wanted - {"question"}), reading.why


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        ("Nobody was arrested by Russia.", "arrested", {"negated"}),
        ("Neither Russia nor China attacked Iran.", "attacked", {"negated"}),
        ("Not one of the rifles was supplied by Libya.", "supplied", {"negated"}),
        ("Russia made no arrests.", "arrests", {"negated"}),
        ("No fewer than 12 soldiers were killed by rebels.", "killed", set()),
        ("At no point was the envoy arrested by Russia.", "arrested", {"negated"}),
        ("Russia has yet to send troops.", "send", {"negated"}),
        ("It is not true that Russia bombed a school.", "bombed", {"negated"}),
        ("Russia dismissed reports that it had bombed a school.", "bombed", {"negated"}),
        ("The army could not stop rebels from seizing the town.", "seizing", set()),
        ("Iran never stopped supplying Hezbollah.", "supplying", set()),
        ("The rebels would later attack the town.", "attack", set()),
        ("Had Russia attacked Ukraine, the West would have acted.", "attacked", {"conditional"}),
        ("Were Russia to attack Ukraine, the West would act.", "attack", {"conditional"}),
        ("Russia will act, provided that Iran attacks Iraq.", "attacks", {"conditional"}),
        ("Talks, scheduled for Tuesday, were mentioned.", "Talks", {"planned"}),
        ("Mr. Putin flies to Tehran tomorrow.", "flies", {"future"}),
        ("Kyiv accused Russia of the massacre.", "massacre", {"alleged"}),
    ],
)
def test_grammar_far_from_the_word_changes_it(
    word: Word, text: str, form: str, wanted: set[str]
) -> None:
    assert flags(read(word(text, form), lexicon())) == wanted


def test_two_negations_undo_each_other(word: Word) -> None:
    reading = read(word("Russia did not deny attacking Ukraine.", "attacking"), lexicon())
    assert not reading.negated


def test_what_is_promised_not_to_be_done(word: Word) -> None:
    reading = read(word("Russia promised not to attack Ukraine.", "attack"), lexicon())
    assert reading.inner_negated
    assert not reading.negated


def test_who_accuses_is_kept(word: Word) -> None:
    reading = read(word("Kyiv accused Russia of bombing a bridge.", "bombing"), lexicon())
    assert reading.accuser is not None
    assert reading.accuser.text == "accused"
    assert reading.alleged


def test_the_climb_ends(parse: Callable[[str], list[Token]]) -> None:
    text = "said that " * 40 + "Russia agreed to refuse to plan to " * 10 + "attack"
    for token in parse(text):
        assert isinstance(read(token, lexicon()), Reading)
