from __future__ import annotations

from dateline import DatelineError


def test_the_message_is_what_is_printed() -> None:
    assert str(DatelineError("a.txt: is empty")) == "a.txt: is empty"
