"""Show a report or claims in a terminal, or as a picture of one.

rich, which takes a while to load, is imported by the functions here and by the modules of sections that
they import, so that importing ``factcheck.report`` stays cheap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from factcheck.model import Claim, Document, Report
from factcheck.report.options import Options
from factcheck.report.text import visible, without_commands

if TYPE_CHECKING:
    from rich.console import Console

COLOR_WIDTH, PLAIN_WIDTH = 80, 120


def render_terminal(report: Report, options: Options) -> str:
    """Lay a report out in columns; without colour it is plain text, and nothing is ever cut off."""
    from factcheck.report.terminal_sections import print_report

    written = StringIO()
    print_report(_console(written, options), report)
    return _tidied(written.getvalue(), options)


def stories_terminal(report: Report, options: Options) -> str:
    """Sum up a report of several stories: a table of them, what fails, and what was not checked.

    Without a width it is as wide as its widest row, so that no row is broken.
    """
    from factcheck.report.terminal_stories import print_stories, widest

    written = StringIO()
    width = options.width or max(PLAIN_WIDTH, widest(report))
    print_stories(_console(written, replace(options, width=width)), report, options.fail_on)
    return _tidied(written.getvalue(), options)


def claims_terminal(documents: Sequence[Document], claims: Sequence[Claim], options: Options) -> str:
    """Lay extracted claims out in one table for each document."""
    from factcheck.report.terminal_claims import print_claims

    written = StringIO()
    print_claims(_console(written, options), documents, claims)
    return _tidied(written.getvalue(), options)


def terminal_svg(report: Report, width: int = 100, title: str = "factcheck") -> str:
    """Draw the coloured terminal report as an SVG picture, ``width`` columns wide, always the same."""
    from factcheck.report.terminal_sections import print_report

    console = _console(StringIO(), Options(width=width, color=True), record=True)
    print_report(console, report)
    return console.export_svg(title=visible(title), unique_id="factcheck")


def _console(written: StringIO, options: Options, record: bool = False) -> Console:
    from rich.console import Console

    return Console(
        file=written,
        width=options.width or (COLOR_WIDTH if options.color else PLAIN_WIDTH),
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        record=record,
        _environ={},  # the caller has decided; COLUMNS, TERM and NO_COLOR must not change the output
    )


def _tidied(printed: str, options: Options) -> str:
    printed = without_commands(printed)
    if options.color:
        return printed
    # rich fills table cells with spaces up to the right margin
    return "".join(f"{line.rstrip(' ')}\n" for line in printed.removesuffix("\n").split("\n"))
