"""The place that governs an event."""

import pytest

from dateline.coder.pipeline import pipeline
from dateline.coder.places import find_places, governing_place


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("The ministers met in Moscow on Friday.", "met", "Moscow"),
        ("The attack on Kyiv killed four people.", "attack", "Kyiv"),
        ("The attack on Kyiv killed four people.", "killed", "Kyiv"),
        ("Turkish troops clashed with rebels in the Syrian city of Afrin.", "clashed", "Afrin"),
        ("Envoys held talks in Geneva on Monday.", "talks", "Geneva"),
        ("Envoys held talks in Geneva on Monday.", "held", "Geneva"),
        ("The army shelled Kharkiv overnight.", "shelled", "Kharkiv"),
        ("Rebels captured Goma and looted shops.", "captured", "Goma"),
        ("He was arrested in Lagos, Nigeria, and later released.", "arrested", "Lagos"),
        ("The blast in Kabul that wounded ten was condemned.", "wounded", "Kabul"),
        ("Troops withdrew from Aleppo to Idlib.", "withdrew", "Idlib"),
        ("Moscow accused Kyiv of shelling a village in Belgorod.", "shelling", "Belgorod"),
    ],
)
def test_governing_place(text, trigger, name):
    assert _governing(text, trigger) == name


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Moscow accused Washington of lying.", "accused"),
        ("Beijing condemned the decision.", "condemned"),
        ("Officials in Nairobi said that troops fired at the crowd.", "fired"),
        ("The minister resigned.", "resigned"),
    ],
)
def test_no_place(text, trigger):
    assert _governing(text, trigger) is None


def _governing(text, trigger):
    doc = pipeline()(text)
    token = next(t for t in doc if t.text == trigger)
    place = governing_place(token, find_places(doc))
    return None if place is None else text[place.start : place.end]
