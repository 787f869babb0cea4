"""Extracted claims in the terminal: one table for each document."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from factcheck.model import Claim, Document, label_at
from factcheck.report.references import claim_words, is_statement
from factcheck.report.summary import number_of
from factcheck.report.terminal_pieces import words
from factcheck.report.text import shorten

_ANCHOR, _STATEMENT = 60, 90


def print_claims(console: Console, documents: Sequence[Document], claims: Sequence[Claim]) -> None:
    """Print the claims of each document in the order of its text, and their number last."""
    told: dict[str, list[Claim]] = {document.id: [] for document in documents}
    for claim in claims:
        told[claim.document].append(claim)
    for document in documents:
        console.print(words(document.path, "bold"))
        found = sorted(told[document.id], key=lambda claim: (claim.anchor.start, claim.id))
        console.print(_table(document, found) if found else words("no claims found\n", "dim"))
    counted = number_of(len(claims), "claim")
    console.print(words(f"{counted} in {number_of(len(documents), 'document')}", "bold"))


def _table(document: Document, claims: Sequence[Claim]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", border_style="dim")
    table.add_column("Place" if document.places else "Line", justify="right", no_wrap=True)
    for title in ("Kind", "Words", "Value", "Subject", "Predicate"):
        table.add_column(title, overflow="fold")
    line, at = 1, 0
    for claim in claims:
        line += document.text.count("\n", at, claim.anchor.start)
        at = claim.anchor.start
        place = label_at(document.places, claim.anchor.start) or str(line)
        table.add_row(words(place), *map(words, _cells(claim)))
    return table


def _cells(claim: Claim) -> tuple[str, str, str, str, str]:
    return (
        claim.kind,
        shorten(claim.anchor.text, _ANCHOR),
        shorten(claim.quote, _STATEMENT) if is_statement(claim) else claim_words(claim),
        shorten(claim.subject or "", _STATEMENT),
        shorten(claim.predicate or "", _STATEMENT),
    )
