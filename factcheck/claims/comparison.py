"""Compare the values of two claims about the same fact, by ordered levels: the first that holds decides.

Every level is named, so that a report can print it as the reason. ``compare(a, b)`` and ``compare(b, a)``
always give the same level.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from factcheck.claims.levels import (
    BOUND,
    CONVERTED,
    DIFFERENT,
    EQUAL,
    EXCHANGED,
    FAR_BOUND,
    INCOMPARABLE,
    LOOSE_UNIT,
    NEGATED,
    OPPOSED,
    OPPOSITE,
    OPPOSITE_CHANGE,
    OTHER_SCOPE,
    PRECISION,
    SAME_STATEMENT,
    Level,
)
from factcheck.claims.moments import as_told, compare_times
from factcheck.claims.opposites import are_opposite, is_mutual
from factcheck.claims.quantities.ordinal import ranks_by
from factcheck.claims.quantities.units import AGE, convert, is_measure
from factcheck.model import Claim, Duration, Number, Ordinal, Quantity, Statement, Time, Value


class Interval(NamedTuple):
    """The numbers a speaker who is right can have meant, both ends included."""

    low: float
    high: float


# Rules of thumb of news copy: "about" is said of figures within a tenth, and an unhedged figure that ends in
# three zeros may be rounded by half a unit of its last digit, but by no more than 5%, and 3% if it ends in
# two.
HEDGE = 0.10
ROUNDING = 0.05
HUNDREDS = 0.03
# "About 3.6" leaves off where 3.5 begins.
JUST_UNDER = 1 - 1e-9
# What follows a length: "(16 km) to the north-west of".
DIRECTION = re.compile(
    r"[\s,]{0,3}(?:\([^()]{0,30}\)\s?)?(?:(?:due|to the)\s)?"
    r"(north|south)?[\s-]?(east|west)?(?:ern|wards?)?\b",
    re.IGNORECASE,
)
RECORD = "record"
LENGTH = re.compile(r"P([0-9]{1,6})(DE|CE|Y|M|W|D)")
LETTERS = {"DE": "decade", "CE": "century", "Y": "year", "M": "month", "W": "week", "D": "day"}
# "Was", "was not", "wasn't"; of so few words nobody can tell what they say.
NEGATION = re.compile(r"n['’]t\b|\bnot\b")
NOT_LONGER = 6
WORDS_TOLD = 4
UNTIL = re.compile(r"\b(?:until|till)\b")
# Which end of a change a figure is: "fell from 41", "fell to 41".
END = re.compile(r"\b(from|to)\s$", re.IGNORECASE)
# Units of what is told as a part of a whole, and by how many points of a hundred a part told in words is off.
PERCENT, SHARE = "percentage", "share"
PARTS = frozenset({PERCENT, SHARE})
A_POINT = 1.0
# "More than 12" does say 15; of 40 the writer would have said more.
BOUND_FACTOR = 1.5
# "Scores" and "hundreds" may be up to so many times as many; they are no range that a writer gave.
VAGUE = 10
# A range that wide tells the ends of many values, and not how one was estimated.
WIDE = 2
DAYS = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0,
        "fortnight": 14.0, "month": 365.25 / 12, "quarter": 365.25 / 4, "season": 365.25 / 4, "year": 365.25,
        "decade": 3652.5, "century": 36525.0}  # fmt: skip


def compare(left: Claim, right: Claim) -> Level:
    """Compare two claims' values and polarity."""
    found = compare_values(left.value, right.value)
    if isinstance(left.value, Time) and isinstance(right.value, Time):
        found = as_told(found, (left.anchor.text, left.value), (right.anchor.text, right.value))
    if found.relation == "agreement":
        if _opposite(left, right):
            return OPPOSITE
        if _other_ends(left, right):
            return INCOMPARABLE
        if _differ_by_not(left.quote, right.quote):
            return NEGATED
    denied = denies(left) != denies(right)
    if isinstance(left.value, Statement):
        return _statements(left, right, found, denied=denied)
    if not denied or found is INCOMPARABLE:
        return found
    if found.relation == "agreement":
        return NEGATED
    return INCOMPARABLE


def _statements(left: Claim, right: Claim, found: Level, *, denied: bool) -> Level:
    """Compare what two statements assert by their verbs and by who does it to whom."""
    if are_opposite(left.predicate, right.predicate):
        if (denies(left) and denies(right)) or _until(left) != _until(right):
            return INCOMPARABLE  # neither raised nor lowered; closed until Monday, when it reopens
        return SAME_STATEMENT if denied else OPPOSED
    if found is SAME_STATEMENT and _other_qualities(left.predicate, right.predicate):
        return INCOMPARABLE
    if left.predicate == right.predicate and not is_mutual(left.predicate or "") and _exchanged(left, right):
        return EXCHANGED
    return found


