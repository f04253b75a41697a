"""Dateline: structured political events from news text.

coder = dateline.load()
article = coder("Mr. Medvedev met Mr. Xi in Beijing on Wednesday.", published="2022-12-21")
article.mentions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.errors import DatelineError
from dateline.records import Article, Mention, Party, Problem, Statement
from dateline.version import VERSION

if TYPE_CHECKING:
    from dateline.coder import Coder, load
    from dateline.tables import to_dataframe

__version__ = VERSION
__all__ = [
    "Article",
    "Coder",
    "DatelineError",
    "Mention",
    "Party",
    "Problem",
    "Statement",
    "__version__",
    "load",
    "to_dataframe",
]


def __getattr__(name: str) -> object:
    """Load the heavy rooms only when they are asked for: `import dateline` stays quick."""
    if name in {"Coder", "load"}:
        from dateline import coder

        return getattr(coder, name)
    if name == "to_dataframe":
        from dateline import tables

        return tables.to_dataframe
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
