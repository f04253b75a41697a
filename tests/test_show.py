"""What a person sees."""

from __future__ import annotations

import io
from collections.abc import Callable

from rich.console import Console

from dateline import show
from dateline.coder import Coder
from dateline.records import Article

HOSTILE = "The army of [bold]Kenya[/bold] \x1b[31mattacked :smile: Somalia\x07, Poland said."


def console(*, color: bool = False) -> tuple[Console, io.StringIO]:
    file = io.StringIO()
    made = Console(
        file=file, width=120, markup=False, emoji=False, highlight=False,
        force_terminal=color, color_system="standard" if color else None,
    )  # fmt: skip
    return made, file


def test_mentions_with_parties_dates_place_and_source(code: Callable[[str], Article]) -> None:
    made, file = console()
    show.mentions(code("Russia will not meet Ukraine in Paris on Friday, Poland said."), made)
    show.mentions(code("Russia could attack Ukraine."), made)
    text = file.getvalue()
    assert "Russia [RUS] → Ukraine [UKR]" in text
    assert "ASSAULT" in text
    assert "hypothetical" in text
    assert "2022-12-23" in text
    assert "on the word of Poland" in text
    assert "2022-12-21" in text  # of publication


def test_no_events_are_told_as_none(code: Callable[[str], Article]) -> None:
    made, file = console()
    show.mentions(code("It rained."), made)
    assert "no events found" in file.getvalue()


def test_actor_recipient_and_trigger_are_marked(code: Callable[[str], Article]) -> None:
    made, file = console(color=True)
    show.mentions(code("It is known that Russia attacked Ukraine."), made)
    assert "that \x1b[1;36mRussia\x1b[0m \x1b[1;33mattacked\x1b[0m \x1b[1;35mUkraine\x1b[0m." in (
        file.getvalue()
    )


def test_a_party_of_another_sentence_marks_nothing_here(code: Callable[[str], Article]) -> None:
    made, file = console(color=True)
    show.mentions(code("Ukraine asked Germany for tanks. Germany refused the request."), made)
    assert "\x1b[1;36mGermany\x1b[0m \x1b[1;33mrefused\x1b[0m" in file.getvalue()


def test_news_is_no_markup_and_commands_no_terminal(coder: Coder) -> None:
    made, file = console()
    article = coder(Article(id="\x1b[2J", text=HOSTILE, title="[red]x[/red]\x1b]0;title\x07"))
    show.mentions(article, made)
    show.statements(article.statements, article.id, made)
    for explained in coder.explain(article):
        show.explanation(explained, made)
    show.rows([{"a": HOSTILE, "b": None}], made)
    text = file.getvalue()
    assert "[bold]Kenya[/bold]" in text
    assert ":smile:" in text
    assert "\x1b" not in text
    assert "\x07" not in text


def test_rows_have_the_columns_of_the_first() -> None:
    made, file = console()
    show.rows([{"name": "Xi", "code": None}, {"name": "Li", "code": "CHN"}], made)
    lines = file.getvalue().splitlines()
    assert "name" in lines[1]
    assert "–" in lines[3]
    assert "CHN" in lines[4]


def test_no_rows_are_no_table() -> None:
    made, file = console()
    show.rows([], made)
    assert file.getvalue() == ""


def test_an_explanation_names_all_reasons(coder: Coder) -> None:
    made, file = console()
    article = Article(id="a", text="Iran threatened to attack Israel. He attacked the script.")
    for explained in coder.explain(article):
        show.explanation(explained, made)
    text = file.getvalue()
    for wanted in ("[0] Iran", "[1] He", "+ “threatened” THREATEN/violence", "evidence", "parties",
                   "Iran [IRN] → Israel [ISR]", "predicate", "rules", "dropped"):  # fmt: skip
        assert wanted in text
