"""Show a report on a draft the way editors show things: diagnostics, hovers, quick fixes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from lsprotocol import types
from msgspec.structs import replace

from factcheck.editor.positions import Encoding, Lines
from factcheck.model import Claim, Report, Severity
from factcheck.report.markdown_text import escape, quote
from factcheck.report.options import Options
from factcheck.report.places import Located, Places, Spot
from factcheck.report.references import References, is_statement
from factcheck.report.text import shorten, visible
from factcheck.sources import SUFFIXES

SOURCE = "factcheck"
_SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Hint,
}
# Formats whose text is the file itself, so that offsets lead into what an editor shows.
AS_THEY_ARE = frozenset({"text", "markdown"})
# Values that are offered in place of one in the draft, and claims that a hover tells of.
MOST_FIXES = 5
MOST_CLAIMS = 3
# Code points of a value or a name in the title of a quick fix.
_TITLE_LENGTH = 60
_ABOUT_IGNORES = "FC0"


class Answers:
    """What an editor is told about a draft: ``text`` as it shows it, columns in units of ``encoding``."""

    def __init__(self, report: Report, text: str, encoding: Encoding) -> None:
        self._report = report
        self._encoding = encoding
        self._lines = Lines.of(text, encoding)
        self._elsewhere: dict[str, Lines] = {}
        self._references = References(report)
        self._checks = {c.claim: c for c in report.draft or ()}
        self._drafts = {d.id for d in report.documents if d.role == "draft"}
        mine = tuple(f for f in report.findings if f.primary.document in self._drafts)
        self._noted = _gathered(Places(replace(report, findings=mine), Options()).findings())

    def diagnostics(self) -> list[types.Diagnostic]:
        """Return a diagnostic for each finding on the draft, and for a draft that could not be read."""
        if not self._drafts:
            return [unchecked(s.reason) for s in self._report.skipped[:1]]
        found = map(self._diagnostic, self._noted)
        return sorted(
            found, key=lambda d: (d.range.start.line, d.range.start.character, str(d.code), d.message)
        )

    def hover(self, position: types.Position) -> types.Hover | None:
        """Tell what the sources say on the claims at a place, and what rules found there."""
        offset = self._lines.offset(position)
        claims = self._claims_at(offset)[:MOST_CLAIMS]
        own = [n for n in self._noted if _is_own(n) and n.start <= offset < n.end]
        told = [*map(self._told, claims), *(escape(n.message) for n in own)]
        if not told:
            return None
        contents = types.MarkupContent(kind=types.MarkupKind.Markdown, value="\n\n---\n\n".join(told))
        # Editors highlight the range, and ask again as soon as the pointer leaves it.
        start, end = _part_at(claims[0], offset) if claims else (own[0].start, own[0].end)
        return types.Hover(contents=contents, range=self._lines.range(start, end))

    def actions(self, uri: str, where: types.Range) -> list[types.CodeAction]:
        """Return the quick fixes for the findings that a range touches."""
        start, end = self._lines.offset(where.start), self._lines.offset(where.end)
        found: list[types.CodeAction] = []
        for noted in self._noted:
            if noted.start <= end and start <= noted.end:
                diagnostic = self._diagnostic(noted)
                found += self._fixes(uri, noted, diagnostic)
                found += self._ignore(uri, noted, diagnostic)
        return found

    # ---------------------------------------------------------------- diagnostics
    def _diagnostic(self, noted: _Noted) -> types.Diagnostic:
        return types.Diagnostic(
            range=self._lines.range(noted.start, noted.end),
            severity=_SEVERITIES[noted.severity],
            code=noted.rule,
            source=SOURCE,
            message=noted.message,
            related_information=[self._related(spot) for spot in noted.related],
        )

    def _related(self, spot: Spot) -> types.DiagnosticRelatedInformation:
        name, anchor = spot.document.id, spot.anchor
        where = types.Range(start=types.Position(0, 0), end=types.Position(0, 0))
        words = spot.words or spot.path
        if name in self._drafts and anchor:
            where = self._lines.range(anchor.start, anchor.end)
        elif anchor and SUFFIXES.get(PurePath(spot.document.path).suffix.lower()) in AS_THEY_ARE:
            where = self._of(name).range(anchor.start, anchor.end)
        elif spot.document.places:
            words = f"{words} ({spot.path}:{spot.line})"
        return types.DiagnosticRelatedInformation(
            location=types.Location(uri=_uri(spot.document.path), range=where), message=words
        )

    def _of(self, document: str) -> Lines:
        if document not in self._elsewhere:
            self._elsewhere[document] = Lines.of(self._report.texts[document], self._encoding)
        return self._elsewhere[document]

    # ---------------------------------------------------------------- hover
    def _claims_at(self, offset: int) -> list[Claim]:
        """Return the claims at a place: those whose value is there, then other figures, then statements."""
        claims = [c for c in self._report.claims if c.id in self._checks and c.start <= offset < c.end]
        wrong = [c for c in claims if self._checks[c.id].verdict in ("contradicted", "disputed")]
        # The statement around a wrong figure finds no support: that is one error, and told once.
        told = [c for c in claims if not (wrong and is_statement(c) and self._unsupported(c))]
        return sorted(told, key=lambda c: (not _in_value(c, offset), is_statement(c), c.end - c.start, c.id))

    def _unsupported(self, claim: Claim) -> bool:
        return self._checks[claim.id].verdict == "unsupported"

    def _told(self, claim: Claim) -> str:
        check = self._checks[claim.id]
        lines = [f"**{check.verdict}**: {escape(check.reason)}"]
        for name in check.evidence:
            other = self._references.claims[name]
            who = (
                self._references.publisher(other)
                or PurePath(self._references.documents[other.document].path).name
            )
            words = self._references.evidence_words(claim, other)
            lines.append(
                f"- {escape(who)} {words}: {quote(other)} ({escape(self._references.line_words(other))})"
            )
        return "\n".join([lines[0], "", *lines[1:]]).rstrip("\n")

    # ---------------------------------------------------------------- quick fixes
    def _fixes(self, uri: str, noted: _Noted, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
        """Offer the values that sources give instead, each once, as they write them."""
        mine = noted.claim
        if mine is None or is_statement(mine) or not noted.rule.startswith("FC3"):
            return
        offered: dict[str, Spot] = {}
        for spot in noted.related:
            if spot.claim and spot.claim.kind == mine.kind and self._contradicts(mine, spot.claim):
                offered.setdefault(visible(spot.claim.anchor.text), spot)
        # Who applies a fix must have read all of what it writes.
        readable = {value: spot for value, spot in offered.items() if len(value) <= _TITLE_LENGTH}
        for value, spot in list(readable.items())[:MOST_FIXES]:
            who = visible(spot.document.publisher or PurePath(spot.document.path).name)
            yield types.CodeAction(
                title=f"Write “{value}”, as {shorten(who, _TITLE_LENGTH)} does",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                edit=_edit(uri, diagnostic.range, value),
            )

    def _contradicts(self, mine: Claim, other: Claim) -> bool:
        return any(
            {p.left, p.right} == {mine.id, other.id} and p.relation == "contradiction"
            for p in self._report.pairs
        )

    def _ignore(self, uri: str, noted: _Noted, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
        """Offer a comment that sets the finding aside as soon as a reason is written into it."""
        rule = noted.rule
        if rule.startswith(_ABOUT_IGNORES):
            return
        end = self._lines.line_end(diagnostic.range.start.line) - self._lines.shift
        yield types.CodeAction(
            title=f"Ignore {rule} in this line (holds once you add a reason)",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            edit=_edit(uri, self._lines.range(end, end), f" <!-- factcheck: ignore {rule} -->"),
        )


def _edit(uri: str, where: types.Range, text: str) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={uri: [types.TextEdit(range=where, new_text=text)]})


@dataclass(frozen=True)
class _Noted:
    """What an editor shows of one finding, or of several that say the same of the same words."""

    rule: str
    severity: Severity
    message: str
    start: int
    end: int
    claim: Claim | None
    related: Sequence[Spot]


def _gathered(found: Iterable[Located]) -> list[_Noted]:
    """Put findings of one rule together that say the same of the same words, as they may of many sources."""
    alike: dict[tuple[str, int, int, str], list[Located]] = {}
    for located in found:
        key = (located.finding.rule, *_extent(located), located.message.casefold())
        alike.setdefault(key, []).append(located)
    return [
        _Noted(rule, group[0].finding.severity, group[0].message, start, end, group[0].primary.claim,
               [spot for located in group for spot in located.related])
        for (rule, start, end, _), group in alike.items()
    ]  # fmt: skip


def _extent(located: Located) -> tuple[int, int]:
    """Return the offsets of the value that a finding is about, or of the passage where it has none."""
    anchor, place = located.primary.anchor, located.finding.primary
    return (anchor.start, anchor.end) if anchor else (place.start, place.end)


def _is_own(noted: _Noted) -> bool:
    """Say whether something is noted of the draft alone; hovers tell the rest by the claims."""
    return noted.rule.startswith((_ABOUT_IGNORES, "FC4"))


def _part_at(claim: Claim, offset: int) -> tuple[int, int]:
    """Return the part of a claim that a place lies in: its value, or else all of it."""
    if _in_value(claim, offset):
        return claim.anchor.start, claim.anchor.end
    return claim.start, claim.end


def _in_value(claim: Claim, offset: int) -> bool:
    return claim.anchor.start <= offset < claim.anchor.end


def unchecked(reason: str) -> types.Diagnostic:
    """Say at the head of a document that it was not checked, and why."""
    start = types.Position(line=0, character=0)
    return types.Diagnostic(
        range=types.Range(start=start, end=start), severity=types.DiagnosticSeverity.Warning, source=SOURCE,
        message=f"not checked: {visible(reason)}",
    )  # fmt: skip


def _uri(path: str) -> str:
    """Return the address of a file; an article within a file is named by the file and a number."""
    told = (path, path.rpartition("#")[0], path.rpartition(":")[0])
    return Path(next((p for p in told if p and _exists(p)), path)).absolute().as_uri()


def _exists(path: str) -> bool:
    """Say whether there is such a file; an article may say of itself any path, also an impossible one."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
