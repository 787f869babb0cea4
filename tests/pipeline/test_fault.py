"""A fault of our own in one document costs that document, not the run."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from factcheck import pipeline
from factcheck.config import Config
from factcheck.model import Document, Extraction
from factcheck.pipeline import Engine, check
from factcheck.sources import read

ROWS = b"""{"id": "good", "text": "The port closed for 3 days, the harbour master said on Monday."}
{"id": "bad", "text": "The port closed for 4 days, the mayor said on Monday."}
"""


def test_a_document_that_defeats_the_rules_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.extract

    def faulty(document: Document, nlp: Any) -> Extraction:
        if document.id == "bad":
            raise KeyError("season")
        return real(document, nlp)

    monkeypatch.setattr(pipeline, "extract", faulty)
    found = read(["-"], input_format="jsonl", stdin=BytesIO(ROWS))
    report = check(found, Engine(Config(use_cache=False)))
    assert [d.id for d in report.documents] == ["good"]
    (skipped,) = report.skipped
    assert skipped.stage == "extract"
    assert "season" in skipped.reason
