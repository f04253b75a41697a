"""What to look for: the filters of the desk, of export and of the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    model_validator,
)

from dateline import ontology
from dateline.errors import DatelineError
from dateline.records import Quad, Record, Status


def _date(value: str) -> str:
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(f"{value!r} is no date; write YYYY-MM-DD") from None


def _type(value: str) -> str:
    if value not in ontology.types():
        raise ValueError(f"{value!r} is no event type; one of {', '.join(ontology.types())}")
    return value


def _mode(value: str) -> str:
    if not any(value in ontology.modes(type) for type in ontology.types()):
        raise ValueError(f"{value!r} is no mode of an event type")
    return value


def _pair(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


@cache
def _states() -> dict[str, str]:
    """The codes of states by name and two-letter code, both in small letters (CLDR's English)."""
    import pycountry
    from babel import Locale

    names = Locale("en").territories
    found: dict[str, str] = {}
    for country in pycountry.countries:
        for name in (country.alpha_2, country.name, names.get(country.alpha_2)):
            if name:
                found.setdefault(name.casefold(), country.alpha_3)
    return found


def party_code(name: str) -> str:
    """The code of a state that is given by its name ("China", "US"); any other name as it is."""
    return _states().get(name.strip().casefold(), name)


_Text = StringConstraints(strip_whitespace=True, min_length=1, max_length=300)
Name = Annotated[str, _Text]
PartyName = Annotated[str, _Text, AfterValidator(party_code)]
Date = Annotated[str, AfterValidator(_date)]
_upper = BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)


class Filter(Record):
    """Which events; all that is given must hold.

    Parties are given by code ("CHN") or by name, in any case; the name of a state stands for its
    code, so that it finds whoever acts for it. `country` is where an event happened,
    `since` and `until` bound its date, both included. `text` is looked for in the sentences of its
    mentions (as in `Ledger.search`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    actor: PartyName | None = None
    recipient: PartyName | None = None
    party: PartyName | None = None
    """On either side."""
    dyad: Annotated[tuple[PartyName, PartyName], BeforeValidator(_pair)] | None = None
    """Two that acted towards or with one another, either way round."""
    type: Annotated[str, _upper, AfterValidator(_type)] | None = None
    mode: Annotated[str, AfterValidator(_mode)] | None = None
    status: Status | None = None
    quad: Quad | None = None
    country: Annotated[str, _upper, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    since: Date | None = None
    until: Date | None = None
    origin: Name | None = None
    text: Name | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since: {self.since} is after until ({self.until})")
        return self

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """A filter from the parameters of an address; empty values count as not given.

        A dyad is "A,B". Raises DatelineError, naming the parameter, for an unknown parameter or a
        value that it cannot have.
        """
        given = {name: value for name, value in query.items() if value.strip()}
        for name in given:
            if name not in cls.model_fields:
                known = ", ".join(cls.model_fields)
                raise DatelineError(f"{name[:40]}: no such filter; there are {known}")
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise DatelineError(_line(error, given)) from None

    def to_query(self) -> dict[str, str]:
        """The parameters of an address that give this filter."""
        given = self.model_dump(exclude_none=True)
        return {name: ",".join(v) if name == "dyad" else v for name, v in given.items()}


def _line(error: ValidationError, given: Mapping[str, str]) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return message
    name = str(first["loc"][0])
    if name == "dyad":
        return f"dyad: {given[name][:60]!r} is no pair; write two codes or names as A,B"
    if name == "country":
        return f"country: {given[name][:60]!r} is no country code; write three letters, as in UKR"
    if first["type"] == "literal_error":
        return f"{name}: {given[name][:60]!r} is unknown; {message[0].lower()}{message[1:]}"
    return f"{name}: {message}"
