"""The build of a noun phrase: what stands before its head, the head, and what follows."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.actors.lexicon import Lexicon, Span
from dateline.actors.tokens import BREAK, POSSESSIVE, Tokens
from dateline.actors.vocabulary import MAX_HEAD, Vocabulary


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase without its determiners; `end` is where its head ends."""

    tokens: Tokens
    end: int
    spans: tuple[Span, ...]
    civil: bool
    """Counted or unnamed ("two Russians"): people rather than their state."""

    @property
    def core(self) -> Tokens:
        """The words up to the end of the head."""
        return self.tokens.cut(0, self.end)

    def within(self, start: int, end: int) -> list[Span]:
        """The names found between two words."""
        return [span for span in self.spans if start <= span.start and span.end <= end]

    def ending(self) -> Span | None:
        """The name that the head ends with."""
        return next((span for span in self.spans if span.end == self.end), None)


class Reader:
    """Reads noun phrases with the register's names and words."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        """Keep the indexes."""
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._ambiguous = vocabulary.words("ambiguous")
        self._function = vocabulary.words("function")
        self._prefixes = vocabulary.words("prefix")
        self._civil = vocabulary.words("people-determiner")
        self._actors = vocabulary.words("hyphen-actor")

    def trim(self, tokens: Tokens) -> tuple[Tokens, bool]:
        """A phrase without determiners in front and marks behind; whether it counts people."""
        start, end = 0, len(tokens)
        civil = False
        while end and tokens.surface[end - 1] in (POSSESSIVE, BREAK):
            end -= 1
        while start < end:
            word = tokens.folded[start]
            if word not in self._vocabulary.determiners and word != BREAK and not word.isdigit():
                break
            if start + 1 == end and word != BREAK:
                break
            civil = civil or word in self._civil or word.isdigit()
            start += 1
        return tokens.cut(start, end), civil

    def read(self, tokens: Tokens, civil: bool) -> Phrase:
        """Find the names and the head of a trimmed phrase."""
        spans = tuple(self.spans(tokens))
        return Phrase(tokens, self._head_end(tokens, spans), spans, civil)

    def spans(self, tokens: Tokens) -> list[Span]:
        """The register's names in a phrase, but for those that are part of something else."""
        return self._lexicon.spans(tokens, lambda span: self._blocked(tokens, span))

    def _head_end(self, tokens: Tokens, spans: tuple[Span, ...]) -> int:
        total, passed = len(tokens), 0
        for index in range(1, total):
            word = tokens.folded[index]
            if index < passed or tokens.capital(index):
                continue
            if word not in self._vocabulary.prepositions:
                if self._participle(tokens, index):
                    return index
                continue
            if any(span.start < index < span.end for span in spans):
                continue
            passed = self._crossing(tokens, index) or 0
            if not passed or (passed < total and not tokens.capital(passed)):
                return passed or index
        return total

    def _participle(self, tokens: Tokens, index: int) -> bool:
        """Whether a participle begins here that follows a description ("rebels fighting ...")."""
        return (
            tokens.folded[index].endswith(("ed", "ing"))
            and tokens.key(index) not in self._vocabulary.heads
            and self._vocabulary.head_at_end(tokens.cut(0, index)) is not None
            and self._vocabulary.head_at_end(tokens) is None
        )

    def _crossing(self, tokens: Tokens, index: int) -> int | None:
        """The end of a description that goes on past a preposition ("minister of defense")."""
        for start in range(max(0, index - 3), index):
            for end in range(min(start + MAX_HEAD, len(tokens)), index + 1, -1):
                if tokens.key(start, end) in self._vocabulary.heads:
                    return end
        return None

    def _blocked(self, tokens: Tokens, span: Span) -> bool:
        start, end = span.start, span.end
        if start and tokens.joined[start]:
            before = tokens.folded[start - 1]
            if before in self._prefixes or not tokens.capital(start - 1):
                return True
        more = end < len(tokens)
        if more and tokens.joined[end] and not tokens.capital(end):
            return tokens.folded[end] not in self._actors
        if end - start == 1 and span.best.kind == "person":
            return start > 0 and self._stranger(tokens, start - 1)
        if end - start > 1 or tokens.folded[start] not in self._ambiguous:
            return False
        return (more and self._stranger(tokens, end)) or (
            start > 0 and self._stranger(tokens, start - 1)
        )

    def _stranger(self, tokens: Tokens, index: int) -> bool:
        """Whether a word looks like part of a name that the register does not know."""
        word = tokens.folded[index]
        return (
            word not in (POSSESSIVE, BREAK)
            and tokens.capital(index)
            and word not in self._function
            and word not in self._vocabulary.honorifics
            and word not in self._vocabulary.head_words
            and word not in self._lexicon
        )
