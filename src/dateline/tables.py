"""Tables out and in: mentions as flat rows for pandas, CSV and Parquet; a user's TSV."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dateline.errors import DatelineError
from dateline.records import Article, Mention, Party, Problem

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str | float | int | None]

_PARTY = ("text", "name", "code", "country", "sector", "role")


def row(mention: Mention) -> Row:
    """A mention as one flat row. Several parties, contexts or sources are joined by "; "."""
    sources = [a.source.text for a in mention.attribution if a.source]
    time, place = mention.time, mention.place
    flat: Row = {
        "id": mention.id,
        "document": mention.document.id,
        "url": mention.document.url,
        "title": mention.document.title,
        "published": mention.document.published,
        "publisher": mention.document.publisher,
        "origin": mention.document.origin,
        "sentence_index": mention.sentence.index,
        "sentence_start": mention.sentence.start,
        "sentence_end": mention.sentence.end,
        "sentence": mention.sentence.text,
        "trigger": mention.trigger.text,
        "trigger_start": mention.trigger.start,
        "trigger_end": mention.trigger.end,
        "type": mention.type,
        "mode": mention.mode,
        "contexts": "; ".join(mention.contexts) or None,
        "quad": mention.quad,
        "score": mention.score,
        "cameo": mention.cameo,
    }
    for side, parties in (("actor", mention.actors), ("recipient", mention.recipients)):
        flat |= {f"{side}_{field}": _joined(parties, field) for field in _PARTY}
    flat |= {
        "status": mention.status,
        "time_text": time.text if time else None,
        "time_start": time.start if time else None,
        "time_end": time.end if time else None,
        "time_precision": time.precision if time else None,
        "place_text": place.text if place else None,
        "place_name": place.name if place else None,
        "place_country": place.country if place else None,
        "place_lat": place.lat if place else None,
        "place_lon": place.lon if place else None,
        "place_geonameid": place.geonameid if place else None,
        "sources": "; ".join(sources) or None,
        "confidence": mention.confidence,
        "coder": mention.coder,
    }
    return flat


def _joined(parties: tuple[Party, ...], field: str) -> str | None:
    values = [getattr(party, field) or "" for party in parties]
    return "; ".join(values) if any(values) else None


COLUMNS = (
    "id", "document", "url", "title", "published", "publisher", "origin", "sentence_index",
    "sentence_start", "sentence_end", "sentence", "trigger", "trigger_start", "trigger_end",
    "type", "mode", "contexts", "quad", "score", "cameo", "actor_text", "actor_name",
    "actor_code", "actor_country", "actor_sector", "actor_role", "recipient_text",
    "recipient_name", "recipient_code", "recipient_country", "recipient_sector", "recipient_role",
    "status", "time_text", "time_start", "time_end", "time_precision", "place_text", "place_name",
    "place_country", "place_lat", "place_lon", "place_geonameid", "sources", "confidence",
    "coder",
)  # fmt: skip
"""The columns of `row`, in order."""

_INTEGERS = frozenset(
    {"sentence_index", "sentence_start", "sentence_end", "trigger_start", "trigger_end",
     "place_geonameid"}
)  # fmt: skip
_FLOATS = frozenset({"score", "place_lat", "place_lon", "confidence"})


def to_dataframe(articles: Iterable[Article]) -> pd.DataFrame:
    """The mentions of coded articles as a pandas DataFrame, one row each, columns as in CSV.

    Raises DatelineError where pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise DatelineError("to_dataframe needs pandas: pip install 'dateline[pandas]'") from None
    found = [row(mention) for article in articles for mention in article.mentions]
    kinds = dict.fromkeys(COLUMNS, "string")
    kinds |= dict.fromkeys(_FLOATS, "float64") | dict.fromkeys(_INTEGERS, "Int64")
    return pd.DataFrame(found, columns=list(COLUMNS)).astype(kinds)


def write_csv(mentions: Iterable[Mention], file: IO[str]) -> None:
    """Write mentions as CSV with a header."""
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for mention in mentions:
        writer.writerow(row(mention))


def write_parquet(mentions: Iterable[Mention], path: Path) -> None:
    """Write mentions to a Parquet file with the columns of the CSV, a batch at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {name: pa.int64() for name in _INTEGERS} | {name: pa.float64() for name in _FLOATS}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    batch: list[Row] = []
    with pq.ParquetWriter(path, schema) as writer:
        for mention in mentions:
            batch.append(row(mention))
            if len(batch) == 10_000:
                writer.write_table(pa.Table.from_pylist(batch, schema))
                batch.clear()
        writer.write_table(pa.Table.from_pylist(batch, schema))


def read_tsv(
    path: Path, needed: str, report: Callable[[Problem], None]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a tab-separated file, each with its file and line; "-" is standard input.

    Cells that a row lacks are empty. A quotation mark that is never closed takes in the lines
    after it; that is reported. Raises DatelineError for a missing file or column.
    """
    csv.field_size_limit(10**8)
    try:
        with _text(path) as file:
            reader = csv.DictReader(file, delimiter="\t", restval="")
            if needed not in (reader.fieldnames or ()):
                raise DatelineError(
                    f"{path}: no column `{needed}`: its first line must name the columns, "
                    "separated by tabs"
                )
            last = reader.line_num
            for row in reader:
                first, last = last + 1, reader.line_num
                where = f"{path}:{last}"
                if any("\n" in cell and "\t" in cell for cell in row.values() if cell):
                    why = (
                        f"a quotation mark takes in lines {first} to {last}: close it or double it"
                    )
                    report(Problem(where=where, why=why))
                yield where, row
    except OSError as error:
        raise DatelineError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise DatelineError(f"{path}: is not UTF-8: save it as UTF-8") from None
    except csv.Error as error:
        raise DatelineError(f"{path}: is no tab-separated text: {error}") from None


def _text(path: Path) -> IO[str]:
    if str(path) == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
