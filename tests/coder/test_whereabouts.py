"""Where an act took place, when its own clause does not say."""

import pytest

import dateline


def place(text, trigger):
    found = [
        m
        for m in dateline.load()(text, published="2023-11-06").mentions
        if m.trigger.text == trigger
    ]
    assert len(found) == 1, [m.trigger.text for m in found]
    return found[0].place


CASES = [
    (
        "Russian troops entered Goris. They arrested two Armenian officers there.",
        "arrested",
        "Goris",
    ),
    (
        "Rebels took the Yemeni city of Hodeidah. Saudi troops attacked the rebels in the city.",
        "attacked",
        "Hodeidah",
    ),
    ("Saudi troops attacked the rebels in the city.", "attacked", None),
    (
        "GENEVA, Nov. 5 (Wire) - Swiss and Turkish officials met on Sunday.",
        "met",
        "Geneva",
    ),
    (
        "LONDON, Nov. 5 (Wire) - Russian troops attacked Georgian soldiers on Sunday.",
        "attacked",
        None,
    ),
]


@pytest.mark.parametrize(("text", "trigger", "name"), CASES)
def test_where(text, trigger, name):
    found = place(text, trigger)
    assert (found.name if found else None) == name
    assert found is None or found.text in text
