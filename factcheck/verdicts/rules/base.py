"""What a rule is given, what it is, and how what it notices becomes a finding."""

from __future__ import annotations

import hashlib
import inspect
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from factcheck.model import (
    Claim,
    Document,
    DraftCheck,
    Extraction,
    Fact,
    Finding,
    Ignore,
    Pair,
    Place,
    Severity,
    label_at,
)
from factcheck.verdicts.arithmetic.article import Article, Figure, article_of

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
    claims: Mapping[str, Claim]
    pairs: Sequence[Pair]
    facts: Sequence[Fact]
    draft: Sequence[DraftCheck]
    extractions: Sequence[Extraction] = ()
    unused: Sequence[tuple[Ignore, str]] = ()
    line_starts: dict[str, list[int]] = field(default_factory=dict)

    @cached_property
    def articles(self) -> list[Article]:
        """The documents as the rules of arithmetic read them."""
        return [article_of(self.documents[e.document], e) for e in self.extractions]

    def place(self, claim: Claim | Ignore) -> Place:
        """Return where a claim stands, with the line and column of its anchor."""
        return self._place(claim.document, claim.start, claim.end, claim.anchor.start)

    def place_of(self, noticed: Claim | Figure | Ignore) -> Place:
        """Return where a claim, a value or a comment stands."""
        if isinstance(noticed, Figure):
            mention = noticed.mention
            return self._place(noticed.line.document.id, mention.start, mention.end, mention.start)
        return self.place(noticed)

    def _place(self, document: str, start: int, end: int, at: int) -> Place:
        """Return a place whose line and column are those of ``at``; lines end at LF, CR or CRLF."""
        starts = self.line_starts.get(document)
        if starts is None:
            starts = self.line_starts[document] = line_starts(self.documents[document].text)
        line = bisect_right(starts, at)
        return Place(
            document=document, start=start, end=end, line=line, column=at - starts[line - 1] + 1,
            label=label_at(self.documents[document].places, at),
        )  # fmt: skip

    def publisher(self, claim: Claim) -> str:
        """Return the name under which a claim's document is shown."""
        document = self.documents[claim.document]
        return document.publisher or document.path


class Noticed(NamedTuple):
    """What a rule noticed: a message, the claim, value or comment to look at, and the other side."""

    message: str
    primary: Claim | Figure | Ignore
    related: Sequence[Claim | Figure]


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
                primary=evidence.place_of(noticed.primary),
                related=tuple(map(evidence.place_of, noticed.related)),
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
    """Return a digest that depends on what is said, not on where it stands."""
    parts = [code, *sorted(map(_said, (noticed.primary, *noticed.related)))]
    return hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _said(noticed: Claim | Figure | Ignore) -> str:
    if isinstance(noticed, Figure):
        return " ".join(noticed.line.text.split()) + "\x1f" + noticed.words
    return " ".join(noticed.quote.split()) + "\x1f" + noticed.anchor.text


def line_starts(text: str) -> list[int]:
    """Return the offset at which each line begins; lines end at LF, CR or CRLF."""
    starts = [0]
    for at, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
    return starts
