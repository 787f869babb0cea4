"""What a rule is given and how it makes a finding."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from factcheck.model import (
    Claim,
    Document,
    DraftCheck,
    Fact,
    Finding,
    Pair,
    Place,
    ReportDocument,
    Severity,
    label_at,
)


@dataclass(frozen=True)
class Evidence:
    """Everything a run found out, by id, for rules to read."""

    documents: Mapping[str, Document]
    shown: Mapping[str, ReportDocument]
    claims: Mapping[str, Claim]
    pairs: Sequence[Pair]
    facts: Sequence[Fact]
    draft: Sequence[DraftCheck]
    line_starts: dict[str, list[int]] = field(default_factory=dict)

    def place(self, claim: Claim) -> Place:
        """Return where a claim's anchor stands; lines end at LF, CR or CRLF."""
        document = self.documents[claim.document]
        starts = self.line_starts.get(claim.document)
        if starts is None:
            starts = self.line_starts[claim.document] = _line_starts(document.text)
        line = bisect_right(starts, claim.anchor.start)
        return Place(
            document=claim.document, start=claim.start, end=claim.end, line=line,
            column=claim.anchor.start - starts[line - 1] + 1,
            label=label_at(document.places, claim.anchor.start),
        )  # fmt: skip

    def publisher(self, claim: Claim) -> str:
        """Return the name under which a claim's document is shown."""
        document = self.documents[claim.document]
        return document.publisher or document.path


Rule = Callable[[Evidence], Iterator[Finding]]


def finding(
    rule: str, severity: Severity, message: str, primary: Claim, related: Sequence[Claim], evidence: Evidence
) -> Finding:
    """Build a finding whose fingerprint depends on what the claims say, not on where they stand."""
    parts = [rule, *sorted(" ".join(c.quote.split()) + "\x1f" + c.anchor.text for c in (primary, *related))]
    raw = "\x1e".join(parts).encode("utf-8", "surrogatepass")
    return Finding(
        rule=rule, severity=severity, message=message, primary=evidence.place(primary),
        related=tuple(evidence.place(c) for c in related), fingerprint=hashlib.sha256(raw).hexdigest()[:16],
    )  # fmt: skip


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for at, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
    return starts
