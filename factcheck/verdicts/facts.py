"""Gather pairs into facts: one fact as told by one or several documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from factcheck.model import Claim, Fact, FactVerdict, Pair, Relation, ReportDocument

# Undecided levels at which two claims are still of one fact; the others leave that open.
ONE_FACT = frozenset({"superseded", "hedged", "denied"})


def gather(claims: Sequence[Claim], pairs: Sequence[Pair], documents: Sequence[ReportDocument]) -> list[Fact]:
    """Return the facts of all stories of two documents or more, in the order of their first claim.

    Drafts tell no facts of their own: a gap is something that a source leaves out, and what a draft leaves
    out is shown by its missing from ``sources``.
    """
    by_id = {d.id: d for d in documents}
    stories: dict[str, list[ReportDocument]] = {}
    for document in documents:
        stories.setdefault(document.story, []).append(document)
    facts = []
    for members in _clusters(claims, pairs):
        told = sorted({c.document for c in members})
        story = stories[by_id[told[0]].story]
        if len(story) > 1:
            facts.append(_fact(members, told, story, by_id, pairs))
    return facts


def _clusters(claims: Sequence[Claim], pairs: Sequence[Pair]) -> Iterator[list[Claim]]:
    """Join claims by their pairs, surest first.

    Two claims of one document are joined only where one of them would otherwise be left alone: it says again
    what the other says, and what another document tells too is no gap.
    """
    by_id = {c.id: c for c in claims}
    cluster = {c.id: [c.id] for c in claims}
    ordered = sorted(pairs, key=lambda p: (-p.confidence, p.left, p.right))
    tied = [p for p in ordered if p.relation != "undecided" or p.level in ONE_FACT]
    for again in (False, True):
        for pair in tied:
            a, b = cluster[pair.left], cluster[pair.right]
            apart = {by_id[x].document for x in a}.isdisjoint(by_id[x].document for x in b)
            if a is not b and (apart or (again and 1 in (len(a), len(b)))):
                a.extend(b)
                for x in b:
                    cluster[x] = a
    seen: set[str] = set()
    for claim in claims:
        if claim.id not in seen:
            seen.update(cluster[claim.id])
            yield [by_id[x] for x in cluster[claim.id]]


def _fact(
    members: list[Claim],
    told: list[str],
    story: Sequence[ReportDocument],
    by_id: Mapping[str, ReportDocument],
    pairs: Sequence[Pair],
) -> Fact:
    ids = sorted(c.id for c in members)
    inside = set(ids)
    relations = {p.relation for p in pairs if p.left in inside and p.right in inside}
    return Fact(
        id=hashlib.sha256(" ".join(ids).encode()).hexdigest()[:12],
        claims=tuple(c.id for c in sorted(members, key=lambda c: (c.document, c.start, c.id))),
        verdict=_verdict(relations, told),
        sources=tuple(told),
        origins=len({by_id[d].origin for d in told}),
        missing_from=tuple(d.id for d in story if d.id not in told),
    )


def _verdict(relations: set[Relation], told: Sequence[str]) -> FactVerdict:
    if len(told) == 1:
        return "gap"
    if "contradiction" in relations:
        return "contradiction"
    return "agreement" if "agreement" in relations else "undecided"
