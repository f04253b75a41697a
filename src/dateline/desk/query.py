"""What an address may ask for, checked before anything is looked up."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from dateline import ontology
from dateline.desk.wording import unsegment
from dateline.errors import DatelineError
from dateline.ledger import Filter, party_code

PAGE = 30
"""Entries of a page where nothing else is asked for."""


def _plain(value: str) -> str:
    if any(ord(character) < 32 or character == "\x7f" for character in value):
        raise ValueError("control characters are not allowed")
    return value


def _blank(value: object) -> object:
    """What a form leaves empty is not given."""
    return None if isinstance(value, str) and not value.strip() else value


_Blank = BeforeValidator(_blank)
_Plain = AfterValidator(_plain)
Words = Annotated[Annotated[str, Field(max_length=300), _Plain] | None, _Blank]
Limit = Annotated[
    Annotated[int, Field(ge=1, le=200)] | None,
    _Blank,
    Field(description="How many at most.", examples=[PAGE]),
]
Before = Annotated[
    Annotated[str, Field(max_length=64), _Plain] | None,
    _Blank,
    Field(description="Where the list goes on: `next` of the part before."),
]
Format = Annotated[
    Literal["html", "atom", "csv"] | None, _Blank, Field(description="How to write the list.")
]
Id = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,64}$", examples=["3f0c5a9be1d24c77"])]
Number = Annotated[Annotated[int, Field(ge=1, le=2**53)] | None, _Blank]


def _described(text: str, *examples: str, values: tuple[str, ...] = ()) -> Any:
    extra: dict[str, Any] = {"x-values": list(values)} if values else {}
    return Field(default=None, description=text, examples=list(examples), json_schema_extra=extra)


class Asked(BaseModel):
    """Parameters of an address; one that is not known is an error."""

    model_config = ConfigDict(extra="forbid")


class EventFilter(Asked):
    """Which events: all that is given must hold. See `dateline.ledger.Filter`."""

    actor: Words = _described("Who acted: a code or a name.", "CHN", "Xi Jinping")
    recipient: Words = _described("Towards whom: a code or a name.", "RUS")
    party: Words = _described("On either side: a code or a name.", "NATO")
    dyad: Words = _described("Two that acted towards one another, either way round.", "CHN,RUS")
    type: Words = _described("The type of event.", "CONSULT", values=ontology.types())
    mode: Words = _described("The mode of its type.", "visit")
    status: Words = _described("Whether it happened.", "planned")
    quad: Words = _described("The class of its type.", "verbal-cooperation")
    country: Words = _described("Where it happened: a country's three letters.", "UKR")
    since: Words = _described("The first day, as YYYY-MM-DD.", "2022-02-24")
    until: Words = _described("The last day, as YYYY-MM-DD.", "2022-12-31")
    origin: Words = _described("Whose report it is.", "example.org")
    text: Words = _described("Words of the sentences that report it.", "grain corridor")

    def where(self) -> Filter:
        """The filter. Raises DatelineError, naming the parameter, for a value that cannot be."""
        given = self.model_dump(include=set(EventFilter.model_fields), exclude_none=True)
        return Filter.from_query(given)


class EventList(EventFilter):
    """A part of the list of events."""

    limit: Limit = None
    before: Before = None


class StreamFrom(EventFilter):
    """From where a stream goes on."""

    after: Annotated[
        Annotated[int, Field(ge=0, le=2**53)] | None,
        _Blank,
        Field(description="The last change that is known; the newest where it is left out."),
    ] = None


class List(Asked):
    """A part of any other list."""

    limit: Limit = None
    before: Before = None


class Pairs(Asked):
    """How many pairs."""

    limit: Limit = None


class SearchFor(List):
    """What to search for."""

    q: Annotated[
        Words, Field(description='Words, "a phrase", a beginning*, -not.', examples=["grain deal"])
    ] = None


class Series(Asked):
    """How a pair's events are counted."""

    by: Annotated[Literal["day", "week", "month"], Field(description="Period of a count.")] = (
        "month"
    )


class VersionOf(Asked):
    """Which version of an article."""

    version: Annotated[
        Number, Field(description="Id of a version (`versions`); the newest where left out.")
    ] = None


class EventPage(EventList):
    """The stream as a page or feed."""

    format: Format = None


class ListPage(List):
    """Another list as a page or feed."""

    format: Format = None


class PairsPage(Pairs):
    """The list of pairs as a page or feed."""

    format: Format = None


class SearchPage(SearchFor):
    """What was found as a page or feed."""

    format: Format = None


class DyadPage(Series):
    """A pair as a page, and its events as a feed."""

    limit: Limit = None
    before: Before = None
    format: Format = None


class FeedFormat(Asked):
    """A page that is also a table."""

    format: Format = None


def party(part: str) -> str:
    """The party that a part of a path names. Raises DatelineError for one that names none."""
    name = unsegment(part).strip()
    if not name or name != name.replace("\x00", "") or len(name) > 300:
        raise DatelineError(f"{part[:40]!r}: is no code or name of a party")
    return party_code(name)
