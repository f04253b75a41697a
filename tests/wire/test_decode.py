from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.wire.decode import decode, decode_html, sound

FRENCH = "Le président a été reçu à l'Élysée, où il a déclaré que la guerre était finie. " * 5
RUSSIAN = "Президент заявил, что войска покинули город в понедельник утром. " * 5


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_and_its_mark_left_out(codec: str) -> None:
    assert decode(RUSSIAN.encode(codec)) == RUSSIAN


def test_a_declared_charset_is_used() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "koi8-r") == RUSSIAN
    page = f'<html><head><meta charset="windows-1251"></head><p>{RUSSIAN}</p>'
    assert decode_html(page.encode("cp1251")) == page


def test_valid_utf8_goes_before_a_wrong_declaration() -> None:
    assert decode(FRENCH.encode(), "iso-8859-1") == FRENCH


def test_an_undeclared_charset_is_guessed() -> None:
    assert decode(RUSSIAN.encode("cp1251")) == RUSSIAN


def test_a_stray_byte_spoils_nothing_else() -> None:
    text = decode(FRENCH.encode() + b"\xff" + FRENCH.encode())
    assert text == FRENCH + "\ufffd" + FRENCH


@pytest.mark.parametrize("data", [b"%PDF-1.7 x", b"abc\0def", b"\x89PNG\r\n", b"PK\x03\x04abc"])
def test_binary_is_an_error(data: bytes) -> None:
    with pytest.raises(DatelineError, match="binary"):
        decode(data)


@given(st.binary(max_size=600), st.sampled_from([None, "utf-8", "latin-1", "base64", "", "x\0y"]))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_text_or_an_error(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared)
    except DatelineError:
        return
    text.encode()


def test_sound_replaces_one_for_one() -> None:
    assert sound("a\ud800b\0c") == "a\ufffdb\ufffdc"
