"""The levels at which two values are compared, from the same to different; each is a reason in a report."""

from __future__ import annotations

from typing import NamedTuple

from factcheck.model import Relation


class Level(NamedTuple):
    """What a comparison found: ``name`` is stable, ``reason`` is one clause of plain English."""

    relation: Relation
    name: str
    reason: str


INCOMPARABLE = Level("undecided", "incomparable", "the two values cannot be compared")
EQUAL = Level("agreement", "equal", "both give the same value")
LOOSE_UNIT = Level(
    "agreement", "equal in a like unit", "both give the same number in units that copy mixes up"
)
CONVERTED = Level("agreement", "equal after conversion", "both give the same value in different units")
PRECISION = Level("agreement", "within precision", "the values agree as far as their rounding and hedges go")
BOUND = Level("agreement", "bound satisfied", "one value lies within the bound that the other gives")
FAR_BOUND = Level(
    "undecided", "loose bound", "one value satisfies the bound of the other, but lies far from it"
)
COARSER = Level("agreement", "equal at the coarser grain", "the finer date lies within the coarser one")
WEEKDAY = Level("agreement", "same weekday", "the weekday of one is the weekday of the other's date")
SAME_WORDS = Level("agreement", "same words", "both use the same expression, which is not tied to a date")
DIFFERENT = Level("contradiction", "different", "the values differ")
SAME_STATEMENT = Level("agreement", "same statement", "both say so")
NEGATED = Level("contradiction", "negated", "one asserts what the other denies")
OPPOSED = Level("contradiction", "opposite statement", "one says the opposite of the other")
EXCHANGED = Level("undecided", "exchanged roles", "who does it to whom is told the other way round")
OPPOSITE_CHANGE = Level("contradiction", "opposite change", "one says it rose, the other that it fell")
OTHER_SCOPE = Level("contradiction", "different scope", "the same rank is claimed of different times")
OPPOSITE = Level("contradiction", "opposite direction", "they lead to opposite points of the compass")
CLOCK = Level("contradiction", "different time of day", "the times of day differ")
