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
from numpy.typing import NDArray

from factcheck.alignment.features import ALL_GROUPS, NAMES, Floats
from factcheck.errors import UsageError
from factcheck.model import Frozen

COMPETITION = ("score", "best_of_left", "best_of_right", "margin_left", "margin_right")
INPUTS = (*NAMES, *COMPETITION)

# How far a margin counts, in log-odds.
WIDEST = 5.0
# Log-odds that do not tell two pairs apart: the last bits of a vector depend on what was encoded beside it.
TIE = 1e-3
# No sum of weights of this size overflows, and none that was trained comes near it.
HEAVIEST = 1_000_000
MOST_TOLD = 5


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

    def probabilities(self, group: str, table: Table) -> Floats:
        """Return for each candidate pair of two documents the probability that both tell one fact."""
        return sigmoid(self.ranked[group].score(self.inputs(group, table), INPUTS))

    def inputs(self, group: str, table: Table) -> Floats:
        """Return what the second layer sees of a table: a row a pair, a column for each of INPUTS."""
        base = self.pair[group].score(table.rows, NAMES)
        return np.hstack([table.rows, competition(table.pairs, base)])

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


def competition(pairs: Sequence[tuple[int, int]], base: Floats) -> Floats:
    """Return for each pair its first-layer score, and its rank and margin among the pairs of either claim.

    Rank says whether it is the best of the claim. A margin is the score less that of the claim's best other
    candidate, within -WIDEST..WIDEST. The shape is (pairs, COMPETITION).
    """
    left, right = np.array(pairs).T
    found = [margins(claims, base) for claims in (left, right)]
    return np.stack([base, *(m >= -TIE for m in found), *found], axis=1)


def margins(claims: NDArray[np.int64], base: Floats) -> Floats:
    """Return each pair's score less that of the best other pair of the same claim."""
    order = np.lexsort((-base, claims))
    starts = np.flatnonzero(np.diff(claims[order], prepend=-1))
    counts = np.diff(starts, append=len(order))
    best = base[order[starts]]
    second = np.where(counts > 1, base[order[np.minimum(starts + 1, len(order) - 1)]], -np.inf)
    group = np.empty(len(order), dtype=np.int64)
    group[order] = np.repeat(np.arange(len(starts)), counts)
    rival = np.where(base >= best[group], second[group], best[group])
    return np.clip(base - rival, -WIDEST, WIDEST)


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
    for name, layer in ((n, x) for layers in (gate.pair, gate.ranked) for n, x in layers.items()):
        unknown = sorted(layer.weights.keys() - set(INPUTS))
        if unknown:
            raise UsageError(f"gate {path!r}: {name}: no such input: {', '.join(unknown[:MOST_TOLD])}.")
        if not all(abs(w) <= HEAVIEST for w in (layer.bias, *layer.weights.values())):
            raise UsageError(f"gate {path!r}: {name}: a weight is beyond {HEAVIEST:,}.")
    missing = sorted(set(ALL_GROUPS) - (gate.pair.keys() & gate.ranked.keys()))
    if missing:
        raise UsageError(f"gate {path!r} has no weights for {', '.join(missing)}.")
    return gate
