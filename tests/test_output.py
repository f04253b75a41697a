"""A file is written whole or not at all; text of others cannot command a terminal."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import output
from dateline.errors import DatelineError
from dateline.records import Article


def test_a_file_takes_its_place_once_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with output.opened(path, exact=True) as file:
        file.write("new 🇺🇦\n")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_bytes() == "new 🇺🇦\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_leaves_what_was(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), output.opened(path, exact=True) as file:
        file.write(f"new {1 / 0}")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    full = pytest.raises(DatelineError, match=r"b\.txt: cannot be written \(No space left")
    with full, output.opened(tmp_path / "b.txt", exact=True):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_link_keeps_pointing_and_rights_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    with output.opened(link, exact=True) as file:
        file.write("new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_device_is_written_to_and_stays() -> None:
    with output.opened(Path(os.devnull), exact=True) as file:
        file.write("x")
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("name", ["", "no/such/folder/a.txt", "x" * 300])
def test_what_cannot_be_written_is_told_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(DatelineError), output.opened(tmp_path / name, exact=True):
        pytest.fail("opened")


def test_a_terminal_is_not_commanded() -> None:
    assert output.harmless("a\x1b[31mb\u202ec\rd") == "a�[31mb�c d"
    assert output.plain(" a\n b\x00\t") == "a b�"


@given(st.text())
def test_harmless_text_is_as_long_and_one_line_plain(text: str) -> None:
    assert len(output.harmless(text)) == len(text)
    assert "\x1b" not in output.harmless(text)
    assert len(output.plain(text).splitlines()) <= 1


def test_articles_are_counted_where_a_person_watches() -> None:
    from rich.console import Console

    file = io.StringIO()
    watched = Console(file=file, force_terminal=True, width=80)
    articles = [Article(id=f"{name}.txt", text="") for name in "ab"]
    assert list(output.progress(articles, watched)) == articles
    assert "articles" in file.getvalue()


def test_nothing_is_counted_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(output.progress([], None)) == []
    assert list(output.progress([], output.console(io.StringIO()))) == []
    assert capsys.readouterr() == ("", "")
