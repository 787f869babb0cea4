"""Find how the comparison of values shifts the probabilities of the entailment head.

    FACTCHECK_DATA=... python tests/benchmarks/fit_relation.py [--count 1500]

For each state of the values (all the same, one different, one unmatched) a factor for each relation, by
maximum likelihood with a slight pull towards one, on training pairs of which both sides hold a value:
labelled ones, and as many made by editing news text with another seed than for the head. Prints the table
``SHIFTS`` of ``factcheck/verdicts/relation.py``, and accuracies without and with it.
"""

from __future__ import annotations

import argparse
import random

import numpy as np
from news_edits import edited_pairs
from train_entailment import NOT_AGREE, ROUNDS, SEED, Pair, given_pairs

from factcheck.config import Config
from factcheck.pipeline import Engine, Question, values_of
from factcheck.verdicts.entailment import LABELS
from factcheck.verdicts.relation import DOUBT, may_hold_value

# As many imagined pairs that the values do not shift, so that a state with few pairs shifts little.
PULL = 10.0


def pairs(count: int) -> list[Pair]:
    """Return ``count`` labelled and ``count`` edited pairs that hold values on both sides."""
    given = [p for p in given_pairs(ROUNDS[-1].given, SEED) if p.label != NOT_AGREE]
    edited = [
        Pair(p, h, list(LABELS).index(label))
        for p, h, label in edited_pairs(8 * count, SEED + 7, ROUNDS[-1].longest_premise)
    ]
    chance = random.Random(SEED)
    drawn = []
    for found in (given, edited):
        telling = [p for p in found if may_hold_value(p.premise) and may_hold_value(p.hypothesis)]
        drawn += chance.sample(telling, min(count, len(telling)))
    return drawn


def fit(chances: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the logarithms (3,) to add to those of ``chances`` (pairs, 3) to make ``labels`` likeliest."""
    shift = np.zeros(3)
    wanted = np.eye(3)[labels].sum(axis=0)
    for _ in range(4000):
        told = np.exp(np.log(chances) + shift)
        told /= told.sum(axis=1, keepdims=True)
        shift += (wanted - told.sum(axis=0) - PULL * shift) / (len(labels) + PULL)
    return shift - shift.max()


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=1500)
    drawn = pairs(options.parse_args().count)
    engine = Engine(Config())
    chances = engine.entailment.probabilities([(p.premise, p.hypothesis) for p in drawn]) + DOUBT
    questions = [Question(id=i, left=p.premise, right=p.hypothesis) for i, p in enumerate(drawn)]
    states = np.array([values_of(q, engine).state for q in questions])
    labels = np.array([p.label for p in drawn])
    for state in ("none", "same", "different", "unmatched"):
        here = states == state
        shift = fit(chances[here], labels[here]) if here.any() else np.zeros(3)
        before = (chances[here].argmax(axis=1) == labels[here]).mean()
        after = ((np.log(chances[here]) + shift).argmax(axis=1) == labels[here]).mean()
        counts = np.bincount(labels[here], minlength=3)
        print(f"{state:10} {np.exp(shift).round(2)}  pairs {counts}  accuracy {before:.3f} -> {after:.3f}")


if __name__ == "__main__":
    main()
