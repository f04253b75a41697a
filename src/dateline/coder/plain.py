"""Text with plain quotation marks and spaces, as the parser and the encoder know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

# One character for one, so that offsets stay true.
_PLAIN = str.maketrans("“”„‟«»‘’‚‛", '""""""\'\'\'\'') | dict.fromkeys(
    (*range(32), 127, 133, 160, *range(8192, 8203), 8232, 8239), " "
)


def plain(text: str) -> str:
    """The text, one character for one, so that offsets stay true."""
    return text.translate(_PLAIN)


def text_of(doc: Doc) -> str:
    """A parsed text as a string, put together once."""
    text: str | None = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text