def _differ_by_not(left: str, right: str) -> bool:
    """Say whether two passages have the same words but for a "not", wherever in them it stands."""
    short, long = sorted((left, right), key=len)
    if not 0 < len(long) - len(short) <= NOT_LONGER or "n" not in long:
        return False
    few, many = (Counter(NEGATION.sub(" not", text.casefold()).split()) for text in (short, long))
    return (many - few) == {"not": 1} and not few - many and few.total() >= WORDS_TOLD


def is_age(claim: Claim) -> bool:
    """Say whether a claim tells how old somebody is."""
    return tells_age(claim.value)


def tells_age(value: Value) -> bool:
    """Say whether a value is an age."""
    return isinstance(value, Quantity) and value.unit == AGE


def _until(claim: Claim) -> bool:
    return UNTIL.search(claim.quote) is not None


def _other_qualities(left: str | None, right: str | None) -> bool:
    """Whether two things are said to be something, each something else: "be green", "be red"."""
    x, y = ((predicate or "").split() for predicate in (left, right))
    return len(x) == len(y) == 2 and x[0] == y[0] == "be" and x[1] != y[1]


def _exchanged(left: Claim, right: Claim) -> bool:
    """Whether the subject of each is the object of the other: "Nordby sued Marlow", "Marlow sued Nordby"."""
    a, b, c, d = (_told(words) for x in (left, right) for words in (x.subject, x.object))
    return bool(a & d and b & c) and a.isdisjoint(c) and b.isdisjoint(d)


def _told(words: str | None) -> set[str]:
    return set(re.findall(r"\w{4,}", (words or "").casefold()))


def denies(claim: Claim) -> bool:
    """Say whether a claim denies its value; "nobody" says of a value, none, that it is right."""
    return claim.polarity == "negative" and not counts_none(claim)


def counts_none(claim: Claim) -> bool:
    """Say whether a claim says that there is none of a thing."""
    return isinstance(claim.value, Quantity) and claim.value.number == 0


def _opposite(left: Claim, right: Claim) -> bool:
    """Say whether two lengths lead opposite ways: "ten miles west of the port", "ten miles east of" it."""
    if left.kind != "measure" or right.kind != "measure":
        return False
    ways = [DIRECTION.match(c.quote, c.anchor.end - c.start) for c in (left, right)]
    if None in ways:
        return False
    told = [[(way[n] or "").casefold() for n in (1, 2)] for way in ways if way]
    return any(x and y and x != y for x, y in zip(*told, strict=True))


def _other_ends(left: Claim, right: Claim) -> bool:
    """Say whether one figure is where a change began and the other where it ended."""
    if not isinstance(left.value, Quantity) or left.predicate != right.predicate:
        return False
    starts = (c.anchor.start - c.start for c in (left, right))
    ends = [END.search(c.quote, max(0, at - 6), at) for c, at in zip((left, right), starts, strict=True)]
    return {end[1].casefold() for end in ends if end} == {"from", "to"}


def compare_values(left: Value, right: Value) -> Level:
    """Compare two values of any type; values of different types are incomparable."""
    # Conversion rounds, so it always goes the same way.
    left, right = sorted((left, right), key=repr)
    match left, right:
        case Quantity(), Quantity():
            return _quantities(left, right)
        case Time(), Time():
            return compare_times(left, right)
        case Duration(), Duration():
            return _durations(left, right)
        case Ordinal(), Ordinal():
            return _ordinals(left, right)
        case Statement(), Statement():
            return SAME_STATEMENT if left.polarity == right.polarity else NEGATED
    return INCOMPARABLE


# ---------------------------------------------------------------- quantities
def _quantities(left: Quantity, right: Quantity) -> Level:
    if left.change and right.change and left.change != right.change:
        return OPPOSITE_CHANGE
    if {left.unit, right.unit} == PARTS:
        return _parts(_in_percent(left), _in_percent(right))
    other = _in_unit_of(left, right)
    if other is None:
        return INCOMPARABLE
    if other is not right and left.number == right.number and _alike(left.number, other.number):
        return LOOSE_UNIT
    level = _bounded(left, other, converted=other is not right)
    if level is EQUAL and other is not right:
        return CONVERTED
    if level is DIFFERENT and _rate(left.unit) != _rate(right.unit):
        return INCOMPARABLE  # "$2 a day" and "$900" or "$900 a year"
    starts = (left.before, right.before)
    if other is right and None not in starts and starts[0] != starts[1]:
        return DIFFERENT
    return level


def _in_percent(value: Quantity) -> Quantity:
    return _changed(value, lambda number: number * 100, PERCENT) if value.unit == SHARE else value


