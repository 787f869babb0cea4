"""How well claims are told apart and judged in unseen stories, of which some pairs are labelled.

    FACTCHECK_DATA=... python tests/benchmarks/unseen.py [--show] [GATES]

GATES is a folder of gates as `train_gate.py --leave-out` writes it; without it the shipped gate is measured,
on stories that are kept from training. Prints the figures of the gates, and how
many pairs of each label (A, C, U, P, D, X: see `PairLabels`) came out as what; ``--show`` the contradictions
that are none.
"""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
from gold import PairLabels, Story, fold_of, pair_stories, place
from train_gate import blocks, evaluate

from factcheck.alignment.gate import load_gate
from factcheck.config import Config
from factcheck.pipeline import Engine, check
from factcheck.sources import read


def verdicts(story: Story, some: PairLabels, engine: Engine, *, show: bool) -> Iterator[tuple[str, str]]:
    """Yield what each labelled pair came out as, and its label."""
    found = read(["-"], input_format="jsonl", stdin=io.BytesIO(story.jsonl().encode()))
    report = check(found, engine, story=story.name)
    claims = {c.id: c for c in report.claims}
    told = {frozenset(place(claims[c]) for c in (p.left, p.right)): p for p in report.pairs}
    for _, left, right, label in some.pairs:
        pair = told.get(frozenset((left, right)))
        yield pair.relation if pair else "nothing", label
        if show and pair and pair.relation == "contradiction" and label not in "CU":
            print(label, pair.reason, *(claims[c].quote for c in (pair.left, pair.right)), sep="\n    ")


def main() -> None:
    """Print the figures, each story scored by the gate of its fold."""
    folders = [Path(a) for a in sys.argv[1:] if a != "--show"]
    gates = {p.stem: str(p) for folder in folders for p in sorted(folder.glob("fold-*.json"))}
    engine = Engine(Config())
    data, came_out = [], Counter[tuple[str, str]]()
    for story, some in pair_stories(held_out=not gates):
        engine.config = msgspec.structs.replace(Config(), gate=gates.get(fold_of(story.name)))
        data += blocks(story, engine, some.label)
        came_out.update(verdicts(story, some, engine, show="--show" in sys.argv))
    shipped = load_gate(None)
    evaluate({b.fold: load_gate(gates[b.fold]) if gates else shipped for b in data}, data)
    for relation in sorted({r for r, _ in came_out}):
        counts = (f"{label} {n}" for (r, label), n in sorted(came_out.items()) if r == relation)
        print(f"{relation:13}", *counts)


if __name__ == "__main__":
    main()
