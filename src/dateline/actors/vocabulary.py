"""Words that describe rather than name: descriptions, titles and the small words around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.actors.tables import Tables, split
from dateline.actors.tokens import Tokens, tokenise

MAX_HEAD = 6
"""Words in the longest description."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a description says of whom it describes."""

    id: str
    sector: str
    acts: bool
    """Acts for its state."""
    abroad: bool
    """Stands for another state than the one where it is."""
    role: str | None
    single: bool = False
    """Whether one person at a time holds the office."""
    also: tuple[str, ...] = ()
    """Other titles that the office is called by, elsewhere or loosely."""
    leads: bool = False
    """Whoever leads a state, by whatever title."""
    several: bool = False
    """Whether the words speak of more than one."""


class Vocabulary:
    """Descriptions, titles and word classes, by compared words."""

    def __init__(self, tables: Tables) -> None:
        """Read them from the tables; a title outweighs a description of the same words."""
        self.heads: dict[str, Head] = {}
        self._titles: dict[str, tuple[Head | None, bool]] = {}
        for table in ("descriptions", "titles"):
            for row in tables.rows(table):
                role = row.get("role") or None
                acts, abroad = row["acts_for_state"] == "yes", row["abroad"] == "yes"
                single, also = row.get("single") == "yes", tuple(split(row.get("also", "")))
                leads = table == "titles" and not single and len(also) > 1
                head = Head(row["id"], row["sector"], acts, abroad, role, single, also, leads)
                forms = [tokenise(form).key() for form in (row["id"], *split(row["forms"]))]
                plural = {form for form in forms if _singular(form, forms) is not None}
                several = replace(head, several=True) if plural else head
                for form in forms:
                    self.heads[form] = several if form in plural else head
        classes: dict[str, set[str]] = {}
        for row in tables.rows("words"):
            classes.setdefault(row["kind"], set()).add(row["id"].casefold().strip(".-"))
        self._classes = {kind: frozenset(words) for kind, words in classes.items()}
        self.head_words = frozenset(word for key in self.heads for word in key.split())
        self._last_words = frozenset(key.rpartition(" ")[2] for key in self.heads)
        self.determiners = self.words("determiner")
        self.prepositions = self.words("preposition")
        self.former = self.words("former")
        self.honorifics = self.words("honorific")
        self.particles = self.words("particle")
        self.spelling = _spelling(tables)

    def words(self, kind: str) -> frozenset[str]:
        """The words of a class."""
        return self._classes.get(kind, frozenset())

    def title(self, text: str) -> tuple[Head | None, bool]:
        """The title that a role begins with ("Chair of the Senate"), and whether that is all."""
        known = self._titles.get(text)
        if known is None:
            known = self._titles[text] = self._title(text)
        return known

    def _title(self, text: str) -> tuple[Head | None, bool]:
        tokens = tokenise(text)
        for end in range(min(len(tokens), MAX_HEAD), 0, -1):
            head = self.heads.get(tokens.key(0, end))
            if head is not None:
                return head, end == len(tokens)
        return None, False

    def is_former(self, words: Iterable[str]) -> bool:
        """Whether some word says that an office is held no more."""
        return not self.former.isdisjoint(words)

    def head_at_end(self, tokens: Tokens) -> tuple[int, Head] | None:
        """The longest description that ends a phrase, and where it starts."""
        end = len(tokens)
        if not end or tokens.folded[-1] not in self._last_words:
            return None
        for start in range(max(0, end - MAX_HEAD), end):
            head = self.heads.get(tokens.key(start, end))
            if head is not None:
                return start, head
        return None


def _singular(form: str, forms: list[str]) -> str | None:
    """The form of which this one is the plural: "ministers of defense", "spokesmen"."""
    if len(forms) == 1:
        return None
    words = form.split()
    for index, word in enumerate(words):
        for ending, one in _PLURALS:
            if word.endswith(ending):
                single = " ".join(
                    (*words[:index], word.removesuffix(ending) + one, *words[index + 1 :])
                )
                if single in forms:
                    return single
    return None


_PLURALS = (("s", ""), ("ies", "y"), ("es", ""), ("men", "man"))


def _spelling(tables: Tables) -> Callable[[str], str]:
    """One form for the spellings that a name has been brought into the Latin script with."""
    table = {row["id"]: row["becomes"] for row in tables.rows("spellings")}
    pattern = re.compile("|".join(sorted(map(re.escape, table), key=lambda k: (-len(k), k))))
    doubled = re.compile(r"(.)\1")

    @lru_cache(maxsize=16384)
    def spell(word: str) -> str:
        word = pattern.sub(lambda match: table[match.group()], word)
        return doubled.sub(r"\1", word.replace("y", "i"))

    return spell
