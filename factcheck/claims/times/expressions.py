"""Find the time expressions of a text: dates, periods, durations, times of day, sets and references.

The expression is ours to find (a date library asked to search a text takes "48% of" for a year); the
values are TIMEX3 with their bounds. Source: TimeML 1.2.1; J. Strötgen and M. Gertz, HeidelTime (2013), for
the choice of weekdays and months by tense in news.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from factcheck.claims.parse import Sentence
from factcheck.claims.times import calendar
from factcheck.claims.times.context import Context, Reading, dated
from factcheck.claims.times.grammar import Found
from factcheck.claims.times.guards import dates_a_publication, is_time
from factcheck.claims.times.hedges import Hedge, hedge_around
from factcheck.claims.times.lengths import read_clock
from factcheck.claims.times.lexer import Lexeme, vocabulary
from factcheck.claims.times.relative import read_year_ago, read_year_of_quarter
from factcheck.claims.times.rules import grammar
from factcheck.claims.times.tense import tense_at
from factcheck.model import Duration, Mention, Time

# What these name is a figure to compare with, not the time that is spoken of.
_COMPARED = (read_year_ago, read_year_of_quarter)
_JOINTS = frozenset({"-", "–", "to", "through", "until", "till", "thru"})


@dataclass(slots=True)
class _Expression:
    """A reading with the lexemes it covers."""

    first: int
    last: int
    reading: Reading


def find_times(sentences: Sequence[Sentence], published: str | None) -> list[list[Mention]]:
    """Find the time expressions of a document: one list for each sentence, in text order, disjoint.

    ``published`` is the ISO date that "yesterday" counts from; without it, relative dates stay unresolved
    save where the text itself gave a date to lean on. ``start`` and ``end`` are document offsets that
    leave out prepositions: those are in the value's ``relation``.
    """
    context = Context(calendar.day_of(published))
    block = -1
    found = []
    for sentence in sentences:
        if sentence.block != block:
            block = sentence.block
            context.enter_paragraph()
        found.append(_find_in(sentence, context))
    return found


def _find_in(sentence: Sentence, context: Context) -> list[Mention]:
    lexemes, matches = grammar().scan(sentence.text, sentence.start)
    if not matches:
        return []
    starts = [token.start for token in sentence.tokens]
    context.day = None
    expressions = []
    # Times of day last: their day may stand behind them.
    for found, read in sorted(matches, key=lambda m: m[1] is read_clock):
        at = max(0, bisect_right(starts, lexemes[found.first].start) - 1)
        if not is_time(found, read, sentence, at):
            continue
        hedge = hedge_around(lexemes, found.first, found.last)
        context.tense, context.hedge = tense_at(sentence, at), hedge.comparator
        reading = read(found, context)
        if reading is not None:
            reading.vague = reading.vague or dates_a_publication(sentence, at)
            expressions.append(_expression(found, reading, hedge))
            if read not in _COMPARED:
                context.remember(reading)
    expressions.sort(key=lambda e: e.first)
    return [_mention(e, lexemes) for e in _joined(expressions, lexemes)]


def _joined(expressions: list[_Expression], lexemes: list[Lexeme]) -> Iterator[_Expression]:
    """Join "June to August 2016" and "between 1926 and 1932" into periods."""
    waiting: _Expression | None = None
    for expression in expressions:
        joined = _join(waiting, expression, lexemes) if waiting else None
        if waiting and joined is None:
            yield waiting
        waiting = joined or expression
    if waiting:
        yield waiting


def _join(left: _Expression, right: _Expression, lexemes: list[Lexeme]) -> _Expression | None:
    if right.first - left.last != 1 or left.reading.kind != "date" or right.reading.kind != "date":
        return None
    joint = lexemes[left.last].text
    before = lexemes[left.first - 1].text if left.first else ""
    if joint not in _JOINTS and not (joint == "and" and before == "between"):
        return None
    if before not in ("from", "between") and not _same_grain(left.reading, right.reading):
        return None
    period = _period(left.reading, right.reading)
    return _Expression(left.first, right.last, period) if period else None


def _same_grain(left: Reading, right: Reading) -> bool:
    return getattr(left.value, "grain", None) == getattr(right.value, "grain", None)


def _period(left: Reading, right: Reading) -> Reading | None:
    first, last = left.value, right.value
    if not isinstance(first, Time) or not isinstance(last, Time) or not last.start or not last.timex:
        return None
    if left.suffix and not right.suffix:
        day = calendar.first_day(last.timex)
        opening = calendar.near_year(day, left.suffix, "past") if day else None
    elif right.suffix and first.start and first.start > last.start:
        opening, day = first.timex, calendar.first_day(first.timex or "")
        closing = calendar.near_year(day, right.suffix, "future") if day else None
        return _interval(opening, closing)
    else:
        opening = first.timex
    return _interval(opening, last.timex)


def _interval(opening: str | None, closing: str | None) -> Reading | None:
    if not opening or not closing or calendar.bounds(f"{opening}/{closing}") is None:
        return None
    return dated(f"{opening}/{closing}", "")


def _expression(found: Found, reading: Reading, hedge: Hedge) -> _Expression:
    """Take in the hedge: of a length any, of a date only "about" and its like."""
    if isinstance(reading.value, Duration):
        return _Expression(hedge.first, hedge.last, reading)
    if not hedge.of_dates or reading.vague:
        return _Expression(found.first, found.last, reading)
    reading.value = msgspec.structs.replace(reading.value, comparator="about")
    return _Expression(hedge.first, found.last, reading)


def _mention(expression: _Expression, lexemes: list[Lexeme]) -> Mention:
    reading, first = expression.reading, expression.first
    value = reading.value
    if isinstance(value, Time):
        value = msgspec.structs.replace(value, relation=_relation(lexemes, first, reading))
    return Mention(
        kind=reading.kind, start=lexemes[first].start, end=lexemes[expression.last - 1].end, value=value,
        checkable=not reading.vague,
    )  # fmt: skip


def _relation(lexemes: list[Lexeme], first: int, reading: Reading) -> str:
    if reading.kind == "period":
        return "between"
    relations = vocabulary()["relations"]
    for count in (2, 1):
        phrase = " ".join(lexeme.text for lexeme in lexemes[max(0, first - count) : first])
        if phrase in relations:
            return str(relations[phrase])
    return "on"
