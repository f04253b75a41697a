"""What can go wrong with a request, told apart."""

from __future__ import annotations

from dateline.records import FeedStatus


class Trouble(Exception):
    """Why a URL could not be had: the status that it means for a feed, and one line.

    `retry_after` is what the server asked for, in seconds.
    """

    def __init__(self, status: FeedStatus, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.status: FeedStatus = status
        self.why = why
        self.retry_after = retry_after
