"""Train the same-fact gate from labelled stories and write its weights.

    FACTCHECK_DATA=... python tests/benchmarks/train_gate.py OUT.json            from all stories
    FACTCHECK_DATA=... python tests/benchmarks/train_gate.py --leave-out FOLDER  a file for each

Logistic regressions, deterministic (lbfgs, no sampling). The second layer learns from first-layer scores of
stories the first layer has not seen, as it will meet them in use.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np
from gold import Labels, Story, stories
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from factcheck.alignment.features import GROUPS, NAMES, describe, rarity, sides
from factcheck.alignment.gate import COMPETITION, Gate, Layer, competition
from factcheck.alignment.names import fold_names
from factcheck.config import Config
from factcheck.model import Document
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


class Block:
    """The candidate pairs of one group of two documents."""

    def __init__(
        self, story: str, group: str, pairs: list[tuple[int, int]], rows: np.ndarray, labels: list[int | None]
    ):
        self.story, self.group, self.pairs, self.rows = story, group, pairs, rows
        self.labels = np.array([np.nan if x is None else x for x in labels], dtype=float)


def blocks(story: Story, engine: Engine) -> list[Block]:
    """Describe all candidate pairs of a story."""
    import io

    found = read(["-"], input_format="jsonl", stdin=io.BytesIO(story.jsonl().encode()))
    documents = [d for d in found if isinstance(d, Document)]
    labels = Labels(story, {d.id: d for d in documents})
    extractions = [engine.extract(d) for d in documents]
    vectors = [engine.encoder.vectors(e) for e in extractions]
    folded = fold_names([[n for s in e.sentences for n in s.names] for e in extractions])
    weight = rarity(extractions)
    prepared = [sides(e, v, folded, weight) for e, v in zip(extractions, vectors, strict=True)]
    out = []
    for a, b in combinations(prepared, 2):
        for group in sorted(a.keys() & b.keys()):
            pairs, rows = describe(a[group], b[group])
            given = [labels.label(a[group].profiles[i].claim, b[group].profiles[j].claim) for i, j in pairs]
            out.append(Block(story.name, group, pairs, rows, given))
    return out


def fit_layer(data: list[Block], rows: list[np.ndarray], group: str, names: tuple[str, ...]) -> Layer:
    """Fit a logistic regression on standardised features and fold the scale into the weights."""
    x, y = np.vstack(rows), np.concatenate([b.labels for b in data])
    importance = np.concatenate([np.full(len(b.labels), 1.0 if b.group == group else BORROWED) for b in data])
    known = ~np.isnan(y)
    x, y, importance = x[known], y[known], importance[known]
    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=0.3, max_iter=5000)
    model.fit((x - mean) / scale, y, sample_weight=importance)
    weights = model.coef_[0] / scale
    bias = float(model.intercept_[0] - weights @ mean)
    return Layer(
        bias=round(bias, 4), weights={n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}
    )


def train(data: list[Block]) -> Gate:
    """Train both layers of each group."""
    pair, ranked = {}, {}
    for group in sorted(set(GROUPS.values())):
        mine = [b for b in data if b.group in POOL.get(group, (group,))]
        pair[group] = fit_layer(mine, [b.rows for b in mine], group, NAMES)
        ranked[group] = _fit_ranked(mine, group)
    return Gate(pair=pair, ranked=ranked)


def _fit_ranked(data: list[Block], group: str) -> Layer:
    rows, ordered = [], []
    for story in sorted({b.story for b in data}):
        rest = [b for b in data if b.story != story]
        layer = fit_layer(rest, [b.rows for b in rest], group, NAMES)
        for block in (b for b in data if b.story == story):
            base = layer.score(block.rows, NAMES)
            rows.append(np.hstack([block.rows, competition(block.pairs, base)]))
            ordered.append(block)
    return fit_layer(ordered, rows, group, (*NAMES, *COMPETITION))


def evaluate(gates: dict[str, Gate], data: list[Block]) -> None:
    """Print average precision and recall at precision .8 and .5, by group, over stories not trained on."""
    for group in sorted(set(GROUPS.values())):
        chance, labels = [], []
        for block in (b for b in data if b.group == group and b.pairs):
            chance.append(gates[block.story].probabilities(group, block.pairs, block.rows))
            labels.append(block.labels)
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


def main() -> None:
    """Train, report cross-validated figures, write the weights."""
    target = Path(sys.argv[-1])
    engine = Engine(Config())
    data = [b for story in stories() for b in blocks(story, engine)]
    names = sorted({b.story for b in data})
    gates = {n: train([b for b in data if b.story != n]) for n in names}
    evaluate(gates, data)
    if "--leave-out" in sys.argv:
        target.mkdir(parents=True, exist_ok=True)
        for name, gate in gates.items():
            (target / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(gate), indent=1))
    else:
        target.write_bytes(msgspec.json.format(msgspec.json.encode(train(data)), indent=1) + b"\n")


if __name__ == "__main__":
    main()
