"""Find how the comparison of values shifts the probabilities of the entailment head.

    FACTCHECK_DATA=... python tests/benchmarks/fit_relation.py [--count 1500]

For each state of the values (all the same, one different, one unmatched, the first only expected) a factor
for each relation, by maximum likelihood with a slight pull towards one, on pairs that are parsed: labelled
training pairs, and claims of the labelled stories that agree with or contradict each other. Each label of a
source weighs the same. Prints the table ``SHIFTS`` of ``factcheck/verdicts/relation.py``, and accuracies
without and with it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence

import numpy as np
from gold import NUMERIC, stories
from train_entailment import NOT_AGREE, SEED, Pair, labelled_pairs

from factcheck.config import Config
from factcheck.pipeline import Engine, Question, chances_of, values_of
from factcheck.verdicts.entailment import AGREE, CONTRADICT
from factcheck.verdicts.relation import may_be_compared

# As many imagined pairs that the values do not shift, so that a state with few pairs shifts little.
PULL = 10.0
RELATIONS = {"agreement": AGREE, "contradiction": CONTRADICT, "update": CONTRADICT}


def told_by_stories() -> list[Pair]:
    """Return the claims with figures or dates that agree or do not, both ways round."""
    found = []
    for story in stories():
        claims = {c["id"]: c for c in story.gold["claims"]}
        for row in story.gold["relations"]:
            sides = claims[row["a"]], claims[row["b"]]
            if row["relation"] in RELATIONS and all(c["kind"] in NUMERIC for c in sides):
                label = RELATIONS[row["relation"]]
                texts = [c["quote"] for c in sides]
                found += [Pair(texts[0], texts[1], label), Pair(texts[1], texts[0], label)]
    return found


def comparable(pairs: Sequence[Pair], count: int) -> list[Pair]:
    """Draw ``count`` pairs of which something can be compared."""
    telling = [p for p in pairs if p.label != NOT_AGREE and may_be_compared(p.premise, p.hypothesis)]
    return random.Random(SEED).sample(telling, min(count, len(telling)))


def balance(labels: np.ndarray) -> np.ndarray:
    """Return a weight for each pair, with which every label weighs the same, and all together 1."""
    counts = np.bincount(labels, minlength=3)
    return np.array(1 / (counts[labels] * np.count_nonzero(counts)))


def fit(chances: np.ndarray, labels: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the logarithms (3,) to add to those of ``chances`` (pairs, 3) to make ``labels`` likeliest."""
    shift = np.zeros(3)
    wanted = (np.eye(3)[labels] * weight[:, None]).sum(axis=0)
    for _ in range(4000):
        told = np.exp(np.log(chances) + shift)
        told *= (weight / told.sum(axis=1))[:, None]
        shift += (wanted - told.sum(axis=0) - PULL * shift) / (weight.sum() + PULL)
    return shift - shift.max()


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=1500)
    count = options.parse_args().count
    sources = [comparable(found, count) for found in (labelled_pairs(), told_by_stories())]
    drawn = [pair for found in sources for pair in found]
    weight = count * np.concatenate([balance(np.array([p.label for p in found])) for found in sources])
    engine = Engine(Config())
    questions = [Question(id=i, left=p.premise, right=p.hypothesis) for i, p in enumerate(drawn)]
    compared = [values_of(q, engine) for q in questions]
    chances = chances_of(questions, compared, engine)
    states = np.array([values.state for values in compared])
    labels = np.array([p.label for p in drawn])
    for state in ("none", "same", "different", "unmatched", "tentative"):
        here = states == state
        shift = fit(chances[here], labels[here], weight[here]) if here.any() else np.zeros(3)
        before = (chances[here].argmax(axis=1) == labels[here]).mean()
        after = ((np.log(chances[here]) + shift).argmax(axis=1) == labels[here]).mean()
        counts = np.bincount(labels[here], minlength=3)
        print(f"{state:10} {np.exp(shift).round(2)}  pairs {counts}  accuracy {before:.3f} -> {after:.3f}")


if __name__ == "__main__":
    main()
