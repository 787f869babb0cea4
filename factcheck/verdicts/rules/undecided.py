"""FC901 and FC902: what cannot be decided but may be worth a look."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.model import Finding
from factcheck.verdicts.rules.base import Evidence, finding


def possible(evidence: Evidence) -> Iterator[Finding]:
    """Report a conflict that is likely, but short of the bar for a contradiction."""
    yield from _of_level(evidence, "possible", "FC901", "worth a look")


def superseded(evidence: Evidence) -> Iterator[Finding]:
    """Report an older figure that a later report has overtaken."""
    yield from _of_level(evidence, "superseded", "FC902", "an older figure")


def _of_level(evidence: Evidence, level: str, rule: str, what: str) -> Iterator[Finding]:
    for pair in evidence.pairs:
        if pair.relation == "undecided" and pair.level == level:
            left, right = evidence.claims[pair.left], evidence.claims[pair.right]
            yield finding(rule, "note", f"{what}: {pair.reason}", left, [right], evidence)
