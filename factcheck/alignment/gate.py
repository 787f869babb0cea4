"""The same-fact gate: two small logistic regressions, the second of which knows the competition.

The first scores a pair by its own features. The second adds how the pair ranks among all candidates of its
two documents and by what margin: two figures about casualties may both be likely partners of a third, but
only one of them is the best. Weights are data (``gate.json``), trained by ``tests/benchmarks/train_gate.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec
import numpy as np

from factcheck.alignment.features import GROUPS, NAMES, Floats
from factcheck.errors import UsageError
from factcheck.model import Frozen

COMPETITION = ("score", "best_of_left", "best_of_right", "margin_left", "margin_right")


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

    def probabilities(self, group: str, pairs: Sequence[tuple[int, int]], rows: Floats) -> Floats:
        """Return for each candidate pair of two documents the probability that both tell the same fact."""
        if not pairs:
            return np.zeros(0)
        base = self.pair[group].score(rows, NAMES)
        full = np.hstack([rows, competition(pairs, base)])
        return np.asarray(1 / (1 + np.exp(-self.ranked[group].score(full, (*NAMES, *COMPETITION)))))


def competition(pairs: Sequence[tuple[int, int]], base: Floats) -> Floats:
    """Return, a row a pair: its score, whether it is the best of either claim, and its margins.

    A margin is the score less that of the claim's best other candidate, within -5..5 (5 without one).
    """
    by_left: dict[int, list[float]] = {}
    by_right: dict[int, list[float]] = {}
    for (i, j), score in zip(pairs, base, strict=True):
        by_left.setdefault(i, []).append(float(score))
        by_right.setdefault(j, []).append(float(score))
    rows = []
    for (i, j), score in zip(pairs, base, strict=True):
        margins = [_margin(float(score), rivals) for rivals in (by_left[i], by_right[j])]
        rows.append([float(score), float(margins[0] >= 0), float(margins[1] >= 0), *margins])
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(COMPETITION))


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
