"""Exchange rates that the articles themselves give: "85 million euros ($108 million)".

Sums in two currencies cannot be compared by what this package knows, but often by what the story says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from factcheck.model import Claim, Document, Quantity

# Both sums of an equivalent are rounded, and so is the sum that is exchanged.
ROUNDED = 0.05
# What may stand in the bracket before an equivalent.
_LEADING = frozenset({"or", "about", "around", "roughly", "approximately", "some", "nearly"})
# More than this many code points between two sums are no bracket.
_NEAR = 20

# How much of the second currency one unit of the first is worth, by story.
Rates = Mapping[tuple[str, str, str], float]


def stated_rates(
    claims: Iterable[Claim], documents: Mapping[str, Document], stories: Mapping[str, str]
) -> Rates:
    """Return the median rate of each pair of currencies that each story gives, both ways.

    ``stories`` maps documents to their story. A sum is the equivalent of the one right before it when it
    stands in brackets and in another currency.
    """
    seen: dict[tuple[str, str, str], list[float]] = {}
    money = sorted(
        (c for c in claims if c.kind == "money"), key=lambda c: (c.document, c.anchor.start, c.anchor.end)
    )
    for one, other in pairwise(money):
        a, b = one.value, other.value
        if one.document != other.document or not isinstance(a, Quantity) or not isinstance(b, Quantity):
            continue
        between = documents[one.document].text[one.anchor.end : other.anchor.start]
        if _opens_bracket(between) and a.number and b.number and _differ(a, b):
            story, rate = stories[one.document], b.number / a.number
            if math.isfinite(rate) and rate > 0:
                seen.setdefault((story, str(a.currency), str(b.currency)), []).append(rate)
                seen.setdefault((story, str(b.currency), str(a.currency)), []).append(1 / rate)
    given = {key: median(rates) for key, rates in seen.items()}
    return {**dict(_crossed(given)), **given}


def _crossed(given: Rates) -> Iterator[tuple[tuple[str, str, str], float]]:
    """Yield the rates of two currencies that the story gives by way of a third."""
    onward: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for (story, a, b), rate in given.items():
        onward.setdefault((story, a), []).append((b, rate))
    for (story, a, between), first in given.items():
        for b, second in onward[story, between]:
            if a != b:
                yield (story, a, b), first * second


def _opens_bracket(between: str) -> bool:
    words = between.strip() if len(between) <= _NEAR else ""
    return words.startswith(("(", "[")) and set(words[1:].casefold().split()) <= _LEADING


def _differ(a: Quantity, b: Quantity) -> bool:
    return bool(a.currency and b.currency) and a.currency != b.currency


def exchanged(left: Claim, right: Claim, rates: Rates, story: str) -> Claim | None:
    """Return ``right`` in the currency of ``left``, as a range, or None where the story gives no rate."""
    a, b = left.value, right.value
    if not isinstance(a, Quantity) or not isinstance(b, Quantity) or not _differ(a, b):
        return None
    rate = rates.get((story, str(b.currency), str(a.currency)))
    if rate is None or b.number is None:
        return None
    worth = b.number * rate
    if b.comparator in ("above", "below"):
        value = replace(b, number=worth, currency=a.currency, unit=a.unit)
    else:
        ends = sorted((worth * (1 - ROUNDED), worth * (1 + ROUNDED)))
        value = Quantity(low=ends[0], high=ends[1], comparator="range", currency=a.currency, unit=a.unit)
    return replace(right, value=value)
