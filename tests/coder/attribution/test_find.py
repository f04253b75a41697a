"""Every construction that attributes, by rule, in invented sentences."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.coder.attribution import Claim, claims_over, to_statement
from dateline.coder.attribution.find import ruled_claims
from dateline.coder.attribution.tree import Tree
from dateline.coder.parse import paragraphs
from dateline.records import Article


def read(text: str) -> tuple[Article, list[Claim]]:
    article = Article(id="a", text=text)
    parsed = paragraphs(article)
    return article, ruled_claims(parsed, [Tree(paragraph.doc) for paragraph in parsed])


def shown(text: str) -> list[tuple[str | None, str | None, list[str]]]:
    article, claims = read(text)
    statements = [to_statement(claim, article) for claim in claims if not claim.nested]
    return [
        (
            s.source.text if s.source else None,
            s.cue.text if s.cue else None,
            [span.text for span in s.content],
        )
        for s in statements
    ]


PLAIN = [
    (
        "The minister said that the port had reopened.",
        ("The minister", "said", ["that the port had reopened"]),
    ),
    (
        "The envoy told reporters that the talks had failed.",
        ("The envoy", "told", ["that the talks had failed"]),
    ),
    (
        "The general has repeatedly claimed the bridge was intact.",
        ("The general", "has repeatedly claimed", ["the bridge was intact"]),
    ),
    (
        "Analysts believe the harvest will be poor.",
        ("Analysts", "believe", ["the harvest will be poor"]),
    ),
    (
        "The army warned that the dam could burst.",
        ("The army", "warned", ["that the dam could burst"]),
    ),
    (
        "The mayor denied that the money was missing.",
        ("The mayor", "denied", ["that the money was missing"]),
    ),
    (
        "The border is closed, the governor said.",
        ("the governor", "said", ["The border is closed"]),
    ),
    (
        "The ferry sank off the coast, according to the harbour master.",
        ("the harbour master", "according to", ["The ferry sank off the coast"]),
    ),
    (
        "According to the ministry, the convoy left at dawn.",
        ("the ministry", "According to", ["the convoy left at dawn"]),
    ),
    (
        "A new poll found that most farmers oppose the tax.",
        ("A new poll", "found", ["that most farmers oppose the tax"]),
    ),
    (
        "The Daily Courier reported that the bank had failed.",
        ("The Daily Courier", "reported", ["that the bank had failed"]),
    ),
    (
        "In the senator's view, the treaty is dead.",
        ("the senator", "view", ["the treaty is dead"]),
    ),
    (
        "Maria Lopez, the mayor of Arenal, said the bridge was safe.",
        ("Maria Lopez, the mayor of Arenal", "said", ["the bridge was safe"]),
    ),
    (
        "The bank said in a statement that it had paid the fine.",
        ("The bank", "said in a statement", ["that it had paid the fine"]),
    ),
    (
        "Rebels took the town, sources said.",
        ("sources", "said", ["Rebels took the town"]),
    ),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_indirect_speech(text: str, expected: tuple[str, str, list[str]]) -> None:
    assert expected in shown(text)


QUOTED = [
    (
        "“We will not leave the valley,” said Colonel Brandt.",
        ("Colonel Brandt", "said", ["“We will not leave the valley,”"]),
    ),
    (
        '"The road is open again," the governor said.',
        ("the governor", "said", ['"The road is open again,"']),
    ),
    (
        'The bishop said: "There will be no march on Sunday."',
        ("The bishop", "said", ['"There will be no march on Sunday."']),
    ),
    (
        '"The talks are over," Mr. Okafor said. "We have nothing more to discuss."',
        (
            "Mr. Okafor",
            "said",
            ['"The talks are over,"', '"We have nothing more to discuss."'],
        ),
    ),
    (
        '"The plant is safe," the engineer said.\n\n"Nobody needs to leave the town tonight."',
        (
            "the engineer",
            "said",
            ['"The plant is safe,"', '"Nobody needs to leave the town tonight."'],
        ),
    ),
    (
        'The judge made one last remark.\n\nThe judge said:\n\n"This court will not be hurried."',
        ("The judge", "said", ['"This court will not be hurried."']),
    ),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_quotes_with_their_speaker(text: str, expected: tuple[str, str, list[str]]) -> None:
    assert expected in shown(text)
    assert "quote" in {claim.kind for claim in read(text)[1]}


def test_an_added_quote_has_its_pronoun_as_source() -> None:
    claims = shown('"The vote was fair," Ms. Haddad said. She added: "I will accept the result."')
    assert ("She", "added", ['"I will accept the result."']) in claims


def test_mixed_quote_stays_in_its_sentence() -> None:
    (claim,) = [c for c in shown('The premier called the ruling a "disgrace".') if c[1] == "called"]
    assert claim[0] == "The premier"
    assert claim[2] == ['the ruling a "disgrace"']


def test_noun_with_its_owner() -> None:
    claims = shown("Nobody accepted the minister's claim that the army had left.")
    assert ("the minister", "claim", ["that the army had left"]) in claims


def test_participle_takes_the_subject_of_its_clause() -> None:
    claims = shown("The governor left early, saying that the storm was near.")
    assert ("The governor", "saying", ["that the storm was near"]) in claims


def test_conjoined_verbs_share_their_subject() -> None:
    sources = {c[1]: c[0] for c in shown("The king said he was ill and added that he would rest.")}
    assert sources["added"] == "The king"


def test_report_without_a_source() -> None:
    _, claims = read("The rebels reportedly seized the airport.")
    (claim,) = [c for c in claims if c.cue == (11, 21)]
    assert claim.source is None
    assert claim.kind == "report"


def test_relative_pronoun_points_to_its_antecedent() -> None:
    article, claims = read("The envoy, who said the truce would hold, flew home.")
    (claim,) = [c for c in claims if c.cue is not None and article.text[slice(*c.cue)] == "said"]
    assert claim.source is not None
    assert article.text[slice(*claim.source)] == "who"
    assert claim.source_root is not None
    paragraph, token = claim.source_root
    assert paragraphs(article)[paragraph].doc[token].text == "envoy"


def test_a_stance_does_not_assert() -> None:
    _, claims = read("The bishop condemned the raid on the village.")
    assert [claim.asserts for claim in claims] == [False]


def test_words_in_a_quote_are_the_speakers() -> None:
    claims = shown('"They said that the mine was safe," the widow told a rally.')
    assert [c[1] for c in claims] == ["told"]


def test_what_a_speaker_has_from_others_is_nested() -> None:
    _, claims = read('"The owners said that the mine was safe," the widow told a rally.')
    assert sorted(claim.nested for claim in claims) == [False, True]
    _, claims = read('"I said that the mine was safe," the widow told a rally.')
    assert not any(claim.nested for claim in claims)


def test_claims_over_runs_outwards() -> None:
    text = "The agency reported that the rebels said that the town had fallen."
    article, claims = read(text)
    over = claims_over(claims, text.index("fallen"))
    assert [article.text[slice(*c.cue)] for c in over if c.cue] == ["said", "reported"]
    assert claims_over(claims, text.index("rebels"))[0] == over[1]
    assert claims_over(claims, len(text) - 1) == []


def test_claims_over_can_leave_out_stances() -> None:
    text = "The bishop condemned the raid on the village."
    _, claims = read(text)
    assert claims_over(claims, text.index("raid"))
    assert not claims_over(claims, text.index("raid"), asserted=True)


def test_texts_are_cut_from_the_article() -> None:
    article, claims = read("Intro.\n\n“It’s\u00a0over,” said Dr. Núñez, quietly.")
    for claim in claims:
        statement = to_statement(claim, article)
        for span in (statement.source, statement.cue, *statement.content):
            if span is not None:
                assert span.text == article.text[span.start : span.end]
    assert any("“It’s\u00a0over,”" in c[2] for c in shown(article.text))


def test_no_attribution_in_plain_report() -> None:
    assert shown("The ferry left the harbour at noon.") == []


def test_empty() -> None:
    assert ruled_claims([], []) == []


VOCABULARY = (
    "the minister said says that told X he she “ ” \" ' '' ( ) , : . ? ! — according to claims "
    "reportedly who poll found in view of by was not to war 🙂 שלום"
)
WORDS = st.sampled_from([*VOCABULARY.split(" "), "\n\n", "\n", "\u200f"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=80))
def test_never_raises_and_spans_lie_inside(text: str) -> None:
    article, claims = read(text)
    for claim in claims:
        spans = [*claim.content, *(s for s in (claim.source, claim.cue) if s is not None)]
        assert claim.content
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(claim.content) == sorted(claim.content)
        to_statement(claim, article)


def test_an_accusation_asserts() -> None:
    _, claims = read("The mayor accused the company of poisoning the river.")
    assert [claim.asserts for claim in claims] == [True]


def test_as_told_by_another() -> None:
    claims = shown("Mr. Sato, as told by the Harbour Gazette, said that the fleet would sail.")
    assert "the Harbour Gazette" in [c[0] for c in claims]


def test_reported_to_have() -> None:
    claims = shown("The blast is reported to have killed two guards.")
    assert (None, "is reported", ["The blast", "to have killed two guards"]) in claims
