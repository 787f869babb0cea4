"""Show a report: one renderer for each output format, all of them views of the same report.

A new format is a file with a renderer and a line in :data:`FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from factcheck.model import Claim, Document, Report
from factcheck.report.claimreview import render_claimreview
from factcheck.report.github import render_github
from factcheck.report.gitlab import render_gitlab
from factcheck.report.html import render_html
from factcheck.report.json_report import claims_json, claims_jsonl, render_json, render_jsonl
from factcheck.report.junit import render_junit
from factcheck.report.markdown import render_markdown
from factcheck.report.options import Options
from factcheck.report.rdjson import render_rdjson
from factcheck.report.sarif import render_sarif
from factcheck.report.schema import schema
from factcheck.report.terminal import claims_terminal, render_terminal, stories_terminal, terminal_svg

__all__ = ["CLAIM_FORMATS", "FORMATS", "render", "render_claims", "render_stories", "schema", "terminal_svg"]

FORMATS: dict[str, Callable[[Report, Options], str]] = {
    "terminal": render_terminal,
    "markdown": render_markdown,
    "html": render_html,
    "json": render_json,
    "jsonl": render_jsonl,
    "sarif": render_sarif,
    "junit": render_junit,
    "github": render_github,
    "gitlab": render_gitlab,
    "rdjson": render_rdjson,
    "claimreview": render_claimreview,
}
# What the log of a GitHub job obeys wherever in a line it stands, and how formats for programs can write it.
COMMAND = "##["
ESCAPED = {
    **dict.fromkeys(("json", "jsonl", "sarif", "gitlab", "rdjson", "claimreview"), "#\\u0023["),
    "junit": "#&#35;[",
}
CLAIM_FORMATS: dict[str, Callable[[Sequence[Document], Sequence[Claim], Options], str]] = {
    "terminal": claims_terminal,
    "json": claims_json,
    "jsonl": claims_jsonl,
}


def render(
    report: Report,
    format: str,
    *,
    width: int | None = None,
    color: bool = False,
    with_text: bool = False,
    fail_on: str = "contradiction",
    root: str | None = None,
) -> str:
    """Return a report in one of :data:`FORMATS`, each line of it ending in a newline.

    ``width`` is in terminal columns and ``color`` allows ANSI colours, both for the terminal only;
    ``with_text`` adds the texts of the documents to the JSON formats; ``fail_on`` is the gravity from which
    on a finding is a failure in JUnit; ``root`` is the absolute folder that paths in the formats for other
    programs are relative to. The same report always gives the same string.

    Raises:
        KeyError: if there is no such format.
    """
    options = Options(width=width, color=color, with_text=with_text, fail_on=fail_on, root=root)
    written = FORMATS[format](report, options)
    # In no format two number signs stand before a bracket but in a string.
    return written.replace(COMMAND, ESCAPED[format]) if format in ESCAPED else written


def render_stories(
    report: Report, *, width: int | None = None, color: bool = False, fail_on: str = "contradiction"
) -> str:
    """Return a summary of a report of several stories, for a terminal: a table, and what fails."""
    return stories_terminal(report, Options(width=width, color=color, fail_on=fail_on))


def render_claims(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    format: str,
    *,
    width: int | None = None,
    color: bool = False,
) -> str:
    """Return claims that were extracted but not compared, in one of :data:`CLAIM_FORMATS`.

    Raises:
        KeyError: if there is no such format.
    """
    return CLAIM_FORMATS[format](documents, claims, Options(width=width, color=color))
