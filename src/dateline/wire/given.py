"""What whoever hands in an article says of it, and how it comes to a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dateline.records import Article
from dateline.wire import dates


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an article before it is read.

    `published` is said of this article, and goes before what its page says; `default` is said of
    all articles, and comes last. Dates are as written. `today` bounds them.
    """

    id: str
    today: dt.date
    url: str | None = None
    title: str | None = None
    published: str | None = None
    default: str | None = None
    publisher: str | None = None

    def date(self, page: str | None = None) -> tuple[str | None, tuple[str, ...]]:
        """The date to take, ISO 8601, and complaints about those that cannot be."""
        return dates.choose(
            (("its given", self.published), ("the page's", page), ("the default", self.default)),
            self.today,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, and what could not be believed of what it says."""

    article: Article
    complaints: tuple[str, ...] = ()
