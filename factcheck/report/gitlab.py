"""Write findings as a GitLab code quality report.

Source: GitLab, Code Quality report format.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from factcheck.model import Report, Severity, Skipped
from factcheck.report.json_text import dumped
from factcheck.report.options import Options
from factcheck.report.places import Located, Places
from factcheck.report.text import visible, visible_path

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}


def render_gitlab(report: Report, options: Options) -> str:
    """Write an issue for each finding, the gravest first, and for each document not checked."""
    places = Places(report, options)
    issues = [_issue(located) for located in places.findings()]
    issues += [_skipped(skipped, places) for skipped in report.skipped]
    seen: Counter[str] = Counter()
    for issue in issues:
        # GitLab shows only the first issue with a fingerprint; copies of an article can share one.
        fingerprint = issue["fingerprint"]
        seen[fingerprint] += 1
        if seen[fingerprint] > 1:
            issue["fingerprint"] = f"{fingerprint}-{seen[fingerprint]}"
    return dumped(issues, indent=2)


def _issue(located: Located) -> dict[str, Any]:
    return {
        "description": "\n".join(located.lines),
        "check_name": located.title,
        "fingerprint": located.finding.fingerprint,
        "severity": _SEVERITIES[located.finding.severity],
        "location": {"path": located.primary.path, "lines": {"begin": located.primary.line}},
    }


def _skipped(skipped: Skipped, places: Places) -> dict[str, Any]:
    path, reason = visible_path(places.path(skipped.path)), visible(skipped.reason)
    return {
        "description": f"not checked: {reason}",
        "check_name": "not checked",
        "fingerprint": hashlib.sha256(f"{path}\n{reason}".encode()).hexdigest()[:16],
        "severity": "info",
        "location": {"path": path, "lines": {"begin": 1}},
    }
