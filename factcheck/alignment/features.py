"""Describe a pair of claims by readable features: what the same-fact gate sees.

All but those of the values are about what is left when the value is taken out, so that a wrong figure does
not make two claims look like different facts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from factcheck.alignment.embedding import Matrix, Vectors
from factcheck.alignment.names import overlap
from factcheck.claims.comparison import compare, counts_none, denies, digits, is_age, magnitude
from factcheck.claims.levels import COARSER, CONVERTED, EQUAL, LOOSE_UNIT, SAME_WORDS, WEEKDAY, Level
from factcheck.claims.quantities.units import convert, convertible
from factcheck.claims.times.calendar import bounds
from factcheck.model import Claim, Extraction, Kind, Quantity

Floats = NDArray[np.float64]

# The features by what they look at; each group is computed by the function of the same name below.
MEANING = ("clause", "event", "sentence", "phrase", "twin")
VALUES = (
    "unit",
    "other_unit",
    "equal",
    "specific",
    "specific_apart",
    "far",
    "siblings_agree",
    "siblings_differ",
)
GRAMMAR = ("head", "modifiers", "predicate", "subject", "object", "subject_apart", "object_apart")
WORDS = (*GRAMMAR, "clause_words", "sentence_words", "near_words", "no_words")
PEOPLE = (
    "names",
    "no_names",
    "context",
    "clause_names",
    "clause_apart",
    "near_names",
    "near_apart",
    "bearer",
)
CIRCUMSTANCES = (
    "fate",
    "fate_apart",
    "times_apart",
    "recalled_apart",
    "saying",
    "tense",
    "polarity",
    "modality",
    "speaker",
    "lead",
)
NAMES = (*MEANING, *VALUES, *WORDS, *PEOPLE, *CIRCUMSTANCES)

# Letters of a noun and of what stands before it in a compound: fewer are alike by chance ("light", "flight").
SHORTEST_WORD = 4
SHORTEST_PREFIX = 3

# Letters behind a value that can bear on it: "(12 miles) to the north-west".
BEHIND = 80

# So many figures of a sentence are looked at beside one of them: only tables have more.
MOST_BESIDE = 24
# And so many of those that agree say that two sentences are of one thing.
MOST_AGREEING = 2
# How near two masked clauses or sentences must be for their claims to be candidates, and from where on two
# sentences are one, as cosines.
CLAUSES_NEAR, SENTENCES_NEAR, TWINS = 0.3, 0.45, 0.9
# Far more than articles have: of what is all figures, so many claims of a group are compared, and of two
# documents the nearest pairs.
MOST_CLAIMS = 4_000
MOST_PAIRS = 50_000
# Where a document's lead ends, as a share of its sentences.
LEAD = 0.15

# Levels at which two values are one value, and not only compatible.
SAME_VALUE = frozenset(level.name for level in (EQUAL, CONVERTED, LOOSE_UNIT, COARSER, WEEKDAY, SAME_WORDS))

# Kinds that can state the same fact in another form. Only kinds of one group are ever paired.
GROUPS: dict[Kind, str] = {
    "count": "figure",
    "money": "figure",
    "percent": "figure",
    "share": "figure",
    "measure": "figure",
    "duration": "duration",
    "ordinal": "rank",
    "superlative": "rank",
    "date": "date",
    "period": "date",
    "statement": "statement",
}
# What somebody is said to be is a statement of its own sort: it is about a name, whatever the sentence says.
OFFICE = "office"
ALL_GROUPS = tuple(sorted({*GROUPS.values(), OFFICE}))


class Bag:
    """A set of stems with its weight, for the cosine of two sets."""

    __slots__ = ("mass", "stems")

    def __init__(self, words: Collection[str], weight: Mapping[str, float]) -> None:
        self.stems = frozenset(stems(words))
        self.mass = sum(weight.get(w, 1.0) for w in sorted(self.stems))


@dataclass(slots=True)
class Profile:
    """A claim with what pairing reads of it again and again; names are folded."""

    claim: Claim
    siblings: list[Claim]
    modifiers: Bag
    clause: Bag
    sentence: Bag
    near: Bag
    names: frozenset[str]
    context: frozenset[str]
    clause_names: frozenset[str]
    near_names: frozenset[str]
    subject: frozenset[str]
    object: frozenset[str]

    @property
    def content(self) -> Hashable:
        """Everything that features are made of: two profiles of the same content have the same."""
        c, f = self.claim, self.claim.frame
        beside = tuple((_compared(s), s.frame.head) for s in self.siblings if s is not c)
        names = (self.names, self.context, self.clause_names, self.near_names, self.subject, self.object)
        return (
            _compared(c), c.subject, c.predicate, c.object, c.modality, c.speaker,
            f.head, f.fates, f.modifiers, f.words, f.clause, f.near, f.times, f.recalled, f.past, f.saying,
            f.position < LEAD, f.clause_names, f.near_names, f.names, beside, names,
        )  # fmt: skip


def _compared(claim: Claim) -> Hashable:
    """Everything that comparing the values of two claims looks at; see ``claims/comparison.py``."""
    end = claim.anchor.end - claim.start
    behind = claim.quote[end : end + BEHIND]
    return claim.kind, claim.value, claim.polarity, claim.anchor.text, behind


# The features of pairs that do not come from vectors, by the content of the left claim and the id of the
# right one.
Rows = dict[str, tuple[float, ...]]
Known = dict[Hashable, Rows]


class Levels:
    """How the values of two documents compare: each two claims once, and each two sentences once."""

    def __init__(self) -> None:
        self._levels: dict[tuple[str, str], Level] = {}
        self._beside: dict[tuple[str, str], dict[tuple[str, str], bool]] = {}

    def of(self, a: Claim, b: Claim) -> Level:
        """Compare two claims, however many pairs of their sentences ask for it."""
        level = self._levels.get((a.id, b.id))
        if level is None:
            level = self._levels[a.id, b.id] = compare(a, b)
        return level

    def beside(self, left: Sequence[Claim], right: Sequence[Claim]) -> dict[tuple[str, str], bool]:
        """Say of the figures of one sort of two sentences, by their ids, whether they agree."""
        if not left or not right:
            return {}
        found = self._beside.get((left[0].id, right[0].id))
        if found is None:
            found = self._beside[left[0].id, right[0].id] = {
                (a.id, b.id): self.of(a, b).relation == "agreement"
                for a in left[:MOST_BESIDE]
                for b in right[:MOST_BESIDE]
                if a.kind == b.kind and same_head(a, b)
            }
        return found


@dataclass(slots=True)
class Side:
    """The claims of one document and group: profiles, and unit vectors a row a claim."""

    profiles: list[Profile]
    clause: Matrix
    event: Matrix
    phrase: Matrix
    sentence: Matrix
    weight: Mapping[str, float]


def sides(
    extraction: Extraction, vectors: Vectors, folded: Mapping[str, str], weight: Mapping[str, float]
) -> dict[str, Side]:
    """Split a document's claims by group; ``folded`` maps names to keys, ``weight`` stems to rarity."""
    rows: dict[str, list[int]] = {}
    for row, claim in enumerate(extraction.claims):
        rows.setdefault(group_of(claim), []).append(row)
    found = {}
    for group, picked in rows.items():
        picked = picked[:MOST_CLAIMS]
        claims = [extraction.claims[r] for r in picked]
        beside = _by_sentence(claims)
        profiles = [_profile(c, beside.get(c.frame.index, []), folded, weight) for c in claims]
        sentence = vectors.sentence[[c.frame.index for c in claims]]
        found[group] = Side(
            profiles, vectors.clause[picked], vectors.event[picked], vectors.phrase[picked], sentence, weight
        )
    return found


