"""Who is meant: names, pronouns and descriptions within one text."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.claims.discourse.reference import resolve_references
from factcheck.claims.parse import Sentence, parse
from factcheck.model import Span

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "claims" / "reference.toml").read_text(encoding="utf-8")
)["case"]
WORDS = [
    "Mr.",
    "Lee",
    "President",
    "he",
    "her",
    "(",
    ")",
    "ROK",
    "-",
    "the",
    "company",
    "'s",
    ".",
    "Jr.",
    "\n",
]


def read(nlp: Any, text: str) -> list[Sentence]:
    blocks = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    return parse(nlp, text, blocks)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_references(nlp: Any, case: dict[str, Any]) -> None:
    sentences = read(nlp, case["text"])
    references = resolve_references(sentences)
    for at, word, full in case.get("refers", ()):
        token = next(t.i for t in sentences[at].tokens if t.text == word)
        assert (references.name(at, token) or "") == full
    for at, word, noun in case.get("antecedents", ()):
        token = next(t.i for t in sentences[at].tokens if t.text.lower() == word.lower())
        place = references.antecedent(at, token)
        assert ("" if place is None else sentences[place[0]].tokens[place[1]].text) == noun
    for at, names in case.get("names", ()):
        assert list(references.names(at)) == names


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=30))
def test_any_text_resolves(nlp: Any, words: list[str]) -> None:
    sentences = read(nlp, " ".join(words))
    references = resolve_references(sentences)
    for index, _ in enumerate(sentences):
        names = references.names(index)
        assert len(set(names)) == len(names)


def test_an_unknown_sentence_has_no_names() -> None:
    references = resolve_references([])
    assert references.names(3) == ()
    assert references.name(3, 0) is None