def _parts(left: Quantity, right: Quantity) -> Level:
    """Compare a share with a percentage, both in percent: "a third" may be 33% or 34%."""
    level = _bounded(left, right, converted=True)
    if level is EQUAL:
        return CONVERTED
    exact = left.comparator == right.comparator == "exact" and None not in (left.number, right.number)
    return PRECISION if exact and abs(_point(left) - _point(right)) <= A_POINT else level


def _rate(unit: str | None) -> str:
    """Return what a unit is counted by: "day" for "dollar per day"."""
    return (unit or "").partition(" per ")[2]


def _alike(a: Number | None, b: Number | None) -> bool:
    """Whether units are as near as mile and nautical mile, or ton and tonne, whose names copy mixes up."""
    return a is not None and b is not None and math.isclose(a, b, rel_tol=0.2)


def _in_unit_of(left: Quantity, right: Quantity) -> Quantity | None:
    """Return ``right`` in the unit of ``left``; as it is where no conversion is called for."""
    unit, other = left.unit, right.unit
    if left.currency != right.currency:
        return None
    if unit == other:
        return right
    if {unit, other} & PARTS:
        return None
    if unit is None or other is None:
        return right
    if is_measure(unit) or is_measure(other):
        if convert(1, other, unit) is None:
            return None
        # Number by number: between scales of temperature conversion is no factor.
        return _changed(right, lambda number: convert(number, other, unit), unit)
    span = convert(1, _rate(unit), _rate(other)) if _rate(unit) and _rate(other) else None
    return right if span is None or span == 1 else _changed(right, lambda number: number * span, unit)


def _changed(value: Quantity, change: Callable[[Number], Number | None], unit: str | None) -> Quantity:
    number, low, high = (None if n is None else change(n) for n in (value.number, value.low, value.high))
    return Quantity(
        number=number, low=low, high=high, comparator=value.comparator, change=value.change, unit=unit
    )


def _bounded(left: Quantity | Duration, right: Quantity | Duration, *, converted: bool = False) -> Level:
    if (left.number, left.low, left.high) == (right.number, right.low, right.high) or _close(left, right):
        return EQUAL
    a, b = (_interval(x, y, converted) for x, y in ((left, right), (right, left)))
    if a is None or b is None:
        return INCOMPARABLE
    if left.comparator == right.comparator and left.comparator in ("above", "below"):
        return (
            PRECISION
            if _overlap(_around(left, right, converted), _around(right, left, converted))
            else DIFFERENT
        )
    if not _overlap(a, b):
        return DIFFERENT
    if _is_base(left, right) or _is_base(right, left):
        return INCOMPARABLE
    if "above" in (left.comparator, right.comparator) or "below" in (left.comparator, right.comparator):
        x, y = (abs(_point(v)) for v in (left, right))
        return BOUND if max(x, y) <= max(BOUND_FACTOR * min(x, y), min(x, y) + 1) else FAR_BOUND
    return FAR_BOUND if _is_wide(left) != _is_wide(right) else PRECISION


def other_range(left: Value, right: Value) -> bool:
    """Say whether one of two values is a range and the other does not have its two ends."""
    ends = [
        (v.low, v.high) if v.number is None else (v.number, v.number)
        for v in (left, right)
        if isinstance(v, Quantity | Duration)
    ]
    closed = any(low is not None and high is not None and low < high < VAGUE * low for low, high in ends)
    return len(ends) == 2 and closed and ends[0] != ends[1]


def _is_wide(value: Quantity | Duration) -> bool:
    """Say whether a value runs from a least to a greatest: "tickets cost 65 to 180 euros"."""
    low, high = value.low, value.high
    return low is not None and high is not None and WIDE * low < high < VAGUE * low


def _is_base(one: Quantity | Duration, several: Quantity | Duration) -> bool:
    """Say whether one value is the twelve of which the other has several dozen: neither so many nor not."""
    low, high = several.low, several.high
    return low is not None and high == VAGUE * low and one.number is not None and one.number <= low


def _close(left: Quantity | Duration, right: Quantity | Duration) -> bool:
    if left.number is None or right.number is None:
        return False
    return math.isclose(left.number, right.number, rel_tol=1e-6, abs_tol=1e-9)


def magnitude(value: Value) -> float | None:
    """Return the number that a value is about, of a range its middle; None where it has none.

    Of a part of a whole it is in percent, of a length of time in days.
    """
    if not isinstance(value, Quantity | Duration):
        return None
    number = _point(value) * (100 if value.unit == SHARE else 1)
    if isinstance(value, Duration):
        number *= DAYS.get(value.unit or "", 1)
    return number if _written(value) and math.isfinite(number) else None


def digits(value: Value) -> int:
    """Count the digits of a value that tell: 3 of 28,500; of a range, those of the end with more."""
    return max(map(_digits, _written(value)), default=0) if isinstance(value, Quantity | Duration) else 0


def _written(value: Quantity | Duration) -> list[float]:
    return [float(x) for x in (value.number, value.low, value.high) if x is not None]


