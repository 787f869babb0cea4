"""Give each claim of a draft its verdict from what the sources say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from factcheck.model import Claim, DraftCheck, DraftVerdict, Pair


def check_draft(
    claims: Sequence[Claim],
    drafts: set[str],
    pairs: Sequence[Pair],
    ranks: Mapping[str, int] = MappingProxyType({}),
) -> list[DraftCheck]:
    """Return a verdict for each claim of the documents in ``drafts``, with its evidence.

    Evidence comes in the order of ``ranks``, by which documents are trusted, 0 most; of one rank the surest
    first.
    """
    by_claim: dict[str, list[tuple[Pair, str]]] = {}
    for pair in pairs:
        by_claim.setdefault(pair.left, []).append((pair, pair.right))
        by_claim.setdefault(pair.right, []).append((pair, pair.left))
    by_id = {c.id: c for c in claims}
    return [_check(c, by_claim.get(c.id, ()), by_id, ranks) for c in claims if c.document in drafts]


def _check(
    claim: Claim, found: Sequence[tuple[Pair, str]], by_id: Mapping[str, Claim], ranks: Mapping[str, int]
) -> DraftCheck:
    decided = [(p, other) for p, other in found if p.relation != "undecided"]
    ordered = sorted(decided, key=lambda x: (ranks.get(by_id[x[1]].document, 0), -x[0].confidence, x[1]))
    verdict = _verdict({p.relation for p, _ in ordered})
    wanted = {"supported": "agreement", "contradicted": "contradiction"}.get(verdict)
    reasons = [p.reason for p, _ in ordered if wanted in (None, p.relation)]
    if verdict == "disputed":
        reason = "some sources support it and others contradict it"
    else:
        reason = reasons[0] if reasons else _silence(found)
    return DraftCheck(claim=claim.id, verdict=verdict, evidence=tuple(o for _, o in ordered), reason=reason)


def _verdict(relations: set[str]) -> DraftVerdict:
    if len(relations) == 2:
        return "disputed"
    if "contradiction" in relations:
        return "contradicted"
    return "supported" if relations else "unsupported"


def _silence(found: Sequence[tuple[Pair, str]]) -> str:
    if found:
        pair = max(found, key=lambda x: (x[0].confidence, x[1]))[0]
        return f"no source settles it; nearest: {pair.reason}"
    return "no source says so"
