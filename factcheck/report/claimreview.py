"""Write verdicts as schema.org ClaimReview in JSON-LD, for an editor who wants to publish one.

Source: schema.org, ClaimReview, Claim and Rating.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from factcheck.model import Claim, DraftVerdict, Report, ReportDocument
from factcheck.report.conflicts import conflicts, opponents
from factcheck.report.json_text import dumped
from factcheck.report.options import Options
from factcheck.report.references import References
from factcheck.report.text import sentence, visible

_RATINGS: dict[DraftVerdict, str] = {
    "supported": "Supported by the sources",
    "contradicted": "Contradicted by the sources",
    "disputed": "The sources differ",
    "unsupported": "Not in the sources",
}
# The text is meant to be put between script tags, which these could end.
_ACTIVE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


def render_claimreview(report: Report, _options: Options) -> str:
    """Write a review for each claim of a draft, and for each claim of a source that others contradict.

    What factcheck does not know is left for the editor to add: who reviews, when, and at which address. The
    rating is in words and has no number, because factcheck knows what the sources say, not what is true.
    """
    references = References(report)
    reviews = [*_of_draft(report, references), *_of_conflicts(report, references)]
    return dumped({"@context": "https://schema.org", "@graph": reviews}, indent=2).translate(_ACTIVE)


def _of_draft(report: Report, references: References) -> Iterator[dict[str, Any]]:
    for check in report.draft or ():
        evidence = references.claims_of(check.evidence)
        rating = _RATINGS[check.verdict]
        yield _review(references.claims[check.claim], rating, check.reason, evidence, references)


def _of_conflicts(report: Report, references: References) -> Iterator[dict[str, Any]]:
    pairs = [p for p in report.pairs if p.relation == "contradiction" and not references.drafted(p)]
    against = opponents(pairs)
    for conflict in conflicts(report, references):
        for claim in conflict.claims:
            if claim.id in against:
                evidence = references.claims_of(against[claim.id])
                yield _review(claim, _RATINGS["contradicted"], conflict.reason, evidence, references)


def _review(
    claim: Claim, rating: str, reason: str, evidence: Iterable[Claim], references: References
) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "claimReviewed": visible(claim.quote),
        "itemReviewed": _claim(claim, references.documents[claim.document]),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": rating,
            "ratingExplanation": sentence(visible(reason)),
        },
        "citation": [
            {**_work(references.documents[telling.document]), "text": visible(telling.quote)}
            for telling in evidence
        ],
    }


def _claim(claim: Claim, document: ReportDocument) -> dict[str, Any]:
    """Describe who made a claim, when and where; whether a speaker is a person cannot be known."""
    author = {"name": visible(claim.speaker)} if claim.speaker else _publisher(document)
    return _node("Claim", author=author, datePublished=document.published, appearance=_work(document))


def _work(document: ReportDocument) -> dict[str, Any]:
    url = document.url if document.url and document.url.startswith(("https://", "http://")) else None
    return _node(
        "Article",
        headline=visible(document.title or ""),
        url=url and visible(url),
        publisher=_publisher(document),
        datePublished=document.published,
    )


def _publisher(document: ReportDocument) -> dict[str, Any]:
    return _node("Organization", name=visible(document.publisher or ""))


def _node(kind: str, **properties: Any) -> dict[str, Any]:
    """Make a node of what is known; a node in it of which only the type is known is left out."""
    known = {name: told for name, told in properties.items() if told and set(told) != {"@type"}}
    return {"@type": kind, **known}
