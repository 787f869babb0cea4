"""FC406: an equivalent in brackets that is not one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from factcheck.claims.comparison import Interval
from factcheck.claims.quantities import convert, is_measure
from factcheck.model import Time
from factcheck.verdicts.arithmetic.article import Article, Figure, Line, turn_of_phrase
from factcheck.verdicts.arithmetic.rounding import apart, coin, exactly, meant, number_of, over, shown, times
from factcheck.verdicts.rules.base import Evidence, Noticed

_OR = r"(?:(?:or|about|around|roughly|approximately|some|nearly|almost|just over|just under|i\.e\.) ){0,3}"
_LIKE = r"(?: (?:wide|long|deep|high|tall|thick|away|north|south|east|west|in [a-z]{1,12}))?"
_MEASURES = (
    turn_of_phrase(rf"<measure>{_LIKE} ?[(\[] ?{_OR}<measure>(?: <gap>)?[)\]]"),
    turn_of_phrase(rf"<measure>{_LIKE}, or {_OR}<measure>[,.]"),
)
_MONEY = turn_of_phrase(rf"<money> ?[(\[] ?{_OR}<money>(?: <gap>)?[)\]]")
# Before a figure these say that it is the rest of a longer one: "6 feet 2 inches", "10 by 12 feet".
_CONTINUES = ("by", "x", "×", "and", "-", "to")
# Scales of temperature: a difference of degrees converts otherwise than a reading.
_DEGREES = {"celsius": 9 / 5, "fahrenheit": 5 / 9}
# How far two rates of one pair of currencies may drift within a story that looks back.
_DRIFT = 0.2
_PAST = re.compile(r"\b[12][0-9]{3}\b")
# Names that copy mixes up: a mile is written for a nautical mile, a ton for a tonne.
_MIXED = 0.2
_OFTEN_MIXED = frozenset({"mile", "nautical mile", "ton", "tonne", "short ton", "long ton", "pint", "gallon"})


class _Rate(NamedTuple):
    sold: Figure
    bought: Figure
    rate: Interval


def equivalent(evidence: Evidence) -> Iterator[Noticed]:
    """Report a length, weight or temperature whose equivalent in brackets is another, and sums at two rates.

    ## What to do

    Convert it anew. The two may differ by what rounding explains and no more. Rates of exchange are not
    known here; but where two such pairs of sums in one article imply rates a fifth apart, one is wrong.

    ## Example

        article.txt: The trail is 6.1 miles (3 km) long.

    > 6.1 miles is 9.82 in the unit of “3 km”, not 3
    """
    for article in evidence.articles:
        for line in article.lines:
            for phrase in _MEASURES:
                for one, other in line.find(phrase):
                    if not _continues(line, one) and (message := _converted(one, other)):
                        yield Noticed(message, other, [one])
        yield from _rates(article)


def _continues(line: Line, figure: Figure) -> bool:
    """Say whether a measure is only the last part of a longer one."""
    before = [f for f in line.figures() if f.mention.end <= figure.mention.start]
    if not before or before[-1].mention.kind not in ("measure", "count", "duration"):
        return False
    between = line.document.text[before[-1].mention.end : figure.mention.start].casefold()
    return len(between) <= 4 and between.strip(" ,") in ("", *_CONTINUES)


# ---------------------------------------------------------------- measures
def _converted(one: Figure, other: Figure) -> str | None:
    """Return what is wrong with an equivalent, or None where it may be right."""
    a, b = one.quantity, other.quantity
    if not a.unit or not b.unit or a.unit == b.unit or not (is_measure(a.unit) and is_measure(b.unit)):
        return None
    said, given = meant(other), meant(one)
    if said is None or given is None or not all(map(_finite, (*said, *given))):
        return None
    ways = [ends for ends in (_reading(given, a.unit, b.unit), _difference(given, a.unit, b.unit)) if ends]
    if not ways or not all(apart(way, said) for way in ways):
        return None
    if {a.unit, b.unit} & _OFTEN_MIXED and not apart(_wider(ways[0]), said):
        return None
    result = convert(number_of(one), a.unit, b.unit)
    assert result is not None
    return f"{one.words} is {shown(result)} in the unit of “{other.words}”, not {shown(number_of(other))}"


def _finite(number: float) -> bool:
    return abs(number) < 1e15


def _reading(given: Interval, unit: str, other: str) -> Interval | None:
    ends = [convert(n, unit, other) for n in given]
    low, high = ends
    return None if low is None or high is None else Interval(min(low, high), max(low, high))


def _difference(given: Interval, unit: str, other: str) -> Interval | None:
    """What a difference of degrees is on the other scale."""
    if {unit, other} != _DEGREES.keys():
        return None
    return Interval(given.low * _DEGREES[unit], given.high * _DEGREES[unit])


def _wider(ends: Interval) -> Interval:
    return Interval(ends.low * (1 - _MIXED), ends.high * (1 + _MIXED))


# ---------------------------------------------------------------- money
def _rates(article: Article) -> Iterator[Noticed]:
    """Yield the pairs of sums whose rate is not that of most pairs in the same currencies."""
    seen: dict[tuple[str, str], list[_Rate]] = {}
    for line in article.lines:
        for one, other in line.find(_MONEY):
            rate = _rate(one, other)
            if rate is not None:
                seen.setdefault((str(one.quantity.currency), str(other.quantity.currency)), []).append(rate)
    for rates in seen.values():
        odd = [r for r in rates if 2 * sum(_at_odds(r, other) for other in rates) >= len(rates)]
        # Of two that differ either may be wrong: the later is shown, with the other beside it.
        for found in odd if len(rates) > 2 else odd[1:]:
            known = next(r for r in rates if _at_odds(found, r))
            message = (
                f"{found.sold.words} for {found.bought.words} is a rate of {_worth(found)}, but"
                f" {known.sold.words} for {known.bought.words} one of {_worth(known)}"
            )
            related = [found.sold, known.sold, known.bought]
            yield Noticed(message, found.bought, related)


def _rate(one: Figure, other: Figure) -> _Rate | None:
    a, b = one.quantity, other.quantity
    if not a.currency or not b.currency or a.currency == b.currency:
        return None
    if any(isinstance(f.value, Time) and _PAST.search(f.words) for f in one.line.figures()):
        return None  # the rate of another time
    sold, bought = (times(w, exactly(coin(f))) if (w := meant(f)) else None for f in (one, other))
    rate = over(bought, sold) if sold and bought and sold.low > 0 and bought.low > 0 else None
    return _Rate(one, other, rate) if rate else None


def _at_odds(one: _Rate, other: _Rate) -> bool:
    drift = Interval(other.rate.low * (1 - _DRIFT), other.rate.high * (1 + _DRIFT))
    return apart(one.rate, drift)


def _worth(rate: _Rate) -> str:
    return f"{number_of(rate.bought) * coin(rate.bought) / number_of(rate.sold) / coin(rate.sold):.3g}"
