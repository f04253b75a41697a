"""When: expressions of time, what days they mean, and which of them governs an event."""

from dateline.coder.times.calendar import span
from dateline.coder.times.find import article_times, find_times, to_record
from dateline.coder.times.govern import governing_time
from dateline.coder.times.model import TimeExpression

__all__ = ["TimeExpression", "article_times", "find_times", "governing_time", "span", "to_record"]
