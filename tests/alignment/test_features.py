"""What describing pairs of claims costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

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
