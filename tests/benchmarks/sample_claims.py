"""Draw claims of the labelled stories, with a fixed seed, to be read and judged one by one.

Set FACTCHECK_DATA to the folder of labelled data. Prints one block for each claim; the verdicts of the last
reading are kept in ``claims_judged.toml`` beside this script.
"""

from __future__ import annotations

import argparse
import io
import random
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

SEED, COUNT = 20260122, 100


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--count", type=int, default=COUNT)
    options = asked.parse_args()
    found = list(claims())
    drawn = random.Random(options.seed).sample(range(len(found)), min(options.count, len(found)))
    for number, at in enumerate(sorted(drawn), 1):
        print(block(number, *found[at]))


def claims() -> Iterator[tuple[str, Document, Claim]]:
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
