"""Arrange a report for human readers: what the terminal, Markdown and HTML reports all show.

Words that come from an article are handed on as they stand; the renderers make them visible.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import UnsetType

from factcheck.model import DraftCheck, DraftVerdict, Fact, Finding, Report
from factcheck.report.conflicts import conflicts
from factcheck.report.form import DraftCounts, SummaryForm
from factcheck.report.references import References, is_statement
from factcheck.report.summary import number_of, summarise

# The findings of one article against itself.
_WITHIN_ARTICLE = "FC4"
# The order in which a draft's writer wants to know.
_GRAVEST_FIRST: tuple[DraftVerdict, ...] = ("contradicted", "disputed", "unsupported")


@dataclass(frozen=True, slots=True)
class Silence:
    """Facts of one sort that the same documents tell and the same are silent on, given as letters."""

    what: str
    told_by: tuple[str, ...]
    silent: tuple[str, ...]
    facts: tuple[Fact, ...]


def headline(report: Report, references: References) -> str:
    """Sum a report up in one line."""
    counts = summarise(report)
    found = [
        number_of(len(conflicts(report, references)), "contradiction"),
        number_of(counts.facts.agreement, "agreement"),
        number_of(counts.facts.gap, "gap"),
        f"{counts.worth_a_look} worth a look",
    ]
    if rest := counts.pairs.undecided - counts.worth_a_look:
        found.append(f"{rest} undecided")
    if wrong := len(miscalculations(report)):
        found.append(f"{wrong} not adding up")
    if counts.skipped:
        found.append(f"{counts.skipped} skipped")
    line = f"{scope_line(counts)}: {', '.join(found)}"
    return line if isinstance(counts.draft, UnsetType) else f"{line}; draft: {draft_line(counts.draft)}"


def scope_line(counts: SummaryForm) -> str:
    """Say how much was read: documents, stories, independent origins."""
    return ", ".join(
        [
            number_of(counts.documents, "document"),
            number_of(counts.stories, "story", "stories"),
            number_of(counts.origins, "origin"),
        ]
    )


def copies(report: Report, references: References) -> dict[str, str]:
    """Map each document that copies an earlier one to the letter of the first document of its origin."""
    first_of: dict[str, str] = {}
    letters = references.letters
    firsts = {d.id: first_of.setdefault(d.origin, letters[d.id]) for d in report.documents}
    return {name: first for name, first in firsts.items() if first != letters[name]}


def draft_line(counts: DraftCounts) -> str:
    """Sum up the verdicts on a draft, the gravest first."""
    return (
        f"{counts.contradicted} contradicted, {counts.disputed} disputed, "
        f"{counts.unsupported} unsupported, {counts.supported} supported"
    )


def miscalculations(report: Report) -> list[Finding]:
    """Return the findings of articles whose own figures do not fit each other, in the order of the report."""
    return [finding for finding in report.findings if finding.rule.startswith(_WITHIN_ARTICLE)]


def agreements(report: Report) -> list[Fact]:
    """Return the facts that documents agree on, those with most independent tellings first."""
    agreed = [fact for fact in report.facts if fact.verdict == "agreement"]
    return sorted(agreed, key=lambda fact: (-fact.origins, -len(fact.sources)))


def silences(report: Report, references: References) -> list[Silence]:
    """Group the gaps by who tells and who is silent, the most useful first.

    A fact told by several independent sources weighs more than one told once, and a figure or date more
    than a statement.
    """
    gaps = [fact for fact in report.facts if fact.verdict == "gap"]
    gaps.sort(key=lambda fact: (-fact.origins, _is_statement(fact, references)))
    grouped: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Fact]] = {}
    for fact in gaps:
        what = "Statements" if _is_statement(fact, references) else "Figures and dates"
        key = what, references.letters_of(fact.sources), references.letters_of(fact.missing_from)
        grouped.setdefault(key, []).append(fact)
    return [Silence(*key, tuple(facts)) for key, facts in grouped.items()]


def draft_problems(report: Report, references: References) -> list[DraftCheck]:
    """Return what is wrong with the draft, the gravest first, figures and dates before statements.

    Claims that the sources support are not among it.
    """
    checks = sorted(report.draft or (), key=lambda check: is_statement(references.claims[check.claim]))
    return [check for verdict in _GRAVEST_FIRST for check in checks if check.verdict == verdict]


def _is_statement(fact: Fact, references: References) -> bool:
    return is_statement(references.claims[fact.claims[0]])
