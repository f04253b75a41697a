"""What a person sees: sentences with their parties marked, tables, explanations.

Everything goes to the console that the caller gives; text of the news is never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.output import harmless, plain
from dateline.records import Article, Mention, Party, Span, Statement

if TYPE_CHECKING:
    from dateline.coder import Explanation

_STYLES = {"actor": "bold cyan", "recipient": "bold magenta", "trigger": "bold yellow"}


def mentions(article: Article, console: Console) -> None:
    """An article's events, one block each: the sentence marked, and what was coded."""
    heading = Text(plain(article.title or article.id), style="bold")
    where = [article.origin or article.publisher, article.published and article.published[:10]]
    detail = plain(" · ".join(part for part in where if part))
    console.print(heading, Text(f"  {detail}", style="dim") if detail else "", sep="")
    if not article.mentions:
        console.print(Text("  no events found", style="dim"))
    for mention in article.mentions:
        console.print(_coded(mention))
        console.print(_sentence(mention))
    console.print()


def _coded(mention: Mention) -> Text:
    line = Text("\n  ")
    kind = mention.type + (f"/{mention.mode}" if mention.mode else "")
    line.append(kind, style="bold green" if "cooperation" in mention.quad else "bold red")
    line.append("  ")
    line.append(_names(mention.actors) or "?", style=_STYLES["actor"])
    if mention.recipients:
        line.append(" → ")
        line.append(_names(mention.recipients), style=_STYLES["recipient"])
    details: list[str] = [] if mention.status == "happened" else [mention.status]
    if mention.time:
        details.append(_dates(mention))
    if mention.place:
        details.append(mention.place.name or mention.place.text)
    sources = [a.source.text for a in mention.attribution if a.source]
    if sources:
        details.append("on the word of " + ", as told by ".join(sources))
    if details:
        line.append("  " + plain(" · ".join(details)), style="dim")
    return line


def _dates(mention: Mention) -> str:
    time = mention.time
    assert time is not None
    if time.start == time.end:
        return time.start or time.text
    return f"{time.start or '…'} to {time.end or '…'}"


def _names(parties: Iterable[Party]) -> str:
    return plain(
        ", ".join(
            f"{party.name or party.text}" + (f" [{party.code}]" if party.code else "")
            for party in parties
        )
    )


def _sentence(mention: Mention) -> Text:
    text = Text(harmless(mention.sentence.text))
    marks: list[tuple[Span | Party, str]] = [(mention.trigger, "trigger")]
    marks += [(party, "actor") for party in mention.actors]
    marks += [(party, "recipient") for party in mention.recipients]
    for span, role in marks:
        start = span.start - mention.sentence.start
        if start >= 0:  # a party may be named in another sentence
            text.stylize(_STYLES[role], start, start + len(span.text))
    line = Text("  ")
    line.append_text(Text(" ").join(text.split()))
    return line


def statements(found: Iterable[Statement], title: str, console: Console) -> None:
    """An article's attributions as a table."""
    table = Table("source", "cue", "content", "kind", title=Text(plain(title)), show_lines=True)
    for statement in found:
        table.add_row(
            Text(plain(statement.source.text) if statement.source else "–", _STYLES["actor"]),
            Text(plain(statement.cue.text) if statement.cue else "–"),
            Text(plain(" … ".join(span.text for span in statement.content))),
            statement.kind,
        )
    console.print(table)


def rows(found: Iterable[dict[str, object]], console: Console) -> None:
    """Plain rows as a table, columns by the keys of the first."""
    table: Table | None = None
    for record in found:
        if table is None:
            table = Table(*record)
        cells = ("–" if value is None else plain(str(value)) for value in record.values())
        table.add_row(*map(Text, cells))
    if table is not None:
        console.print(table)


def explanation(explained: Explanation, console: Console) -> None:
    """A sentence with every candidate, kept and dropped, and why."""
    console.print(
        Text(f"[{explained.index}] ", style="dim"), Text(plain(explained.sentence.text), "bold"),
        sep="",
    )  # fmt: skip
    for candidate in explained.candidates:
        kept = candidate.dropped is None
        line = Text("  + " if kept else "  - ", style="bold green" if kept else "dim red")
        line.append(f"“{plain(candidate.trigger)}”", style=_STYLES["trigger"])
        line.append(f" {candidate.coded or 'none'} {candidate.status}")
        line.append(f"  evidence {candidate.evidence:.2f}", style="dim")
        console.print(line)
        parties = " + ".join(candidate.actors) or "?"
        if candidate.recipients:
            parties += " → " + " + ".join(candidate.recipients)
        details = [
            ("parties", parties),
            ("predicate", f"{candidate.phrase}: {candidate.predicate}"),
            ("runner-up", candidate.runner_up),
            ("encoder", ", ".join(f"{t} {p:.2f}" for t, p in candidate.encoder)),
            ("words", "; ".join(candidate.words)),
            ("rules", "; ".join(candidate.rules)),
            ("dropped", candidate.dropped),
        ]
        for name, value in details:
            if value:
                console.print(Text(f"      {name:<10} {plain(value)}", style="dim"))
    console.print()
