"""Arrange the facts that several documents tell as a table of facts by document."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.model import Claim, Fact, FactVerdict, Report
from factcheck.report.conflicts import opponents
from factcheck.report.references import References, claim_words, is_statement
from factcheck.report.summary import number_of

TOLD, DENIED, SILENT = "✓", "✗", "·"
VERDICT_MARKS: dict[FactVerdict, str] = {
    "contradiction": "≠", "agreement": "=", "undecided": "?", "gap": "",
}  # fmt: skip
MATRIX_KEY = (
    f"≠ contradiction, = agreement, ? undecided; {TOLD} says so, {DENIED} says otherwise, {SILENT} silent"
)
_ROW_ORDER: tuple[FactVerdict, ...] = ("contradiction", "undecided", "agreement", "gap")


@dataclass(frozen=True, slots=True)
class Row:
    """A fact of a matrix: the claim that names it and what each column's document says."""

    fact: Fact
    claim: Claim
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The facts of one story that several documents tell, by document.

    ``columns`` are document ids; ``told_once`` counts the facts left out because one document tells them.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    told_once: int


def matrices(report: Report, references: References) -> list[Matrix]:
    """Return one matrix for each story that has facts told by several documents, contradictions first."""
    stories: dict[str, list[Fact]] = {}
    for fact in report.facts:
        story = references.documents[references.claims[fact.claims[0]].document].story
        stories.setdefault(story, []).append(fact)
    found = [_matrix(story, facts, report, references) for story, facts in stories.items()]
    return [matrix for matrix in found if matrix.rows]


def told_once_line(matrix: Matrix) -> str:
    """Say how many facts of the story are not in the matrix, and where they are."""
    return f"{number_of(matrix.told_once, 'fact')} told by one document only: see gaps."


def _matrix(story: str, facts: list[Fact], report: Report, references: References) -> Matrix:
    several = [fact for fact in facts if len(_documents(fact, references)) > 1]
    several.sort(key=lambda fact: (_ROW_ORDER.index(fact.verdict), -fact.origins))
    telling = {name for fact in several for name in _documents(fact, references)}
    columns = tuple(
        document.id
        for document in report.documents
        if document.id in telling or (document.story == story and document.role == "source")
    )
    against = opponents(pair for pair in report.pairs if pair.relation == "contradiction")
    rows = tuple(_row(fact, columns, against, references) for fact in several)
    return Matrix(columns, rows, len(facts) - len(several))


def _documents(fact: Fact, references: References) -> set[str]:
    return {references.claims[name].document for name in fact.claims}


def _row(fact: Fact, columns: tuple[str, ...], against: dict[str, set[str]], references: References) -> Row:
    claims = references.claims_of(fact.claims)
    opposed = against.get(claims[0].id, set())
    cells = tuple(_cell([c for c in claims if c.document == column], opposed) for column in columns)
    return Row(fact, claims[0], cells)


def _cell(claims: list[Claim], opposed: set[str]) -> str:
    """Say what one document tells: the value itself, or a mark where the value is a whole statement."""
    said = [
        (DENIED if claim.id in opposed else TOLD) if is_statement(claim) else claim_words(claim)
        for claim in claims
    ]
    return " / ".join(dict.fromkeys(said)) or SILENT
