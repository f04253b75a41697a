from __future__ import annotations

import pytest

from dateline.wire.origin import host_of, marks, named_host, publisher_host, source_host


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.norland.co.uk/a?b=1", "norland.co.uk"),
        ("http://edition.cnn.com:8080/x", "cnn.com"),
        ("www.nytimes.com", "nytimes.com"),
        ("WWW.NYTIMES.COM", "nytimes.com"),
        ("http://127.0.0.1/a", None),
        ("http://localhost/a", None),
        ("https://[::1]/", None),
        ("https://[broken/", None),
        ("not a url", None),
        ("", None),
        (None, None),
    ],
)
def test_host_of(url: str | None, host: str | None) -> None:
    assert host_of(url) == host


def test_a_platform_is_no_publisher() -> None:
    assert publisher_host("https://www.facebook.com/norland") is None
    assert publisher_host("https://news.norland.no/x") == "norland.no"


@pytest.mark.parametrize(
    ("words", "host"),
    [
        ("The New York Times", "nytimes.com"),
        ("Reuters", "reuters.com"),
        ("norlandtimes.com", "norlandtimes.com"),
        ("Norland Times (https://www.norlandtimes.com/a/b)", "norlandtimes.com"),
        ("the U.S. government", None),
        ("Ministry of Defence", None),
        ("end of sentence.And more", None),
    ],
)
def test_named_host(words: str, host: str | None) -> None:
    assert named_host(words) == host


def test_short_names_are_read_as_they_are_written() -> None:
    assert source_host("AP") == "apnews.com"
    assert source_host("ap") is None
    assert source_host("REUTERS") == "reuters.com"
    assert source_host("time") is None


@pytest.mark.parametrize(
    "label",
    ["Sumber: ", "Source: ", "SOURCE : ", "Quelle: ", "Fuente: ", "Fonte: ", "Kaynak: ",
     "Источник: ", "المصدر: ", "出典：", "来源：", "Bron: ", "Källa: ", "Źródło: ", "(Source: "],
)  # fmt: skip
@pytest.mark.parametrize("value", ["www.norlandtimes.com", "https://norlandtimes.com/a/1"])
def test_labels_in_many_languages(label: str, value: str) -> None:
    found = marks(["The army left the town on Monday.", f"{label}{value}"])
    assert (found[0].line, found[0].host, found[0].whole) == (1, "norlandtimes.com", True)


def test_a_label_may_stand_above_its_link() -> None:
    found = marks(["The army left.", "Sumber:", "www.norlandtimes.com"])
    assert {(mark.line, mark.host) for mark in found} == {
        (1, "norlandtimes.com"),
        (2, "norlandtimes.com"),
    }


@pytest.mark.parametrize(
    ("line", "host"),
    [
        ("VARNA, Norland (Reuters) - The army left.", "reuters.com"),
        ("VARNA (AP) — The army left.", "apnews.com"),
        ("(AFP) - The army left.", "afp.com"),
        ("BEIJING, Dec. 21 (Xinhua) -- The army left.", "xinhuanet.com"),
        ("Xinhua | The army left.", "xinhuanet.com"),
        ("Jakarta, ANTARA - The army left.", "antaranews.com"),
        ("The army left the town on Monday. — AFP", "afp.com"),
        ("The army left the town on Monday. (Reuters)", "reuters.com"),
        ("The army left the town on Monday. (ANTARA/Reuters)", "reuters.com"),
        ("via Reuters", "reuters.com"),
        ("AFP", "afp.com"),
        ("This article was originally published on The Conversation.", "theconversation.com"),
        ("Artikel ini telah tayang di Kompas.com dengan judul lain", None),
    ],
)
def test_marks_of_wires_and_phrases(line: str, host: str | None) -> None:
    found = [mark.host for mark in marks([line, "x" * 400]) + marks(["x" * 400, line])]
    assert host is None or host in found


@pytest.mark.parametrize(
    "line",
    [
        "The minister told Reuters that the army had left.",
        "An AP reporter saw the army leave.",
        "According to AFP, the army left.",
        "Non-AP sources said so.",
        "The source: a diplomat who was there said that the army had left.",
        "Sources said on Monday that the army had left.",
    ],
)
def test_speaking_of_a_wire_is_no_mark(line: str) -> None:
    assert not [mark for mark in marks([line]) if mark.host]


def test_a_label_goes_before_a_wire() -> None:
    found = marks(["VARNA (Reuters) - The army left.", "Sumber: www.norlandtimes.com"])
    assert [mark.host for mark in found] == ["norlandtimes.com", "reuters.com"]
