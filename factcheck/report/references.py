"""Resolve a report's cross-references for human readers: claims, documents, letters, lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from msgspec.structs import replace

from factcheck.model import (
    Claim,
    Pair,
    Place,
    Quantity,
    Relation,
    Report,
    ReportDocument,
    Statement,
    Time,
    label_at,
)
from factcheck.report.text import excerpt, shorten
from factcheck.report.wording import value_words
from factcheck.verdicts.rules.base import line_starts

# Bounds that take in the very figure, and would be misquoted as "more than" it.
_INCLUSIVE = re.compile(
    r"(?:at least|at most|up to|as many as|as much as|no (?:less|fewer|more) than)\b", re.IGNORECASE
)
BLANK = "[…]"
QUOTE_LENGTH = 200
# Longer than any honest value, so that a hostile unit cannot flood a table.
_VALUE_LENGTH = 80
_EVIDENCE_WORDS: dict[Relation | None, str] = {
    "agreement": "supports it", "contradiction": "contradicts it", "undecided": "does not settle it",
    None: "",
}  # fmt: skip


class References:
    """Lookups into one report. Sources go by a letter (A, B ... Z, AA), drafts by the word draft."""

    def __init__(self, report: Report) -> None:
        self.claims = {claim.id: claim for claim in report.claims}
        self.documents = {document.id: document for document in report.documents}
        self.letters = _letters(report.documents)
        self._relations = {frozenset((pair.left, pair.right)): pair.relation for pair in report.pairs}
        self._order = {document.id: index for index, document in enumerate(report.documents)}
        self._texts = report.texts
        self._line_starts = {name: line_starts(text) for name, text in report.texts.items()}

    def claims_of(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        """Return claims in the order of the documents, then of the text."""
        found = (self.claims[name] for name in ids)
        return tuple(sorted(found, key=lambda c: (self._order[c.document], c.anchor.start, c.id)))

    def letters_of(self, documents: Iterable[str]) -> tuple[str, ...]:
        """Return the letters of documents, in the order of the documents, each once."""
        return tuple(self.letters[name] for name in sorted(set(documents), key=self._order.__getitem__))

    def drafted(self, pair: Pair) -> bool:
        """Say whether one side of a pair is a draft."""
        sides = (self.claims[pair.left], self.claims[pair.right])
        return any(self.documents[claim.document].role == "draft" for claim in sides)

    def evidence_words(self, draft: Claim, telling: Claim) -> str:
        """Say what a source's claim does to a draft's claim."""
        return _EVIDENCE_WORDS[self._relations.get(frozenset((draft.id, telling.id)))]

    def line(self, claim: Claim) -> int | None:
        """Return the line of a claim's anchor, counted from 1, or None when the text is not at hand."""
        starts = self._line_starts.get(claim.document)
        return bisect_right(starts, claim.anchor.start) if starts else None

    def label(self, claim: Claim) -> str | None:
        """Return the place of a claim in a converted file ("page 2, paragraph 3"), None in any other."""
        return label_at(self.documents[claim.document].places, claim.anchor.start)

    def line_words(self, claim: Claim) -> str:
        """Return "line 12" or the place in a converted file, or nothing when the text is not at hand."""
        line = self.line(claim)
        return self.label(claim) or ("" if line is None else f"line {line}")

    def place(self, claim: Claim) -> str:
        """Return path and line of a claim, as editors and terminals understand them.

        The line of a converted file is in no editor: there the path is followed by the place in the file.
        """
        path, line, label = self.documents[claim.document].path, self.line(claim), self.label(claim)
        if label:
            return f"{path}, {label}"
        return path if line is None else f"{path}:{line}"

    def spot(self, place: Place) -> str:
        """Return path and line of the place of a finding."""
        return f"{self.documents[place.document].path}:{place.line}"

    def passage(self, place: Place, limit: int = QUOTE_LENGTH) -> tuple[str, str, str]:
        """Return what stands before a place in its line of text, the place, and what stands after it.

        All three are visible text, and empty when the text is not at hand.
        """
        text = self._texts.get(place.document, "")
        first = text.rfind("\n", 0, place.start) + 1
        last = text.find("\n", place.end)
        line = text[first : last if last >= 0 else len(text)]
        return excerpt(line, place.start - first, place.end - first, limit)

    def publisher(self, claim: Claim) -> str | None:
        """Return who published the document a claim is from."""
        return self.documents[claim.document].publisher


def is_statement(claim: Claim) -> bool:
    """Say whether a claim has no figure or date: its value is then the whole quote."""
    return isinstance(claim.value, Statement)


def quoted(claim: Claim, limit: int = QUOTE_LENGTH) -> tuple[str, str, str]:
    """Return what stands before a claim's value in its quote, the value, and what stands after it.

    All three are visible text; a quote longer than ``limit`` code points is cut down around the value.
    A statement is its own value, so nothing in it stands out.
    """
    if is_statement(claim):
        return shorten(claim.quote, limit), "", ""
    offset = claim.start
    return excerpt(claim.quote, claim.anchor.start - offset, claim.anchor.end - offset, limit)


def claim_words(claim: Claim) -> str:
    """Say a claim's value in words, or as the article does where the text alone cannot say which is meant."""
    value = claim.value
    if isinstance(value, Time) and not value.resolved and value.weekday is None:
        return shorten(claim.anchor.text, _VALUE_LENGTH)
    if isinstance(value, Quantity) and (bound := _INCLUSIVE.match(claim.anchor.text)):
        words = value_words(replace(value, comparator="exact"))
        return shorten(f"{bound[0].lower()} {words}", _VALUE_LENGTH)
    return shorten(value_words(value), _VALUE_LENGTH)


def label(claim: Claim, limit: int) -> str:
    """Name the fact a claim is about: its quote with the value left blank, in about ``limit`` code points."""
    if is_statement(claim):
        return shorten(claim.quote, limit)
    before, value, after = quoted(claim, limit)
    if any(character.isalnum() for character in before + after):
        return f"{before}{BLANK}{after}"
    return shorten(claim.subject or claim.predicate or value, limit)


def _letters(documents: Iterable[ReportDocument]) -> dict[str, str]:
    documents = list(documents)
    drafts = [document.id for document in documents if document.role == "draft"]
    sources = [document.id for document in documents if document.role == "source"]
    named = {name: _letter(index) for index, name in enumerate(sources)}
    for number, name in enumerate(drafts, start=1):
        named[name] = "draft" if len(drafts) == 1 else f"draft {number}"
    return named


def _letter(index: int) -> str:
    """Count in letters like a spreadsheet: A to Z, then AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