def group_of(claim: Claim) -> str:
    """Return the group of a claim: only claims of one group are ever paired."""
    return OFFICE if claim.kind == "statement" and claim.frame.head else GROUPS[claim.kind]


def _profile(
    claim: Claim, siblings: list[Claim], folded: Mapping[str, str], weight: Mapping[str, float]
) -> Profile:
    frame = claim.frame

    def keys(names: Sequence[str]) -> frozenset[str]:
        return frozenset(folded.get(n, n) for n in names)

    return Profile(
        claim=claim,
        siblings=siblings,
        modifiers=Bag(frame.modifiers, weight),
        clause=Bag(frame.clause, weight),
        sentence=Bag(frame.words, weight),
        near=Bag(frame.near, weight),
        names=keys(frame.names),
        context=keys((*frame.names, *frame.context)),
        clause_names=keys(frame.clause_names),
        near_names=keys(frame.near_names),
        subject=keys(names_within(claim, claim.subject)),
        object=keys(names_within(claim, claim.object)),
    )


def names_within(claim: Claim, words: str | None) -> list[str]:
    """Return the names of a claim's sentence that stand in words of it, such as its subject."""
    return [name for name in claim.frame.names if words and name in words]


def stems(words: Collection[str]) -> set[str]:
    """Cut words to their first five letters.

    Crude, but it joins what news copy varies: deploy / deployment, defence / defense, die / died.
    """
    return {w[:5] for w in words}


