"""The editor's arithmetic, case by case: an article against itself, through the whole checker."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from factcheck.config import Config
from factcheck.model import Document, Report, Span
from factcheck.pipeline import Engine, check
from factcheck.verdicts.rules import RULES

CASES = Path(__file__).parents[1] / "cases" / "rules"
RULE_FILES = sorted(CASES.glob("FC4*.toml"))
ARITHMETIC = sorted(rule for rule in RULES if rule.startswith("FC4"))


def cases() -> list[tuple[str, int, dict[str, Any]]]:
    """Return every case with its rule and its number in the rule's file."""
    found = [(f.stem, tomllib.loads(f.read_text("utf-8"))["case"]) for f in RULE_FILES]
    return [(rule, number, case) for rule, listed in found for number, case in enumerate(listed, 1)]


ALL = cases()


def document(name: str, case: dict[str, Any], role: Any = "source") -> Document:
    text = case["text"]
    published = case.get("published", "2026-01-06") or None
    whole = (Span(start=0, end=len(text)),)
    return Document(id=name, path=f"{name}.txt", text=text, published=published, blocks=whole, role=role)


@pytest.fixture(scope="module")
def engine(nlp: Any) -> Engine:
    engine = Engine(Config(use_cache=False))
    engine._nlp = nlp
    return engine


def checked(engine: Engine, case: dict[str, Any], role: Any = "source") -> Report:
    return check([document("case", case, role)], engine)


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "case"), [(r, c) for r, _, c in ALL], ids=[f"{r}-{n}" for r, n, _ in ALL])
def test_case(rule: str, case: dict[str, Any], engine: Engine) -> None:
    found = [f for f in checked(engine, case).findings if f.rule in ARITHMETIC]
    if "sum" not in case:
        assert not found, [f.message for f in found]
        return
    assert [f.rule for f in found] == [rule]
    assert case["sum"] in found[0].message
    assert found[0].severity == "warning"
    places = [case["text"][p.start : p.end] for p in (found[0].primary, *found[0].related)]
    assert set(case["places"]) == set(places)


@pytest.mark.slow
def test_drafts_are_checked_against_themselves_too(engine: Engine) -> None:
    case = next(case for _, _, case in ALL if "sum" in case)
    assert [f.rule for f in checked(engine, case, "draft").findings if f.rule in ARITHMETIC]


def test_every_rule_has_as_many_silent_cases_as_telling_ones() -> None:
    assert [f.stem for f in RULE_FILES] == ARITHMETIC
    for rule in ARITHMETIC:
        telling = [case for of, _, case in ALL if of == rule and "sum" in case]
        silent = [case for of, _, case in ALL if of == rule and "sum" not in case]
        assert len(telling) >= 4
        assert len(silent) >= len(telling)
    assert len(ALL) >= 120
