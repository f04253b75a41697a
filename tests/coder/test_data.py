"""The data files that the coder reads: sorted, each record once, only what the program knows."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from dateline import ontology
from dateline.coder.effects import ABSORBING
from dateline.coder.lexicon import rows

PREDICATE = ["phrase", "pos", "type", "mode", "actor", "recipient", "contexts", "weight"]
COLUMNS = {
    "context_words.csv": ["word", "contexts"],
    "evaluations.csv": ["lemma", "pos", "polarity", "weight"],
    "function_words.csv": ["role", "word"],
    "operators.csv": ["phrase", "pos", "clause", "object"],
    "predicates_nouns.csv": PREDICATE,
    "predicates_verbs.csv": PREDICATE,
    "transforms.csv": ["operator", "type", "mode", "becomes", "becomes_mode"],
    "word_classes.csv": ["class", "word"],
}
KEYS = {
    "context_words.csv": ["word"],
    "evaluations.csv": ["lemma", "pos"],
    "function_words.csv": ["role", "word"],
    "operators.csv": ["phrase", "pos"],
    "predicates_nouns.csv": ["phrase", "pos"],
    "predicates_verbs.csv": ["phrase", "pos"],
    "transforms.csv": ["operator", "type", "mode"],
    "word_classes.csv": ["class", "word"],
}
PREDICATES = ("predicates_nouns.csv", "predicates_verbs.csv")
GRAMMAR = {"subj", "obj", "iobj", "comp", "poss", "mod", "head"}
KINDS = {
    *ABSORBING, "plan", "fail", "deny", "prevent", "end", "conditional", "accuse", "allege",
    "light", "receive", "aspect", "permit", "future", "stop", "told",
}  # fmt: skip
PREPOSITIONS = """
about across after against along alongside among around as at before behind beside between beyond
by despite during following for from in inside into near of off on onto out outside over regarding
round through to toward towards under until unto upon via with within without
"""


@pytest.mark.parametrize("name", COLUMNS)
def test_files_are_sorted_and_each_record_is_once(name: str) -> None:
    found = [row for _, row in rows(name)]
    assert found
    assert all(list(row) == COLUMNS[name] for row in found)
    keys = [tuple(row[column] for column in KEYS[name]) for row in found]
    twice = [key for key, count in Counter(keys).items() if count > 1]
    assert not twice
    misplaced = [b for a, b in pairwise(keys) if b < a]
    assert not misplaced


@pytest.mark.parametrize("name", COLUMNS)
def test_cells_are_clean(name: str) -> None:
    unclean = [
        f"{where} {column}={cell!r}"
        for where, row in rows(name)
        for column, cell in row.items()
        if cell is None or cell != " ".join(cell.split())
    ]
    assert not unclean


@pytest.mark.parametrize("name", PREDICATES)
def test_predicates_name_types_slots_contexts_and_classes_that_exist(name: str) -> None:
    classes = {row["class"] for _, row in rows("word_classes.csv")}
    wrong = []
    for where, row in rows(name):
        if row["type"] != "none":
            ontology.category(row["type"], row["mode"] or None)
            if not row["actor"] and not row["recipient"]:
                wrong.append(f"{where}: no slots")
        for slot in re.split(r"[|+]", f"{row['actor']}|{row['recipient']}"):
            if slot and slot not in {*GRAMMAR, *PREPOSITIONS.split()}:
                wrong.append(f"{where}: slot {slot}")
        for context in filter(None, row["contexts"].split(";")):
            if context not in ontology.contexts():
                wrong.append(f"{where}: context {context}")
        for word in row["phrase"].split():
            if "&" in word and word.removeprefix("<")[1:] not in classes:
                wrong.append(f"{where}: class {word}")
            if word[0] == "<" and (word[1] != "&" or row["pos"] != "VERB"):
                wrong.append(f"{where}: subject {word}")
        if not 0 < float(row["weight"]) <= 1:
            wrong.append(f"{where}: weight {row['weight']}")
        if row["pos"] not in {"VERB", "NOUN", "ADJ"}:
            wrong.append(f"{where}: pos {row['pos']}")
    assert not wrong


def test_at_least_four_hundred_predicates_over_all_types() -> None:
    types = Counter(row["type"] for name in PREDICATES for _, row in rows(name))
    assert sum(count for type, count in types.items() if type != "none") >= 400
    assert set(types) - {"none"} == set(ontology.types())
    assert min(types.values()) >= 20, types


def test_a_phrase_stands_in_one_file_only() -> None:
    nouns, verbs = ({(r["phrase"], r["pos"]) for _, r in rows(name)} for name in PREDICATES)
    assert not nouns & verbs


def test_transforms_lead_from_type_to_type() -> None:
    for where, row in rows("transforms.csv"):
        assert row["operator"] in {*ABSORBING, "end", "forswear", "future"}, where
        if row["type"]:
            ontology.category(row["type"], row["mode"] or None)
        ontology.category(row["becomes"], row["becomes_mode"] or None)


def test_operators_are_of_kinds_that_the_rules_know() -> None:
    for where, row in rows("operators.csv"):
        assert row["pos"] in {"VERB", "NOUN", "ADJ", "ADV"}, where
        assert row["clause"] or row["object"], where
        assert {row["clause"], row["object"]} <= {*KINDS, ""}, where


def test_judgements_have_polarity_and_weight() -> None:
    for where, row in rows("evaluations.csv"):
        assert row["polarity"] in {"negative", "positive"}, where
        assert row["pos"] in {"VERB", "NOUN", "ADJ", "ADV"}, where
        assert 0 < float(row["weight"]) <= 1, where


def test_context_words_name_contexts_that_exist() -> None:
    for where, row in rows("context_words.csv"):
        contexts = row["contexts"].split(";")
        assert set(contexts) <= ontology.contexts(), where


def test_the_roles_of_function_words_are_asked_for() -> None:
    import dateline.coder as room

    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in room.__path__
        for path in sorted(Path(folder).glob("*.py"))
    )
    asked = set(re.findall(r'function_words\(\s*"([^"]+)"', code))
    assert asked == {row["role"] for _, row in rows("function_words.csv")}
