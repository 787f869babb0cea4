"""What Python programs call. The command line calls nothing else to do its work.

from factcheck import Config, check

report = check(["wires/"], against=["archive/"], config=Config(names={"Port Authority": ("PA",)}))
for finding in report.findings:
    print(finding.rule, finding.message)
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from factcheck import pipeline
from factcheck.baseline import Update, baseline_text, compared, load_baseline, updated
from factcheck.changes import changes_since
from factcheck.config import Config
from factcheck.errors import UsageError
from factcheck.folders import check_folder, check_found
from factcheck.model import Claim, Document, Finding, Report, Skipped
from factcheck.pipeline import UNCHANGED, Engine, Progress, nothing_read, read_articles
from factcheck.report import FORMATS
from factcheck.settings import Resolved, resolve
from factcheck.verdicts.rules import RULES, fails

__all__ = [
    "Extracted", "Update", "baseline_text", "check", "check_stories", "compared", "extract", "failures",
    "load_baseline", "load_config", "relate", "updated",
]  # fmt: skip
Path = str | os.PathLike[str]


class Extracted(NamedTuple):
    """The claims of some documents, and what could not be read."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    skipped: tuple[Skipped, ...]


def load_config(
    paths: Iterable[Path] = (),
    *,
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    **fields: Any,
) -> Resolved:
    """Return the settings for a run over ``paths``, and where each comes from.

    They are those of ``file``, or of the ``factcheck.toml`` or ``pyproject.toml`` nearest to the first path
    or else to the working directory; over them go variables of the environment, and over these ``fields``,
    fields of Config, as far as they are not None.

    Raises:
        UsageError: naming every problem: file, key, and what was expected.
    """
    return resolve(
        [os.fspath(path) for path in paths], fields, os.environ if environ is None else environ,
        choices={"format": FORMATS, "severities": RULES}, file=None if file is None else os.fspath(file),
    )  # fmt: skip


def check(
    paths: Iterable[Path],
    *,
    against: Iterable[Path] = (),
    config: Config | None = None,
    changed_since: str | None = None,
    input_format: str | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress = lambda *_: None,
    fetch: bool = False,
    allow_private: bool = False,
) -> Report:
    """Cross-check articles with each other, or with ``against`` the drafts ``paths`` with these sources.

    Paths are files, folders, with ``fetch`` web addresses (of private networks with ``allow_private``), or
    "-" for the stream ``stdin``, whose format ``input_format`` names.
    With ``changed_since`` only drafts that git says have changed since this revision are checked, and a
    report without documents says that none has.
    ``progress`` is called with a stage, how many documents of it are done, and how many there are. Without
    ``config`` the settings are the defaults, whatever files and environment say: see :func:`load_config`.

    Raises:
        UsageError: a path names nothing, no document can be read, or git cannot say what has changed.
        ModelError: a model cannot be loaded.
    """
    config = config or Config()
    asked, sources = _strings(paths), _strings(against)
    if changed_since is not None and not sources:
        raise UsageError("--changed-since is about drafts: it needs --against, or a folder of stories")
    changes = None if changed_since is None else changes_since(changed_since, (asked or ["."])[0])
    engine = Engine(config, progress)
    told: dict[str, Any] = {
        "input_format": input_format, "stdin": stdin, "fetch": fetch, "allow_private": allow_private
    }  # fmt: skip
    found = list(read_articles(asked, "draft" if sources else "source", config, changes=changes, **told))
    if found and all(isinstance(item, Skipped) and item.reason == UNCHANGED for item in found):
        return pipeline.check(found, engine)
    taken = [item.id for item in found if isinstance(item, Document)]
    if sources:
        found += read_articles(sources, "source", config, taken=taken, drafts=asked, **told)
    report = pipeline.check(found, engine)
    _require_documents(report, drafts=bool(sources))
    return report


def check_stories(
    folder: Path,
    *,
    auto: bool = False,
    changed_since: str | None = None,
    config: Config | None = None,
    progress: Progress = lambda *_: None,
) -> Report:
    """Check a folder of stories and return one report over all of them.

    Each folder in it is a story, and with ``auto`` stories are found by what the articles say. Files whose
    name begins with "draft" are drafts and are checked against the other articles of their story; articles
    without a draft are cross-checked. With ``changed_since`` only drafts that git says have changed since
    this revision are checked.

    Raises:
        UsageError: it is no folder, has no story in it, or git cannot say what has changed.
        ModelError: a model cannot be loaded.
    """
    engine, name = Engine(config or Config(), progress), os.fspath(folder)
    changes = None if changed_since is None else changes_since(changed_since, name)
    report = check_found(name, engine, changes) if auto else check_folder(name, engine, changes)
    if not report.documents and changes is None:
        raise UsageError(nothing_read("document", report.skipped))
    return report


def extract(
    paths: Iterable[Path],
    *,
    mentions: bool = False,
    config: Config | None = None,
    input_format: str | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress = lambda *_: None,
    fetch: bool = False,
    allow_private: bool = False,
) -> Extracted:
    """Return the claims of articles, or with ``mentions`` every quantity and time expression.

    The other arguments are those of :func:`check`.

    Raises:
        UsageError: a path names nothing, or no document can be read.
        ModelError: a model cannot be loaded.
    """
    config = config or Config()
    documents, skipped = pipeline.split(
        read_articles(
            _strings(paths),
            "source",
            config,
            input_format=input_format,
            stdin=stdin,
            fetch=fetch,
            allow_private=allow_private,
        )
    )
    if not documents:
        raise UsageError(nothing_read("document", skipped))
    claims, failed = pipeline.claims_of(documents, Engine(config, progress), mentions=mentions)
    return Extracted(tuple(documents), tuple(claims), (*skipped, *failed))


def relate(
    lines: bytes, *, config: Config | None = None, progress: Progress = lambda *_: None
) -> Iterator[str]:
    """Yield an answer in JSON for each line of ``{"id","left","right"}``: how the two statements relate.

    Raises:
        UsageError: naming the first line that is not such an object.
        ModelError: a model cannot be loaded.
    """
    return pipeline.relate_lines(lines, Engine(config or Config(), progress))


def failures(report: Report, fail_on: str = "contradiction") -> list[Finding]:
    """Return the findings at least as grave as ``fail_on``: with any of them the exit status is 1.

    ``fail_on`` is contradiction, disputed, unsupported, gap or never.
    """
    return [finding for finding in report.findings if fails(finding, fail_on)]


# ---------------------------------------------------------------- reading
def _strings(paths: Iterable[Path]) -> list[str]:
    if isinstance(paths, str | os.PathLike):  # a string is also an iterable of strings
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]


def _require_documents(report: Report, *, drafts: bool) -> None:
    roles = {document.role for document in report.documents}
    wanted = (("source", "source"), ("draft", "draft")) if drafts else (("source", "document"),)
    for role, noun in wanted:
        if role not in roles:
            raise UsageError(nothing_read(noun, report.skipped))
