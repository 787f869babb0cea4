"""FC302 contradicted, FC303 disputed and FC202 unsupported claims of a draft."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.model import DraftVerdict, Finding, Severity
from factcheck.verdicts.rules.base import Evidence, finding


def contradicted(evidence: Evidence) -> Iterator[Finding]:
    """Report a claim of a draft that sources contradict and none supports."""
    yield from _of_verdict(evidence, "contradicted", "FC302", "error", "the draft is contradicted")


def disputed(evidence: Evidence) -> Iterator[Finding]:
    """Report a claim of a draft that some sources support and others contradict."""
    yield from _of_verdict(evidence, "disputed", "FC303", "warning", "the sources dispute this")


def unsupported(evidence: Evidence) -> Iterator[Finding]:
    """Report a claim of a draft that no source tells."""
    yield from _of_verdict(evidence, "unsupported", "FC202", "note", "no source supports this")


def _of_verdict(
    evidence: Evidence, verdict: DraftVerdict, rule: str, severity: Severity, what: str
) -> Iterator[Finding]:
    for check in evidence.draft:
        if check.verdict == verdict:
            related = [evidence.claims[c] for c in check.evidence]
            claim = evidence.claims[check.claim]
            yield finding(rule, severity, f"{what}: {check.reason}", claim, related, evidence)
