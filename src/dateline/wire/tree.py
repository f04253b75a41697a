"""A page's tree, within bounds, and the text of its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from lxml import etree, html

from dateline.errors import DatelineError
from dateline.wire import settings

Element: TypeAlias = Any
"""An element of lxml, which has no types."""


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS = _tags(
    "address article aside blockquote body dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul br"
)
SILENT = _tags(
    "head script style noscript template svg math iframe object select textarea button time "
    "figcaption figure nav form aside footer audio video"
)
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\u2028\u2029\u0085]+")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[^<>]*>")
_HUGE_TAG = re.compile(r"<([a-zA-Z][\w-]*)[^<>]{20000,}>?")
"""A tag whose attributes no page needs: lxml's time grows with the square of their number."""


def parse(page: str) -> Element:
    """The tree of a page.

    Raises DatelineError for a page that is empty, or larger or deeper than news pages are.
    """
    if not page or page.isspace():
        raise DatelineError("is empty")
    if len(page) > settings.MAX_PAGE:
        raise DatelineError(
            f"is larger than {settings.MAX_PAGE // 1_000_000} MB: no news page is; cut it to "
            "its article, or hand in the plain text"
        )
    page = _HUGE_TAG.sub(r"<\1>", page)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = _XML_HEAD.sub("", page).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DatelineError("has no text in its HTML") from error
    _check_size(root)
    return root


def count(root: Element) -> int:
    """The number of a tree's elements."""
    return sum(1 for _ in root.iter())


def _check_size(root: Element) -> None:
    depth = seen = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        seen += 1
        if depth > settings.MAX_DEPTH or seen > settings.MAX_ELEMENTS:
            raise DatelineError(
                "has HTML that is nested too deeply or has too many elements for a news page: "
                "hand in its plain text"
            )


def squeeze(text: str) -> str:
    """Text with runs of space made one, and none at its ends."""
    return _SPACES.sub(" ", text).strip()


def strip_tags(text: str) -> list[str]:
    """Paragraphs of a string that may hold HTML, as the bodies in JSON-LD do."""
    if "<" not in text or not _TAG.search(text):
        if "&" in text:
            import html as entities

            text = entities.unescape(text)
        return [line for part in text.splitlines() if (line := squeeze(part))]
    try:
        return list(blocks(parse(f"<div>{text[: settings.MAX_PAGE - 11]}</div>")))
    except DatelineError:
        return []


def blocks(
    root: Element,
    tags: frozenset[str] = BLOCKS,
    silent: frozenset[str] = SILENT,
    skip: Iterable[Element] = (),
) -> Iterator[str]:
    """The text of an element, a string for each block; `silent` tags and `skip` are left out."""
    skipped = set(skip)
    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in tags:
            if text := squeeze("".join(parts)):
                yield text
            parts.clear()
        if event == "start":
            if element is not root and (not tag or tag in silent or element in skipped):
                walk.skip_subtree()
            else:
                parts.append(element.text or "")
        elif element is not root:
            parts.append(element.tail or "")
    if text := squeeze("".join(parts)):
        yield text
