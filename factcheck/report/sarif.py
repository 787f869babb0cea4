"""Write findings as SARIF 2.1.0, for code scanning and editors.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from factcheck.model import Report
from factcheck.report.json_text import dumped
from factcheck.report.options import Options
from factcheck.report.places import Located, Passage, Places, Spot
from factcheck.report.text import visible
from factcheck.verdicts.rules import RULES
from factcheck.verdicts.rules.base import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "ROOT"
_RULE_INDEX = {code: index for index, code in enumerate(RULES)}


def render_sarif(report: Report, options: Options) -> str:
    """Write the findings as a SARIF log with one run.

    A result's region is the value in question, its context region the claim; other passages are related
    locations. What an article asks to ignore is a suppressed result, what could not be checked a
    notification. Paths are relative to the root of the options.
    """
    places = Places(report, options)
    uris = {document.id: _uri(places.path(document.path)) for document in report.documents}
    run = {
        "tool": {
            "driver": {
                "name": "factcheck",
                "version": metadata.version("factcheck"),
                "rules": [_rule(rule) for rule in RULES.values()],
            }
        },
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder in which factcheck was run."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [{"location": _artifact(uris[document.id])} for document in report.documents],
        "invocations": [
            {"executionSuccessful": True, "toolExecutionNotifications": _skipped(report, places)}
        ],
        "results": [
            *(_result(located, uris) for located in places.findings()),
            *(_suppressed(located, reason, uris) for located, reason in places.ignored()),
        ],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    meaning = rule.explanation.partition("\n## ")[0]
    return {
        "id": rule.code,
        "name": rule.name.capitalize(),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(meaning.split())},
        "help": {"text": rule.explanation, "markdown": rule.explanation},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(located: Located, uris: dict[str, str]) -> dict[str, Any]:
    finding = located.finding
    links = ", ".join(f"[{number}]({number})" for number in range(1, len(located.related) + 1))
    message = _plain(located.message) + (f" (passages: {links})" if links else "")
    result = {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": message},
        "locations": [_location(located.primary, uris)],
        "relatedLocations": [
            {"id": number, "message": {"text": _plain(spot.words)}, **_location(spot, uris)}
            for number, spot in enumerate(located.related, start=1)
        ],
        "partialFingerprints": {"factcheck/v1": finding.fingerprint},
    }
    if finding.standing:
        result["baselineState"] = "unchanged" if finding.standing == "known" else "new"
    index = _RULE_INDEX.get(finding.rule)
    return result if index is None else {"ruleIndex": index, **result}


def _suppressed(located: Located, reason: str, uris: dict[str, str]) -> dict[str, Any]:
    """Return the result for a finding that an article itself asks to ignore."""
    suppression = {"kind": "inSource", "status": "accepted", "justification": visible(reason)}
    return {**_result(located, uris), "suppressions": [suppression]}


def _location(spot: Spot, uris: dict[str, str]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(uris[spot.document.id])}
    if spot.anchor and spot.quote:
        physical |= {"region": _region(spot.anchor), "contextRegion": _region(spot.quote)}
    else:
        physical["region"] = {"startLine": spot.line, "startColumn": spot.column}
    return {"physicalLocation": physical}


def _region(passage: Passage) -> dict[str, Any]:
    return {
        "startLine": passage.line,
        "startColumn": passage.column,
        "endLine": passage.end_line,
        "endColumn": passage.end_column,
        "charOffset": passage.start,
        "charLength": passage.end - passage.start,
        "snippet": {"text": passage.text},
    }


def _skipped(report: Report, places: Places) -> Iterable[dict[str, Any]]:
    return [
        {
            "level": "warning",
            "message": {"text": _plain(f"not checked: {visible(skipped.reason)}")},
            "locations": [
                {"physicalLocation": {"artifactLocation": _artifact(_uri(places.path(skipped.path)))}}
            ],
        }
        for skipped in report.skipped
    ]


def _artifact(uri: str) -> dict[str, str]:
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _BASE}


def _uri(path: str) -> str:
    """Percent-encode a path; nothing in a relative one can then be read as a scheme or a host."""
    encoded = quote(path.encode("utf-8", "surrogatepass"))
    return f"file:///{encoded.lstrip('/')}" if PurePath(path).is_absolute() else encoded


def _plain(text: str) -> str:
    """Escape text for a message, where braces are placeholders and brackets before parentheses links.

    Source: SARIF 2.1.0, sections 3.11.5 and 3.11.6.
    """
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
