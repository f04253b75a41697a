"""How news gets in: pages, texts and archives become articles; whose report each really is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.wire.readers import read
from dateline.wire.text import article_from_text

if TYPE_CHECKING:
    from dateline.wire.pages import article_from_html

__all__ = ["article_from_html", "article_from_text", "read"]


def __getattr__(name: str) -> Any:
    # Pages need lxml and trafilatura, which are slow to import and not needed for plain text.
    if name == "article_from_html":
        from dateline.wire.pages import article_from_html

        return article_from_html
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
