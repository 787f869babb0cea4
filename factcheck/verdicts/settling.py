"""What becomes of findings: those that documents ask to ignore are set aside, the rest get their severity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import msgspec

from factcheck.config import RuleSeverity
from factcheck.model import Finding, Ignore, Ignored, Place
from factcheck.verdicts.rules import RULES, find
from factcheck.verdicts.rules.base import Evidence, line_starts


def settle(evidence: Evidence, severities: Mapping[str, RuleSeverity]) -> tuple[list[Finding], list[Ignored]]:
    """Return the findings, with the severities set for their rules, and those that documents ask to ignore.

    Findings come in the order of rule, document and place. A rule that is off has none.
    """
    kept, ignored, unused = _set_aside(find(evidence), evidence)
    # The rule about unused ignores can only speak once the others have.
    kept += RULES["FC001"].findings(replace(evidence, unused=unused))
    kept.sort(key=lambda f: (f.rule, f.primary.document, f.primary.start, f.fingerprint))
    return list(_with_severities(kept, severities)), ignored


def _set_aside(
    findings: Iterable[Finding], evidence: Evidence
) -> tuple[list[Finding], list[Ignored], list[tuple[Ignore, str]]]:
    asked: dict[tuple[str, str], list[Ignore]] = {}
    for document in evidence.documents.values():
        for ignore in document.ignores:
            for rule in ignore.rules if ignore.reason else ():
                asked.setdefault((document.id, rule), []).append(ignore)
    starts = {name: line_starts(evidence.documents[name].text) for name, _ in asked}
    kept: list[Finding] = []
    ignored: list[Ignored] = []
    used: set[tuple[str, int, str]] = set()
    for finding in findings:
        granted = [i for i in _about(finding, asked, evidence) if _holds(i, finding, starts[i.document])]
        used.update((i.document, i.start, finding.rule) for i in granted)
        if granted:
            ignored.append(Ignored(finding=finding, reason=granted[0].reason))
        else:
            kept.append(finding)
    everything = ((i, rule) for (_, rule), ignores in asked.items() for i in ignores)
    return kept, ignored, [(i, rule) for i, rule in everything if (i.document, i.start, rule) not in used]


def _about(
    finding: Finding, asked: Mapping[tuple[str, str], list[Ignore]], evidence: Evidence
) -> Iterator[Ignore]:
    """Yield what is asked of a finding's rule in its documents; of one on a draft, in the draft alone.

    A source must not be able to silence what is found in a draft.
    """
    drafted = evidence.documents[finding.primary.document].role == "draft"
    for place in (finding.primary,) if drafted else (finding.primary, *finding.related):
        yield from asked.get((place.document, finding.rule), ())


def _holds(ignore: Ignore, finding: Finding, starts: list[int]) -> bool:
    """Say whether one of a finding's places is in the part of the document that an ignore is about."""
    places = [p for p in (finding.primary, *finding.related) if p.document == ignore.document]
    return any(ignore.scope.start <= _anchor(p, starts) < ignore.scope.end for p in places)


def _anchor(place: Place, starts: list[int]) -> int:
    return starts[place.line - 1] + place.column - 1


def _with_severities(
    findings: Iterable[Finding], severities: Mapping[str, RuleSeverity]
) -> Iterator[Finding]:
    for finding in findings:
        severity = severities.get(finding.rule, finding.severity)
        if severity != "off":
            yield msgspec.structs.replace(finding, severity=severity)
