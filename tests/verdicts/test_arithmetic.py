"""The editor's arithmetic, case by case: an article against itself, through the whole checker."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from factcheck.config import Config
from factcheck.model import Document, Finding, Report, Span
from factcheck.pipeline import Engine, check
from factcheck.verdicts.rules import RULES, fails

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
    whole = (Span(start=0, end=len(text)),)
    return Document(id=name, path=name, text=text, published="2026-01-06", blocks=whole, role=role)


def findings(report: Report) -> dict[str, list[Finding]]:
    """Return the findings of the rules of arithmetic by document."""
    found: dict[str, list[Finding]] = {d.id: [] for d in report.documents}
    for finding in report.findings:
        if finding.rule in ARITHMETIC:
            found[finding.primary.document].append(finding)
    return found


@pytest.fixture(scope="module")
def engine(nlp: Any) -> Engine:
    engine = Engine(Config(use_cache=False))
    engine._nlp = nlp
    return engine


@pytest.fixture(scope="module")
def found(engine: Engine) -> dict[str, list[Finding]]:
    """What the checker finds in each case, each its own article: one run for each rule."""
    told: dict[str, list[Finding]] = {}
    for rule in ARITHMETIC:
        articles = [document(f"{rule}-{n}", case) for of, n, case in ALL if of == rule]
        told |= findings(check(articles, engine))
    return told


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "number", "case"), ALL, ids=[f"{r}-{n}" for r, n, _ in ALL])
def test_case(rule: str, number: int, case: dict[str, Any], found: dict[str, list[Finding]]) -> None:
    told = found[f"{rule}-{number}"]
    if "sum" not in case:
        assert not told, [f.message for f in told]
        return
    assert [f.rule for f in told] == [rule]
    assert case["sum"] in told[0].message
    assert told[0].severity == "warning"
    places = [case["text"][p.start : p.end] for p in (told[0].primary, *told[0].related)]
    assert set(case["places"]) == set(places)


@pytest.mark.slow
def test_drafts_are_checked_against_themselves_too(engine: Engine) -> None:
    case = next(case for _, _, case in ALL if "sum" in case)
    report = check([document("draft", case, "draft"), document("source", {"text": "It rained."})], engine)
    told = findings(report)["draft"]
    assert told
    assert not any(fails(finding, "gap") for finding in told)


def test_every_rule_has_as_many_silent_cases_as_telling_ones() -> None:
    assert [f.stem for f in RULE_FILES] == ARITHMETIC
    for rule in ARITHMETIC:
        telling = [case for of, _, case in ALL if of == rule and "sum" in case]
        silent = [case for of, _, case in ALL if of == rule and "sum" not in case]
        assert len(telling) >= 4
        assert len(silent) >= len(telling)
    assert len(ALL) >= 120
