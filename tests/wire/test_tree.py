from __future__ import annotations

import pytest

from dateline.errors import DatelineError
from dateline.wire import settings
from dateline.wire.tree import blocks, count, parse, strip_tags


def test_blocks_are_the_text_without_silent_elements() -> None:
    root = parse(
        "<html><head><title>t</title></head><body>a<b>b</b> <p>c\n d<br>e</p>f<script>x</script>g"
        "<nav>menu</nav><div>h<p>i</p>j</div></body></html>"
    )
    assert list(blocks(root)) == ["ab", "c d", "e", "fg", "h", "i", "j"]


def test_an_element_may_be_skipped_but_not_what_follows_it() -> None:
    root = parse("<html><body><p>a <i>b</i> c</p></body></html>")
    assert list(blocks(root, skip=[root.find(".//i")])) == ["a c"]


def test_strip_tags() -> None:
    assert strip_tags("<p>a &amp; b</p><p>c</p>") == ["a & b", "c"]
    assert strip_tags("a &amp; b\n\n c < d ") == ["a & b", "c < d"]
    assert strip_tags("") == []


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert count(parse("<html><body><p>a</p></body></html>")) == 3
    monkeypatch.setattr(settings, "MAX_ELEMENTS", 2)
    with pytest.raises(DatelineError, match="too many elements"):
        parse("<html><body><p>a</p></body></html>")
    monkeypatch.setattr(settings, "MAX_PAGE", 10)
    with pytest.raises(DatelineError, match="larger than"):
        parse("<html><body></body></html>")


@pytest.mark.timeout(60)
def test_a_tag_with_countless_attributes_loses_them() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(300_000))
    root = parse(f"<html><body><p {attributes}>An envoy arrived.</p><p>He left.</p></body></html>")
    assert list(blocks(root)) == ["An envoy arrived.", "He left."]
    assert all(not element.attrib for element in root.iter("p"))
