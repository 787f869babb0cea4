"""Any text at all is read, taken apart and cross-checked, and every quote is where it is said to be."""

from __future__ import annotations

import io
import json
import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.alignment.embedding import Vectors
from factcheck.config import Config
from factcheck.model import Claim, Document, Extraction
from factcheck.pipeline import Engine, check, claims_of, split
from factcheck.report import FORMATS, render
from factcheck.sources import PLAIN, READERS, read

# What breaks readers of news, whole and broken, and what web pages leave behind.
PIECES = tomllib.loads((Path(__file__).parent.parent / "cases/pipeline/fragments.toml").read_text("utf-8"))
FRAGMENTS = [fragment for group in PIECES.values() for fragment in group]
GAPS = ["", " ", " ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0"]
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(GAPS)), min_size=1, max_size=14).map(
        lambda pairs: "".join(piece + gap for piece, gap in pairs)
    ),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(CHARACTERS, max_size=4)), max_size=8).map(
        " ".join
    ),
    st.text(CHARACTERS, max_size=40),
)
DATES = st.one_of(
    st.none(), st.sampled_from(["2024-02-29", "0001-01-01", "9999-12-31", "x", "1e9", "2024-13-01", ""])
)


class HashEncoder:
    """Stands in for the encoder: unit vectors that depend on the text alone."""

    def vectors(self, extraction: Extraction) -> Vectors:
        frames = [claim.frame for claim in extraction.claims]
        return Vectors(
            clause=_rows([frame.masked for frame in frames]),
            event=_rows([frame.event for frame in frames]),
            phrase=_rows([frame.phrase for frame in frames]),
            sentence=_rows([sentence.masked for sentence in extraction.sentences]),
        )


def _rows(texts: list[str]) -> Any:
    # As wide as the encoder makes it: it cannot tell how wide without a text.
    rows = np.zeros((len(texts), 26 if texts else 1), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for character in text.lower():
            row[ord(character) % 26] += 1
        row[0] += 0.1
        row /= np.linalg.norm(row)
    return rows


@pytest.fixture(scope="module")
def engine(nlp: Any) -> Engine:
    """An engine that compares by letters, so that thousands of texts can be cross-checked."""
    engine = Engine(Config(use_cache=False))
    engine._nlp = nlp
    engine.encoder = HashEncoder()  # type: ignore[assignment]
    return engine


def documents_of(texts: list[str], published: str | None) -> list[Document]:
    rows = [{"id": str(n), "text": text, "published": published} for n, text in enumerate(texts)]
    raw = "\n".join(json.dumps(row) for row in rows).encode()
    documents, skipped = split(read(["-"], input_format="jsonl", stdin=io.BytesIO(raw)))
    assert len(documents) + len(skipped) == len(texts)
    assert all(item.reason for item in skipped)
    return documents


def assert_in_place(claims: list[Claim], documents: list[Document]) -> None:
    texts = {document.id: document.text for document in documents}
    for claim in claims:
        text = texts[claim.document]
        assert text[claim.start : claim.end] == claim.quote
        assert text[claim.anchor.start : claim.anchor.end] == claim.anchor.text
        assert claim.start <= claim.anchor.start < claim.anchor.end <= claim.end


# Twice the same text pairs every claim with itself, so that values of every form are compared too.
@pytest.mark.slow
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(TEXTS, TEXTS, DATES)
def test_no_text_breaks_a_run(engine: Engine, one: str, other: str, published: str | None) -> None:
    documents = documents_of([one, one + other], published)
    report = check(documents, engine)
    assert_in_place(list(report.claims), documents)
    for format in FORMATS:
        render(report, format).encode()


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(TEXTS, DATES)
def test_mentions_are_in_place(engine: Engine, text: str, published: str | None) -> None:
    documents = documents_of([text], published)
    claims, skipped = claims_of(documents, engine, mentions=True)
    assert not skipped
    assert_in_place(claims, documents)


ANY_BYTES = st.one_of(st.binary(max_size=200), TEXTS.map(str.encode))


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(ANY_BYTES, st.sampled_from(sorted(PLAIN)))
def test_any_bytes_are_read_or_skipped(data: bytes, format: str) -> None:
    assert_read_or_skipped(data, format)


# Each conversion starts a process, so few are tried.
@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(ANY_BYTES, st.sampled_from(sorted(READERS.keys() - PLAIN)))
def test_any_bytes_are_converted_or_skipped(data: bytes, format: str) -> None:
    assert_read_or_skipped(data, format)


def assert_read_or_skipped(data: bytes, format: str) -> None:
    for item in read(["-"], input_format=format, stdin=io.BytesIO(data)):
        if not isinstance(item, Document):
            assert item.reason
            continue
        parts = sorted((*item.blocks, *item.boilerplate), key=lambda span: span.start)
        assert all(a.end <= b.start for a, b in pairwise(parts))
        assert all(0 <= span.start < span.end <= len(item.text) for span in parts)


# ---------------------------------------------------------------- long texts
LONG = {
    "one word": "x" * 30_000,
    "digits": "9" * 30_000,
    "brackets": "(" * 6_000 + "15 people" + ")" * 6_000,
    "opening quotes": "“" * 6_000 + " 15 people died.",
    "one list": "The mayor named " + ", ".join(["15 people"] * 1_000) + ".",
    "numerals": "one hundred thousand million " * 800,
    "ranges": "from 5 to 6 to 7 " * 600,
    "months": "January " * 1_200,
    "hyphens": ("-----" + " 15-") * 2_500,
    "address": "https://a.b/" + "c/" * 4_000 + "?d=15 said 15 people.",
    "marks": "e" + "\u0301" * 30_000 + " 15 people died.",
    "short lines": "x\n" * 6_000,
    "table": "| 15 | 2019 | $5 |\n" * 1_500,
    "clauses": "He said that " * 1_000,
    "commas": "," * 8_000,
    "numbers": "1," * 15_000,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("case", LONG)
def test_time_stays_in_proportion(engine: Engine, case: str) -> None:
    """Eight times the text may not take much more than eight times as long, whatever stands in it."""
    long = LONG[case]
    seconds = [_reading_seconds(engine, text) for text in (long[: len(long) // 8], long)]
    assert seconds[1] < 20 * seconds[0] + 1


def _reading_seconds(engine: Engine, text: str) -> float:
    start = time.process_time()
    documents, _ = split(read(["-"], input_format="markdown", stdin=io.BytesIO(text.encode())))
    assert_in_place([c for d in documents for c in engine.extract(d).claims], documents)
    return time.process_time() - start
