"""Read again the documents that a JSON report is about."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Literal

import msgspec

from factcheck.errors import UsageError
from factcheck.model import Document, Frozen, Skipped
from factcheck.sources.limits import Limits

Role = Literal["source", "draft"]


class Kept(Frozen, frozen=True, kw_only=True):
    """A document as a JSON report has it; ``text`` is there if it was written with ``--with-text``."""

    id: str
    path: str
    role: Role = "source"
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    text: str | None = None


class KeptPlace(Frozen, frozen=True, kw_only=True):
    """Where a finding stands: offsets of a claim."""

    document: str
    start: int
    end: int


class KeptFinding(Frozen, frozen=True, kw_only=True):
    """A finding, by its fingerprint, with its places."""

    fingerprint: str
    primary: KeptPlace
    related: tuple[KeptPlace, ...] = ()


class KeptReport(Frozen, frozen=True, kw_only=True):
    """What is needed of a JSON report to come back to it."""

    documents: tuple[Kept, ...]
    findings: tuple[KeptFinding, ...] = ()


def kept_report(raw: bytes, path: str) -> KeptReport:
    """Decode a JSON report.

    Raises:
        UsageError: it is none.
    """
    try:
        return msgspec.json.decode(raw, type=KeptReport)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as problem:
        raise UsageError(f"{path} is not a report of `check --format json`: {problem}") from problem


def read_again(
    report: KeptReport, limits: Limits, read: Callable[..., Iterator[Document | Skipped]]
) -> Iterator[Document | Skipped]:
    """Read the documents of a report from its texts, or where it holds none from their files.

    ``read`` is :func:`factcheck.sources.read`. Documents of a file that the report does not name are left
    out.
    """
    read = partial(read, limits=limits)
    roles: tuple[Role, ...] = ("draft", "source")
    for role in roles:
        held = [d for d in report.documents if d.role == role]
        rows = b"".join(msgspec.json.encode(d) + b"\n" for d in held if d.text is not None)
        if rows:
            yield from read(["-"], role=role, input_format="jsonl", stdin=io.BytesIO(rows))
        yield from _from_files([d for d in held if d.text is None], role, read)


def _from_files(
    held: Sequence[Kept], role: Role, read: Callable[..., Iterator[Document | Skipped]]
) -> Iterator[Document | Skipped]:
    names = {d.id for d in held}
    for path in dict.fromkeys(d.path for d in held):
        found = read([path], role=role)
        yield from (d for d in found if isinstance(d, Skipped) or d.id in names)
