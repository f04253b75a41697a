"""Every bound of the feeds, in one place. Times are in seconds, sizes in bytes."""

from __future__ import annotations

INTERVAL = 300.0
"""Between two polls of a feed, unless its settings say otherwise."""

MIN_INTERVAL = 30.0
MIN_PRIVATE_INTERVAL = 0.1

DELAY = 1.0
"""Between two requests to one host; none where `allow_private` is set."""

MAX_CRAWL_DELAY = 60.0
"""How long a wish of robots.txt is followed."""

MAX_BACKOFF = 6 * 3600.0
MAX_RETRY_AFTER = 24 * 3600.0
DEAD_AFTER = 7 * 86400.0
"""A feed that has failed for so long is called dead; it is still tried."""

JITTER = 0.1
"""The share by which waits vary, so that feeds do not come in step."""

REQUEST_SECONDS = 20.0
"""A request with its redirects, from the name's look-up to the last byte."""

REDIRECTS = 5
ADDRESSES = 3
"""Addresses of a host that are tried."""

REQUESTS = 32
"""Requests at a time, to all hosts together."""

MAX_FEED = 10_000_000
MAX_PAGE = 10_000_000
MAX_ROBOTS = 500_000
ROBOTS_SECONDS = 24 * 3600.0
ROBOTS_FAILED_SECONDS = 600.0
"""How long an answer is held for which robots.txt could not be had."""

HOSTS = 2_000
"""Hosts whose robots.txt is remembered."""

SMALL_FEED = 200_000
"""A larger feed is parsed in a process of its own, which can be ended."""

PARSE_SECONDS = 30.0
PARSE_MEMORY = 2_000_000_000
PAGE_SECONDS = 60.0
"""For reading the article of one page."""

READERS = 2
"""Pages and feeds that are parsed at a time."""

MAX_ENTRIES = 500
"""Entries of one poll; a feed's first ones are its newest."""

MAX_PAGES = 3_000
"""Pages of a feed that are kept in mind."""

MAX_FIELD = 2_000
MAX_CONTENT = 1_000_000
"""Code points of an entry's title and of its content."""

WATCH_PAGES = 48 * 3600.0
"""For how long the page of a new entry is asked for changes."""

RECHECKS = (600.0, 1800.0, 7200.0, 21600.0, 43200.0, 86400.0)
"""Between one look at a page and the next."""

UNSTORED_SECONDS = 15.0
"""Before an article is handed in again that could not be stored."""

STOP_SECONDS = 1.5
"""How long a storing in progress is waited for at the end."""
