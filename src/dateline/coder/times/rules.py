"""The rules by the name that patterns.toml uses."""

from __future__ import annotations

from dateline.coder.times import dated, relative
from dateline.coder.times.value import Rule

RULES: dict[str, Rule] = {
    "ago": relative.ago,
    "anaphoric": relative.anaphoric,
    "before_last": relative.before_last,
    "century": dated.century,
    "date": dated.date,
    "decade": dated.decade,
    "deictic": relative.deictic,
    "duration": relative.duration,
    "first_units": relative.first_units,
    "fiscal": dated.fiscal,
    "holiday": dated.holiday,
    "iso": dated.iso,
    "month": dated.month,
    "month_day": dated.month_day,
    "new_year": dated.new_year,
    "numeric": dated.numeric,
    "numeric_dots": dated.numeric_dots,
    "quarter": dated.quarter,
    "recent": relative.recent,
    "recurring": relative.recurring,
    "season": dated.season,
    "unit": relative.unit,
    "weekday": relative.weekday,
    "weekend": relative.weekend,
    "window": relative.window,
    "year": dated.year,
    "year_range": dated.year_range,
}
