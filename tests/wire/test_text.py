from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.records import Article
from dateline.wire import article_from_text

TODAY = dt.date(2024, 6, 1)

SAVED = """Premier Seeks Loan From Neighbours as Floods Close Ports: Live Updates

by -1204 Views

The prime minister of Norland met the finance minister of Suria on Tuesday as floods closed ports.

“We have asked for help, and we expect an answer,” she said at a news conference in Varna.

The two governments agreed in 2019 to share the cost of repairs, according to the state broadcaster.

Maria Lindqvist contributed reporting.

Sumber: www.norlandtimes.com

No More Posts Available.

No more pages to load."""


def news(article: Article) -> list[str]:
    return [article.text[p.start : p.end] for p in article.passages]


def kept(text: str) -> str:
    return "\n".join(news(article_from_text(text, id="t.txt", today=TODAY)))


def test_a_saved_page_is_cleaned_and_its_text_stays() -> None:
    article = article_from_text(SAVED, id="page.txt", published="2024-05-01", today=TODAY)
    assert article.text == SAVED
    assert article.title == "Premier Seeks Loan From Neighbours as Floods Close Ports: Live Updates"
    assert article.origin == "norlandtimes.com"
    assert article.credits == ("Maria Lindqvist contributed reporting.",)
    assert article.published == "2024-05-01"
    assert [p.kind for p in article.passages] == ["headline", "body"]
    body = news(article)[1]
    assert body.startswith("The prime minister of Norland")
    assert body.endswith("according to the state broadcaster.")
    for furniture in ("Views", "Sumber", "No More", "contributed"):
        assert furniture not in "".join(news(article))


def test_windows_line_ends_stay_and_are_counted() -> None:
    text = SAVED.replace("\n", "\r\n")
    article = article_from_text(text, id="page.txt", today=TODAY)
    assert article.text == text
    assert article.origin == "norlandtimes.com"
    assert news(article)[1].startswith("The prime minister")


def test_furniture_amid_the_news_splits_its_passages() -> None:
    text = "The army left the town on Monday.\nAdvertisement\nIts mayor said so on Tuesday.\n"
    assert news(article_from_text(text, id="t", today=TODAY)) == [
        "The army left the town on Monday.",
        "Its mayor said so on Tuesday.",
    ]


def test_headlines_below_a_related_header_are_dropped_and_the_next_sentence_is_not() -> None:
    text = (
        "The army left the town on Monday.\n\nRelated articles\n\nMayor of Varna resigns\n"
        "Ports open again after floods\n\nThe last soldiers left at noon, witnesses said.\n"
    )
    assert "Mayor of Varna" not in kept(text)
    assert "Ports open again" not in kept(text)
    assert "The last soldiers left at noon" in kept(text)


@pytest.mark.parametrize(
    ("first", "is_title"),
    [
        ("Floods Close Ports of Norland", True),
        ("Floods close the ports of Norland", True),
        ("Will the ports open again?", True),
        ("洪水关闭港口", True),
        ("The floods closed the ports of Norland.", False),
        ("The floods closed the ports, and,", False),
        ("x" * 300, False),
    ],
)
def test_a_first_line_is_a_title_if_it_reads_as_one(first: str, is_title: bool) -> None:
    text = f"{first}\n\nThe prime minister spoke in Varna on Tuesday.\n"
    article = article_from_text(text, id="t", today=TODAY)
    assert (article.title == first) is is_title
    assert (article.passages[0].kind == "headline") is is_title
    assert "".join(news(article)).startswith(first)


def test_a_dateline_stays_and_names_the_wire() -> None:
    text = "VARNA, Norland (Reuters) - The army left the town on Monday, its mayor said.\n"
    article = article_from_text(text, id="t", today=TODAY)
    assert article.origin == "reuters.com"
    assert news(article) == [text.strip()]


def test_a_byline_is_no_news() -> None:
    text = (
        "Floods Close Ports\n\nBy Maria Lindqvist and Jo Berg\n\nThe ports were closed on Monday.\n"
    )
    article = article_from_text(text, id="t", today=TODAY)
    assert article.byline == "Maria Lindqvist and Jo Berg"
    assert news(article) == ["Floods Close Ports", "The ports were closed on Monday."]


