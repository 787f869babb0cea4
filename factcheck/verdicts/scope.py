"""Reasons not to call two different values a contradiction: they may be values of different things.

An editor stops reading at the second false alarm, so a conflict has to survive every one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from factcheck.alignment.features import specificity, stems
from factcheck.claims.comparison import Level, compare
from factcheck.model import Claim, Quantity, Time

# From so many figures on, all of them different, two sentences are about two things of one sort (two
# seasons, two raids) rather than about one thing told wrongly.
ALL_DIFFER = 3
# Of 0..1, see `specificity`: one digit that counts.
COMMONPLACE = 0.34

# Finds the claims that share a sentence with a claim, itself included.
Siblings = Callable[[Claim], Sequence[Claim]]


def siblings(claims: Iterable[Claim]) -> Siblings:
    """Return a look-up of the claims of each sentence."""
    found: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.document, claim.frame.index), []).append(claim)
    return lambda claim: found[claim.document, claim.frame.index]


def excuse(left: Claim, right: Claim, beside: Siblings) -> Level | None:
    """Return why two different values may both be right, or None where nothing speaks for that."""
    if _is_total(left, right, beside) or _is_total(right, left, beside):
        return Level("undecided", "part and total", "one is a part of what the other counts in all")
    if _all_differ(beside(left), beside(right)):
        return Level("undecided", "different scope", "every figure of the two sentences differs")
    if isinstance(left.value, Time) and shared_happening(left, right) < 2:
        return Level("undecided", "different events", "the two dates may be of different events")
    return None


def by_chance(left: Claim, right: Claim) -> bool:
    """Whether two values agree that any two texts have in common ("half", "two"), with no word in common."""
    if not isinstance(left.value, Quantity) or specificity(left, right) > COMMONPLACE:
        return False
    return not stems(left.frame.clause + left.frame.near) & stems(right.frame.clause + right.frame.near)


def _is_total(total: Claim, part: Claim, beside: Siblings) -> bool:
    """Whether the parts that one sentence counts add up to the figure of the other."""
    whole = _number(total)
    parts = [_number(c) for c in beside(part) if c.frame.head is not None and c.frame.head == part.frame.head]
    counted = [n for n in parts if n is not None]
    return whole is not None and len(counted) > 1 and abs(sum(counted) - whole) < 1e-9


def _number(claim: Claim) -> float | None:
    return claim.value.number if isinstance(claim.value, Quantity) and claim.kind != "percent" else None


def _all_differ(left: Sequence[Claim], right: Sequence[Claim]) -> bool:
    pairs = [
        compare(a, b).relation == "agreement"
        for a in left
        for b in right
        if isinstance(a.value, Quantity) and a.kind == b.kind and a.frame.head == b.frame.head
        and a.frame.head is not None
    ]  # fmt: skip
    return len(pairs) >= ALL_DIFFER and not any(pairs)


def shared_happening(left: Claim, right: Claim) -> int:
    """Count the words around two dates that name one happening: not the people in it, but what was done.

    The days of one story differ from sentence to sentence as one thing follows another; only where the
    happening itself is named on both sides do two dates contradict each other.
    """
    if left.frame.saying != right.frame.saying:
        return 0
    return len(stems(left.frame.near) & stems(right.frame.near))
