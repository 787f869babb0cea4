"""FC301: sources contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.model import Finding
from factcheck.verdicts.rules.base import Evidence, finding


def contradiction(evidence: Evidence) -> Iterator[Finding]:
    """Report two sources that tell the same fact with values that cannot both be right.

    One finding for each pair of sources; the related place is the other side.
    """
    for pair in evidence.pairs:
        left, right = evidence.claims[pair.left], evidence.claims[pair.right]
        roles = {evidence.documents[c.document].role for c in (left, right)}
        if pair.relation == "contradiction" and roles == {"source"}:
            both = f"{evidence.publisher(left)} and {evidence.publisher(right)}"
            message = f"{both} contradict each other: {pair.reason}"
            yield finding("FC301", "error", message, left, [right], evidence)
