"""Findings that somebody accepted: written to a file, and told from new ones in later runs.

An entry knows a finding by its fingerprint, which has no line numbers in it, so that edits elsewhere in the
text do not make an old finding new.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from factcheck.errors import UsageError
from factcheck.model import Accepted, Finding, Frozen, Report, Standing


class _File(Frozen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: Literal["factcheck-baseline/1"] = "factcheck-baseline/1"
    findings: tuple[Accepted, ...]


class Update(NamedTuple):
    """A baseline brought up to date: its entries, and how many of them were kept, added and dropped."""

    entries: tuple[Accepted, ...]
    kept: int
    added: int
    dropped: int


def load_baseline(path: str) -> tuple[Accepted, ...]:
    """Return the entries of a baseline file.

    Raises:
        UsageError: it cannot be read, or is no baseline; the message says where and what was expected.
    """
    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=_File, strict=True).findings
    except OSError as problem:
        raise UsageError(f"baseline {path} cannot be read: {problem.strerror or problem}") from problem
    except (msgspec.MsgspecError, ValueError, RecursionError) as problem:
        raise UsageError(f"baseline {path} cannot be used: {problem}") from problem


def baseline_text(entries: Iterable[Accepted]) -> str:
    """Return the file of these entries: JSON, in the order of path, rule and fingerprint."""
    ordered = sorted(entries, key=lambda e: (e.path, e.rule, e.fingerprint))
    return msgspec.json.format(msgspec.json.encode(_File(findings=tuple(ordered))), indent=2).decode() + "\n"


def compared(report: Report, entries: Sequence[Accepted], today: date) -> Report:
    """Return a report whose findings say whether the baseline knows them, and which of its entries are stale.

    An entry is stale when it matches no finding, and its document was checked or is there no more.
    """
    known = {entry.fingerprint: entry for entry in entries}
    findings = tuple(
        msgspec.structs.replace(f, standing=_standing(known.get(f.fingerprint), today))
        for f in report.findings
    )
    return msgspec.structs.replace(report, findings=findings, stale=tuple(_stale(report, entries)))


def updated(
    report: Report,
    entries: Sequence[Accepted],
    today: date,
    *,
    reason: str,
    author: str,
    expires: date | None = None,
) -> Update:
    """Return a baseline that accepts every finding of a report.

    Entries that count stay as they are; findings without one, or whose entry has expired, get one with this
    reason, author and last day. Stale entries are dropped.
    """
    stale = {entry.fingerprint for entry in _stale(report, entries)}
    found = {finding.fingerprint: finding for finding in report.findings}
    kept = [
        e for e in entries
        if e.fingerprint not in stale and not (e.fingerprint in found and _standing(e, today) == "expired")
    ]  # fmt: skip
    paths = {document.id: document.path for document in report.documents}
    added = [
        _accepted(finding, paths[finding.primary.document], reason, author, expires)
        for finding in found.values()
        if finding.fingerprint not in {entry.fingerprint for entry in kept}
    ]
    return Update((*kept, *added), len(kept), len(added), len(stale))


def _accepted(finding: Finding, path: str, reason: str, author: str, expires: date | None) -> Accepted:
    return Accepted(
        fingerprint=finding.fingerprint, rule=finding.rule, path=Path(path).as_posix(),
        message=finding.message, reason=reason, author=author, expires=expires,
    )  # fmt: skip


def _standing(entry: Accepted | None, today: date) -> Standing:
    if entry is None:
        return "new"
    return "expired" if entry.expires is not None and entry.expires < today else "known"


def _stale(report: Report, entries: Sequence[Accepted]) -> list[Accepted]:
    # A finding that is ignored in the text is not gone.
    found = {f.fingerprint for f in (*report.findings, *(i.finding for i in report.ignored))}
    checked = {Path(document.path).as_posix() for document in report.documents}
    return [e for e in entries if e.fingerprint not in found and (e.path in checked or not _exists(e.path))]


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
