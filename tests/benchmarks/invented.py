"""What `check` makes of invented stories that tell the same facts in unlike words.

    python tests/benchmarks/invented.py [--show]

Each file of ``invented/`` holds three articles and the pairs of their passages that tell one fact: agreeing,
contradictory, or an older figure overtaken by a newer one; and some that only look alike ("trap"). Prints
what pairs of each label came out as, and how many that nobody labelled were decided; ``--show`` lists them.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from factcheck.config import Config
from factcheck.model import Claim, Document, Pair, Span
from factcheck.pipeline import Engine, check

FOLDER = Path(__file__).with_name("invented")
# Of several pairs between two passages the first of these counts; for those that agree, agreement before it.
ORDER = ("contradiction", "agreement", "undecided")


class Passage(NamedTuple):
    """A part of an article: the id of its document, first and last offset."""

    document: str
    start: int
    end: int

    def holds(self, claim: Claim) -> bool:
        """Say whether the value of a claim, or the verb of a statement, stands in it."""
        anchor = claim.anchor
        return claim.document == self.document and anchor.start < self.end and self.start < anchor.end


def documents_of(story: dict[str, Any]) -> list[Document]:
    """Return the articles of a story as documents."""
    told = enumerate(zip(story["articles"], story["published"], strict=True), 1)
    return [
        Document(id=str(n), path=str(n), text=text, published=day, blocks=(Span(start=0, end=len(text)),))
        for n, (text, day) in told
    ]


def passage(story: dict[str, Any], number: int, quote: str) -> Passage:
    """Find a quote, which its article has once."""
    start = story["articles"][number - 1].index(quote)
    return Passage(str(number), start, start + len(quote))


def came_out(label: str, pairs: list[Pair]) -> str:
    """Say what a labelled pair of passages came out as."""
    told = {pair.relation for pair in pairs}
    if label == "agreement" and "agreement" in told:
        return "agreement"
    return next((relation for relation in ORDER if relation in told), "nothing")


def main() -> None:
    """Check each story and print the counts."""
    counts, lines = Counter[tuple[str, str]](), list[tuple[str, ...]]()
    engine = Engine(Config())
    for path in sorted(FOLDER.glob("*.toml")):
        story = tomllib.loads(path.read_text("utf-8"))
        report = check(documents_of(story), engine, story=path.stem)
        claims = {c.id: c for c in report.claims}
        told = [(pair, claims[pair.left], claims[pair.right]) for pair in report.pairs]
        labelled = set[Pair]()
        for a, first, b, second, label, *_ in story["relations"]:
            x, y = passage(story, a, first), passage(story, b, second)
            here = [
                pair
                for pair, left, right in told
                if (x.holds(left) and y.holds(right)) or (x.holds(right) and y.holds(left))
            ]
            labelled.update(here)
            found = came_out(label, here)
            counts[label, found] += 1
            lines.append((label, found, path.stem, first, second))
        for pair, left, right in told:
            if pair not in labelled and pair.relation != "undecided":
                counts["not labelled", pair.relation] += 1
                lines.append(("not labelled", pair.relation, path.stem, left.quote, right.quote))
    for label in dict.fromkeys(label for label, _ in counts):
        print(f"{label:13}", *(f"{found} {n}" for (of, found), n in sorted(counts.items()) if of == label))
    if "--show" in sys.argv:
        for line in sorted(lines):
            print("", *line, sep="\n    ")


if __name__ == "__main__":
    main()
