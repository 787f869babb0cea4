"""Who said what: cases, and what holds for every text."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.claims.discourse.attribution import Attribution, find_attributions
from factcheck.claims.parse import parse
from factcheck.model import Span

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "claims" / "attribution.toml").read_text(encoding="utf-8")
)["case"]
WORDS = [
    '"',
    "'",
    "“",
    "”",
    "‘",
    "’",
    "''",
    "said",
    "that",
    "according",
    "to",
    ":",
    ",",
    ".",
    "he",
    "Lee",
    "\n",
]


def paragraphs(text: str) -> list[Span]:
    return [Span(start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]


def attributions(nlp: Any, text: str) -> list[Attribution]:
    return find_attributions(parse(nlp, text, paragraphs(text)))


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_attributions(nlp: Any, case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        [a.source or "", text[a.cue_start : a.cue_end], *(text[c.start : c.end] for c in a.contents)]
        for a in attributions(nlp, text)
    ]
    assert found == case["attributions"]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=30))
def test_offsets_hold_for_any_text(nlp: Any, words: list[str]) -> None:
    text = " ".join(words)
    for a in attributions(nlp, text):
        assert 0 <= a.cue_start < a.cue_end <= len(text)
        assert a.contents
        assert all(0 <= c.start < c.end <= len(text) for c in a.contents)
        assert list(a.contents) == sorted(a.contents, key=lambda c: c.start)
        assert (a.source is None) == (a.source_start is None) == (a.source_end is None)


def test_no_sentences() -> None:
    assert find_attributions([]) == []
