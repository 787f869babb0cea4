"""Show a report as Markdown, to be pasted into a ticket or a comment; nothing is left out."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.model import Claim, DraftCheck, Fact, Finding, Report
from factcheck.report.conflicts import NO_CONFLICT, Conflict, Doubt, conflicts, doubts, versions_line
from factcheck.report.markdown_text import escape, marked, quote, table
from factcheck.report.matrix import MATRIX_KEY, VERDICT_MARKS, Matrix, matrices, told_once_line
from factcheck.report.notes import Note, notes
from factcheck.report.options import Options
from factcheck.report.overview import (
    Silence,
    agreements,
    copies,
    draft_line,
    draft_problems,
    headline,
    miscalculations,
    silences,
)
from factcheck.report.references import References, claim_words, label
from factcheck.report.summary import summarise
from factcheck.report.text import sentence, shorten

SHORT_QUOTE, LABEL = 120, 80


def render_markdown(report: Report, _options: Options) -> str:
    """Write the whole report as Markdown with GitHub's tables."""
    references = References(report)
    likely, undecided = doubts(report, references)
    sections = [
        ["# Fact check", f"**{headline(report, references)}**", _documents(report, references)],
        _draft(report, references),
        _contradictions(conflicts(report, references), references),
        _miscalculations(miscalculations(report), references),
        _doubts("Worth a look", likely, references),
        _doubts("Undecided", undecided, references),
        _agreements(agreements(report), references),
        _gaps(silences(report, references), references),
        *(_matrix(matrix, references) for matrix in matrices(report, references)),
        *(_notes(title, listed) for title, listed in notes(report)),
        _skipped(report),
    ]
    return "\n\n".join(block for section in sections for block in section) + "\n"


def _documents(report: Report, references: References) -> str:
    copied = copies(report, references)
    rows = []
    for document in report.documents:
        letter = references.letters[document.id]
        title = document.title and shorten(document.title, SHORT_QUOTE)
        cells = (document.publisher, title, document.path, document.published)
        note = f"same origin as {copied[document.id]}" if document.id in copied else ""
        rows.append([f"**{letter}**", *(escape((cell or "").strip()) for cell in cells), note])
    return table(["", "Publisher", "Title", "File", "Published", "Note"], rows)


# ---------------------------------------------------------------- draft
def _draft(report: Report, references: References) -> list[str]:
    counts = summarise(report).draft
    if not counts:
        return []
    blocks = ["## Draft", f"{draft_line(counts)}."]
    if problems := draft_problems(report, references):
        rows = [_check_row(check, references) for check in problems]
        blocks.append(table(["Verdict", "The draft says", "Where", "The sources say", "Why"], rows))
    return blocks


def _check_row(check: DraftCheck, references: References) -> list[str]:
    claim = references.claims[check.claim]
    evidence = [
        f"**{references.letters[telling.document]}** {quote(telling, SHORT_QUOTE)}"
        f" {references.evidence_words(claim, telling)}"
        for telling in references.claims_of(check.evidence)
    ]
    return [
        f"**{check.verdict}**",
        quote(claim, SHORT_QUOTE),
        escape(references.place(claim)),
        "; ".join(evidence) or "nothing",
        escape(sentence(check.reason)),
    ]


# ---------------------------------------------------------------- contradictions and doubts
def _contradictions(found: Sequence[Conflict], references: References) -> list[str]:
    blocks = [f"## Contradictions ({len(found)})"]
    if not found:
        blocks.append(NO_CONFLICT)
    for number, conflict in enumerate(found, start=1):
        blocks.append(f"### {number}. {escape(shorten(versions_line(conflict), SHORT_QUOTE))}")
        if conflict.reason:
            blocks.append(escape(sentence(conflict.reason)))
        rows = [_telling_row(claim, references) for claim in conflict.claims]
        blocks.append(table(["", "Publisher", "Value", "Where"], rows))
        blocks += (_blockquote(claim, references) for claim in conflict.claims)
    return blocks


