"""The rules that turn verdicts into findings: FC0xx ignores, FC2xx gap, FC3xx contradiction, FC4xx
arithmetic, FC9xx undecided.

A new rule is one function, whose docstring is the rule's page, and one line in the table below.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from factcheck.model import Finding, Severity
from factcheck.verdicts.arithmetic.change import change
from factcheck.verdicts.arithmetic.equivalent import equivalent
from factcheck.verdicts.arithmetic.listed import listed
from factcheck.verdicts.arithmetic.order import order
from factcheck.verdicts.arithmetic.per_unit import per_unit
from factcheck.verdicts.arithmetic.share import share
from factcheck.verdicts.arithmetic.span import span
from factcheck.verdicts.arithmetic.total import total
from factcheck.verdicts.arithmetic.weekday import weekday
from factcheck.verdicts.rules.base import Evidence, Gravity, Rule
from factcheck.verdicts.rules.contradiction import contradiction
from factcheck.verdicts.rules.draft import contradicted, disputed, unsupported
from factcheck.verdicts.rules.gap import gap
from factcheck.verdicts.rules.ignore import bare, unused
from factcheck.verdicts.rules.undecided import possible, superseded

_TABLE = (
    Rule("FC001", "unused-ignore", "note", None, unused),
    Rule("FC002", "bare-ignore", "note", None, bare),
    Rule("FC201", "gap", "note", "gap", gap),
    Rule("FC202", "unsupported", "note", "unsupported", unsupported),
    Rule("FC301", "contradiction", "error", "contradiction", contradiction),
    Rule("FC302", "contradicted", "error", "contradiction", contradicted),
    Rule("FC303", "disputed", "warning", "disputed", disputed),
    Rule("FC401", "weekday", "warning", None, weekday),
    Rule("FC402", "change", "warning", None, change),
    Rule("FC403", "total", "warning", None, total),
    Rule("FC404", "share", "warning", None, share),
    Rule("FC405", "span", "warning", None, span),
    Rule("FC406", "equivalent", "warning", None, equivalent),
    Rule("FC408", "order", "warning", None, order),
    Rule("FC409", "per-unit", "warning", None, per_unit),
    Rule("FC410", "listed", "warning", None, listed),
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

    A finding that was given another severity than its rule's own is as grave as that severity; one that a
    baseline knows never fails.
    """
    rule = RULES.get(finding.rule)
    if rule is None or fail_on == "never" or finding.standing == "known":
        return False
    gravity = rule.gravity if finding.severity == rule.severity else BY_SEVERITY.get(finding.severity)
    return gravity is not None and GRAVITIES.index(gravity) <= GRAVITIES.index(fail_on)
