"""Arrange what a reader of findings wants first: what is new, what was set aside, what no longer holds."""

from __future__ import annotations

from typing import NamedTuple

from factcheck.model import Finding, Report


class Note(NamedTuple):
    """One line: where, which rule, and what there is to say."""

    place: str
    rule: str
    words: str


def notes(report: Report) -> list[tuple[str, list[Note]]]:
    """Return titled lists of notes, without those that are empty.

    Against a baseline these are the findings that are new or whose entry has expired, and the entries that
    match nothing any more; besides, what documents ask to ignore, and where that came to nothing.
    """
    paths = {document.id: document.path for document in report.documents}

    def note(finding: Finding, words: str) -> Note:
        return Note(f"{paths[finding.primary.document]}:{finding.primary.line}", finding.rule, words)

    def standing(name: str) -> list[Note]:
        return [note(f, f.message) for f in report.findings if f.standing == name]

    idle = [note(f, f.message) for f in report.findings if f.rule.startswith("FC0")]
    ignored = [note(i.finding, f"{i.finding.message} ({i.reason})") for i in report.ignored]
    stale = [Note(entry.path, entry.rule, f"{entry.message} ({entry.reason})") for entry in report.stale]
    titled = (
        ("New since the baseline", standing("new")),
        ("Expired in the baseline", standing("expired")),
        ("Stale in the baseline", stale),
        ("Ignored", ignored),
        ("Ignored in vain", idle),
    )
    return [(title, listed) for title, listed in titled if listed]
