"""What describing pairs of claims costs, and what some features mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from sentences import claims_of

from factcheck.alignment import features
from factcheck.claims.levels import Level
from factcheck.config import Config
from factcheck.model import Claim, Document, Span
from factcheck.pipeline import Engine, check


def _tables() -> Iterator[Document]:
    for name, first in (("a", 10), ("b", 200)):
        sold = ", ".join(f"{first + n} loaves in May" for n in range(12))
        text = f"The mill at Marlow sold {sold} and closed."
        yield Document(id=name, path=name, text=text, blocks=(Span(start=0, end=len(text)),))


@pytest.mark.usefixtures("loaded_models")
def test_no_two_values_are_compared_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every pair of a sentence looks at all the others beside it: in a table that is the fourth power."""
    asked: Counter[tuple[str, str]] = Counter()
    compare = features.compare

    def counted(left: Claim, right: Claim) -> Level:
        asked[left.id, right.id] += 1
        return compare(left, right)

    monkeypatch.setattr(features, "compare", counted)
    report: Any = check(_tables(), Engine(Config(use_cache=False)), story="marlow")
    assert len([c for c in report.claims if c.kind == "count"]) == 24
    assert len(asked) > 100
    assert max(asked.values()) == 1


def test_times_are_near_by_the_months_they_cover() -> None:
    near = [
        ("2026-03-05", "2026-W10"),
        ("2026-Q1", "2026-02"),
        ("2026", "2026-03-05"),
        ("2026-SP", "2026-04"),
    ]
    apart = [
        ("2026-03-05", "2026-W20"),
        ("2026-Q1", "2026-04"),
        ("2025", "2026-03-05"),
        ("2026-03", "2026-04"),
    ]
    assert [features._times_apart([a], [b]) for a, b in near] == [False] * len(near)
    assert [features._times_apart([a], [b]) for a, b in apart] == [True] * len(apart)


@pytest.mark.parametrize(
    ("left", "right", "digits", "apart"),
    [
        ("1,000,000 loaves", "1,000,000 rolls", 1, 0.0),
        ("half of the loaves", "50 percent of the loaves", 1, 0.0),
        ("28,500 loaves", "28,500 loaves", 3, 0.0),
        ("two weeks", "14 days", 1, 0.0),
        ("12 loaves", "120 loaves", 2, 1.0),
    ],
)
def test_numbers_are_seen_as_what_they_mean(
    nlp: Any, left: str, right: str, digits: int, apart: float
) -> None:
    one, other = (_value(nlp, f"The mill at Marlow worked {w} for the town.") for w in (left, right))
    assert features.specificity(one, other) == pytest.approx(digits / 3)
    assert features._distance(one, other) == pytest.approx(apart)


def _value(nlp: Any, text: str) -> Claim:
    return next(c for c in claims_of(nlp, text) if c.kind != "statement")
