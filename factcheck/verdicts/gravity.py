"""How grave findings are: what severity they get, and which of them fail a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from factcheck.config import Config, FailOn, RuleSeverity
from factcheck.model import Finding

# From the gravest down: failing on one of them fails on those before it too.
GRAVITY: tuple[FailOn, ...] = ("contradiction", "disputed", "unsupported", "gap")
RULE_GRAVITY: Mapping[str, FailOn] = {
    "FC301": "contradiction", "FC302": "contradiction", "FC303": "disputed", "FC202": "unsupported",
    "FC201": "gap",
}  # fmt: skip
# A severity that somebody chose for a rule stands in for the rule's own place: a note never fails.
SEVERITY_GRAVITY: Mapping[RuleSeverity, FailOn] = {"error": "contradiction", "warning": "disputed"}


def with_severities(findings: Iterable[Finding], severities: Mapping[str, RuleSeverity]) -> list[Finding]:
    """Return findings with the severities that somebody chose for their rules, without those that are off."""
    out = []
    for finding in findings:
        severity = severities.get(finding.rule, finding.severity)
        if severity != "off":
            out.append(msgspec.structs.replace(finding, severity=severity))
    return out


def failures(findings: Sequence[Finding], config: Config) -> list[Finding]:
    """Return the findings that are at least as grave as ``config.fail_on``."""
    if config.fail_on == "never":
        return []
    grave = GRAVITY[: GRAVITY.index(config.fail_on) + 1]
    return [f for f in findings if _gravity(f.rule, config.severities) in grave]


def _gravity(rule: str, severities: Mapping[str, RuleSeverity]) -> FailOn:
    chosen = severities.get(rule)
    gravity = RULE_GRAVITY.get(rule) if chosen is None else SEVERITY_GRAVITY.get(chosen)
    return gravity or "never"
