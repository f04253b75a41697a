"""When: expressions of time, what days they mean, and which of them governs an event."""

from dateline.coder.times.find import TimeExpression, find_times, to_record
from dateline.coder.times.govern import governing_time

__all__ = ["TimeExpression", "find_times", "governing_time", "to_record"]
