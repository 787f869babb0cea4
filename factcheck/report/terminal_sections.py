"""The sections of the terminal report, in the order an editor needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from factcheck.model import Claim, DraftCheck, DraftVerdict, Fact, Finding, Report, ReportDocument
from factcheck.report.conflicts import NO_CONFLICT, Conflict, Doubt, conflicts, doubts, versions_line
from factcheck.report.matrix import matrices
from factcheck.report.notes import notes
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
from factcheck.report.references import References, claim_words, is_statement
from factcheck.report.summary import number_of, summarise
from factcheck.report.terminal_matrix import print_matrix
from factcheck.report.terminal_pieces import capped, grid, heading, indented, quote, words
from factcheck.report.text import sentence, shorten, visible

# A terminal report is read top to bottom: each list shows its most useful entries and counts the rest.
MOST_DOUBTS, MOST_AGREEMENTS = 10, 20
MOST_UNSUPPORTED = 20
# Gaps are many: so many of each sort and source.
MOST_GAPS = 6
SHORT_QUOTE = 120
MOST_PUBLISHER = 24
_DRAFT_STYLES: dict[DraftVerdict, str] = {
    "contradicted": "red", "disputed": "yellow", "unsupported": "cyan", "supported": "green",
}  # fmt: skip


def print_report(console: Console, report: Report) -> None:
    """Print every section that has something to say, and the summary last."""
    references = References(report)
    likely, undecided = doubts(report, references)
    _print_documents(console, report, references)
    if report.draft is not None:
        _print_draft(console, report, references)
    _print_conflicts(console, conflicts(report, references), references)
    _print_miscalculations(console, miscalculations(report), references)
    _print_doubts(console, "Worth a look", likely, references)
    _print_doubts(console, "Undecided", undecided, references)
    _print_agreements(console, agreements(report), references)
    _print_gaps(console, silences(report, references), references)
    for matrix in matrices(report, references):
        print_matrix(console, matrix, references)
    _print_notes(console, report)
    _print_skipped(console, report)
    console.print()
    console.print(Rule(style="dim"))
    console.print(words(headline(report, references), "bold"))


# ---------------------------------------------------------------- documents
def _print_documents(console: Console, report: Report, references: References) -> None:
    publisher = max((len(visible(document.publisher or "")) for document in report.documents), default=0)
    table = grid(_widest(references.letters.values()), min(publisher, MOST_PUBLISHER), None)
    copied = copies(report, references)
    for document in report.documents:
        letter = references.letters[document.id]
        line = _document_line(document, copied.get(document.id))
        table.add_row(words(letter, "bold"), words(document.publisher or ""), line)
    console.print(table)


def _document_line(document: ReportDocument, copied: str | None) -> Text:
    line = words(document.path)
    title = document.title and shorten(document.title, SHORT_QUOTE)
    for part in (document.published, title, copied and f"same origin as {copied}"):
        if part:
            line.append("  ").append_text(words(part.strip(), "dim"))
    return line


def _widest(letters: Iterable[str]) -> int:
    return max(map(len, letters), default=1)


# ---------------------------------------------------------------- draft
def _print_draft(console: Console, report: Report, references: References) -> None:
    counts = summarise(report).draft
    heading(console, "Draft", len(report.draft or ()), "blue")
    problems = draft_problems(report, references)
    unsupported = [check for check in problems if check.verdict == "unsupported"]
    for check in problems:
        if check.verdict != "unsupported":
            _print_check(console, check, references)
    if unsupported:
        _print_unsupported(console, unsupported, references)
    if counts:
        console.print(words(draft_line(counts), "bold"))


def _print_unsupported(console: Console, checks: Sequence[DraftCheck], references: References) -> None:
    """List what no source supports; what comes near is among the pairs that are worth a look."""
    drafts = {references.claims[check.claim].document for check in checks}

    def entry(check: DraftCheck) -> tuple[Claim, Text]:
        claim = references.claims[check.claim]
        where = references.line_words(claim) if len(drafts) == 1 else references.place(claim)
        return claim, words(where, "dim")

    def show(shown: Sequence[DraftCheck]) -> None:
        table = _claims_table(list(map(entry, shown)), _DRAFT_STYLES["unsupported"], console.width)
        console.print(indented(table))

    console.print(words("unsupported", f"bold {_DRAFT_STYLES['unsupported']}"))
    capped(console, checks, MOST_UNSUPPORTED, show)
    console.print()


def _print_check(console: Console, check: DraftCheck, references: References) -> None:
    style = _DRAFT_STYLES[check.verdict]
    claim = references.claims[check.claim]
    verdict = Text.assemble((check.verdict, f"bold {style}"), "  ", words(references.place(claim), "dim"))
    console.print(verdict)
    console.print(indented(quote(claim, style)))
    console.print(indented(words(sentence(check.reason))))
    _print_tellings(console, references.claims_of(check.evidence), style, references, draft=claim)
    console.print()


# ---------------------------------------------------------------- contradictions and doubts
def _print_conflicts(console: Console, found: Sequence[Conflict], references: References) -> None:
    heading(console, "Contradictions", len(found), "red")
    if not found:
        console.print(words(NO_CONFLICT))
    for number, conflict in enumerate(found, start=1):
        if number > 1:
            console.print()
        console.print(Text.assemble((f"{number}  ", "bold"), words(versions_line(conflict), "bold red")))
        if conflict.reason:
            console.print(indented(words(sentence(conflict.reason)), 3))
        _print_tellings(console, conflict.claims, "red", references)


def _print_tellings(
    console: Console,
    claims: Iterable[Claim],
    style: str,
    references: References,
    draft: Claim | None = None,
) -> None:
    """Print each claim's quote under its document's letter, with publisher, file and line.

    Beside a draft's claim, each also says what it does to that.
    """
    claims = list(claims)
    table = grid(_widest(references.letters[claim.document] for claim in claims), None)
    for claim in claims:
        bearing = references.evidence_words(draft, claim) if draft else None
        parts = (bearing, references.publisher(claim), references.place(claim))
        table.add_row(words(references.letters[claim.document], "bold"), quote(claim, style))
        table.add_row("", words(", ".join(part for part in parts if part), "dim"))
    console.print(indented(table, 3))


def _print_miscalculations(console: Console, found: Sequence[Finding], references: References) -> None:
    if not found:
        return
    heading(console, "Does not add up", len(found), "yellow")
    for number, finding in enumerate(found):
        if number:
            console.print()
        places = dict.fromkeys(references.spot(place) for place in (finding.primary, *finding.related))
        before, value, after = references.passage(finding.primary)
        console.print(words(f"{finding.rule}  {sentence(finding.message)}", "bold yellow"))
        quoted = Text.assemble("“", before, (value, "bold yellow"), after, "”", overflow="fold")
        console.print(indented(quoted, 3))
        console.print(indented(words(", ".join(places), "dim"), 3))


def _print_doubts(console: Console, title: str, found: Sequence[Doubt], references: References) -> None:
    if not found:
        return
    heading(console, title, len(found), "yellow")

    def show(shown: Sequence[Doubt]) -> None:
        for number, doubt in enumerate(shown):
            if number:
                console.print()
            console.print(words(doubt.words, "bold yellow"))
            console.print(indented(words(sentence(doubt.pair.reason)), 3))
            _print_tellings(console, (doubt.left, doubt.right), "yellow", references)

    capped(console, found, MOST_DOUBTS, show)


# ---------------------------------------------------------------- agreements and gaps
def _print_agreements(console: Console, facts: Sequence[Fact], references: References) -> None:
    if not facts:
        return
    heading(console, "Agreements", len(facts), "green")

    def entry(fact: Fact) -> tuple[Claim, Text, Text]:
        letters = words(", ".join(references.letters_of(fact.sources)), "bold")
        sources = number_of(len(fact.sources), "source")
        origins = words(f"{sources}, {number_of(fact.origins, 'origin')}")
        return references.claims_of(fact.claims)[0], letters, origins

    def show(shown: Sequence[Fact]) -> None:
        console.print(_claims_table(list(map(entry, shown)), "green", console.width))

    capped(console, facts, MOST_AGREEMENTS, show)


def _print_gaps(console: Console, found: Sequence[Silence], references: References) -> None:
    if not found:
        return
    heading(console, "Gaps", sum(len(silence.facts) for silence in found), "cyan")

    def entry(fact: Fact) -> tuple[Claim, Text]:
        claim = references.claims_of(fact.claims)[0]
        return claim, words(references.line_words(claim), "dim")

    def show(shown: Sequence[Fact]) -> None:
        console.print(indented(_claims_table(list(map(entry, shown)), "cyan", console.width)))

    for silence in found:
        told, silent = ", ".join(silence.told_by), ", ".join(silence.silent)
        console.print(
            Text.assemble(f"{silence.what} only in ", (told, "bold"), (f", not in {silent}", "dim"))
        )
        capped(console, silence.facts, MOST_GAPS, show)


def _claims_table(entries: Sequence[tuple[Claim, *tuple[Text, ...]]], style: str, width: int) -> Table:
    """Lay claims out as value, quote, and what stands beside them; statements leave the value blank."""
    values = [words("" if is_statement(claim) else claim_words(claim), style) for claim, *_ in entries]
    widest = min(max(value.cell_len for value in values), width // 5)
    beside = len(entries[0]) - 1
    table = grid(*([widest] if widest else []), None, *[None] * beside)
    for value, (claim, *rest) in zip(values, entries, strict=True):
        cells = (value, quote(claim, style, SHORT_QUOTE), *rest)
        table.add_row(*(cells if widest else cells[1:]))
    return table


def _print_notes(console: Console, report: Report) -> None:
    for title, listed in notes(report):
        heading(console, title, len(listed), "blue")
        for note in listed:
            console.print(Text.assemble(words(note.place, "bold"), "  ", words(note.rule, "dim")))
            console.print(indented(words(sentence(note.words))))


def _print_skipped(console: Console, report: Report) -> None:
    if not report.skipped:
        return
    heading(console, "Not checked", len(report.skipped), "magenta")
    table = grid(None, None)
    for skipped in report.skipped:
        table.add_row(words(skipped.path, "bold"), words(skipped.reason))
    console.print(table)
