"""Say what became of each claim, in one word: the verdicts a reader can filter by."""

from __future__ import annotations

from typing import Literal, get_args

from factcheck.model import Claim, Report
from factcheck.report.conflicts import Conflict, Doubt

Standing = Literal[
    "contradicted", "disputed", "contradiction", "worth a look", "unsupported", "undecided",
    "supported", "agreement", "gap", "not compared",
]  # fmt: skip
# Where a claim, or a place in a text, has several, the first of these is shown.
STANDINGS: tuple[Standing, ...] = get_args(Standing)
# Four tones are as many as a reader tells apart at a glance.
TONES: dict[Standing, str] = {
    "contradicted": "against", "contradiction": "against", "disputed": "doubt", "worth a look": "doubt",
    "undecided": "doubt", "supported": "agreed", "agreement": "agreed",
    "unsupported": "alone", "gap": "alone", "not compared": "plain",
}  # fmt: skip


def standings(
    report: Report, conflicts: list[Conflict], likely: list[Doubt], undecided: list[Doubt]
) -> dict[str, Standing]:
    """Map the id of every claim to the gravest of its verdicts.

    ``conflicts``, ``likely`` and ``undecided`` are those of the same report.
    """
    found: dict[str, Standing] = {claim.id: "not compared" for claim in report.claims}

    def note(name: str, standing: Standing) -> None:
        if STANDINGS.index(standing) < STANDINGS.index(found[name]):
            found[name] = standing

    def note_all(claims: tuple[Claim, ...], standing: Standing) -> None:
        for claim in claims:
            note(claim.id, standing)

    for fact in report.facts:
        for name in fact.claims:
            note(name, fact.verdict)
    for conflict in conflicts:
        note_all(conflict.claims, "contradiction")
    for doubt in likely:
        note_all((doubt.left, doubt.right), "worth a look")
    for doubt in undecided:
        note_all((doubt.left, doubt.right), "undecided")
    for check in report.draft or ():
        note(check.claim, check.verdict)
    return found
