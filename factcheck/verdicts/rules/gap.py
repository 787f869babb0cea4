"""FC201: a source is silent on what others tell."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.model import Finding
from factcheck.verdicts.rules.base import Evidence, finding


def gap(evidence: Evidence) -> Iterator[Finding]:
    """Report a figure, date or rank that only one document of a story gives.

    Statements that one article alone makes are the normal case and no finding; they are in the facts.
    """
    for fact in evidence.facts:
        claims = [evidence.claims[c] for c in fact.claims]
        if fact.verdict == "gap" and claims[0].kind != "statement":
            message = f"only {evidence.publisher(claims[0])} gives “{claims[0].anchor.text}”"
            yield finding("FC201", "note", message, claims[0], claims[1:], evidence)
