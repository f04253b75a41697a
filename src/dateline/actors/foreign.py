"""Names of states in the world's larger languages, from CLDR; built when first needed."""

from __future__ import annotations

from functools import cache

from dateline.actors.tokens import fold

LANGUAGES = (
    "ar", "bn", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja",
    "ko", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sv", "sw", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
"""A name that two states have, in whatever languages, is left out."""


@cache
def states_abroad() -> dict[str, str]:
    """ISO 3166-1 alpha-3 codes by a state's name, without case and accents, in any language."""
    import pycountry
    from babel import localedata

    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    codes["XK"] = "XKX"
    found: dict[str, str] = {}
    unclear: set[str] = set()
    for language in LANGUAGES:
        territories = localedata.load(language, merge_inherited=False)["territories"]
        for code, name in territories.items():
            key = fold(name).strip()
            if code not in codes or len(key) < (4 if key.isascii() else 2):
                continue  # short ones are words elsewhere ("Man", "Ira")
            if found.setdefault(key, codes[code]) != codes[code]:
                unclear.add(key)
    return {key: code for key, code in found.items() if key not in unclear}
