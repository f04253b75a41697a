"""The words, patterns and feasts of the data files, read once."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[a-z]+|[0-9]+")
_FRAGMENT = re.compile(r"\{([a-z_]+[0-9]?)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to write a time; `order` is its place in the file, which breaks ties."""

    rule: str
    needs: frozenset[str]
    order: int
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A feast, and how its date is found: fixed, nth weekday of a month, easter, moving (table)."""

    rule: str
    month: int
    number: int
    weekday: int
    feast: str


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def table(name: str) -> dict[str, Any]:
    """A table of lexicon.toml; keys are lower case."""
    found: dict[str, Any] = _lexicon()[name]
    return found


@cache
def _lexicon() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_read("lexicon.toml"))


@cache
def words(name: str) -> frozenset[str]:
    """A list of words under [tense] in lexicon.toml."""
    return frozenset(table("tense")[name])


@cache
def holidays() -> dict[str, Holiday]:
    """Feasts by their name in lower case."""
    rows = csv.DictReader(_read("holidays.csv").splitlines())
    return {
        row["name"].lower(): Holiday(
            row["rule"],
            int(row["month"] or 0),
            int(row["number"] or 0),
            int(row["weekday"] or 0),
            row["feast"],
        )
        for row in rows
    }


@cache
def moving(feast: str) -> tuple[tuple[dt.date, dt.date], ...]:
    """The days of a feast by other calendars, from 1990 to 2035, in order.

    Islamic feasts by the Umm al-Qura calendar; what a country keeps may differ by a day.
    """
    return tuple(
        (dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"]))
        for row in csv.DictReader(_read("moving_feasts.csv").splitlines())
        if row["feast"] == feast
    )


@dataclass(frozen=True, slots=True)
class Relative:
    """One way to begin a time that is told by an event."""

    way: str
    regex: re.Pattern[str]


@cache
def relatives() -> tuple[Relative, ...]:
    """The ways of patterns.toml to tell a time by an event."""
    data = tomllib.loads(_read("patterns.toml"))
    return tuple(Relative(row["way"], _expand(row["regex"])) for row in data["relative"])


@cache
def events() -> tuple[tuple[re.Pattern[str], dt.date, dt.date], ...]:
    """Events whose date every reader knows, by how they are named; for times told by them."""
    return tuple(
        (
            re.compile(rf"(?:{row['pattern']})\b", re.IGNORECASE),
            dt.date.fromisoformat(row["first"]),
            dt.date.fromisoformat(row["last"]),
        )
        for row in csv.DictReader(_read("events.csv").splitlines())
    )


@cache
def named() -> tuple[tuple[re.Pattern[str], dt.date, dt.date], ...]:
    """Days that have become names, such as 9/11."""
    return tuple(
        (
            re.compile(rf"(?<![\w/])(?:{row['pattern']})(?![\w/])", re.IGNORECASE),
            dt.date.fromisoformat(row["first"]),
            dt.date.fromisoformat(row["last"]),
        )
        for row in csv.DictReader(_read("named.csv").splitlines())
    )


def _either(names: Iterable[str]) -> str:
    """An alternation, longest first, with any white space and apostrophe between words."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", " ") for name in ordered)


@cache
def _fragments() -> dict[str, str]:
    data = tomllib.loads(_read("patterns.toml"))
    given: dict[str, str] = data["fragments"]
    tens = [name for name in table("numbers") if name.endswith("ty")]
    number = rf"(?:{_either(tens)})[- ](?:one|two|three|four|five|six|seven|eight|nine)|"
    number += rf"\d{{1,3}}(?![\d.,])|{_either(table('numbers'))}"
    return {
        **given,
        "month": rf"\b(?P<month>{_either(table('months'))})(?![a-z])",
        "weekday": rf"\b(?P<weekday>{_either(table('weekdays'))})(?![a-z])",
        "deictic": rf"(?P<deictic>{_either(table('deictics'))})",
        "number": rf"\b(?P<number>{number})",
        "unit": rf"(?P<unit>{_either(table('units'))})",
        "part": rf"\b(?P<part>{_either(table('part_words'))})",
        "season": rf"(?P<season>{_either(table('seasons'))})",
        "south": rf"\b(?P<south>{_either(table('south')['words'])})",
        "stretch": rf"(?P<stretch>{_either(table('stretches'))})",
        "anniversary": rf"(?P<anniversary>{_either(table('anniversaries'))})",
        "ordinal": rf"\b(?P<ordinal>{_either(table('ordinals'))})",
        "holiday": rf"\b(?P<holiday>{_either(holidays())})",
        "centuryword": rf"(?P<centuryword>{_either(table('centuries'))})",
        "decadeword": rf"(?P<decadeword>{_either(table('decades'))})",
        "way": rf"(?P<way>{_either(table('ways'))})",
        "half_unit": rf"(?P<half_unit>{_either(table('half_units'))})",
        "adverb": rf"(?P<adverb>{_either(table('adverbs'))})",
        "dayword": _either(name for name in table("ordinals")),
    }


def _expand(regex: str) -> re.Pattern[str]:
    """Fill in the fragments; a name captured twice is captured the first time it matches."""
    fragments = _fragments()
    while _FRAGMENT.search(regex):
        regex = _FRAGMENT.sub(lambda found: fragments[found[1]], regex)
    seen: dict[str, int] = {}

    def rename(found: re.Match[str]) -> str:
        seen[found[1]] = seen.get(found[1], 0) + 1
        return f"(?P<{found[1]}{'_again' * (seen[found[1]] - 1)}>"

    regex = re.sub(r"\(\?P<(\w+)>", rename, regex)
    return re.compile(regex.replace(" ?", r"\s?").replace(" ", r"\s+"), re.IGNORECASE)


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns of patterns.toml, compiled."""
    data = tomllib.loads(_read("patterns.toml"))
    return tuple(
        Pattern(record["rule"], frozenset(record["needs"]), order, _expand(record["regex"]))
        for order, record in enumerate(data["pattern"])
    )


@cache
def triggers() -> dict[str, frozenset[str]]:
    """The kinds of patterns that a lower-case word or a run of digits may start.

    A name of several words is found by its longest.
    """
    names = {
        kind: set(table(f"{kind}s"))
        for kind in ("month", "weekday", "season", "deictic", "decade", "unit")
    }
    names["weekday"] |= {f"{name}s" for name in names["weekday"]}
    names["holiday"] = set(holidays())
    names["recurring"], names["ago"] = set(table("adverbs")), set(table("ways"))
    for kind, listed in table("triggers").items():
        names[kind] = set(listed)
    found: dict[str, set[str]] = {}
    for kind, group in names.items():
        for name in group:
            word = max(_WORD.findall(name), key=len)
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def kinds_in(text: str) -> frozenset[str]:
    """The kinds of patterns that a text may hold: one pass over its words."""
    known = triggers()
    kinds: set[str] = set()
    for word in set(_WORD.findall(text.lower())):
        if word in known:
            kinds |= known[word]
        elif word[0] <= "9":
            kinds.add("digits")
    return frozenset(kinds)


@cache
def prefix() -> re.Pattern[str]:
    """A word before a time that says how it bounds it, at the end of a text."""
    relations = _either(table("relations"))
    regex = rf"(?<![\w'-])(?P<relation>{relations})(?: (?:about|around|roughly))? (?:the )?$"
    return re.compile(regex.replace(" ", r"\s+"), re.IGNORECASE)
