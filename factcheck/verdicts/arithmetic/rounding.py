"""What a figure may stand for, as a newsroom rounds, and sums over that.

Each operand is taken for the interval of all that its writer, being right, may have meant: half a unit of
the last digit shown to either side, wider where it is hedged. The interval is carried through the sum, and
only a result that no choice within the intervals can give is wrong.
"""

from __future__ import annotations

import math
import re

from factcheck.claims.comparison import BOUND_FACTOR, HEDGE, ROUNDING, Interval
from factcheck.model import Comparator, Duration, Number, Quantity
from factcheck.verdicts.arithmetic.article import Figure

_DIGITS = re.compile(r"[0-9](?:[0-9,]{0,20}[0-9])?(?:\.[0-9]{1,10})?")
# "Half" is said of what a pollster would give as 46 to 54 in a hundred.
_ROUGH = 0.08
_COINS = {"cent": 0.01, "penny": 0.01, "pence": 0.01}
# From so many zeros on a count is taken to be rounded; "20 arrested" are twenty.
_ROUND_ZEROS = 2


def meant(figure: Figure, *, counted: bool = False) -> Interval | None:
    """Return what a figure may stand for; None where that is open on both sides or no number.

    ``counted`` says that it counts what cannot be divided: then it is exact unless it looks rounded.
    """
    value = figure.value
    if not isinstance(value, Quantity | Duration):
        return None
    ends = [n for n in (value.number, value.low, value.high) if n is not None]
    if not ends or not all(math.isfinite(n) for n in ends):
        return None
    slacks = [abs(n) * _ROUGH if value.unit == "share" else _slack(n, figure.words, counted) for n in ends]
    low, high = ends[0] - slacks[0], ends[-1] + slacks[-1]
    return _hedged(Interval(low, high), value.comparator)


def _hedged(plain: Interval, comparator: Comparator) -> Interval:
    size = max(abs(plain.low), abs(plain.high))
    if comparator == "about":
        return Interval(plain.low - size * HEDGE, plain.high + size * HEDGE)
    if comparator == "above":
        return Interval(plain.low, plain.high + size * (BOUND_FACTOR - 1))
    if comparator == "below":
        return Interval(plain.low - size * (BOUND_FACTOR - 1), plain.high)
    return plain


def _slack(number: Number, words: str, counted: bool) -> float:
    """Half a unit of the last digit that tells, but where zeros follow it no more than a twentieth."""
    written = _DIGITS.search(words)
    if "/" in words or any("¼" <= c <= "⅞" for c in words):
        return 1 / 16 * max(1.0, _scale(abs(number)))
    if written is None:
        digits, scale = format(abs(number), ".0f"), 1.0
    else:
        digits = written[0].replace(",", "")
        scale = abs(number) / float(digits) if float(digits) else 1.0
    if "." in digits:
        return scale * 10.0 ** -len(digits.partition(".")[2]) / 2
    zeros = len(digits) - len(digits.rstrip("0"))
    shown = 0.0 if counted and scale == 1 and number == int(number) else scale / 2
    if zeros < (_ROUND_ZEROS if counted else 1):
        return shown
    return max(shown, min(scale * 10.0**zeros / 2, abs(number) * ROUNDING))


def _scale(number: float) -> float:
    return 1000.0 ** max(0, int(math.log10(number) // 3)) if number >= 1 else 1.0


def exactly(number: float, slack: float = 0.0) -> Interval:
    """Return the interval around a number."""
    return Interval(number - slack, number + slack)


def plus(*terms: Interval) -> Interval:
    """Add intervals."""
    return Interval(sum(t.low for t in terms), sum(t.high for t in terms))


def times(a: Interval, b: Interval) -> Interval:
    """Multiply intervals."""
    products = [x * y for x in a for y in b]
    return Interval(min(products), max(products))


def over(a: Interval, b: Interval) -> Interval | None:
    """Divide intervals; None where the divisor may be nothing."""
    if b.low <= 0 <= b.high:
        return None
    return times(a, Interval(1 / b.high, 1 / b.low))


def minus(a: Interval, b: Interval) -> Interval:
    """Subtract intervals."""
    return Interval(a.low - b.high, a.high - b.low)


def apart(a: Interval, b: Interval) -> bool:
    """Say whether no number lies in both."""
    slip = 1e-9 * max(map(abs, (*a, *b)))  # what binary fractions lose
    return a.high < b.low - slip or b.high < a.low - slip


def coin(figure: Figure) -> float:
    """Return what the unit of a sum is worth in whole units of its currency: cents are a hundredth."""
    return _COINS.get(getattr(figure.value, "unit", None) or "", 1.0)


def number_of(figure: Figure) -> float:
    """Return the number of a figure, or the middle of its range."""
    value = figure.value
    assert isinstance(value, Quantity | Duration)
    given = [float(n) for n in (value.number, value.low, value.high) if n is not None]
    return sum(given) / len(given) if given else 0.0


def shown(number: float) -> str:
    """Write a result as an editor would: no more digits than help."""
    if not math.isfinite(number):
        return "more than can be written"
    for scale, name in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if abs(number) >= scale:
            return f"{_plain(number / scale)}{name}"
    return _plain(number)


def _plain(number: float) -> str:
    decimals = 0 if abs(number) >= 1000 else 1 if abs(number) >= 10 else 2
    written = f"{number:,.{decimals}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
