"""Explain a verdict: run the check again over the documents of a report, and keep what the gate saw."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.alignment.pairing import Candidate
from factcheck.alignment.weighing import Weighed, weigh
from factcheck.errors import UsageError
from factcheck.model import Claim, Pair, Report
from factcheck.pipeline import Aligned, Engine, aligned, limits_of, name_keys, report_of
from factcheck.report.explanation import Explained, Rival, render_explanation
from factcheck.report.summary import number_of
from factcheck.sources import read
from factcheck.sources.again import KeptReport, kept_report, read_again
from factcheck.verdicts.judgement import Context, consider, context_of


def explain(asked: str, raw: bytes, path: str, engine: Engine, top: int) -> str:
    """Explain a claim by its id, or a finding by its fingerprint, of the JSON report ``raw`` at ``path``.

    ``top`` is how many candidates of each claim are told.

    Raises:
        UsageError: the report is none, its articles cannot be read, or nothing in it has that name.
    """
    kept = kept_report(raw, path)
    run = aligned(read_again(kept, limits_of(engine.config), read), engine)
    if run.skipped:
        gone = "\n".join(f"{s.path}: {s.reason}" for s in run.skipped)
        raise UsageError(f"an article of {path} cannot be read again (or use --with-text)\n{gone}")
    report = report_of(run, engine.config)
    claims = {c.id: c for c in report.claims}
    found = _asked(asked, kept, report)
    if not found:
        raise UsageError(
            f"{path} has no claim and no finding {asked!r}, or its articles have changed since: check again"
        )
    documents = {t.document.id: t.document for t in run.texts}
    stories = {d.id: d.story for d in report.documents}
    context = context_of(claims, documents, stories, engine.config, name_keys(run))
    told = [_explained(claim, claims, run, report, context, top, engine) for claim in found]
    return render_explanation(told, documents)


def _asked(asked: str, kept: KeptReport, report: Report) -> list[Claim]:
    """Find the claim, or those that a finding is about."""
    finding = next((f for f in kept.findings if f.fingerprint == asked), None)
    if finding is None:
        return [c for c in report.claims if c.id == asked]
    places = {(p.document, p.start, p.end) for p in (finding.primary, *finding.related)}
    found = {c.id: c for c in report.claims if (c.document, c.start, c.end) in places}
    # One clause can hold several claims: those that face each other are meant.
    facing = [p for p in report.pairs if p.relation != "agreement" and {p.left, p.right} <= found.keys()]
    return [found[name] for p in facing for name in (p.left, p.right)] or list(found.values())


def _explained(
    claim: Claim, claims: dict[str, Claim], run: Aligned, report: Report, context: Context, top: int,
    engine: Engine,
) -> Explained:  # fmt: skip
    weighed = weigh(claim, run.texts, run.sources, engine.aligner())
    pairs = {frozenset((p.left, p.right)): p for p in report.pairs}
    # What was reported is told however improbable: it may follow from other pairs.
    reported = [w for w in weighed[top:] if frozenset((claim.id, w.other)) in pairs]
    shown = [*weighed[:top], *reported]
    return Explained(
        claim=claim, verdict=_verdict(claim, report),
        rivals=tuple(_rival(claim, claims[w.other], w, context, pairs) for w in shown),
        others=len(weighed) - len(shown),
    )  # fmt: skip


def _rival(
    claim: Claim, other: Claim, weighed: Weighed, context: Context, pairs: dict[frozenset[str], Pair]
) -> Rival:
    left, right = sorted((claim, other), key=lambda c: c.document)
    candidate = Candidate(left=left.id, right=right.id, similarity=0.0, confidence=weighed.confidence)
    found = consider(candidate, left, right, context)
    return Rival(
        claim=other, weighed=weighed, level=found.level.name, reason=found.level.reason, bar=found.bar,
        excuse=found.excuse, pair=pairs.get(frozenset((claim.id, other.id))),
    )  # fmt: skip


def _verdict(claim: Claim, report: Report) -> str | None:
    checks: Sequence[str] = [f"{d.verdict}: {d.reason}" for d in report.draft or () if d.claim == claim.id]
    facts = [
        f"{f.verdict}, told by {number_of(len(f.sources), 'source')} of {number_of(f.origins, 'origin')}, "
        f"missing from {len(f.missing_from)}"
        for f in report.facts
        if claim.id in f.claims
    ]
    return next(iter([*checks, *facts]), None)
