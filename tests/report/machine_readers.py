"""Read the formats for other programs as those programs would."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from factcheck.model import Report
from factcheck.report import render

_COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


@dataclass(frozen=True)
class Annotation:
    """One workflow command, its escapes undone."""

    command: str
    properties: dict[str, str]
    message: str


def annotations(written: str) -> list[Annotation]:
    """Read workflow commands; a line that is none fails."""
    found = []
    for line in written.split("\n")[:-1]:
        match = _COMMAND.fullmatch(line)
        assert match, line
        properties = dict(entry.split("=", 1) for entry in match[2].split(","))
        told = {name: _unescaped(value) for name, value in properties.items()}
        found.append(Annotation(match[1], told, _unescaped(match[3])))
    return found


def sarif_run(report: Report, root: str | None = None) -> Any:
    """Give the one run of a SARIF log."""
    [run] = json.loads(render(report, "sarif", root=root))["runs"]
    return run


def _unescaped(text: str) -> str:
    for sign, escape in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
        text = text.replace(escape, sign)
    return text
