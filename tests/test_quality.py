"""Floors on labelled data: what a change may not fall below.

The data is not part of the project: FACTCHECK_DATA names its folder.
"""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from benchmarks.gold import stories
from benchmarks.measures import quantity_f1, story_scores, time_f1

from factcheck.config import Config
from factcheck.model import Claim
from factcheck.pipeline import Engine, check, claims_of, split
from factcheck.sources import read

DATA = Path(os.environ.get("FACTCHECK_DATA") or "missing")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="FACTCHECK_DATA does not name a folder of labelled data"),
]
# The labelled stories are real articles that nothing was tuned on one by one; 1.0 means not one is wrong.
FLOORS = {
    "claim recall": 0.95, "value accuracy": 0.95, "event recall": 0.8, "agreement precision": 0.95,
    "agreement recall": 0.7, "contradiction precision": 1.0, "contradiction recall": 1.0, "traps": 1.0,
    "gaps": 1.0, "junk": 1.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(nlp: Any) -> Engine:
    engine = Engine(Config(use_cache=False))
    engine._nlp = nlp
    return engine


@pytest.fixture(scope="module")
def scores(engine: Engine) -> dict[str, float]:
    """The scores on the story that the project started from."""
    (story,) = (story for story in stories(seeds=True) if story.name == "seeds")
    report = check(read(["-"], input_format="jsonl", stdin=io.BytesIO(story.jsonl().encode())), engine)
    return story_scores(story, report)


@pytest.mark.parametrize("measure", FLOORS)
def test_floor_on_a_real_story(scores: dict[str, float], measure: str) -> None:
    assert scores[measure] >= FLOORS[measure], scores


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines() if line.strip()]


def mentions_in(rows: list[dict[str, Any]], engine: Engine) -> list[Claim]:
    told = [{"id": row["id"], "text": row["text"], "published": row.get("dct")} for row in rows]
    raw = "".join(json.dumps(row) + "\n" for row in told).encode()
    documents, _ = split(read(["-"], input_format="jsonl", stdin=io.BytesIO(raw)))
    claims, skipped = claims_of(documents, engine, mentions=True)
    assert not skipped
    return claims


def test_floor_on_quantities(engine: Engine) -> None:
    rows = rows_of("quant_newsquant.jsonl")
    assert quantity_f1(rows, mentions_in(rows, engine)) >= 0.92


def test_floors_on_time_expressions(engine: Engine) -> None:
    rows = rows_of("timex_tempeval3.jsonl")
    found, valued = time_f1(rows, mentions_in(rows, engine))
    assert found >= 0.90
    assert valued >= 0.78
