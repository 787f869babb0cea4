"""Describe a pair of claims by readable features: what the same-fact gate sees.

All but the value comparison are about what is left when the value is taken out, so that a wrong figure
does not make two claims look like different facts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factcheck.alignment.embedding import Matrix, Vectors
from factcheck.alignment.names import overlap
from factcheck.claims.comparison import compare
from factcheck.model import Claim, Duration, Extraction, Kind, Quantity

Floats = NDArray[np.float64]

NAMES = (
    "clause", "event", "sentence", "phrase", "unit", "other_unit", "head", "modifiers", "predicate", "subject", "object",
    "clause_words", "sentence_words", "near_words", "no_words", "names", "no_names", "context", "clause_names", "clause_apart", "near_names", "near_apart", "times_apart", "saying", "siblings_agree", "siblings_differ", "tense", "polarity", "modality",
    "speaker", "equal", "specific", "far", "lead", "twin",
)  # fmt: skip

# Kinds that can state the same fact in another form. Only kinds of one group are ever paired.
GROUPS: dict[Kind, str] = {
    "count": "figure", "money": "figure", "percent": "figure", "share": "figure", "measure": "figure",
    "duration": "duration", "ordinal": "rank", "superlative": "rank", "date": "date", "period": "date",
    "statement": "statement",
}  # fmt: skip


@dataclass(slots=True)
class Side:
    """The claims of one document and group, with what pairing reads of them again and again."""

    claims: list[Claim]
    clause: Matrix
    event: Matrix
    phrase: Matrix
    sentence: Matrix
    names: list[frozenset[str]]
    context: list[frozenset[str]]
    clause_names: list[frozenset[str]]
    near_names: list[frozenset[str]]
    siblings: dict[int, list[Claim]]


def sides(extraction: Extraction, vectors: Vectors, folded: Mapping[str, str]) -> dict[str, Side]:
    """Split a document's claims by group and fold the names in them."""
    rows: dict[str, list[int]] = {}
    for row, claim in enumerate(extraction.claims):
        rows.setdefault(GROUPS[claim.kind], []).append(row)
    found = {}
    for group, picked in rows.items():
        claims = [extraction.claims[r] for r in picked]
        found[group] = Side(
            claims, vectors.clause[picked], vectors.event[picked], vectors.phrase[picked],
            vectors.sentence[[c.frame.index for c in claims]],
            [frozenset(folded.get(n, n) for n in c.frame.names) for c in claims],
            [frozenset(folded.get(n, n) for n in (*c.frame.names, *c.frame.context)) for c in claims],
            [frozenset(folded.get(n, n) for n in c.frame.clause_names) for c in claims],
            [frozenset(folded.get(n, n) for n in c.frame.near_names) for c in claims],
            _by_sentence(claims),
        )  # fmt: skip
    return found


def stems(words: Collection[str]) -> set[str]:
    """Cut words to their first five letters.

    Crude, but it joins what news copy varies: deploy / deployment, defence / defense, die / died.
    """
    return {w[:5] for w in words}


def same_head(a: Claim, b: Claim) -> bool:
    """Say whether two values are of the same word, as far as its stem goes."""
    return bool(a.frame.head and b.frame.head and stems([a.frame.head]) == stems([b.frame.head]))


def _by_sentence(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.kind != "statement":
            found.setdefault(claim.frame.index, []).append(claim)
    return found


def rarity(extractions: Sequence[Extraction]) -> dict[str, float]:
    """Weigh each stem of a story by its rarity among the story's sentences: ln(1 + n / count)."""
    sentences = [s for e in extractions for s in e.sentences]
    counts = Counter(stem for s in sentences for stem in stems(s.words))
    return {stem: math.log1p(len(sentences) / n) for stem, n in counts.items()}


def candidates(left: Side, right: Side) -> NDArray[np.bool_]:
    """Say which pairs are worth describing: those near in meaning once the values are masked."""
    near: NDArray[np.bool_] = (left.clause @ right.clause.T > 0.3) | (left.sentence @ right.sentence.T > 0.45)
    return near


def describe(left: Side, right: Side, weight: Mapping[str, float]) -> tuple[list[tuple[int, int]], Floats]:
    """Return the candidate pairs of two sides as row indices, and their features, a row a pair."""
    clause = left.clause @ right.clause.T
    event = left.event @ right.event.T
    sentence = left.sentence @ right.sentence.T
    phrase = left.phrase @ right.phrase.T
    pairs = [(int(i), int(j)) for i, j in zip(*np.nonzero(candidates(left, right)), strict=True)]
    rows = [
        (float(clause[i, j]), float(event[i, j]), float(sentence[i, j]), float(phrase[i, j]), *_plain(left, i, right, j, weight),
         float(sentence[i, j] > 0.9))
        for i, j in pairs
    ]  # fmt: skip
    return pairs, np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES))


