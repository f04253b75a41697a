"""The labelled sentences that ship with the code of the training."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from dateline import ontology
from training import corpus, soft

STATUSES = {"happened", "alleged", "planned", "hypothetical", "denied"}
WRITTEN = corpus.table(corpus.DATA / "written.tsv")
LABELS = corpus.table(corpus.DATA / "labels.tsv")
SOFT = corpus.table(soft.FILE)
TRIGGERS = corpus.table(corpus.DATA / "triggers.tsv")


def test_there_are_enough_of_our_own() -> None:
    assert len(WRITTEN) >= 1500
    assert len({row["marked"] for row in WRITTEN}) == len(WRITTEN)


@pytest.mark.parametrize("rows", [WRITTEN, LABELS], ids=["written", "labels"])
def test_labels_are_of_the_ontology(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert row["origin"]
        if row["type"] == "none":
            assert not row["mode"]
            assert not row["status"]
            continue
        assert row["type"] in ontology.types(), row
        assert not row["mode"] or row["mode"] in ontology.modes(row["type"]), row
        known = {*ontology.contexts(), corpus.UNKNOWN}
        assert set(filter(None, row["contexts"].split(";"))) <= known, row
        assert row["status"] in STATUSES, row


def test_every_written_sentence_has_a_party_and_whole_marks() -> None:
    for row in WRITTEN:
        text, marks = corpus.unmark(row["marked"])
        assert {"s", "t"} & set(marks), row
        assert not re.search(r"</?[a-z]>", text), row
        for start, end in marks.values():
            assert text[start:end].strip(), row


def test_rows_are_sorted() -> None:
    for rows in (WRITTEN, LABELS):
        places = [tuple(row.values()) for row in rows]
        assert places == sorted(places)


def test_labels_hold_no_text_of_others() -> None:
    for row in (*LABELS, *SOFT, *TRIGGERS):
        assert re.fullmatch(r"[0-9a-f]{16}", row["sentence"])
    for row in (*LABELS, *SOFT):
        assert all(re.fullmatch(r"(\d+-\d+)?", row[role]) for role in "ste")


def test_triggers_stand_in_their_sentences() -> None:
    for row in TRIGGERS:
        first, past = map(int, row["where"].rpartition(":")[2].split("-"))
        for start, end, kind in map(corpus.tagged, row["triggers"].split()):
            assert 0 <= start < end <= past - first, row
            assert kind.rstrip(corpus.UNKNOWN) in ontology.types(), row


def test_articles_of_our_own_are_as_they_were_labelled() -> None:
    own = [row for row in (*LABELS, *TRIGGERS) if row["where"].startswith("own/")]
    assert len(own) > 1000
    for row in own:
        text = corpus.cut(Path("no-such"), row["where"])
        assert corpus.sentence_key(text) == row["sentence"]


def test_soft_labels_are_probabilities_of_types() -> None:
    for row in SOFT:
        shares = dict(part.split(":") for part in row["chances"].split())
        assert set(shares) <= {*ontology.types(), "none"}, row
        assert 90 <= sum(map(int, shares.values())) <= 110, row
        assert row["guideline"] in {"codebook", "plv"}


def test_arguments_are_asked_of_events_alone() -> None:
    event = corpus.Row(
        "Oman met Iran", {"s": (0, 4), "e": (5, 8), "t": (9, 13)}, "codebook", "", type="CONSULT"
    )
    (row,) = corpus.arguments([event, replace(event, type="none"), replace(event, marks={})])
    assert row.marks == {"e": (5, 8)}
    assert row.tags == ((0, 4, "S"), (9, 13, "T"))


def test_a_sentence_is_the_same_however_it_is_spaced() -> None:
    assert corpus.sentence_key("The EU 's plan .") == corpus.sentence_key("The EU's plan.")


def test_marks_come_off() -> None:
    text, marks = corpus.unmark("<s>Oman</s> <e>met</e> <t>Iran</t>.")
    assert text == "Oman met Iran."
    assert {role: text[a:b] for role, (a, b) in marks.items()} == {
        "s": "Oman", "e": "met", "t": "Iran"
    }  # fmt: skip


def test_annotated_articles_are_whole() -> None:
    for line in (corpus.DATA / "annotated.jsonl").read_text("utf-8").splitlines():
        event = json.loads(line)
        text = (corpus.DATA / "own" / f"{event['doc']}.txt").read_text("utf-8")
        assert event["quote"] in text, event
        assert event["trigger"] in event["quote"], event
        assert event["type"] in ontology.types(), event
        assert event["status"] in STATUSES, event
        for party in (*event["actors"], *event["recipients"]):
            assert party["text"] in text, event
            assert party["name"], event
