"""The rules that turn verdicts into findings: FC2xx gap, FC3xx contradiction, FC9xx undecided.

A new rule is one function, whose docstring is the rule's page, and one line in the table below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

import msgspec

from factcheck.config import RuleSeverity
from factcheck.model import Finding, Severity
from factcheck.verdicts.rules.base import Evidence, Gravity, Rule
from factcheck.verdicts.rules.contradiction import contradiction
from factcheck.verdicts.rules.draft import contradicted, disputed, unsupported
from factcheck.verdicts.rules.gap import gap
from factcheck.verdicts.rules.undecided import possible, superseded

_TABLE = (
    Rule("FC201", "gap", "note", "gap", gap),
    Rule("FC202", "unsupported", "note", "unsupported", unsupported),
    Rule("FC301", "contradiction", "error", "contradiction", contradiction),
    Rule("FC302", "contradicted", "error", "contradiction", contradicted),
    Rule("FC303", "disputed", "warning", "disputed", disputed),
    Rule("FC901", "possible", "note", None, possible),
    Rule("FC902", "superseded", "note", None, superseded),
)
RULES: dict[str, Rule] = {rule.code: rule for rule in _TABLE}
# From the gravest down: failing on one of them fails on those before it too.
GRAVITIES: tuple[Gravity, ...] = get_args(Gravity)
BY_SEVERITY: Mapping[Severity, Gravity] = {"error": "contradiction", "warning": "disputed"}


def find(evidence: Evidence) -> list[Finding]:
    """Apply every rule; findings come in the order of rule, document and place."""
    found = [f for rule in RULES.values() for f in rule.findings(evidence)]
    return sorted(found, key=lambda f: (f.rule, f.primary.document, f.primary.start, f.fingerprint))


def fails(finding: Finding, fail_on: str) -> bool:
    """Say whether a finding is at least as grave as ``fail_on``, a :data:`Gravity` or ``never``.

    A finding that was given another severity than its rule's own is as grave as that severity.
    """
    rule = RULES.get(finding.rule)
    if rule is None or fail_on == "never":
        return False
    gravity = rule.gravity if finding.severity == rule.severity else BY_SEVERITY.get(finding.severity)
    return gravity is not None and GRAVITIES.index(gravity) <= GRAVITIES.index(fail_on)


def with_severities(findings: Iterable[Finding], severities: Mapping[str, RuleSeverity]) -> list[Finding]:
    """Return findings with the severities that are set for their rules, without those that are off."""
    out = []
    for finding in findings:
        severity = severities.get(finding.rule, finding.severity)
        if severity != "off":
            out.append(msgspec.structs.replace(finding, severity=severity))
    return out
