"""Write findings as GitHub workflow commands, which show as annotations beside the text.

Source: GitHub, Workflow commands for GitHub Actions; escapes as in ``command.ts`` of actions/toolkit.
"""

from __future__ import annotations

from factcheck.model import Report, Severity
from factcheck.report.options import Options
from factcheck.report.places import Places
from factcheck.report.text import visible, visible_path

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render_github(report: Report, options: Options) -> str:
    """Write a workflow command for each finding, the gravest first, and for each document not checked.

    GitHub shows ten annotations of each sort for a step.
    """
    places = Places(report, options)
    lines = [
        _command(
            _COMMANDS[located.finding.severity],
            "\n".join(located.lines),
            file=located.primary.path,
            line=str(located.primary.line),
            col=str(located.primary.column),
            title=located.title,
        )
        for located in places.findings()
    ]
    lines += [
        _command(
            "warning",
            visible(skipped.reason),
            file=visible_path(places.path(skipped.path)),
            title="not checked",
        )
        for skipped in report.skipped
    ]
    return "".join(f"{line}\n" for line in lines)


def _command(command: str, message: str, **properties: str) -> str:
    told = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    return f"::{command} {told}::{message.translate(_DATA)}"
