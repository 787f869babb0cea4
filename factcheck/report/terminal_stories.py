"""Sum a folder of stories up: a table with a row for each, and the findings that fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from rich.console import Console
from rich.table import Table

from factcheck.model import Finding, Report, ReportDocument
from factcheck.report.summary import number_of
from factcheck.report.terminal_pieces import heading, indented, words
from factcheck.report.text import sentence, shorten, visible
from factcheck.verdicts.rules import RULES, fails
from factcheck.verdicts.rules.base import Gravity

LONGEST_TITLE = 40
# Columns of all the numbers with their headings.
NUMBERS = 100
_OTHER = "other"


def print_stories(console: Console, report: Report, fail_on: str) -> None:
    """Print the table, what fails, what is stale in the baseline, and what was not checked."""
    stories: dict[str, list[ReportDocument]] = {}
    for document in report.documents:
        stories.setdefault(document.story, []).append(document)
    failing = [finding for finding in report.findings if fails(finding, fail_on)]
    console.print(_table(stories, report, failing))
    _print_findings(console, "Failing", failing, report)
    for title, entries in (("Stale in the baseline", [(e.path, e.reason) for e in report.stale]),
                           ("Not checked", [(s.path, s.reason) for s in report.skipped])):  # fmt: skip
        if entries:
            heading(console, title, len(entries), "magenta")
        for path, reason in entries:
            console.print(words(f"{path}: {reason}"))
    checked, found = number_of(len(stories), "story", "stories"), number_of(len(failing), "failing finding")
    console.print()
    console.print(words(f"{checked}, {number_of(len(report.documents), 'document')}: {found}", "bold"))


def widest(report: Report) -> int:
    """Return the columns that the longest row of the table can take."""
    return 2 * max((len(visible(d.story)) for d in report.documents), default=0) + LONGEST_TITLE + NUMBERS


def _table(stories: dict[str, list[ReportDocument]], report: Report, failing: Sequence[Finding]) -> Table:
    gravities = (*get_args(Gravity), _OTHER)
    with_baseline = any(finding.standing for finding in report.findings)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("story", "first article"):
        table.add_column(name, overflow="fold")
    for name in ("articles", "drafts", *gravities, *(["new"] if with_baseline else []), "failing"):
        table.add_column(name, justify="right", no_wrap=True)
    owner = {document.id: story for story, documents in stories.items() for document in documents}
    counts = Counter((owner[f.primary.document], _gravity(f)) for f in report.findings)
    new = Counter(owner[f.primary.document] for f in report.findings if f.standing not in ("known", None))
    failed = Counter(owner[finding.primary.document] for finding in failing)
    for story, documents in stories.items():
        roles = Counter(document.role for document in documents)
        first = next((d for d in documents if d.role == "source"), documents[0])
        numbers = [len(documents), roles["draft"], *(counts[story, gravity] for gravity in gravities)]
        numbers += [new[story]] if with_baseline else []
        title = shorten(first.title or first.path, LONGEST_TITLE)
        table.add_row(words(story), words(title, "dim"), *map(str, [*numbers, failed[story]]))
    return table


def _gravity(finding: Finding) -> str:
    rule = RULES.get(finding.rule)
    return rule.gravity if rule and rule.gravity else _OTHER


def _print_findings(console: Console, title: str, findings: Sequence[Finding], report: Report) -> None:
    if not findings:
        return
    paths = {document.id: document.path for document in report.documents}
    heading(console, title, len(findings), "red")
    for finding in findings:
        standing = f" {finding.standing}" if finding.standing else ""
        place = f"{paths[finding.primary.document]}:{finding.primary.line}"
        console.print(words(f"{place} {finding.rule}{standing}", "bold"))
        console.print(indented(words(sentence(finding.message))))