def _plain(left: Side, i: int, right: Side, j: int, weight: Mapping[str, float]) -> tuple[float, ...]:
    a, b = left.claims[i], right.claims[j]
    f, g = a.frame, b.frame
    unit, other_unit = _units(a, b)
    level = compare(a, b)
    names = left.names[i], right.names[j]
    return (
        unit, other_unit,
        float(same_head(a, b)),
        _shared(f.modifiers, g.modifiers, weight),
        float(a.predicate is not None and a.predicate == b.predicate),
        _alike(a.subject, b.subject), _alike(a.object, b.object),
        _shared(f.clause, g.clause, weight), _shared(f.words, g.words, weight), _shared(f.near, g.near, weight),
        float(not stems(f.clause + f.near) & stems(g.clause + g.near)),
        overlap(*names), float(not names[0] or not names[1]),
        overlap(left.context[i], right.context[j]),
        *_names(left.clause_names[i], right.clause_names[j]),
        *_names(left.near_names[i], right.near_names[j]),
        float(_times_apart(f.times, g.times)), float(f.saying != g.saying),
        *_siblings(a, left.siblings.get(f.index, ()), b, right.siblings.get(g.index, ())),
        float(f.past != g.past), float(a.polarity != b.polarity), float(a.modality != b.modality),
        _speakers(a.speaker, b.speaker),
        float(level.relation == "agreement"), specificity(a, b) if level.relation == "agreement" else 0.0,
        _distance(a, b),
        float(f.position < 0.15 and g.position < 0.15),
    )  # fmt: skip


def _units(a: Claim, b: Claim) -> tuple[float, float]:
    """Whether the units are the same, and whether they are both known and different."""
    x, y = (v.unit if isinstance(v, Quantity) else None for v in (a.value, b.value))
    if (
        isinstance(a.value, Quantity)
        and isinstance(b.value, Quantity)
        and a.value.currency != b.value.currency
    ):
        return 0.0, 1.0
    # Any two percentages have the same unit, and any two sums in dollars: that says nothing.
    telling = {a.kind, b.kind}.isdisjoint({"percent", "share", "money"})
    return float(telling and x is not None and x == y), float(x is not None and y is not None and x != y)


def _shared(a: Collection[str], b: Collection[str], weight: Mapping[str, float]) -> float:
    """Cosine of two sets of stems weighed by rarity, 0..1."""
    x, y = stems(a), stems(b)
    both, left, right = (sum(weight.get(w, 1.0) for w in part) for part in (x & y, x, y))
    return both / math.sqrt(left * right) if both else 0.0


def _alike(a: str | None, b: str | None) -> float:
    if not a or not b:
        return 0.0
    x, y = set(a.casefold().split()), set(b.casefold().split())
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0


def _names(a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
    """How far two sets of names overlap, and whether both name something but nothing in common."""
    common = overlap(a, b)
    return common, float(bool(a and b) and common == 0)


def _times_apart(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two sentences give times, and none of the one is near one of the other.

    Days of one month are near: reports of one event name the day it happened, the day after, and today.
    """
    x, y = ({t[:7] for t in times if t[:4].isdigit()} for times in (a, b))
    return bool(x and y) and not any(p.startswith(q) or q.startswith(p) for p in x for q in y)


def _siblings(
    a: Claim, beside_a: Sequence[Claim], b: Claim, beside_b: Sequence[Claim]
) -> tuple[float, float]:
    """Whether other figures of the two sentences agree, or differ throughout; each 0..1.

    Two reports of one thing seldom differ in every figure of a sentence; two things of one sort do.
    """
    agree = differ = 0
    for x in beside_a:
        for y in beside_b:
            if x is not a and y is not b and x.kind == y.kind and same_head(x, y):
                if compare(x, y).relation == "agreement":
                    agree += 1
                else:
                    differ += 1
    return min(agree, 2) / 2, min(differ, 2) / 2 if not agree else 0.0


def _speakers(a: str | None, b: str | None) -> float:
    if not a or not b:
        return 0.0
    return _alike(a, b) * 2 - 1


def specificity(a: Claim, b: Claim) -> float:
    """How telling it is that two values agree, 0..1: digits that count, of three at most.

    Any two stories have a "two" and a "half" in common; two that say 28,500 speak of one thing.
    """
    if {a.kind, b.kind} & {"date", "period"}:
        return 2 / 3
    numbers = [_number(c) for c in (a, b)]
    if "share" in (a.kind, b.kind) or None in numbers:
        return 1 / 3
    return min(min(3, len(format(n, ".6g").replace(".", "").strip("-0"))) for n in numbers) / 3


def _distance(a: Claim, b: Claim) -> float:
    """How far two numbers are apart, in powers of ten, at most 2."""
    x, y = (_number(c) for c in (a, b))
    if x is None or y is None or x * y <= 0:
        return 0.0
    return min(2.0, abs(math.log10(x / y)))


def _number(claim: Claim) -> float | None:
    value = claim.value
    if not isinstance(value, Quantity | Duration):
        return None
    found = value.number if value.number is not None else value.low if value.low is not None else value.high
    return None if found is None or not math.isfinite(found) else float(found)