def same_head(a: Claim, b: Claim) -> bool:
    """Say whether two values are of the same word, as far as its stem goes, or one is a sort of the other.

    An earthquake is a quake, and a speedboat a boat.
    """
    x, y = sorted((a.frame.head or "", b.frame.head or ""), key=len)
    compound = len(x) >= SHORTEST_WORD and len(y) - len(x) >= SHORTEST_PREFIX and y.endswith(x)
    return bool(x and y) and (x[:5] == y[:5] or compound)


def same_fate(a: Claim, b: Claim) -> bool:
    """Say whether one thing befell those that two claims count; of no casualties none is dead, none hurt."""
    x, y = a.frame.fates, b.frame.fates
    covered = any(counts_none(c) and set(less) <= set(c.frame.fates) for c, less in ((a, y), (b, x)))
    return bool(x and y) and (x == y or covered)


def other_fate(a: Claim, b: Claim) -> bool:
    """Say whether it is known what befell those that two claims count, and it was not the same."""
    x, y = a.frame.fates, b.frame.fates
    return bool(x and y) and set(x).isdisjoint(y)


def rarity(extractions: Sequence[Extraction]) -> dict[str, float]:
    """Weigh each stem of a story by its rarity among the story's sentences: ln(1 + n / count)."""
    sentences = [s for e in extractions for s in e.sentences]
    counts = Counter(stem for s in sentences for stem in stems(s.words))
    return {stem: math.log1p(len(sentences) / n) for stem, n in counts.items()}


def with_unseen(weight: Mapping[str, float], extraction: Extraction) -> dict[str, float]:
    """Add the stems of a document that the story does not have: they are as rare as any of it."""
    rarest = max(weight.values(), default=1.0)
    unseen = {stem: rarest for s in extraction.sentences for stem in stems(s.words)}
    return {**unseen, **weight}


