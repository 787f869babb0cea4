"""Cross-check the labelled stories, each with a gate trained on the others, and write the JSON reports.

    FACTCHECK_DATA=... python tests/benchmarks/cross.py FOLDER [GATES]

FOLDER receives STORY.json for each labelled cluster; GATES is a folder of STORY.json gates as
`train_gate.py --leave-out` writes it, without which every story is checked with the shipped gate.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import msgspec
from gold import stories

from factcheck.config import Config
from factcheck.pipeline import Engine, check
from factcheck.report import render
from factcheck.sources import read


def main() -> None:
    """Write one report a story."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    engine = Engine(Config())
    for story in stories(seeds=True):
        if len(sys.argv) > 2 and story.name != "seeds":
            gate = str(Path(sys.argv[2]) / f"{story.name}.json")
            engine.config = msgspec.structs.replace(Config(), gate=gate)
        else:
            engine.config = Config()
        found = read(["-"], input_format="jsonl", stdin=io.BytesIO(story.jsonl().encode()))
        (target / f"{story.name}.json").write_text(render(check(found, engine), "json"), "utf-8")


if __name__ == "__main__":
    main()
