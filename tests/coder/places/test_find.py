"""Finding places in paragraphs and articles."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.coder.pipeline import pipeline
from dateline.coder.places import PlaceContext, find_places, to_record

SAMPLE = """
Paris Texas Georgia the of in al - , . ( ) 's and Syrian city Deir ez Zor U.S. US us Mr. 🙂 القاهرة
Washington Post Gulf Aden \u00a0 said attacked Moscow A.B. St. O' N'Djamena --
"""
WORDS = st.sampled_from(SAMPLE.replace("\n", " ").split(" "))


def places(text, context=None):
    return find_places(pipeline()(text), context)


def names(text, context=None):
    return [(p.name, p.country) for p in places(text, context)]


def _check(text):
    found = places(text)
    assert found == places(text)
    for place in found:
        assert 0 <= place.start < place.end <= len(text)
        assert (place.lat is None) == (place.lon is None)
        assert (place.precision == "none") == (place.lat is None)
    for one, other in pairwise(found):
        assert one.end <= other.start


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=25))
def test_never_raises_on_names(words):
    _check(" ".join(words))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80))
def test_never_raises_on_text(text):
    _check(text)


def test_nothing_in_nothing():
    assert places("") == []
    assert places("He said nothing of the kind.") == []


def test_offsets():
    text = "Shells fell on Homs, Syria, and near the Golan Heights."
    assert [text[p.start : p.end] for p in places(text)] == ["Homs", "Syria", "Golan Heights"]


def test_precision():
    text = "They flew from Germany to Bavaria, then to Munich and over the North Sea."
    assert [p.precision for p in places(text)] == ["country", "region", "city", "sea"]


def test_an_unknown_place_has_no_coordinates():
    (place, _) = places("A bomb went off in the village of Zzyzxagrad, Kenya.")
    assert (place.name, place.country, place.precision) == ("Zzyzxagrad", "KEN", "none")
    assert place.lat is None
    assert place.lon is None


def test_context_runs_through_an_article():
    first = "Lebanese soldiers patrolled Beirut and Sidon after the vote in Lebanon."
    second = "Gunmen fired at a checkpoint in Tripoli."
    context = PlaceContext()
    names(first, context)
    assert names(second, context) == [("Tripoli", "LBN")]
    assert names(second) == [("Tripoli", "LBY")]


def test_gather_lets_the_end_speak_for_the_beginning():
    docs = [
        pipeline()(text)
        for text in (
            "Gunmen fired at a checkpoint in Tripoli.",
            "Lebanese soldiers patrolled Beirut and Sidon after the vote in Lebanon.",
        )
    ]
    context = PlaceContext()
    context.gather(docs)
    assert find_places(docs[0], context)[0].country == "LBN"


def test_a_last_name_is_no_place():
    context = PlaceContext()
    names("Robert Lancaster won the vote.", context)
    assert names("Lancaster thanked his voters.", context) == []


def test_record():
    text = "Protests spread to Odesa."
    (place,) = places(text)
    record = to_record(place, text[place.start : place.end])
    assert (record.text, record.country, record.geonameid) == ("Odesa", "UKR", 698740)
