"""Draw claims of the labelled stories, with a fixed seed, to be read and judged one by one.

Set FACTCHECK_DATA to the folder of labelled data. Prints one block for each claim; the verdicts of the last
reading are kept in ``claims_judged.toml`` beside this script.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent))

from gold import stories

from factcheck.config import Config
from factcheck.model import Claim, Document
from factcheck.pipeline import Engine
from factcheck.sources import STDIN, read

Drawn = tuple[str, Document, Claim]
SEED, COUNT = 20260122, 100


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--count", type=int, default=COUNT)
    options = asked.parse_args()
    for number, drawn in enumerate(draw(list(claims()), options.seed, options.count), 1):
        print(block(number, *drawn))


def draw(found: list[Drawn], seed: int, count: int) -> list[Drawn]:
    """Draw claims by the digest of their places, so that a changed rule leaves most of a sample as it was."""

    def rank(drawn: Drawn) -> str:
        story, document, claim = drawn
        place = f"{seed} {story} {document.path} {claim.kind} {claim.anchor.start} {claim.anchor.end}"
        return hashlib.sha256(place.encode()).hexdigest()

    chosen = {id(d) for d in sorted(found, key=rank)[:count]}
    return [d for d in found if id(d) in chosen]


def claims() -> Iterator[Drawn]:
    """Yield every claim of the labelled stories with its story and document, in order."""
    engine = Engine(Config())
    for story in stories():
        stream = io.BytesIO(story.jsonl().encode())
        for document in read([STDIN], input_format="jsonl", stdin=stream):
            if isinstance(document, Document):
                for claim in engine.extract(document).claims:
                    yield story.name, document, claim


def block(number: int, story: str, document: Document, claim: Claim) -> str:
    """Show a claim, its value and the paragraph it stands in."""
    start = document.text.rfind("\n", 0, claim.start) + 1
    end = document.text.find("\n", claim.end)
    value = {k: v for k, v in msgspec.to_builtins(claim.value).items() if k != "type"}
    lines = (
        f"{number}. {claim.id} {story}/{document.path} {claim.kind} [{claim.anchor.text}] {value}",
        f"   {claim.subject} | {claim.predicate} | {claim.object}"
        f"   ({claim.polarity}, {claim.modality}; speaker {claim.speaker})",
        f"   claim: {' '.join(claim.quote.split())}",
        f"   text:  {document.text[start : end if end > 0 else None]}",
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
