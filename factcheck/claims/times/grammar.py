"""The pattern language of time expressions: rows of word classes, compiled to regular expressions.

A pattern is written with spaces between its parts. Capitals name a class of the lexer, everything else is a
word or mark itself; ``name=`` captures, ``?`` and ``{0,3}`` repeat, ``!X`` looks ahead and ``<!X`` back; a
bracket of the text is written with a backslash. All repeats are bounded and a character stands for one
lexeme, so that a scan is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from factcheck.claims.times.lexer import Alphabet, Lexeme

_PART = re.compile(r"(?:(?P<name>[a-z]\w*)=)?(?P<look><?!)?(?P<symbol>[^?{]+)(?P<times>\?|\{\d,\d\})?$")
_STRUCTURE = frozenset({"(", ")", "|"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """A pattern and what reads its matches."""

    pattern: str
    read: Callable[..., T]


@dataclass(slots=True)
class Found:
    """A match: lexemes ``first`` to ``last`` (exclusive) of ``lexemes``, with the captured groups."""

    lexemes: list[Lexeme]
    match: re.Match[str]

    @property
    def first(self) -> int:
        """The index of the first lexeme."""
        return self.match.start()

    @property
    def last(self) -> int:
        """The index after the last lexeme."""
        return self.match.end()

    def words(self, name: str) -> list[str]:
        """The words of a captured group; empty where it took no part or the pattern has none."""
        if name not in self.match.re.groupindex:
            return []
        start, end = self.match.span(name)
        return [lexeme.text for lexeme in self.lexemes[start:end]] if start >= 0 else []

    def word(self, name: str) -> str:
        """The last word of a captured group, or ""."""
        words = self.words(name)
        return words[-1] if words else ""

    def phrase(self, name: str) -> str:
        """The words of a captured group with spaces between, or ""."""
        return " ".join(self.words(name))


class Grammar(Generic[T]):
    """Finds the matches of a table of rules in a text; ``heads`` are the symbols one of which every
    expression holds, so that most sentences are left after one look."""

    def __init__(self, rules: Iterable[Rule[T]], heads: Sequence[str]) -> None:
        table = tuple(rules)
        self._alphabet = Alphabet(sorted(_literals(rule.pattern for rule in table)))
        self._rules = [(re.compile(self._compile(rule.pattern)), rule.read) for rule in table]
        self._heads = re.compile("[" + "".join(self._alphabet.characters(h) for h in heads) + "]")

    def scan(self, text: str, offset: int) -> tuple[list[Lexeme], list[tuple[Found, Callable[..., T]]]]:
        """Give the lexemes of a text that starts at a document offset, and the matches in text order.

        Where matches overlap the longest stays; among equals the earlier, then the earlier rule.
        """
        lexemes, codes = self._alphabet.encode(text, offset)
        if not self._heads.search(codes):
            return lexemes, []
        candidates = [
            (found.start() - found.end(), found.start(), order, found, read)
            for order, (pattern, read) in enumerate(self._rules)
            for found in pattern.finditer(codes)
        ]
        candidates.sort(key=lambda c: c[:3])
        taken = bytearray(len(codes))
        kept = []
        for _, start, _, found, read in candidates:
            if not any(taken[start : found.end()]):
                taken[start : found.end()] = b"\1" * (found.end() - start)
                kept.append((Found(lexemes, found), read))
        return lexemes, sorted(kept, key=lambda k: k[0].first)

    def _compile(self, pattern: str) -> str:
        return "".join(self._part(part) for part in pattern.split())

    def _part(self, part: str) -> str:
        found = _PART.match(part)
        if not found:
            raise ValueError(f"not a part of a time pattern: {part!r}")
        name, look, symbol, times = found.group("name", "look", "symbol", "times")
        if symbol == "(":
            return f"(?P<{name}>" if name else "(?:"
        if symbol in _STRUCTURE:
            return symbol + (times or "")
        one = "[" + self._alphabet.characters(symbol.lstrip("\\")) + "]"
        if look:
            return f"(?{look}{one})"
        return (f"(?P<{name}>{one})" if name else one) + (times or "")


def _literals(patterns: Iterable[str]) -> set[str]:
    words = set()
    for part in " ".join(patterns).split():
        found = _PART.match(part)
        if found and found["symbol"] not in _STRUCTURE and not found["symbol"][0].isupper():
            words.add(found["symbol"].lstrip("\\"))
    return words
