from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.wire.feeds import load_feeds

GOOD = """
[defaults]
interval = "10 min"

[[feed]]
name = "Norland Times"
url = "https://www.norlandtimes.com/feed"

[[feed]]
name = "Demo"
url = "http://127.0.0.1:8766/demo/feed.xml"
publisher = "Demo News"
interval = 2
allow_private = true
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "FEEDS.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_feeds_with_their_defaults(tmp_path: Path) -> None:
    first, second = load_feeds(write(tmp_path, GOOD)).feeds
    assert (first.interval, first.delay, first.allow_private) == (600.0, 1.0, False)
    assert (second.interval, second.delay, second.publisher) == (2.0, 0.0, "Demo News")
    assert first.private_host is None
    assert second.private_host == "127.0.0.1"


FEED = '[[feed]]\nname = "N"\nurl = "http://a.com/"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no feed"),
        ("feed = 3", "names no feed"),
        ("[[feed]", "is not TOML"),
        ("[other]\na = 1", "unknown key `other`"),
        ('[[feed]]\nurl = "http://a.com/"', "feed 1: `name` is missing"),
        ('[[feed]]\nname = "N"', "feed 'N': `url` is missing"),
        ('[[feed]]\nname = "N"\nurl = "ftp://a.com/"', "feed 'N': `url`: 'ftp://a.com/'"),
        ('[[feed]]\nname = "N"\nurl = "file:///etc/passwd"', "no web address"),
        ('[[feed]]\nname = "N"\nurl = "http://a:99999/"', "no web address"),
        (FEED + "intervall = 3", "feed 'N': unknown key `intervall`"),
        (FEED + "interval = 3", "`interval` is 3 s; write 30 to 86400 s"),
        (FEED + 'interval = "soon"', "`interval`: write a number of seconds"),
        (FEED + "interval = nan", "feed 'N': `interval`"),
        (FEED + "interval = true", "`interval`: write a number"),
        (FEED + 'allow_private = "yes"', "feed 'N': `allow_private`"),
        (FEED + FEED.replace("a.com", "b.com"), "feed 'N': its `name` is given twice"),
        (FEED + FEED.replace('"N"', '"M"'), "its `url` is given twice"),
        ('[defaults]\ninterval = "x"\n' + FEED, "[defaults]: `interval`"),
        ("defaults = 3\n" + FEED, "`defaults` is no table"),
    ],
)
def test_errors_name_the_file_the_feed_and_the_key(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(DatelineError) as caught:
        load_feeds(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="cannot be read: No such file"):
        load_feeds(tmp_path / "no.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(DatelineError, match="is not UTF-8"):
        load_feeds(tmp_path / "latin.toml")
