"""Say how two statements relate, without a story around them.

Two witnesses: the entailment head, which reads the words, and the typed comparison of values, which knows
that fifteen is 15 and that 28,500 is not 38,500. Each state of the values shifts the head's probabilities by
fixed factors, and the most probable relation is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from factcheck.alignment.features import GROUPS
from factcheck.claims.comparison import Level, compare
from factcheck.claims.quantities.numerals import number_words
from factcheck.claims.times.lexer import vocabulary
from factcheck.model import Claim, Extraction, Frozen, Quantity
from factcheck.verdicts.entailment import AGREE, CONTRADICT, Matrix

WORD = re.compile(r"[^\W\d_]+")
# Months and weekdays that are far more often other words.
OTHER_WORDS = frozenset({"may", "mar", "sat", "sun", "mon", "wed"})
# Who asks of two statements expects them to be about one thing, more often than the pairs are that the head
# learnt from.
NEITHER = 0.25
# But not where no longer word of the two begins alike, which the head takes for contradiction.
STRANGERS = 100.0
STEM = 4
# What a head that is quite sure may still be wrong about: without it no value could turn its answer.
DOUBT = 0.003

State = Literal["none", "same", "different", "unmatched"]
# How the values of the two statements shift the probabilities of agreement, contradiction and neither.
# Source: `tests/benchmarks/fit_relation.py`, on training pairs.
SHIFTS: dict[State, tuple[float, float, float]] = {
    "none": (1.0, 1.0, 1.0),
    "same": (1.0, 1.0, 1.0),
    "different": (0.1, 1.0, 0.5),
    "unmatched": (1.0, 1.0, 1.0),
}


class Related(Frozen, frozen=True, kw_only=True):
    """How two statements relate; ``confidence`` is the probability of that, in 0..1."""

    relation: Literal["agreement", "contradiction", "unrelated", "undecided"]
    confidence: float
    reason: str


class Values(NamedTuple):
    """How the values of the second statement stand to those of the first.

    "none": there is nothing to compare; "same": the first has each of them; "different": one of them differs
    from its counterpart, as ``reason`` says; "unmatched": one of them has no counterpart.
    """

    state: State
    reason: str = ""


NONE = Values("none")


def relate(left: str, right: str, chances: Matrix, values: Values) -> Related:
    """Relate two statements by what the entailment head and the comparison of their values say.

    ``chances`` are the head's three probabilities, as ``Entailment.probabilities`` gives them.
    """
    if not (WORD.search(left) and WORD.search(right)):
        return Related(
            relation="undecided", confidence=0.0, reason="one side says nothing that can be checked"
        )
    related = bool(_content(left) & _content(right))
    weights = (chances + DOUBT) * SHIFTS[values.state] * (1.0, 1.0, NEITHER if related else STRANGERS)
    weights /= weights.sum()
    best = int(weights.argmax())
    confidence = round(float(weights[best]), 4)
    if best == AGREE:
        reason = "the second follows from the first"
        if values.state == "same":
            reason += ", and the values agree"
        return Related(relation="agreement", confidence=confidence, reason=reason)
    if best == CONTRADICT:
        reason = values.reason or "both cannot be true of the same event"
        return Related(relation="contradiction", confidence=confidence, reason=reason)
    if related:
        reason = "the first neither tells nor rules out the second"
        return Related(relation="undecided", confidence=confidence, reason=reason)
    return Related(relation="unrelated", confidence=confidence, reason="they speak of other things")


def may_hold_value(text: str) -> bool:
    """Say whether a text has a digit or a word of numbers or dates: whether reading it for values can pay."""
    return any(c.isdigit() for c in text) or not _value_words().isdisjoint(WORD.findall(text.casefold()))


def compare_values(left: Extraction, right: Extraction) -> Values:
    """Compare each value of the second statement with those of its group in the first."""
    found = [_counterpart(claim, left.claims) for claim in right.claims if claim.kind != "statement"]
    if not found:
        return NONE
    for values in found:
        if values.state == "different":
            return values
    return next((v for v in found if v.state == "unmatched"), found[0])


def _counterpart(claim: Claim, others: Sequence[Claim]) -> Values:
    """Find the value that says the same, or else the nearest that differs."""
    conflicts: list[tuple[int, int, Claim, Level]] = []
    for row, other in enumerate(others):
        if GROUPS[other.kind] != GROUPS[claim.kind]:
            continue
        level = compare(other, claim)
        if level.relation == "agreement":
            return Values("same")
        if level.relation == "contradiction" and _of_one_sort(other, claim):
            near = len({*other.frame.clause, other.frame.head} & {*claim.frame.clause, claim.frame.head})
            conflicts.append((-near, row, other, level))
    if not conflicts:
        return Values("unmatched")
    _, _, other, level = min(conflicts, key=lambda c: c[:2])
    return Values("different", f"{level.reason}: “{other.anchor.text}” and “{claim.anchor.text}”")


def _of_one_sort(left: Claim, right: Claim) -> bool:
    """Say whether two values can be values of one thing: 15 ships and 20 sailors cannot."""
    if not (isinstance(left.value, Quantity) and isinstance(right.value, Quantity)):
        return True
    heads = {left.frame.head, right.frame.head}
    return left.kind == right.kind and (left.kind != "count" or None in heads or len(heads) == 1)


@cache
def _value_words() -> frozenset[str]:
    words = vocabulary()
    return frozenset(number_words() | words["months"].keys() | words["weekdays"].keys()) - OTHER_WORDS


def _content(text: str) -> set[str]:
    """How the words of a text begin that are long enough to mean something."""
    return {word[:STEM] for word in WORD.findall(text.casefold()) if len(word) >= STEM}
