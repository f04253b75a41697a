from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.actors import register
from dateline.coder import Coder
from dateline.coder.headlines import lowered
from dateline.records import Article, Passage


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        ("Russia Attacks Ukraine After Long Talks", "Russia attacks Ukraine after long talks"),
        ("Iran Seizes Ship Near The Coast", "Iran seizes ship near the coast"),
        ("Russia attacks Ukraine after long talks", "Russia attacks Ukraine after long talks"),
        ("Two Words", "Two Words"),
        ("", ""),
    ],
)
def test_common_words_lose_their_capitals_and_names_keep_theirs(headline: str, wanted: str) -> None:
    assert lowered(headline, register()) == wanted


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["Russia", "Attacks", "U.S.", "Don't", "İ", "ß", "🇺🇦", "a"]),
            st.text(max_size=6),
        )
    )
)
def test_offsets_are_kept(words: list[str]) -> None:
    text = " ".join(words)
    found = lowered(text, register())
    assert len(found) == len(text)
    assert found.lower() == text.lower() or "İ" in text


def test_a_headline_is_coded_as_a_sentence_is(coder: Coder) -> None:
    text = "Russia Attacks Ukraine After Long Talks"
    passage = Passage(start=0, end=len(text), kind="headline")
    mentions = coder(Article(id="a", text=text, passages=(passage,))).mentions
    attack = next(m for m in mentions if m.type == "ASSAULT")
    assert (attack.actors[0].code, attack.recipients[0].code) == ("RUS", "UKR")
    assert attack.trigger.text == "Attacks"
