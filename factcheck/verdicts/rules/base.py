"""What a rule is given, what it is, and how what it notices becomes a finding."""

from __future__ import annotations

import hashlib
import inspect
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from factcheck.model import (
    Claim,
    Document,
    DraftCheck,
    Fact,
    Finding,
    Ignore,
    Pair,
    Place,
    ReportDocument,
    Severity,
)

Gravity = Literal["contradiction", "disputed", "unsupported", "gap"]

_SILENCE = """## How to silence it

Write `<!-- factcheck: ignore {code} reason -->` beside the passage, or accept the finding in the baseline."""
_EXAMPLE_FILE = re.compile(r"^ {4}([a-z]+\.txt): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Evidence:
    """Everything a run found out, by id, for rules to read.

    ``unused`` are wishes to ignore findings, each with a rule of which there is none where it holds.
    """

    documents: Mapping[str, Document]
    shown: Mapping[str, ReportDocument]
    claims: Mapping[str, Claim]
    pairs: Sequence[Pair]
    facts: Sequence[Fact]
    draft: Sequence[DraftCheck]
    unused: Sequence[tuple[Ignore, str]] = ()
    line_starts: dict[str, list[int]] = field(default_factory=dict)

    def place(self, claim: Claim | Ignore) -> Place:
        """Return where a claim's anchor stands; lines end at LF, CR or CRLF."""
        starts = self.line_starts.get(claim.document)
        if starts is None:
            starts = self.line_starts[claim.document] = line_starts(self.documents[claim.document].text)
        line = bisect_right(starts, claim.anchor.start)
        return Place(
            document=claim.document, start=claim.start, end=claim.end, line=line,
            column=claim.anchor.start - starts[line - 1] + 1,
        )  # fmt: skip

    def publisher(self, claim: Claim) -> str:
        """Return the name under which a claim's document is shown."""
        document = self.documents[claim.document]
        return document.publisher or document.path


class Noticed(NamedTuple):
    """What a rule noticed: a message, the claim or comment to look at, and the claims on the other side."""

    message: str
    primary: Claim | Ignore
    related: Sequence[Claim]


@dataclass(frozen=True)
class Rule:
    """A rule: what it is called, how grave its findings are, and the function that notices.

    ``gravity`` is the value of ``--fail-on`` from which on its findings fail a run, None if they never do.
    The docstring of ``notice`` is the page that users read, as Markdown: a line that sums the rule up, what
    it means, and the sections "What to do" and "Example". The example's files are lines of the form
    ``name: text``, indented by four columns; what the rule says of them follows, as a quotation.
    """

    code: str
    name: str
    severity: Severity
    gravity: Gravity | None
    notice: Callable[[Evidence], Iterator[Noticed]]

    def findings(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding for everything that the rule notices."""
        for noticed in self.notice(evidence):
            yield Finding(
                rule=self.code, severity=self.severity, message=noticed.message,
                primary=evidence.place(noticed.primary),
                related=tuple(evidence.place(c) for c in noticed.related),
                fingerprint=_fingerprint(self.code, noticed),
            )  # fmt: skip

    @property
    def summary(self) -> str:
        """The rule in one line."""
        return self._documentation.partition("\n")[0]

    @property
    def explanation(self) -> str:
        """What the rule means, what to do, how to silence it, an example: Markdown without a title."""
        told, example, files = self._documentation.partition("## Example")
        return f"{told}{_SILENCE.format(code=self.code)}\n\n{example}{files}\n"

    @property
    def example(self) -> dict[str, str]:
        """The texts of the example by the names of their files; a draft's name begins with ``draft``."""
        return dict(_EXAMPLE_FILE.findall(self._documentation))

    @property
    def _documentation(self) -> str:
        return inspect.getdoc(self.notice) or ""


def _fingerprint(code: str, noticed: Noticed) -> str:
    """Return a digest that depends on what the claims say, not on where they stand."""
    claims = (noticed.primary, *noticed.related)
    parts = [code, *sorted(" ".join(c.quote.split()) + "\x1f" + c.anchor.text for c in claims)]
    return hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def line_starts(text: str) -> list[int]:
    """Return the offset at which each line begins; lines end at LF, CR or CRLF."""
    starts = [0]
    for at, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
    return starts
