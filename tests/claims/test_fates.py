"""What befell those that a figure counts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from sentences import claims_of

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/claims/fate.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_fates(nlp: Any, case: dict[str, Any]) -> None:
    counts = [c for c in claims_of(nlp, case["text"]) if c.kind == "count"]
    told = {c.anchor.text: ", ".join(c.frame.fates) for c in counts}
    assert told == dict(line.split(" | ") for line in case["expect"])
