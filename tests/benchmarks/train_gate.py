"""Train the same-fact gate from labelled stories and write its weights.

    FACTCHECK_DATA=... python tests/benchmarks/train_gate.py OUT.json            from all stories
    FACTCHECK_DATA=... python tests/benchmarks/train_gate.py --leave-out FOLDER  a file for each fold

A fold is a labelled story, or a fourth of the stories of which some pairs are labelled.

Logistic regressions with signs, deterministic (L-BFGS-B, no sampling). The second layer learns from
first-layer scores of stories the first layer has not seen, as it will meet them in use.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np
from gold import Labels, Story, fold_of, pair_stories, stories
from scipy.optimize import minimize
from sklearn.metrics import average_precision_score, roc_auc_score

from factcheck.alignment.features import ALL_GROUPS, NAMES, rarity, sides
from factcheck.alignment.gate import COMPETITION, Gate, Layer, Table, competition
from factcheck.alignment.names import fold_names
from factcheck.alignment.pairing import tabulate
from factcheck.config import Config
from factcheck.model import Claim, Document
from factcheck.pipeline import Engine
from factcheck.sources import read

# A group with few labels also learns from related ones, at a fraction of the weight.
POOL = {
    "date": ("date", "duration", "figure"),
    "duration": ("duration", "figure"),
    "rank": ("rank", "duration", "figure"),
    "figure": ("figure", "date", "duration"),
}
BORROWED = 0.3
# The weight of a pair of a story of which only some pairs are labelled: they were drawn among the doubtful.
DRAWN = 0.5
# The weight of the data against that of the L2 penalty.
STRENGTH = 0.3
# Features that speak against one fact, and those that may speak either way; all others speak for it.
AGAINST = frozenset({
    "other_unit", "far", "siblings_differ", "subject_apart", "object_apart", "no_words",
    "clause_apart", "near_apart", "fate_apart", "times_apart", "recalled_apart", "saying", "tense",
    "polarity", "modality",
})  # fmt: skip
EITHER = frozenset({"no_names", "lead"})


class Block:
    """The candidate pairs of one group of two documents, and whether each tells one fact (nan: open)."""

    def __init__(self, story: str, group: str, table: Table, labels: list[int | None]):
        self.fold, self.group, self.table = fold_of(story), group, table
        self.weight = 1.0 if self.fold == story else DRAWN
        self.labels = np.array([np.nan if x is None else x for x in labels], dtype=float)


# Says of two claims whether they tell one fact; None leaves it open.
Label = Callable[[str, Claim, Claim], int | None]


def labelled(engine: Engine) -> list[Block]:
    """Describe all candidate pairs of the labelled stories, and of those with some labelled pairs."""
    out = []
    for story in stories():
        labels = Labels(story)
        out += blocks(story, engine, lambda _, a, b, told=labels: told.label(a, b))
    for story, some in pair_stories():
        out += blocks(story, engine, some.label)
    return out


def blocks(story: Story, engine: Engine, label: Label) -> list[Block]:
    """Describe all candidate pairs of a story."""
    found = read(["-"], input_format="jsonl", stdin=io.BytesIO(story.jsonl().encode()))
    documents = [d for d in found if isinstance(d, Document)]
    extractions = [engine.extract(d) for d in documents]
    vectors = [engine.encoder.vectors(e) for e in extractions]
    folded = fold_names([[n for s in e.sentences for n in s.names] for e in extractions])
    weight = rarity(extractions)
    prepared = {
        i: sides(e, v, folded, weight) for i, (e, v) in enumerate(zip(extractions, vectors, strict=True))
    }
    out = []
    for group in ALL_GROUPS:
        for table in tabulate(group, prepared, list(combinations(prepared, 2))):
            a, b = prepared[table.left][group], prepared[table.right][group]
            given = [label(group, a.profiles[i].claim, b.profiles[j].claim) for i, j in table.pairs]
            out.append(Block(story.name, group, table, given))
    return out


def fit_layer(data: list[Block], rows: list[np.ndarray], group: str, names: tuple[str, ...]) -> Layer:
    """Fit a logistic regression on standardised features and fold the scale into the weights."""
    x, y = np.vstack(rows), np.concatenate([b.labels for b in data])
    importance = np.concatenate(
        [np.full(len(b.labels), b.weight * (1.0 if b.group == group else BORROWED)) for b in data]
    )
    known = ~np.isnan(y)
    x, y, importance = x[known], y[known], importance[known]
    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale[scale == 0] = 1.0
    fitted = _signed_regression((x - mean) / scale, y, importance, names)
    weights = fitted[:-1] / scale
    bias = float(fitted[-1] - weights @ mean)
    return Layer(
        bias=round(bias, 4), weights={n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}
    )


def _signed_regression(
    x: np.ndarray, y: np.ndarray, importance: np.ndarray, names: Sequence[str]
) -> np.ndarray:
    """Return weights and bias that minimise logistic loss + L2, none against what its feature means.

    Seven stories are few: without the signs some likeness gets a negative weight by chance.
    """
    limits = {AGAINST: (None, 0.0), EITHER: (None, None)}
    signs = [next((limit for those, limit in limits.items() if n in those), (0.0, None)) for n in names]
    target = 2 * y - 1

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = target * (x @ w[:-1] + w[-1])
        slope = -target * importance / (1 + np.exp(margin))
        value = STRENGTH * importance @ np.logaddexp(0, -margin) + w[:-1] @ w[:-1] / 2
        return float(value), np.append(STRENGTH * (x.T @ slope) + w[:-1], STRENGTH * slope.sum())

    start = np.zeros(x.shape[1] + 1)
    bounds = [*signs, (None, None)]
    return np.asarray(
        minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000}).x
    )


def train(data: list[Block]) -> Gate:
    """Train both layers of each group."""
    pair, ranked = {}, {}
    for group in ALL_GROUPS:
        mine = [b for b in data if b.group in POOL.get(group, (group,))]
        pair[group] = fit_layer(mine, [b.table.rows for b in mine], group, NAMES)
        ranked[group] = _fit_ranked(mine, group)
    return Gate(pair=pair, ranked=ranked)


def _fit_ranked(data: list[Block], group: str) -> Layer:
    rows, ordered = [], []
    for fold in sorted({b.fold for b in data}):
        rest = [b for b in data if b.fold != fold]
        layer = fit_layer(rest, [b.table.rows for b in rest], group, NAMES)
        for block in (b for b in data if b.fold == fold):
            told = competition(block.table.pairs, layer.score(block.table.rows, NAMES))
            rows.append(np.hstack([block.table.rows, told]))
            ordered.append(block)
    return fit_layer(ordered, rows, group, (*NAMES, *COMPETITION))


def evaluate(gates: dict[str, Gate], data: list[Block]) -> None:
    """Print average precision and recall at precision .8 and .5, by group, over stories not trained on."""
    for group in ALL_GROUPS:
        chance, labels = [], []
        for fold, gate in gates.items():
            mine = [b for b in data if b.group == group and b.fold == fold]
            chance.extend(gate.probabilities(group, b.table) for b in mine)
            labels.extend(b.labels for b in mine)
        p, y = np.concatenate(chance), np.concatenate(labels)
        p, y = p[~np.isnan(y)], y[~np.isnan(y)]
        if not y.sum():
            continue
        order = np.argsort(-p)
        hits = np.cumsum(y[order])
        precision = hits / np.arange(1, len(y) + 1)
        recall = hits / y.sum()
        at = {bar: recall[precision >= bar].max(initial=0.0) for bar in (0.9, 0.8, 0.5)}
        print(
            f"{group:10} pairs {len(y):6} positive {int(y.sum()):4}  AP {average_precision_score(y, p):.3f} "
            f"AUC {roc_auc_score(y, p):.3f}  recall at P .9/.8/.5: {at[0.9]:.2f} {at[0.8]:.2f} {at[0.5]:.2f}"
        )
        print(f"{'':10} reliability: {_reliability(p, y)}")


def _reliability(p: np.ndarray, y: np.ndarray) -> str:
    """Say for each fifth of the probabilities how many pairs it holds and what share of them is one fact."""
    fifths = np.minimum((p * 5).astype(int), 4)
    told = [(int((fifths == n).sum()), y[fifths == n]) for n in range(5)]
    return "  ".join(
        f"{n / 5:.1f}+ {count} {part.mean() if count else 0:.2f}" for n, (count, part) in enumerate(told)
    )


def main() -> None:
    """Train, report cross-validated figures, write the weights."""
    target = Path(sys.argv[-1])
    engine = Engine(Config())
    data = labelled(engine)
    gates = {n: train([b for b in data if b.fold != n]) for n in sorted({b.fold for b in data})}
    evaluate(gates, [b for b in data if b.weight == 1.0])
    if "--leave-out" in sys.argv:
        target.mkdir(parents=True, exist_ok=True)
        for name, gate in gates.items():
            (target / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(gate), indent=1))
    else:
        target.write_bytes(msgspec.json.format(msgspec.json.encode(train(data)), indent=1) + b"\n")


if __name__ == "__main__":
    main()
