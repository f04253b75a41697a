"""How predicates are matched in a parse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Token

from dateline.coder import lexicon as module
from dateline.coder.lexicon import Lexicon, function_words, lexicon
from dateline.errors import DatelineError

Word = Callable[[str, str], Token]


@pytest.fixture(scope="session")
def words() -> Lexicon:
    return lexicon()


@pytest.mark.parametrize(
    ("text", "form", "type", "mode"),
    [
        ("Russia attacked Ukraine.", "attacked", "ASSAULT", None),
        ("The army came under heavy attack.", "attack", "ASSAULT", None),
        ("Police arrested a critic.", "arrested", "COERCE", "arrest"),
        ("The arrest of a critic drew crowds.", "arrest", "COERCE", "arrest"),
        ("Iran accused Iraq of theft.", "accused", "ACCUSE", "allege"),
        ("The two presidents held talks.", "talks", "CONSULT", None),
    ],
)
def test_verbs_nouns_and_phrases_are_found(
    words: Lexicon, word: Word, text: str, form: str, type: str, mode: str | None
) -> None:
    match = words.match(word(text, form))
    assert match is not None
    assert match.predicate.type == type
    if mode:
        assert match.predicate.mode == mode
    assert match.tokens[0] == match.token


@pytest.mark.parametrize("form", ["The", "Russia", "near", "village", "."])
def test_other_words_are_not(words: Lexicon, word: Word, form: str) -> None:
    assert words.match(word("The soldiers of Russia stood near the village.", form)) is None


def test_the_longest_phrase_wins(words: Lexicon, word: Word) -> None:
    match = words.match(word("Poland recalled its ambassador.", "recalled"))
    assert match is not None
    assert len(match.tokens) == 2
    fitting = words.fitting(match.token)
    assert fitting[0] is match.predicate
    assert [len(p.rest) for p in fitting] == sorted((len(p.rest) for p in fitting), reverse=True)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Protesters gathered in Minsk.", "PROTEST"),
        ("Protesters came to Minsk and gathered there.", "PROTEST"),
        ("The protesters who gathered in Minsk left.", "PROTEST"),
        ("Protesters began gathering in Minsk.", "PROTEST"),
        ("Mushrooms gathered in Minsk were sold.", None),
        ("Families gathered mushrooms for protesters.", None),
    ],
)
def test_a_phrase_may_ask_for_who_does_it(
    words: Lexicon, word: Word, text: str, type: str | None
) -> None:
    form = "gathering" if "gathering" in text else "gathered"
    match = words.match(word(text, form))
    assert (match and match.predicate.type) == type


def test_a_participle_after_a_hyphen_is_an_adjective(words: Lexicon, word: Word) -> None:
    match = words.match(word("Iran-backed fighters left.", "backed"))
    assert match is not None
    assert match.predicate.pos == "ADJ"


def test_operators_classes_and_judgements(words: Lexicon, word: Word) -> None:
    refused = words.operator(word("Poland refused to send tanks.", "refused"))
    assert refused is not None
    assert refused.clause == "refuse"
    assert words.operator(word("Poland slept.", "slept")) is None
    tanks = word("Poland sent tanks.", "tanks")
    assert words.is_a(tanks, "arms")
    assert not words.is_a(tanks, "meeting")
    assert not words.is_a(tanks, "no such class")
    cruel = words.evaluation(word("The act was cruel.", "cruel"))
    assert cruel is not None
    assert cruel[0] == -1
    assert words.evaluation(word("The act was cruel.", "act")) is None


def test_the_lexicon_is_read_once() -> None:
    assert lexicon() is lexicon()
    assert "never" in function_words("negator")
    assert function_words("no such role") == frozenset()


@pytest.mark.parametrize(
    "change", [{"type": "MEET"}, {"mode": "no mode"}, {"weight": "heavy"}, {"phrase": None}]
)
def test_a_wrong_row_is_an_error_that_names_file_and_line(change: dict[str, str | None]) -> None:
    row: dict[str, str | None] = {
        "phrase": "strike", "pos": "VERB", "type": "ASSAULT", "mode": "", "actor": "subj",
        "recipient": "obj", "contexts": "", "weight": "0.5",
    } | change  # fmt: skip
    row = {key: value for key, value in row.items() if value is not None}
    with pytest.raises(DatelineError, match=r"predicates_verbs\.csv:7: "):
        module._predicate("predicates_verbs.csv:7", row)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("phrase", "pos", "head", "rest"),
    [
        ("come under fire", "VERB", "come", ("under", "fire")),
        ("safe passage deal", "NOUN", "deal", ("passage", "safe")),
        ("operation against", "NOUN", "operation", ("against",)),
    ],
)
def test_the_head_of_a_phrase(phrase: str, pos: str, head: str, rest: tuple[str, ...]) -> None:
    assert module._head(phrase, pos) == (head, rest)


def test_slots_are_alternatives_of_unions() -> None:
    assert module._slots("between+with|subj") == (("between", "with"), ("subj",))
    assert module._slots("") == ()
