"""How well the gate tells pairs of claims of stories that neither it nor its bars were made with.

    FACTCHECK_DATA=... python tests/benchmarks/unseen.py [GATE.json]

`same_fact.jsonl` has a line for each story: its articles, and pairs of claims as group, left and right claim
(number of the article, start and end of the value, or of the whole claim for statements and offices) and
label: A one fact told compatibly, C one fact and a contradiction, U one fact at two times, P a part, another
scope or an overlap, D different facts, X broken. It holds offsets into the articles and none of their text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gold import Story, data_folder
from train_gate import Label, blocks, evaluate

from factcheck.alignment.gate import load_gate
from factcheck.config import Config
from factcheck.model import Claim
from factcheck.pipeline import Engine

LABELS = Path(__file__).with_name("same_fact.jsonl")
ONE_FACT, OPEN = "ACU", "X"


def label_of(row: dict[str, Any]) -> Label:
    """Return what tells of two claims of a story whether they are labelled as one fact."""
    told = {
        (group, *_place(row, left), *_place(row, right)): label for group, left, right, label in row["pairs"]
    }

    def label(group: str, left: Claim, right: Claim) -> int | None:
        found = told.get((group, *_span(left), *_span(right)), OPEN)
        # Two statements that overlap may be one fact to one reader and two to the next.
        unclear = found == OPEN or (found == "P" and left.kind == "statement")
        return None if unclear else int(found in ONE_FACT)

    return label


def _place(row: dict[str, Any], spot: Sequence[int]) -> tuple[str, int, int]:
    return row["documents"][spot[0]], spot[1], spot[2]


def _span(claim: Claim) -> tuple[str, int, int]:
    if claim.kind == "statement":
        return claim.document, claim.start, claim.end
    return claim.document, claim.anchor.start, claim.anchor.end


def main() -> None:
    """Print the figures of the shipped gate, or of the one that is named."""
    articles = {}
    for line in (data_folder() / "corpus_stories.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        articles[article["id"]] = article
    engine, gate = Engine(Config()), load_gate(sys.argv[1] if len(sys.argv) > 1 else None)
    data = []
    for line in LABELS.read_text("utf-8").splitlines():
        row = json.loads(line)
        kept = ("id", "text", "published", "publisher")
        rows = [{"path": i, **{k: articles[i].get(k) or None for k in kept}} for i in row["documents"]]
        data += blocks(Story(row["story"], rows, {}), engine, label_of(row))
    evaluate(dict.fromkeys([b.story for b in data], gate), data)


if __name__ == "__main__":
    main()
