"""Read what hedges a time: "about two weeks", "more than a decade", "around 2017", "ten days or so"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from factcheck.claims.quantities.numerals import lexicon
from factcheck.claims.times.lexer import Lexeme, vocabulary
from factcheck.model import Comparator

_LONGEST = 4


class Hedge(NamedTuple):
    """A comparator with the lexemes ``first`` to ``last`` (exclusive) of the expression and its hedge;
    ``of_dates`` where a date could have it too."""

    comparator: Comparator
    first: int
    last: int
    of_dates: bool = False


# Behind a sum these say how long it is spread: "$5 million over four years".
_ACROSS = frozenset({"over"})
_AMOUNTS = frozenset({"thousand", "million", "billion", "trillion", "percent", "%", "cent"})


def _ends_amount(word: str) -> bool:
    return word in _AMOUNTS or word[:1].isdigit()


@cache
def _phrases(where: str) -> dict[str, Comparator]:
    hedges: dict[str, list[str]] = lexicon()["hedges"][where]
    found: dict[str, Comparator] = {p: kind for kind, phrases in hedges.items() for p in phrases}  # type: ignore[misc]
    return {**found, **vocabulary()["hedges"]} if where == "before" else found


def hedge_around(lexemes: Sequence[Lexeme], first: int, last: int) -> Hedge:
    """Find the longest hedge right before an expression, else one right after it."""
    for count in range(min(_LONGEST, first), 0, -1):
        phrase = " ".join(lexeme.text for lexeme in lexemes[first - count : first])
        if phrase in _ACROSS and first > count and _ends_amount(lexemes[first - count - 1].text):
            break
        if phrase in _phrases("before"):
            of_dates = phrase in vocabulary()["about"]["words"]
            return Hedge(_phrases("before")[phrase], first - count, last, of_dates)
    for count in (2, 1):
        phrase = " ".join(lexeme.text for lexeme in lexemes[last : last + count])
        if phrase in _phrases("after"):
            return Hedge(_phrases("after")[phrase], first, last + count)
    return Hedge("exact", first, last)
