"""Polarity and modality of single clauses."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from factcheck.claims.discourse.assertion import assertion
from factcheck.claims.parse import Sentence, Token, parse
from factcheck.model import Span

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "claims" / "assertion.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['predicate']}: {c['sentence']}")
def test_polarity_and_modality(nlp: Any, case: dict[str, str]) -> None:
    text = case["sentence"]
    (sentence,) = parse(nlp, text, [Span(start=0, end=len(text))])
    predicate = next(t.i for t in sentence.tokens if t.text == case["predicate"])
    assert assertion(sentence, predicate) == (case["polarity"], case["modality"])


def test_a_lone_word_is_asserted() -> None:
    word = Token(0, "Survived", "survived", "survive", "VERB", "VBD", "ROOT", 0, "", 0, 8)
    sentence = Sentence([word], 0, 8, 0, "Survived")
    assert assertion(sentence, 0) == ("positive", "asserted")