def _point(value: Quantity | Duration) -> float:
    written = _written(value)
    return sum(written) / len(written) if written else 0.0


def _interval(value: Quantity | Duration, other: Quantity | Duration, converted: bool) -> Interval | None:
    number = value.number
    if number is None:
        if value.low is None and value.high is None:
            return None
        return Interval(
            -math.inf if value.low is None else value.low, math.inf if value.high is None else value.high
        )
    # A bound is often given for the very figure ("more than 85 million" of 85 million), so it includes it;
    # but it is not rounded: who has counted 19,323 does not say "fewer than 19,000".
    if value.comparator == "above":
        return Interval(number, math.inf)
    if value.comparator == "below":
        return Interval(-math.inf, number)
    return _around(value, other, converted)


def _around(value: Quantity | Duration, other: Quantity | Duration, converted: bool) -> Interval:
    number = _point(value)
    if value.comparator == "about":
        # Conversion has changed the digits: they no longer tell what the writer rounded to.
        slack = abs(number) * HEDGE if converted else _hedge(number)
    else:
        slack = _rounding(number, other.number)
    return Interval(number - slack, number + slack)


def _hedge(number: Number) -> float:
    """How far "about" a number may be off: a tenth, but no more than one unit of its last digit that counts.

    Who writes "about 36" may mean 35; who writes "about 3.6 million" does not mean 3.5.
    """
    if not math.isfinite(number):
        return 0.0
    digits = format(abs(number), ".10g")
    if "e" in digits:
        return abs(number) * HEDGE
    zeros = len(digits) - len(digits.rstrip("0"))
    unit = 10.0 ** -_decimals(number) if "." in digits else 10.0**zeros
    small = "." not in digits and abs(number) < 100
    return min(abs(number) * HEDGE, unit if small else unit * JUST_UNDER)


def _rounding(number: Number, other: Number | None) -> float:
    """Half a unit of the last digit shown, for a figure that looks rounded beside the other; else 0."""
    if not math.isfinite(number) or number == 0:
        return 0.0
    if other is not None and math.isfinite(other) and _digits(number) >= _digits(other):
        return 0.0
    shown = format(abs(number), ".10g")
    zeros = len(shown) - len(shown.rstrip("0"))
    if "e" not in shown and "." not in shown and zeros >= 2:
        return min(10.0**zeros / 2, abs(number) * (ROUNDING if zeros > 2 else HUNDREDS))
    if other is not None and abs(number) >= 1 and _decimals(number) < _decimals(other):
        return min(10.0 ** -_decimals(number) / 2, abs(number) * ROUNDING)
    return 0.0


def _digits(number: Number) -> int:
    return len(format(abs(number), ".10g").partition("e")[0].replace(".", "").strip("0"))


def _decimals(number: Number) -> int:
    return len(format(number, ".10g").partition(".")[2])


def _overlap(a: Interval, b: Interval) -> bool:
    return a.low <= b.high and b.low <= a.high


# ---------------------------------------------------------------- durations and ranks
def _durations(left: Duration, right: Duration) -> Level:
    x, y = DAYS.get(left.unit or ""), DAYS.get(right.unit or "")
    if x is None or y is None:
        return EQUAL if left.timex == right.timex else INCOMPARABLE
    if x == y:
        return _bounded(left, right)
    scaled = [_in_days(v, f) for v, f in ((left, x), (right, y))]
    level = _bounded(*scaled)
    return CONVERTED if level is EQUAL else level


def _in_days(value: Duration, factor: float) -> Duration:
    def scale(number: Number | None) -> Number | None:
        return None if number is None else round(number * factor, 1)

    return Duration(
        number=scale(value.number), low=scale(value.low), high=scale(value.high), unit="day",
        comparator=value.comparator,
    )  # fmt: skip


def _ordinals(left: Ordinal, right: Ordinal) -> Level:
    measures = {ranks_by(left.adjective), ranks_by(right.adjective)}
    # What breaks a record is the most in some way.
    if len(measures - {RECORD}) > 1 or (RECORD in measures and None in measures):
        return INCOMPARABLE
    if left.rank != right.rank:
        return DIFFERENT
    if left.since and right.since and left.since[:4] != right.since[:4]:
        return OTHER_SCOPE
    if left.within and right.within and left.within != right.within:
        x, y = (_length(timex) for timex in (left.within, right.within))
        if x is None or y is None:
            return INCOMPARABLE
        return EQUAL if math.isclose(x, y, rel_tol=HEDGE) else OTHER_SCOPE
    return EQUAL


def _length(timex: str) -> float | None:
    """Return the days of a TIMEX3 duration of one unit; None of any other value."""
    found = LENGTH.fullmatch(timex)
    return int(found[1]) * DAYS[LETTERS[found[2]]] if found else None