def test_the_url_is_the_last_resort_for_origin_and_publisher() -> None:
    article = article_from_text(
        "The army left on Monday.", id="t", url="https://www.norland.co.uk/a/1", today=TODAY
    )
    assert (article.origin, article.publisher) == ("norland.co.uk", "norland.co.uk")


@pytest.mark.parametrize("text", ["", " \n\t\n", "Share\nTweet\n", "*** 12 ***"])
def test_a_text_without_news_is_an_error(text: str) -> None:
    with pytest.raises(DatelineError, match=r"empty|no news"):
        article_from_text(text, id="t", today=TODAY)


@pytest.mark.parametrize(
    "sentence",
    [
        "He asked users to share the video on Facebook and Twitter.",
        "Cookies were handed to the soldiers at the border.",
        "The ministry said that 1,234 views of the video had been counted.",
        "Reporting by the state broadcaster showed that soldiers had fired first.",
        "The inspectors contributed reporting to the council in March.",
        "China contributed research to the global health agency.",
        "Sources: three officials and a diplomat said that the talks had failed.",
        "Source: the ministry said on Monday that 12 tanks had been destroyed near Varna.",
        "Copyright law was changed by parliament on Monday.",
        "Powered by cheap gas, the economy of Norland grew.",
        "Related talks were held in Varna.",
        "By Monday, the army had left the town.",
        "Read more books, the president told the students.",
        "Sign up for the army, the minister told the young.",
        "He told Reuters that the army would leave.",
        "Leggi razziali, il parlamento chiede scusa.",
        "Veja, o presidente disse, a guerra acabou.",
        "Publicidad engañosa, dijo el ministro, no será tolerada.",
        "Подписка на газету подорожала, сообщил министр.",
        "Sumber daya alam itu milik rakyat, kata presiden.",
        "Advertisements for the party were banned by the court.",
        "Menu prices rose after the sanctions, restaurants said.",
    ],
)
def test_sentences_stay(sentence: str) -> None:
    text = f"The army left the town on Monday.\n\n{sentence}\n\nThe mayor said so on Tuesday.\n"
    assert sentence in kept(text)
    assert sentence in kept(f"{sentence}\n\nThe army left the town on Monday.\n")
    assert sentence in kept(f"The army left the town on Monday.\n\n{sentence}\n")


def test_lines_of_wrapped_text_are_no_furniture() -> None:
    text = (
        "The opposition said on Monday that it had paid the state broadcaster for an\n"
        "advertisement and that the broadcaster had taken the money but then refused\n"
        "Facebook\n"
        "and other companies the right to show it in the week before the election was held.\n"
    )
    assert "advertisement" in kept(text)


WORDS = st.sampled_from(
    [
        *("the", "a", "minister", "army", "of", "in", "on", "Monday", "said", "that", "talks"),
        *("share", "views", "more", "read", "cookies", "photo", "by", "from", "border", "Norland"),
        *("President", "Smith", "attacked", "met", "source", "comment", "video", "report", "and"),
    ]
)
SENTENCE = st.lists(WORDS, min_size=6, max_size=40).map(
    lambda words: "The council met and " + " ".join(words) + " was agreed in the town."
)


@given(st.lists(SENTENCE, min_size=1, max_size=12), st.sampled_from(["\n", "\n\n", "\r\n\r\n"]))
@settings(deadline=None)
def test_prose_is_kept_whole(sentences: list[str], gap: str) -> None:
    text = gap.join(sentences)
    article = article_from_text(text, id="t", today=TODAY)
    joined = "\n".join(news(article))
    assert all(sentence in joined for sentence in sentences)
    assert article.credits == ()


@given(st.text(max_size=400))
@example("a\x85b\u2028c\x0bd")
@example("\ufeffShare\n\nabc")
@example("مرحبا بالعالم 🚀\n\nشارك\n\n")
@settings(deadline=None)
def test_any_text_is_an_article_or_an_error(text: str) -> None:
    try:
        article = article_from_text(text, id="t", today=TODAY)
    except DatelineError:
        return
    assert len(article.text) == len(text)
    at = 0
    for passage in article.passages:
        assert at <= passage.start < passage.end <= len(text)
        assert article.text[passage.start : passage.end].strip()
        at = passage.end
