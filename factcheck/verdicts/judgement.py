"""Judge aligned pairs: do the two claims agree, contradict each other, or can nobody honestly say?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factcheck.alignment.pairing import Candidate
from factcheck.claims.comparison import Level, compare
from factcheck.config import Config
from factcheck.verdicts.scope import Siblings, excuse, siblings
from factcheck.model import Claim, Document, Pair, Quantity, Statement

# Without an entailment model a negation is the only sign of conflict between statements, and a weak one.
STATEMENT_CONFLICT = 0.9


def judge(
    candidates: Sequence[Candidate],
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    config: Config,
) -> list[Pair]:
    """Return the pairs that are about the same fact, each with its relation and the reason for it."""
    beside = siblings(claims.values())
    judged = (_judge(c, claims[c.left], claims[c.right], documents, beside, config) for c in candidates)
    return [pair for pair in judged if pair is not None]


def _judge(
    candidate: Candidate,
    left: Claim,
    right: Claim,
    documents: Mapping[str, Document],
    beside: Siblings,
    config: Config,
) -> Pair | None:
    level = _weigh(compare(left, right), left, right)
    if level.relation == "contradiction":
        level = excuse(left, right, beside) or level
    if level.name == "different" and _overtaken(left, right, documents):
        level = Level("undecided", "superseded", "the later report may have overtaken the earlier one")
    if level.relation == "contradiction":
        bar = STATEMENT_CONFLICT if isinstance(left.value, Statement) else config.contradict_at
        if candidate.confidence < bar:
            level = Level("undecided", "possible", f"{level.reason}, if both are about the same fact")
    elif candidate.confidence < config.agree_at:
        return None
    if level.name == "incomparable" and candidate.confidence < config.contradict_at:
        return None
    return Pair(
        left=candidate.left, right=candidate.right, relation=level.relation, level=level.name,
        reason=_reason(level, left, right), similarity=candidate.similarity, confidence=candidate.confidence,
    )  # fmt: skip


def _weigh(level: Level, left: Claim, right: Claim) -> Level:
    """Something planned or possible neither confirms nor contradicts the same thing done."""
    tentative = {"planned", "possible", "conditional", "questioned"}
    if level.relation == "contradiction" and (left.modality in tentative) != (right.modality in tentative):
        return Level("undecided", "hedged", "one states what the other only expects or considers possible")
    return level


def _overtaken(left: Claim, right: Claim, documents: Mapping[str, Document]) -> bool:
    """Say whether two counts differ that may have grown between two known dates of publication."""
    older, newer = sorted((left, right), key=lambda c: documents[c.document].published or "")
    dates = documents[older.document].published, documents[newer.document].published
    if None in dates or dates[0] == dates[1] or left.kind != "count":
        return False
    a, b = older.value, newer.value
    if not isinstance(a, Quantity) or not isinstance(b, Quantity) or a.number is None or b.number is None:
        return False
    return b.number > a.number and _evolves(older) and _evolves(newer)


def _evolves(claim: Claim) -> bool:
    return claim.frame.past and not claim.frame.times


def _reason(level: Level, left: Claim, right: Claim) -> str:
    if isinstance(left.value, Statement):
        return level.reason
    return f"{level.reason}: “{left.anchor.text}” and “{right.anchor.text}”"
