"""Every bound of the wire room, in one place. Sizes are in bytes, lengths in code points."""

from __future__ import annotations

MAX_FILE = 50_000_000
"""A file, one row of a JSONL file, or one page of an archive; after decompression as well."""

MAX_PAGE = 10_000_000
"""HTML that is handed to the parser, and what is fetched from a URL."""

MAX_ELEMENTS = 60_000
"""Elements of a page; more of them are no news page, and cost minutes."""

MAX_MAIN_ELEMENTS = 12_000
"""Elements up to which trafilatura looks for the main text: its time grows with their square."""

MAX_DEPTH = 400
"""Levels of nesting of a page's elements."""

MAX_TIMES = 3_000
"""Time-stamps of a page that are looked at for the entries of a live blog."""

MAX_CHROME_LINE = 300
"""A longer line is never page furniture."""

MAX_TITLE = 200
"""A longer first line is never a title."""

MIN_ENTRIES = 3
"""Fewer time-stamped blocks make no live blog."""

FUTURE_DAYS = 2
"""How far after today a date of publication is believed: clocks and zones differ."""

FETCH_SECONDS = 20.0
FETCH_REDIRECTS = 5

HEAD_LINES = 6
"""Lines at the start of an article in which a wire's mark or a byline is looked for."""

TAIL_LINES = 8
"""Lines at its end in which a credit, a source or a wire's mark is looked for."""
