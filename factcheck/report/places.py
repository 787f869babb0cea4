"""Where findings point: paths, lines and passages, for the formats that other programs read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from factcheck.model import Claim, Finding, Place, Report, ReportDocument, Severity
from factcheck.report.options import Options
from factcheck.report.references import quoted
from factcheck.report.text import visible, visible_path
from factcheck.verdicts.rules import RULES
from factcheck.verdicts.rules.base import line_starts

_ORDER: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of a document's text: half-open offsets, and lines and columns counted from 1.

    Offsets and columns are in code points; ``end_line`` and ``end_column`` are those of the first code point
    past the range.
    """

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a finding.

    ``anchor`` is the part of the text that carries the value, ``quote`` the claim around it; both are None
    when the text is not at hand, ``claim`` also where there is none. ``words`` tell who says what there, as
    visible text.
    """

    document: ReportDocument
    path: str
    line: int
    column: int
    anchor: Passage | None
    quote: Passage | None
    words: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A finding whose places are resolved. ``message`` is visible text, ``name`` that of the rule."""

    finding: Finding
    name: str
    message: str
    primary: Spot
    related: tuple[Spot, ...]

    @property
    def title(self) -> str:
        """The rule's code and name."""
        return f"{self.finding.rule} {self.name}".rstrip()

    @property
    def lines(self) -> list[str]:
        """The message, and a line for each of the other passages."""
        return [self.message, *(f"{spot.path}:{spot.line} {spot.words}" for spot in self.related)]


class Places:
    """Resolves the places of one report."""

    def __init__(self, report: Report, options: Options) -> None:
        self._report = report
        self._root = options.root
        self._documents = {document.id: document for document in report.documents}
        self._starts = {name: line_starts(text) for name, text in report.texts.items()}
        self._claims = {(c.document, c.start, c.end, c.anchor.start): c for c in report.claims}

    def findings(self) -> Iterator[Located]:
        """Yield the findings, the gravest first."""
        for finding in sorted(self._report.findings, key=lambda f: _ORDER.index(f.severity)):
            yield self._located(finding)

    def ignored(self) -> Iterator[tuple[Located, str]]:
        """Yield the findings that documents ask to ignore, and the reasons that they give."""
        for ignored in self._report.ignored:
            yield self._located(ignored.finding), ignored.reason

    def _located(self, finding: Finding) -> Located:
        rule = RULES.get(finding.rule)
        return Located(
            finding,
            rule.name if rule else "",
            visible(finding.message),
            self._spot(finding.primary),
            tuple(map(self._spot, finding.related)),
        )

    def path(self, path: str) -> str:
        """Return a path as other programs look it up: from the root on, with "/" between its parts."""
        told = PurePath(path)
        if self._root is not None and told.is_relative_to(self._root):
            told = told.relative_to(self._root)
        return told.as_posix()

    def byte_column(self, spot: Spot, offset: int) -> int:
        """Return the column of an offset in the spot's text counted in bytes of UTF-8, from 1."""
        starts = self._starts[spot.document.id]
        start = starts[bisect_right(starts, offset) - 1]
        return len(self._report.texts[spot.document.id][start:offset].encode("utf-8", "surrogatepass")) + 1

    def _spot(self, place: Place) -> Spot:
        document, claim = self._documents[place.document], self._claim(place)
        who = visible(document.publisher or "")
        said = f"“{''.join(quoted(claim))}”" if claim else ""
        return Spot(
            document,
            visible_path(self.path(document.path)),
            place.line,
            place.column,
            self._passage(place.document, claim.anchor.start, claim.anchor.end) if claim else None,
            self._passage(place.document, claim.start, claim.end) if claim else None,
            ": ".join(filter(None, (who, said))),
            claim,
        )

    def _claim(self, place: Place) -> Claim | None:
        """Return the claim whose quote a place covers and whose anchor begins at its line and column."""
        starts = self._starts.get(place.document, [])
        if place.line > len(starts):
            return None
        anchor = starts[place.line - 1] + place.column - 1
        return self._claims.get((place.document, place.start, place.end, anchor))

    def _passage(self, document: str, start: int, end: int) -> Passage:
        starts = self._starts[document]
        line, end_line = bisect_right(starts, start), bisect_right(starts, end)
        column, end_column = start - starts[line - 1] + 1, end - starts[end_line - 1] + 1
        text = self._report.texts[document][start:end]
        return Passage(start, end, line, column, end_line, end_column, text)
