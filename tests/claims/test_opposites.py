"""Statements by opposite verbs and adjectives, and by who does it to whom."""

from __future__ import annotations

from typing import Any

import pytest
from sentences import claims_of

from factcheck.claims.comparison import compare
from factcheck.claims.opposites import are_opposite
from factcheck.model import Claim


@pytest.mark.parametrize(
    ("left", "right", "opposite"),
    [
        ("approve", "reject", True),
        ("turn down", "vote to approve", True),
        ("be safe", "be unsafe", True),
        ("be unable to reach", "be able to reach", False),
        ("prove", "improve", False),
        ("approve", "adopt", False),
        (None, "reject", False),
    ],
)
def test_opposites(left: str | None, right: str | None, *, opposite: bool) -> None:
    assert are_opposite(left, right) == are_opposite(right, left) == opposite


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("The council approved the bridge.", "The council rejected the bridge.", "opposite statement"),
        ("The council did not approve the bridge.", "The council rejected the bridge.", "same statement"),
        ("The council approved the bridge.", "The council adopted the bridge.", "same statement"),
        ("The mill is safe.", "The mill is unsafe.", "opposite statement"),
        ("Ida Holm sued Petra Nilsen.", "Petra Nilsen sued Ida Holm.", "exchanged roles"),
        ("Ida Holm met Petra Nilsen.", "Petra Nilsen met Ida Holm.", "same statement"),
        ("Ida Holm sued Petra Nilsen.", "Ida Holm sued Jonas Berg.", "same statement"),
    ],
)
def test_level(nlp: Any, left: str, right: str, level: str) -> None:
    one, other = (_statement(nlp, text) for text in (left, right))
    assert compare(one, other).name == compare(other, one).name == level


def _statement(nlp: Any, text: str) -> Claim:
    return next(c for c in claims_of(nlp, text) if c.kind == "statement")
