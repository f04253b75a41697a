"""The entries of a live blog: from schema.org's LiveBlogPosting, or from time-stamped blocks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from dateline.wire import dates, settings, tables
from dateline.wire.chrome import kind
from dateline.wire.metadata import Node, is_type, text_of
from dateline.wire.tree import Element, blocks, squeeze, strip_tags

_CONTAINERS = frozenset(("article", "section", "div", "li"))
_MIN_TEXT = 40
_MIN_SHARE = 0.5

Key = tuple[Element, str, str]


class Entry(NamedTuple):
    """One dated piece of a live blog; its headline, if any, is the first of its paragraphs."""

    published: str
    paragraphs: tuple[str, ...]


def entries(root: Element, nodes: Iterable[Node]) -> tuple[Entry, ...]:
    """A page's dated entries, in its order; empty for a page that is no live blog."""
    found = tuple(_from_json(nodes))
    return found or tuple(_from_blocks(root))


def _from_json(nodes: Iterable[Node]) -> Iterator[Entry]:
    for node in nodes:
        if not is_type(node, "LiveBlogPosting"):
            continue
        updates = node.get("liveBlogUpdate")
        for update in updates if isinstance(updates, list) else [updates]:
            if isinstance(update, dict) and (entry := _update(update)):
                yield entry


def _update(update: Node) -> Entry | None:
    date = dates.parse(text_of(update.get("datePublished")) or "")
    headline = text_of(update.get("headline") or update.get("name"))
    body = update.get("articleBody") or update.get("description") or update.get("text")
    paragraphs = strip_tags(body) if isinstance(body, str) else []
    if headline:
        first = " ".join(strip_tags(headline))
        paragraphs = [first, *(text for text in paragraphs if text != first)]
    paragraphs = [text for text in paragraphs if kind(text) is None]
    return Entry(date, tuple(paragraphs)) if date and paragraphs else None


def _from_blocks(root: Element) -> Iterator[Entry]:
    """Like blocks beside each other, each with a time of its own, that hold most of the text."""
    groups: dict[Key, dict[Element, str]] = defaultdict(dict)
    for time, _ in zip(root.iter("time"), range(settings.MAX_TIMES), strict=False):
        date = dates.parse(time.get("datetime") or "")
        if date:
            for key, block in _containers(time):
                groups[key].setdefault(block, date)
    large = [group for group in groups.values() if len(group) >= settings.MIN_ENTRIES]
    if not large:
        return
    best = max(large, key=len)
    found = [(date, _paragraphs(block)) for block, date in best.items()]
    found = [(date, texts) for date, texts in found if sum(map(len, texts)) >= _MIN_TEXT]
    if len(found) >= settings.MIN_ENTRIES and _is_live(root, best, found):
        yield from (Entry(date, texts) for date, texts in found)


def _containers(time: Element) -> Iterator[tuple[Key, Element]]:
    """The blocks around a time, each under what it shares with its like."""
    block: Element | None = time
    while block is not None and (parent := block.getparent()) is not None:
        if _hinted("comment", block) or _hinted("aside", block) or block.tag in ("aside", "footer"):
            return
        if block.tag in _CONTAINERS:
            yield (parent, str(block.tag), (block.get("class") or "").split(" ")[0]), block
        block = parent


def _paragraphs(block: Element) -> tuple[str, ...]:
    """The text of a block, less its header's furniture and what is nothing but a link."""
    links = {squeeze(link.text_content()) for link in block.iter("a")}
    headings = {squeeze(h.text_content()) for tag in ("h2", "h3", "h4") for h in block.iter(tag)}
    found = blocks(block)
    return tuple(
        text for text in found if kind(text) is None and (text not in links or text in headings)
    )


def _is_live(
    root: Element, group: Iterable[Element], found: list[tuple[str, tuple[str, ...]]]
) -> bool:
    if len({texts for _, texts in found}) < settings.MIN_ENTRIES:
        return False
    first = next(iter(group))
    if any(_hinted("live", element) for element in (first, *first.iterancestors())):
        return True
    inside = sum(len(text) for _, texts in found for text in texts)
    body = root.find("body")
    everything = sum(map(len, blocks(root if body is None else body)))
    linked = sum(_is_teaser(block) for block in group)
    return inside >= _MIN_SHARE * everything and linked * 2 < len(found)


def _is_teaser(block: Element) -> bool:
    """Whether a block's heading links elsewhere: it announces another page, as on an index."""
    return any(
        not (link.get("href") or "#").startswith("#")
        for tag in ("h2", "h3", "h4")
        for heading in block.iter(tag)
        for link in (*heading.iter("a"), *heading.iterancestors("a"))
    )


@cache
def _hints() -> dict[str, re.Pattern[str]]:
    return {
        row["kind"]: re.compile(row["pattern"], re.IGNORECASE) for row in tables.rows("page_hints")
    }


def _hinted(name: str, element: Element) -> bool:
    if element.tag in ("body", "html"):
        return False
    words = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
    return _hints()[name].search(words) is not None