def _telling_row(claim: Claim, references: References) -> list[str]:
    return [
        f"**{references.letters[claim.document]}**",
        escape(references.publisher(claim) or ""),
        escape(shorten(claim_words(claim), LABEL)),
        escape(references.place(claim)),
    ]


def _blockquote(claim: Claim, references: References) -> str:
    return f"> **{references.letters[claim.document]}** {quote(claim)}"


def _miscalculations(found: Sequence[Finding], references: References) -> list[str]:
    if not found:
        return []
    rows = [
        [
            finding.rule,
            escape(sentence(finding.message)),
            marked(*references.passage(finding.primary, SHORT_QUOTE)),
            ", ".join(dict.fromkeys(escape(references.spot(p)) for p in (finding.primary, *finding.related))),
        ]
        for finding in found
    ]
    return [f"## Does not add up ({len(found)})", table(["Rule", "Sum", "The article says", "Where"], rows)]


def _doubts(title: str, found: Sequence[Doubt], references: References) -> list[str]:
    if not found:
        return []
    rows = [
        [
            escape(shorten(doubt.words, LABEL)),
            quote(doubt.left, SHORT_QUOTE),
            escape(references.place(doubt.left)),
            quote(doubt.right, SHORT_QUOTE),
            escape(references.place(doubt.right)),
            escape(sentence(doubt.pair.reason)),
        ]
        for doubt in found
    ]
    header = ["Values", "One", "Where", "The other", "Where", "Why"]
    return [f"## {title} ({len(found)})", table(header, rows)]


# ---------------------------------------------------------------- agreements, gaps, matrix
def _agreements(facts: Sequence[Fact], references: References) -> list[str]:
    if not facts:
        return []
    rows = []
    for fact in facts:
        told, silent = references.letters_of(fact.sources), references.letters_of(fact.missing_from)
        first = references.claims_of(fact.claims)[0]
        rows.append([quote(first, SHORT_QUOTE), ", ".join(told), str(fact.origins), ", ".join(silent)])
    return [f"## Agreements ({len(facts)})", table(["Fact", "Told by", "Origins", "Not in"], rows)]


def _gaps(found: Sequence[Silence], references: References) -> list[str]:
    if not found:
        return []
    blocks = [f"## Gaps ({sum(len(silence.facts) for silence in found)})"]
    for silence in found:
        told, silent = ", ".join(silence.told_by), ", ".join(silence.silent)
        blocks.append(f"{silence.what} only in **{told}**, not in {silent}:")
        firsts = (references.claims_of(fact.claims)[0] for fact in silence.facts)
        blocks.append(
            "\n".join(f"- {quote(claim, SHORT_QUOTE)} {references.line_words(claim)}" for claim in firsts)
        )
    return blocks


def _matrix(matrix: Matrix, references: References) -> list[str]:
    header = ["", "Fact", *(references.letters[column] for column in matrix.columns)]
    rows = [
        [
            VERDICT_MARKS[row.fact.verdict],
            escape(label(row.claim, LABEL)),
            *(escape(shorten(cell, LABEL)) for cell in row.cells),
        ]
        for row in matrix.rows
    ]
    blocks = [f"## Facts by source ({len(matrix.rows)})", table(header, rows), MATRIX_KEY]
    if matrix.told_once:
        blocks.append(told_once_line(matrix))
    return blocks


def _notes(title: str, listed: Sequence[Note]) -> list[str]:
    rows = [[escape(note.place), note.rule, escape(sentence(note.words))] for note in listed]
    return [f"## {title} ({len(listed)})", table(["Where", "Rule", "What"], rows)]


def _skipped(report: Report) -> list[str]:
    if not report.skipped:
        return []
    rows = [[escape(skipped.path), skipped.stage, escape(skipped.reason)] for skipped in report.skipped]
    return [f"## Not checked ({len(report.skipped)})", table(["File", "Stage", "Reason"], rows)]
