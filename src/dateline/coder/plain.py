"""Text with plain quotation marks and spaces, as the parser and the encoder know them."""

from __future__ import annotations

# One character for one, so that offsets stay true.
_PLAIN = str.maketrans("“”„‟«»‘’‚‛", '""""""\'\'\'\'') | dict.fromkeys(
    (*range(32), 127, 133, 160, *range(8192, 8203), 8232, 8239), " "
)


def plain(text: str) -> str:
    """The text, one character for one, so that offsets stay true."""
    return text.translate(_PLAIN)
