"""The same-fact gate: two small logistic regressions, the second of which knows the competition.

The first scores a pair by its own features. The second adds how the pair ranks among all candidates of its
two documents and by what margin: two figures about casualties may both be likely partners of a third, but
only one of them is the best. Weights are data (``gate.json``), trained by ``tests/benchmarks/train_gate.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec
import numpy as np

from factcheck.alignment.features import GROUPS, NAMES, Floats
from factcheck.errors import UsageError
from factcheck.model import Frozen

RANKS = ("score", "best_of_left", "best_of_right", "margin_left", "margin_right")
COMPETITION = (*RANKS, "support")
INPUTS = (*NAMES, *COMPETITION)

# A first-layer probability below which a pair bears no witness for others.
WITNESS = 0.1


class Layer(Frozen, frozen=True, kw_only=True):
    """A logistic regression over raw features: probability = sigmoid(bias + sum of weight x feature)."""

    bias: float
    weights: dict[str, float]

    def score(self, rows: Floats, names: Sequence[str]) -> Floats:
        """Return the log-odds of each row."""
        vector = np.array([self.weights.get(n, 0.0) for n in names])
        return np.asarray(rows @ vector + self.bias, dtype=np.float64)


class Gate(Frozen, frozen=True, kw_only=True):
    """The two layers for each group of claim kinds."""

    pair: dict[str, Layer]
    ranked: dict[str, Layer]

    def probabilities(self, group: str, tables: Sequence[Table]) -> list[Floats]:
        """Return for each candidate pair of each two documents the probability that both tell one fact.

        ``tables`` hold all pairs of documents of a story: what third documents say counts too.
        """
        layer = self.ranked[group]
        return [sigmoid(layer.score(rows, INPUTS)) for rows in self.inputs(group, tables)]

    def inputs(self, group: str, tables: Sequence[Table]) -> list[Floats]:
        """Return what the second layer sees of each table: a row a pair, a column for each of INPUTS."""
        base = [self.pair[group].score(t.rows, NAMES) for t in tables]
        return [np.hstack([t.rows, c]) for t, c in zip(tables, competition(tables, base), strict=True)]

    def pushes(self, group: str, row: Floats) -> dict[str, float]:
        """Return by how much each input of a pair moves its log-odds, over both layers."""
        first, second = self.pair[group].weights, self.ranked[group].weights
        through = second.get("score", 0.0)
        weights = {name: second.get(name, 0.0) + through * first.get(name, 0.0) for name in INPUTS}
        # The score is the first layer's sum, which is told by its parts.
        weights["score"] = 0.0
        return {name: weights[name] * float(value) for name, value in zip(INPUTS, row, strict=True)}


@dataclass(frozen=True, slots=True)
class Table:
    """The candidate pairs of one group of two documents: rows of their claims, and features, one row each."""

    left: int
    right: int
    pairs: Sequence[tuple[int, int]]
    rows: Floats


def sigmoid(odds: Floats) -> Floats:
    """Return the probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def competition(tables: Sequence[Table], base: Sequence[Floats]) -> list[Floats]:
    """Return for each table, a row a pair: its score, its rank and margins, and its support.

    Rank says whether it is the best of either claim. A margin is the score less that of the claim's best
    other candidate, within -5..5 (5 without one). Support (0..1) is the strongest chain over a claim of a
    third document: its weaker link's first-layer probability.
    """
    witnesses = _witnesses(tables, base)
    return [
        np.hstack([_ranks(t.pairs, b), _support(t, witnesses).reshape(-1, 1)])
        for t, b in zip(tables, base, strict=True)
    ]


# The likely partners of a claim (document, row) in each other document, with their probability.
Witnesses = dict[tuple[int, int], dict[tuple[int, int], float]]


def _witnesses(tables: Sequence[Table], base: Sequence[Floats]) -> Witnesses:
    found: Witnesses = {}
    for table, scores in zip(tables, base, strict=True):
        chance = sigmoid(scores)
        for at in np.flatnonzero(chance > WITNESS):
            i, j = table.pairs[int(at)]
            one, other = (table.left, i), (table.right, j)
            found.setdefault(one, {})[other] = found.setdefault(other, {})[one] = float(chance[at])
    return found


def _support(table: Table, witnesses: Witnesses) -> Floats:
    support = np.zeros(len(table.pairs))
    for at, (i, j) in enumerate(table.pairs):
        mine, other = witnesses.get((table.left, i), {}), witnesses.get((table.right, j), {})
        chains = [min(p, other[c]) for c, p in mine.items() if c in other]
        support[at] = max(chains, default=0.0)
    return support


def _ranks(pairs: Sequence[tuple[int, int]], base: Floats) -> Floats:
    by_left: dict[int, list[float]] = {}
    by_right: dict[int, list[float]] = {}
    for (i, j), score in zip(pairs, base, strict=True):
        by_left.setdefault(i, []).append(float(score))
        by_right.setdefault(j, []).append(float(score))
    rows = []
    for (i, j), score in zip(pairs, base, strict=True):
        margins = [_margin(float(score), rivals) for rivals in (by_left[i], by_right[j])]
        rows.append([float(score), float(margins[0] >= 0), float(margins[1] >= 0), *margins])
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(RANKS))


def _margin(score: float, rivals: list[float]) -> float:
    if len(rivals) == 1:
        return 5.0
    ordered = sorted(rivals, reverse=True)
    best_other = ordered[1] if score >= ordered[0] else ordered[0]
    return float(np.clip(score - best_other, -5, 5))


@cache
def load_gate(path: str | None) -> Gate:
    """Load the weights at a path, or the shipped ones.

    Raises:
        UsageError: if the file is missing or is no gate.
    """
    try:
        if path is None:
            raw = resources.files("factcheck.alignment").joinpath("gate.json").read_bytes()
        else:
            raw = Path(path).read_bytes()
        gate = msgspec.json.decode(raw, type=Gate)
    except (OSError, ValueError, msgspec.DecodeError, RecursionError) as problem:
        raise UsageError(
            f"gate {path!r} cannot be read: {problem}. Expected a JSON file of weights."
        ) from problem
    missing = sorted(set(GROUPS.values()) - (gate.pair.keys() & gate.ranked.keys()))
    if missing:
        raise UsageError(f"gate {path!r} has no weights for {', '.join(missing)}.")
    return gate
