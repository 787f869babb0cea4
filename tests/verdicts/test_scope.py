"""What excuses that two values differ, on sentences that are read for it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from sentences import claims_of

from factcheck.claims.comparison import compare
from factcheck.verdicts.parts import siblings
from factcheck.verdicts.scope import excuse

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/verdicts/scope.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['left'][0]} / {c['right'][0]}")
def test_excuse(nlp: Any, case: dict[str, Any]) -> None:
    told = [claims_of(nlp, case[name][0], name) for name in ("left", "right")]
    left, right = (
        next(c for c in claims if c.anchor.text == case[name][1])
        for name, claims in zip(("left", "right"), told, strict=True)
    )
    assert compare(left, right).relation == "contradiction"
    beside = siblings([*told[0], *told[1]])
    for reason in (excuse(left, right, beside), excuse(right, left, beside)):
        assert (reason or "").startswith(case["excuse"])
        assert bool(reason) == bool(case["excuse"])
