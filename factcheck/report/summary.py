"""Count what a report holds."""

from __future__ import annotations

from collections import Counter

from msgspec import UNSET, UnsetType

from factcheck.model import Pair, Report
from factcheck.report.form import DraftCounts, FactCounts, RelationCounts, SummaryForm


def worth_a_look(pair: Pair) -> bool:
    """Say whether a pair is a likely contradiction that is short of the bar."""
    return pair.relation == "undecided" and pair.level == "possible"


def summarise(report: Report) -> SummaryForm:
    """Count documents, stories, independent origins, and everything found, by verdict."""
    sources = [document for document in report.documents if document.role == "source"]
    facts = Counter(fact.verdict for fact in report.facts)
    pairs = Counter(pair.relation for pair in report.pairs)
    return SummaryForm(
        documents=len(report.documents),
        stories=len({document.story for document in sources}),
        origins=len({document.origin for document in sources}),
        claims=len(report.claims),
        facts=FactCounts(
            agreement=facts["agreement"],
            contradiction=facts["contradiction"],
            gap=facts["gap"],
            undecided=facts["undecided"],
        ),
        pairs=RelationCounts(
            agreement=pairs["agreement"],
            contradiction=pairs["contradiction"],
            undecided=pairs["undecided"],
        ),
        worth_a_look=sum(map(worth_a_look, report.pairs)),
        skipped=len(report.skipped),
        draft=_draft_counts(report),
    )


def number_of(count: int, singular: str, plural: str | None = None) -> str:
    """Say a count with its noun: "1 story", "2 stories"."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def _draft_counts(report: Report) -> DraftCounts | UnsetType:
    if report.draft is None:
        return UNSET
    verdicts = Counter(check.verdict for check in report.draft)
    return DraftCounts(
        supported=verdicts["supported"],
        contradicted=verdicts["contradicted"],
        disputed=verdicts["disputed"],
        unsupported=verdicts["unsupported"],
    )
