"""Say how two statements relate, without a story around them."""

from __future__ import annotations

from typing import Literal

from factcheck.alignment.embedding import Vectors
from factcheck.alignment.features import GROUPS
from factcheck.claims.comparison import Level, compare
from factcheck.model import Claim, Extraction, Frozen

# Masked cosine of two statements from which they are taken to speak of the same thing, and of two clauses
# from which a difference of their values counts.
SAME_TOPIC = 0.6
SAME_CLAUSE = 0.5


class Related(Frozen, frozen=True, kw_only=True):
    """How two statements relate; ``confidence`` is in 0..1."""

    relation: Literal["agreement", "contradiction", "unrelated", "undecided"]
    confidence: float
    reason: str


def relate(left: Extraction, x: Vectors, right: Extraction, y: Vectors) -> Related:
    """Relate two statements by the values and the polarity of their nearest claims."""
    if not left.sentences or not right.sentences:
        return Related(
            relation="undecided", confidence=0.0, reason="one side says nothing that can be checked"
        )
    topic = float((x.sentence @ y.sentence.T).max())
    levels = [found for found in (_nearest(a, i, x, right, y) for i, a in enumerate(left.claims)) if found]
    conflict = next((level for level in levels if level.relation == "contradiction"), None)
    confidence = round(max(0.0, min(1.0, topic)), 4)
    if conflict:
        return Related(relation="contradiction", confidence=confidence, reason=conflict.reason)
    if topic < SAME_TOPIC:
        return Related(
            relation="unrelated", confidence=round(1 - confidence, 4), reason="they speak of other things"
        )
    return Related(
        relation="agreement", confidence=confidence, reason="they say the same and no value differs"
    )


def _nearest(claim: Claim, row: int, x: Vectors, right: Extraction, y: Vectors) -> Level | None:
    """Compare a claim with the claim of its kind on the other side that is nearest in meaning."""
    group = GROUPS[claim.kind]
    near = [
        (float(x.clause[row] @ y.clause[j]), -j)
        for j, b in enumerate(right.claims)
        if GROUPS[b.kind] == group
    ]
    if not near or max(near)[0] < SAME_CLAUSE:
        return None
    return compare(claim, right.claims[-max(near)[1]])
