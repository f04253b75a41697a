"""Cursors come back as they were; anything else is one clear line."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.ledger import cursor


@given(position=st.integers(0, 10**18 - 1))
def test_round_trip(position: int) -> None:
    assert cursor.decode("e", cursor.encode("e", position)) == position


def test_a_cursor_belongs_to_its_list() -> None:
    with pytest.raises(DatelineError, match="before: 'ZTU' is no place in this list"):
        cursor.decode("a", cursor.encode("e", 5))


@given(text=st.text())
def test_any_text_is_safe(text: str) -> None:
    with contextlib.suppress(DatelineError):
        assert cursor.decode("e", text) is not None
