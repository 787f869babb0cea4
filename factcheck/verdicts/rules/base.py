"""What a rule is given and how it makes a finding."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from factcheck.model import (
    Claim,
    Document,
    DraftCheck,
    Extraction,
    Fact,
    Finding,
    Pair,
    Place,
    ReportDocument,
    Severity,
)
from factcheck.verdicts.arithmetic.article import Article, Figure, article_of


@dataclass(frozen=True)
class Evidence:
    """Everything a run found out, by id, for rules to read."""

    documents: Mapping[str, Document]
    shown: Mapping[str, ReportDocument]
    claims: Mapping[str, Claim]
    pairs: Sequence[Pair]
    facts: Sequence[Fact]
    draft: Sequence[DraftCheck]
    extractions: Sequence[Extraction] = ()
    line_starts: dict[str, list[int]] = field(default_factory=dict)

    @cached_property
    def articles(self) -> list[Article]:
        """The documents as the rules of arithmetic read them."""
        return [article_of(self.documents[e.document], e) for e in self.extractions]

    def place(self, claim: Claim) -> Place:
        """Return where a claim stands, with the line and column of its anchor."""
        return self._place(claim.document, claim.start, claim.end, claim.anchor.start)

    def place_of(self, figure: Figure) -> Place:
        """Return where a value stands."""
        mention = figure.mention
        return self._place(figure.line.document.id, mention.start, mention.end, mention.start)

    def _place(self, document: str, start: int, end: int, at: int) -> Place:
        """Return a place whose line and column are those of ``at``; lines end at LF, CR or CRLF."""
        starts = self.line_starts.get(document)
        if starts is None:
            starts = self.line_starts[document] = _line_starts(self.documents[document].text)
        line = bisect_right(starts, at)
        return Place(document=document, start=start, end=end, line=line, column=at - starts[line - 1] + 1)

    def publisher(self, claim: Claim) -> str:
        """Return the name under which a claim's document is shown."""
        document = self.documents[claim.document]
        return document.publisher or document.path


Rule = Callable[[Evidence], Iterator[Finding]]


def finding(
    rule: str, severity: Severity, message: str, primary: Claim, related: Sequence[Claim], evidence: Evidence
) -> Finding:
    """Build a finding whose fingerprint depends on what the claims say, not on where they stand."""
    said = [" ".join(c.quote.split()) + "\x1f" + c.anchor.text for c in (primary, *related)]
    return Finding(
        rule=rule, severity=severity, message=message, primary=evidence.place(primary),
        related=tuple(evidence.place(c) for c in related), fingerprint=_fingerprint(rule, said),
    )  # fmt: skip


def slip(rule: str, message: str, primary: Figure, related: Sequence[Figure], evidence: Evidence) -> Finding:
    """Build the finding of a sum that does not come out, pointing at its figures; fingerprints as above."""
    said = [" ".join(f.line.text.split()) + "\x1f" + f.words for f in (primary, *related)]
    return Finding(
        rule=rule, severity="warning", message=message, primary=evidence.place_of(primary),
        related=tuple(map(evidence.place_of, related)), fingerprint=_fingerprint(rule, said),
    )  # fmt: skip


def _fingerprint(rule: str, said: Sequence[str]) -> str:
    raw = "\x1e".join([rule, *sorted(said)]).encode("utf-8", "surrogatepass")
    return hashlib.sha256(raw).hexdigest()[:16]


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for at, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
    return starts
