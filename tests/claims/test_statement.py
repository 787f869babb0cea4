"""Statements, ranks and the figures of whole claims: behaviour as data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from factcheck.claims.discourse.naming import find_names
from factcheck.claims.extraction import extract
from factcheck.claims.offices import find_offices
from factcheck.claims.parse import Sentence, parse
from factcheck.claims.quantities import find_ordinals
from factcheck.model import Claim, Document, Span

FOLDER = Path(__file__).parents[1] / "cases/claims"


def cases(name: str) -> list[dict[str, Any]]:
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["text"][:40]) for case in table]  # type: ignore[misc]


def claims(nlp: Any, text: str, published: str | None = "2026-03-05") -> list[Claim]:
    blocks = (Span(start=0, end=len(text)),)
    document = Document(id="d", path="d", text=text, published=published, blocks=blocks)
    return list(extract(document, nlp).claims)


def described(claim: Claim) -> dict[str, str]:
    parts = (claim.subject, claim.predicate, claim.object)
    told = {"says": " | ".join(p or "-" for p in parts), "quote": claim.quote}
    if claim.polarity != "positive":
        told["polarity"] = claim.polarity
    if claim.modality != "asserted":
        told["modality"] = claim.modality
    if claim.speaker:
        told["speaker"] = claim.speaker
    return told


@pytest.mark.parametrize("case", cases("statement"))
def test_statements(nlp: Any, case: dict[str, Any]) -> None:
    found = [described(c) for c in claims(nlp, case["text"]) if c.kind == "statement"]
    assert found == case["expect"]


@pytest.mark.parametrize("case", cases("office"))
def test_offices(nlp: Any, case: dict[str, Any]) -> None:
    text, found = case["text"], []
    for sentence in parse(nlp, text, [Span(start=0, end=len(text))]):
        for office in find_offices(sentence, find_names(sentence, 0)):
            told = (" ".join(_words(sentence, part)) for part in (office.name, office.role))
            found.append(" | ".join(told).replace(" 's", "'s"))
    assert found == case["expect"]


def _words(sentence: Sentence, tokens: list[int]) -> list[str]:
    return [sentence.tokens[i].text for i in tokens]


def test_an_office_is_told_once_and_with_its_name_first(nlp: Any) -> None:
    text = "Governor Ida Holm spoke. Ida Holm, the governor, left. Ida Holm, a former judge, is well."
    offices = [c for c in claims(nlp, text) if c.frame.head]
    assert [(c.subject, c.predicate, c.object) for c in offices] == [
        ("Ida Holm", "be", "Governor"), ("Ida Holm", "be", "a former judge"),
    ]  # fmt: skip
    assert [c.frame.masked for c in offices] == ["Ida Holm Governor", "Ida Holm a former judge"]
    assert all(text[c.start : c.end] == c.quote and c.anchor.text in c.quote for c in offices)


@pytest.mark.parametrize(
    ("text", "recalled"),
    [
        ("A storm sank two ferries in March 2025.", [True]),
        ("A storm sank two ferries in March 2025. That storm sank 14 boats.", [True, True]),
        ("A storm sank two ferries in March 2025. The crews saved 14 boats.", [True, False]),
        ("A storm sank two ferries on March 1, 2026.", [False]),
        ("A storm sank two ferries in March 2025 and 14 boats on March 1, 2026.", [False, False]),
        ("A storm sank two ferries.", [False]),
    ],
)
def test_what_was_long_before_the_article_is_recalled(nlp: Any, text: str, recalled: list[bool]) -> None:
    counts = [c for c in claims(nlp, text) if c.kind == "count"]
    assert [c.frame.recalled for c in counts] == recalled
    assert not any(c.frame.recalled for c in claims(nlp, text, published=None))


@pytest.mark.parametrize("case", cases("ordinal"))
def test_ranks(nlp: Any, case: dict[str, Any]) -> None:
    text = case["text"]
    found = []
    for sentence in parse(nlp, text, [Span(start=0, end=len(text))]):
        for mention in find_ordinals(sentence):
            fields = msgspec.to_builtins(mention.value)
            del fields["type"]
            found.append({"anchor": text[mention.start : mention.end], "kind": mention.kind, **fields})
    assert found == case["expect"]


@pytest.mark.parametrize(
    ("text", "anchor", "quote"),
    [
        ("The dam has a lock and holds 40 boats.", "40", "The dam has a lock and holds 40 boats"),
        ("They met Orla Quist, who owns 12 mills.", "12", "Orla Quist, who owns 12 mills"),
        ("The gale hit Marn, tearing off 30 roofs.", "30", "The gale hit Marn, tearing off 30 roofs"),
        ('The raiders took two vans and "a lot of 90 coins."', "90", None),
    ],
)
def test_quotes_begin_with_what_they_are_about(nlp: Any, text: str, anchor: str, quote: str | None) -> None:
    found = next(c for c in claims(nlp, text) if c.anchor.text == anchor)
    assert found.quote == text[found.start : found.end]
    assert found.quote == quote or quote is None


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("They seized seven rifles, a radio and 13 flares.", ["seven", "a", "13"]),
        ("Nine rifles, a shell launcher, 13 flares and a radio set were found.", ["Nine", "a", "13", "a"]),
        ("They took two nets, a small fish trap, ropes and hooks.", ["two", "a"]),
        ("The town has a mill and an inn.", []),
        ("The two countries signed the accord.", []),
        ("These three men were tried.", []),
        ("The four robbers fled.", ["four"]),
        ("The two-time champion retired.", ["two"]),
        ("The Deep Blue Link 3 lines were cut.", []),
        ("We wrote so in today's edition.", []),
    ],
)
def test_figures_that_are_claims(nlp: Any, text: str, anchors: list[str]) -> None:
    assert [c.anchor.text for c in claims(nlp, text) if c.kind != "statement"] == anchors


def test_a_day_of_an_unknown_year_keeps_what_is_known(nlp: Any) -> None:
    (claim,) = (c for c in claims(nlp, "Service resumes by December 31.", None) if c.kind == "date")
    value = msgspec.to_builtins(claim.value)
    assert (value["timex"], value["start"], value["resolved"]) == ("XXXX-12-31", "--12-31", False)
    assert "end" not in value


def test_a_long_chain_of_he_said_is_followed_once(nlp: Any) -> None:
    text = "\n\n".join(f"He said the bridge would open in {1000 + n}." for n in range(400))
    assert {c.speaker for c in claims(nlp, f"The bridge is closed.\n\n{text}")} == {"He", None}
