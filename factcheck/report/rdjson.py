"""Write findings in the Reviewdog Diagnostic Format.

Source: reviewdog, ``proto/rdf/reviewdog.proto``.
"""

from __future__ import annotations

from typing import Any

from factcheck.model import Report, Severity
from factcheck.report.json_text import dumped
from factcheck.report.options import Options
from factcheck.report.places import Places, Spot
from factcheck.report.text import visible, visible_path

_SEVERITIES: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render_rdjson(report: Report, options: Options) -> str:
    """Write a diagnostic for each finding, the gravest first, and for each document not checked."""
    places = Places(report, options)
    diagnostics: list[dict[str, Any]] = [
        {
            "message": located.message,
            "location": _location(located.primary, places),
            "severity": _SEVERITIES[located.finding.severity],
            "code": {"value": located.finding.rule},
            "relatedLocations": [
                {"message": spot.words, "location": _location(spot, places)} for spot in located.related
            ],
        }
        for located in places.findings()
    ]
    diagnostics += [
        {
            "message": f"not checked: {visible(skipped.reason)}",
            "location": {"path": visible_path(places.path(skipped.path))},
            "severity": "WARNING",
        }
        for skipped in report.skipped
    ]
    return dumped({"source": {"name": "factcheck"}, "diagnostics": diagnostics}, indent=2)


def _location(spot: Spot, places: Places) -> dict[str, Any]:
    """Give a place in lines and in columns of bytes, or by its line alone if the text is not at hand."""
    if spot.anchor is None:
        return {"path": spot.path, "range": {"start": {"line": spot.line}}}
    start = {"line": spot.anchor.line, "column": places.byte_column(spot, spot.anchor.start)}
    end = {"line": spot.anchor.end_line, "column": places.byte_column(spot, spot.anchor.end)}
    return {"path": spot.path, "range": {"start": start, "end": end}}
