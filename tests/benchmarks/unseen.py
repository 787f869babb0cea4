"""How well the gate tells pairs of claims of stories that neither it nor its bars were made with.

    FACTCHECK_DATA=... python tests/benchmarks/unseen.py [--show] [GATE.json]

Prints the figures of the gate, and how many pairs of each label came out as what; ``--show`` the
contradictions that are none.

`same_fact.jsonl` has a line for each story: its articles, and pairs of claims as group, left and right claim
(number of the article, start and end of the value, or of the whole claim for statements and offices) and
label: A one fact told compatibly, C one fact and a contradiction, U one fact at two times, P a part, another
scope or an overlap, D different facts, X broken. It holds offsets into the articles and none of their text.
"""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gold import Story, data_folder
from train_gate import Label, blocks, evaluate

from factcheck.alignment.gate import load_gate
from factcheck.config import Config
from factcheck.model import Claim
from factcheck.pipeline import Engine, check
from factcheck.sources import read

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


def told_stories() -> Iterator[tuple[dict[str, Any], Story]]:
    """Yield each labelled row with the articles of its story."""
    articles = {}
    for line in (data_folder() / "corpus_stories.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        articles[article["id"]] = article
    for line in LABELS.read_text("utf-8").splitlines():
        row = json.loads(line)
        kept = ("id", "text", "published", "publisher")
        rows = [{"path": i, **{k: articles[i].get(k) or None for k in kept}} for i in row["documents"]]
        yield row, Story(row["story"], rows, {})


def verdicts(row: dict[str, Any], story: Story, engine: Engine, *, show: bool) -> Iterator[tuple[str, str]]:
    """Yield what each labelled pair came out as, and its label."""
    found = read(["-"], input_format="jsonl", stdin=io.BytesIO(story.jsonl().encode()))
    report = check(found, engine, story=story.name)
    claims = {c.id: c for c in report.claims}
    told = {frozenset(_span(claims[c]) for c in (p.left, p.right)): p for p in report.pairs}
    for _, left, right, label in row["pairs"]:
        pair = told.get(frozenset((_place(row, left), _place(row, right))))
        yield pair.relation if pair else "nothing", label
        if show and pair and pair.relation == "contradiction" and label not in "CU":
            print(label, pair.reason, *(claims[c].quote for c in (pair.left, pair.right)), sep="\n    ")


def main() -> None:
    """Print the figures of the shipped gate, or of the one that is named."""
    named = [a for a in sys.argv[1:] if a != "--show"]
    engine = Engine(Config(gate=named[0] if named else None))
    data, came_out = [], Counter[tuple[str, str]]()
    for row, story in told_stories():
        data += blocks(story, engine, label_of(row))
        came_out.update(verdicts(row, story, engine, show="--show" in sys.argv))
    evaluate(dict.fromkeys([b.story for b in data], load_gate(engine.config.gate)), data)
    for relation in sorted({r for r, _ in came_out}):
        counts = (f"{label} {n}" for (r, label), n in sorted(came_out.items()) if r == relation)
        print(f"{relation:13}", *counts)


if __name__ == "__main__":
    main()