def _by_sentence(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.kind != "statement":
            found.setdefault(claim.frame.index, []).append(claim)
    return found


def describe(left: Side, right: Side, known: Known | None = None) -> tuple[list[tuple[int, int]], Floats]:
    """Return the candidate pairs of two sides as row indices, and their features, a row a pair.

    Candidates are the pairs that are near in meaning once their values are masked, and the ages of one
    person, wherever they are told. What ``known`` holds of them is not computed again, and what is computed
    is put there.
    """
    clause, event, sentence, phrase = (
        np.asarray(a @ b.T, dtype=np.float64)
        for a, b in (
            (left.clause, right.clause),
            (left.event, right.event),
            (left.sentence, right.sentence),
            (left.phrase, right.phrase),
        )
    )
    rows, columns = np.nonzero(
        (clause > CLAUSES_NEAR) | (sentence > SENTENCES_NEAR) | _bearers(left.profiles, right.profiles)
    )
    if len(rows) > MOST_PAIRS:
        nearest = np.argsort(-(clause + sentence)[rows, columns], kind="stable")[:MOST_PAIRS]
        rows, columns = rows[np.sort(nearest)], columns[np.sort(nearest)]
    pairs = list(zip(rows.tolist(), columns.tolist(), strict=True))
    looked_at = (clause, event, sentence, phrase, sentence > TWINS)
    meaning = np.stack([m[rows, columns] for m in looked_at], axis=1)
    found: list[Rows] = [{} if known is None else known.setdefault(p.content, {}) for p in left.profiles]
    levels = Levels()
    plain = [_kept(found[i], left.profiles[i], right.profiles[j], left.weight, levels) for i, j in pairs]
    return pairs, np.hstack([meaning, np.array(plain).reshape(len(pairs), len(NAMES) - len(MEANING))])


def _kept(
    found: Rows, a: Profile, b: Profile, weight: Mapping[str, float], levels: Levels
) -> tuple[float, ...]:
    row = found.get(b.claim.id)
    if row is None:
        row = found[b.claim.id] = _plain(a, b, weight, levels)
    return row


def _plain(a: Profile, b: Profile, weight: Mapping[str, float], levels: Levels) -> tuple[float, ...]:
    return (*_values(a, b, levels), *_words(a, b, weight), *_people(a, b), *_circumstances(a.claim, b.claim))


# ---------------------------------------------------------------- values
def _values(x: Profile, y: Profile, levels: Levels) -> tuple[float, ...]:
    a, b = x.claim, y.claim
    level = levels.of(a, b)
    same_unit, other_unit = _units(a, b)
    telling = specificity(a, b) if level.name in SAME_VALUE else 0.0
    # Twelve rifles and twelve sailors have a figure in common by chance.
    apart = other_unit and not same_head(a, b)
    return (
        same_unit,
        other_unit,
        float(level.relation == "agreement"),
        0.0 if apart else telling,
        telling if apart else 0.0,
        _distance(a, b),
        *_siblings(x, y, levels),
    )


def _units(a: Claim, b: Claim) -> tuple[float, float]:
    """Whether the units are the same, and whether they are both known and of different things."""
    x, y = (v.unit if isinstance(v, Quantity) else None for v in (a.value, b.value))
    if (
        isinstance(a.value, Quantity)
        and isinstance(b.value, Quantity)
        and a.value.currency != b.value.currency
    ):
        return 0.0, 1.0
    # Any two percentages have the same unit, and any two sums in dollars: that says nothing.
    telling = {a.kind, b.kind}.isdisjoint({"percent", "share", "money"})
    return float(telling and x is not None and x == y), float(
        x is not None and y is not None and not convertible(x, y)
    )


def _siblings(x: Profile, y: Profile, levels: Levels) -> tuple[float, float]:
    """Whether other figures of the two sentences agree, or differ throughout; each 0..1.

    Two reports of one thing seldom differ in every figure of a sentence; two things of one sort do.
    """
    agree = differ = 0
    for (a, b), agrees in levels.beside(x.siblings, y.siblings).items():
        if a != x.claim.id and b != y.claim.id:
            agree += agrees
            differ += not agrees
            if agree == MOST_AGREEING:
                return 1.0, 0.0
    return agree / MOST_AGREEING, min(differ, MOST_AGREEING) / MOST_AGREEING if not agree else 0.0


def specificity(a: Claim, b: Claim) -> float:
    """How telling it is that two values are the same, 0..1: digits that count, of three at most.

    Any two stories have a "two" and a "half" in common; two that say 28,500 speak of one thing.
    """
    if {a.kind, b.kind} & {"date", "period"}:
        return 2 / 3
    if "share" in (a.kind, b.kind):
        return 1 / 3
    return min(3, max(1, min(digits(a.value), digits(b.value)))) / 3


def _distance(a: Claim, b: Claim) -> float:
    """How far two numbers are apart, in powers of ten, at most 2."""
    x, y = magnitude(a.value), magnitude(b.value)
    units = [c.value.unit for c in (a, b) if isinstance(c.value, Quantity) and c.value.unit]
    if y is not None and len(units) == 2 and units[0] != units[1] and convertible(*units):
        y = convert(y, units[1], units[0])
    if x is None or y is None or x * y <= 0:
        return 0.0
    return min(2.0, abs(math.log10(x / y)))


# ---------------------------------------------------------------- words
def _words(x: Profile, y: Profile, weight: Mapping[str, float]) -> tuple[float, ...]:
    a, b = x.claim, y.claim
    return (
        float(same_head(a, b)),
        shared(x.modifiers, y.modifiers, weight),
        float(a.predicate is not None and a.predicate == b.predicate),
        _alike(a.subject, b.subject),
        _alike(a.object, b.object),
        _named(x.subject, y.subject)[1],
        _named(x.object, y.object)[1],
        shared(x.clause, y.clause, weight),
        shared(x.sentence, y.sentence, weight),
        shared(x.near, y.near, weight),
        float((x.clause.stems | x.near.stems).isdisjoint(y.clause.stems | y.near.stems)),
    )


def shared(a: Bag, b: Bag, weight: Mapping[str, float]) -> float:
    """Cosine of two sets of stems weighed by rarity, 0..1."""
    common = sorted(a.stems & b.stems)
    return sum(weight.get(w, 1.0) for w in common) / math.sqrt(a.mass * b.mass) if common else 0.0


def _alike(a: str | None, b: str | None) -> float:
    if not a or not b:
        return 0.0
    x, y = set(a.casefold().split()), set(b.casefold().split())
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0


# ---------------------------------------------------------------- people, places, circumstances
def _people(x: Profile, y: Profile) -> tuple[float, ...]:
    return (
        overlap(x.names, y.names),
        float(not x.names or not y.names),
        overlap(x.context, y.context),
        *_named(x.clause_names, y.clause_names),
        *_named(x.near_names, y.near_names),
        float(_same_bearer(x, y)),
    )


def _same_bearer(x: Profile, y: Profile) -> bool:
    """Whether two claims tell the age of one person, who is named."""
    return is_age(x.claim) and is_age(y.claim) and overlap(x.near_names, y.near_names) > 0


def _bearers(left: Sequence[Profile], right: Sequence[Profile]) -> NDArray[np.bool_]:
    """Say of each two claims of two documents whether they tell the age of one person; of a few ages."""
    found = np.zeros((len(left), len(right)), dtype=bool)
    ages = [[i for i, p in enumerate(side) if is_age(p.claim)] for side in (left, right)]
    if len(ages[0]) * len(ages[1]) <= MOST_PAIRS:
        for i, j in product(*ages):
            found[i, j] = _same_bearer(left[i], right[j])
    return found


def _named(a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
    """How far two sets of names overlap, and whether both name something but nothing in common."""
    common = overlap(a, b)
    return common, float(bool(a and b) and common == 0)


def _circumstances(a: Claim, b: Claim) -> tuple[float, ...]:
    f, g = a.frame, b.frame
    return (
        float(same_fate(a, b)),
        float(other_fate(a, b)),
        float(_times_apart(f.times, g.times)),
        float(f.recalled != g.recalled),
        float(f.saying != g.saying),
        float(f.past != g.past),
        float(denies(a) != denies(b)),
        float(a.modality != b.modality),
        _alike(a.speaker, b.speaker) * 2 - 1 if a.speaker and b.speaker else 0.0,
        float(f.position < LEAD and g.position < LEAD),
    )


def _times_apart(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two sentences give times, and none of the one is near one of the other.

    Days of one month are near: reports of one event name the day it happened, the day after, and today.
    """
    x, y = ([months for t in times if (months := _months(t))] for times in (a, b))
    return bool(x and y) and not any(p[0] <= q[1] and q[0] <= p[1] for p in x for q in y)


@lru_cache(maxsize=4096)
def _months(timex: str) -> tuple[str, str] | None:
    """Return the first and the last month of a TIMEX3 date value: a week, a quarter or a year is several."""
    found = bounds(timex)
    if found is None:
        return None
    start, end, _ = found
    last = date.fromisoformat(end[:10]) - timedelta(days=1)
    return start[:7], max(start[:7], last.isoformat()[:7])
