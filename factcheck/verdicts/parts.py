"""How the counts of one sentence lie to those of another: parts, totals, lists, one of several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from factcheck.alignment.features import other_fate, same_head, stems
from factcheck.claims.comparison import compare, is_age, magnitude
from factcheck.claims.levels import DIFFERENT
from factcheck.model import Claim, Duration, Quantity, Time

# From so many figures on, all of them different, two sentences are about two things of one sort (two
# seasons, two raids) rather than about one thing told wrongly.
ALL_DIFFER = 3
# Of so many counts in one phrase it is tried which of them add up; so many of a statement are compared.
MOST_LISTED = 6
# Stems of words that say nothing of what is counted but that they are people.
ANYBODY = frozenset({"peopl", "perso"})
# One of several is "a" thing too.
ARTICLES = frozenset({"a", "an", "another"})
# What stands between the members of a list: "two women and a man", "a man, two women".
JOINT = re.compile(r"[\s-]\w+(?:\s\w+)?(?:\s?,\s?|\s)(?:and\s|or\s)?")

# What says of something how long it was, whatever it was.
LASTING = frozenset({"last", "take", "continue", "run", "go on"})

# Finds the claims that share a sentence with a claim, itself included.
Siblings = Callable[[Claim], Sequence[Claim]]


def siblings(claims: Iterable[Claim]) -> Siblings:
    """Return a look-up of the claims of each sentence."""
    found: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.document, claim.frame.index), []).append(claim)
    return lambda claim: found[claim.document, claim.frame.index]


def is_part(part: Claim, total: Claim, beside: Siblings) -> bool:
    """Say whether one sentence lists several counts of a thing, and the other has one that may cover them.

    "Seven cars, two other cars"; "seven Fords, two other cars" against "nine cars". "Three
    other cars" do not cover the two.
    """
    if "other" in total.frame.modifiers:
        return False
    if not isinstance(part.value, Quantity) or part.kind != "count" or total.kind != "count":
        return False
    listed, lone = (_counts(beside(c), part) for c in (part, total))
    rest = any("other" in c.frame.modifiers and c.kind == "count" for c in beside(part))
    return (len(listed) > 1 or rest) and len(lone) <= 1 and number_of(total) >= number_of(part)


def is_listed(part: Claim, total: Claim, beside: Siblings) -> bool:
    """Say whether a phrase lists counts that add up to the other: "two women and a man", "three workers"."""
    if not part.kind == total.kind == "count":
        return False
    listed = [number_of(c) for c in _listed_with(part, beside)][:MOST_LISTED]
    # In "three workers - two women and a man" parsers hang the three on the women. So a list may count what
    # the other counts, if all of it adds up: of "two oars, a lamp and 13 masts" none is of three oars.
    fewest = len(listed) if same_head(part, total) else 1
    groups = (g for n in range(max(1, fewest), len(listed) + 1) for g in combinations(listed, n))
    return any(number_of(part) + sum(g) == number_of(total) for g in groups)


def _listed_with(part: Claim, beside: Siblings) -> list[Claim]:
    """The counts that are members of one list with a count, itself left out."""
    counts = sorted((c for c in beside(part) if c.kind == "count"), key=lambda c: c.anchor.start)
    groups: list[list[Claim]] = []
    for count in counts:
        last = groups[-1][-1] if groups else None
        between = last and last.quote[last.anchor.end - last.start : count.anchor.start - last.start]
        if between and JOINT.fullmatch(between):
            groups[-1].append(count)
        else:
            groups.append([count])
    return [c for group in groups if part in group for c in group if c is not part]


def is_counted_beside(one: Claim, other: Claim, beside: Siblings) -> bool:
    """Say whether what one count is of is counted beside the other, by another name.

    "Three rifles" against "two rockets" in a sentence that has three rifles too.
    """
    if not one.kind == other.kind == "count" or same_head(one, other):
        return False
    return any(same_head(c, one) for c in beside(other) if c.kind == "count" and c is not other)


def is_told_beside(one: Claim, other: Claim, beside: Siblings) -> bool:
    """Say whether the sentence of one value has the other value too: "three workers, two women and a man"."""
    rivals = (c for c in beside(one) if c.kind == other.kind == "count" and c is not one)
    return any(_of_same_sort(c, other) and compare(c, other).relation == "agreement" for c in rivals)


def _of_same_sort(one: Claim, other: Claim) -> bool:
    return same_head(one, other) or stems([one.frame.head or ""]) <= ANYBODY


def is_one_of(one: Claim, several: Claim) -> bool:
    """Say whether one is "a" thing and the other several: each of them is a thing too."""
    return one.kind == "count" and one.anchor.text.casefold() in ARTICLES and number_of(several) > 1


def all_differ(one: Claim, left: Sequence[Claim], other: Claim, right: Sequence[Claim]) -> bool:
    """Say whether the two and all figures of the same words beside them differ, and there are enough."""
    pairs = [
        compare(a, b).relation == "agreement"
        for a in left
        for b in right
        if isinstance(a.value, Quantity) and a.kind == b.kind and a is not one and b is not other
        and same_head(a, b)
    ]  # fmt: skip
    return isinstance(one.value, Quantity) and len(pairs) >= ALL_DIFFER - 1 and not any(pairs)


def figures_differ(left: Claim, right: Claim, beside: Siblings) -> bool:
    """Say whether two statements hold figures of one thing, and none of these is the same.

    So do those of which each names one day, and not the same; and those of what befell others.
    """
    figures = [
        [c for c in _held(x, beside) if isinstance(c.value, Quantity | Duration)][:MOST_LISTED]
        for x in (left, right)
    ]
    if any(same_head(a, b) and other_fate(a, b) for a in figures[0] for b in figures[1]):
        return True
    told = {
        compare(a, b).relation for a in figures[0] for b in figures[1] if a.kind == b.kind and _of_one(a, b)
    }
    return ("contradiction" in told and "agreement" not in told) or _days_differ(left, right, beside)


def _held(statement: Claim, beside: Siblings) -> Iterator[Claim]:
    """Yield the claims of values that stand within a statement."""
    return (c for c in beside(statement) if statement.start <= c.anchor.start < statement.end)


def _days_differ(left: Claim, right: Claim, beside: Siblings) -> bool:
    """Say whether each of two statements names one day, and not the same."""
    days = [
        [c for c in _held(x, beside) if isinstance(c.value, Time) and c.value.relation == "on"]
        for x in (left, right)
    ]
    return len(days[0]) == len(days[1]) == 1 and compare(days[0][0], days[1][0]) is DIFFERENT


def _of_one(left: Claim, right: Claim) -> bool:
    """Say whether two figures are of one noun, or ages; two lengths of time, of one verb."""
    if left.kind != "duration":
        return same_head(left, right) or (is_age(left) and is_age(right))
    return left.predicate == right.predicate or {left.predicate, right.predicate} <= LASTING


def _counts(claims: Sequence[Claim], like: Claim) -> list[Claim]:
    return [c for c in claims if c.kind == "count" and same_head(c, like)]


def number_of(claim: Claim) -> float:
    """Return the number that a claim is about, 0 where it has none."""
    return magnitude(claim.value) or 0.0
