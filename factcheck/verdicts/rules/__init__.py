"""The rules that turn verdicts into findings: FC2xx gap, FC3xx contradiction, FC4xx arithmetic, FC9xx
undecided.

A new rule is one function and one line in ``RULES``.
"""

from __future__ import annotations

from factcheck.model import Finding
from factcheck.verdicts.arithmetic.change import change
from factcheck.verdicts.arithmetic.equivalent import equivalent
from factcheck.verdicts.arithmetic.listed import listed
from factcheck.verdicts.arithmetic.order import order
from factcheck.verdicts.arithmetic.per_unit import per_unit
from factcheck.verdicts.arithmetic.share import share
from factcheck.verdicts.arithmetic.span import span
from factcheck.verdicts.arithmetic.total import total
from factcheck.verdicts.arithmetic.weekday import weekday
from factcheck.verdicts.rules.base import Evidence, Rule
from factcheck.verdicts.rules.contradiction import contradiction
from factcheck.verdicts.rules.draft import contradicted, disputed, unsupported
from factcheck.verdicts.rules.gap import gap
from factcheck.verdicts.rules.undecided import possible, superseded

RULES: dict[str, Rule] = {
    "FC201": gap,
    "FC202": unsupported,
    "FC301": contradiction,
    "FC302": contradicted,
    "FC303": disputed,
    "FC401": weekday,
    "FC402": change,
    "FC403": total,
    "FC404": share,
    "FC405": span,
    "FC406": equivalent,
    "FC408": order,
    "FC409": per_unit,
    "FC410": listed,
    "FC901": possible,
    "FC902": superseded,
}


def find(evidence: Evidence) -> list[Finding]:
    """Apply every rule; findings come in the order of rule, document and place."""
    found = [f for rule in RULES.values() for f in rule(evidence)]
    return sorted(found, key=lambda f: (f.rule, f.primary.document, f.primary.start, f.fingerprint))
