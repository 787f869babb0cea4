"""Check a folder of stories: each folder in it is a story, and all of them make one report."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path, PurePath

from factcheck.changes import Changes
from factcheck.errors import UsageError
from factcheck.model import Document, Frozen, Report, Skipped
from factcheck.pipeline import UNCHANGED, Engine, check, read_articles
from factcheck.sources import SUFFIXES
from factcheck.sources.paths import NOT_REGULAR, Input, inputs, is_regular, printable

DRAFT = "draft"


def is_draft(path: str) -> bool:
    """Say whether a file is a draft by its name."""
    return PurePath(path).name.casefold().startswith(DRAFT)


class Story(Frozen, frozen=True, kw_only=True):
    """The files of one story; without drafts the sources are checked with each other."""

    name: str
    path: str
    drafts: tuple[str, ...]
    sources: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()


def check_folder(folder: str, engine: Engine, changes: Changes | None = None) -> Report:
    """Check each story of a folder: its drafts, files whose name begins with "draft", against the others.

    With ``changes`` only drafts that have changed are checked.

    Raises:
        UsageError: the folder has no folders in it, or no story could be checked.
    """
    stories = list(find_stories(folder))
    if not stories:
        raise UsageError(
            f"{printable(folder)} has no folders in it, and each is taken for a story: "
            "put a story's files into one, or let --auto find the stories"
        )
    reports = [_loose(folder, engine)]
    taken: list[str] = []
    for done, story in enumerate(stories):
        engine.progress("stories", done, len(stories))
        report = _check_story(story, engine, changes, taken, story.name)
        taken += [document.id for document in report.documents]
        reports.append(report)
    return merged(reports)


def check_found(folder: str, engine: Engine, changes: Changes | None = None) -> Report:
    """Check a folder whose stories are found by what its articles say; see :func:`check_folder`."""
    return _check_story(_story(folder, folder), engine, changes, (), None)


def find_stories(folder: str) -> Iterator[Story]:
    """Yield the stories of a folder by name; hidden folders and links to folders are none.

    Raises:
        UsageError: it is no folder, or cannot be opened.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise UsageError(f"{printable(folder)} cannot be opened as a folder: {reason}") from problem
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield _story(str(Path(entry.path)), entry.name)


def merged(reports: Sequence[Report]) -> Report:
    """Put reports of different stories into one."""
    drafts = [report.draft for report in reports if report.draft is not None]
    findings = chain.from_iterable(report.findings for report in reports)
    first = reports[0]
    return Report(
        documents=tuple(chain.from_iterable(r.documents for r in reports)),
        claims=tuple(chain.from_iterable(r.claims for r in reports)),
        pairs=tuple(chain.from_iterable(r.pairs for r in reports)),
        facts=tuple(chain.from_iterable(r.facts for r in reports)),
        draft=tuple(chain.from_iterable(drafts)) if drafts else None,
        findings=tuple(
            sorted(findings, key=lambda f: (f.rule, f.primary.document, f.primary.start, f.fingerprint))
        ),
        ignored=tuple(chain.from_iterable(r.ignored for r in reports)),
        skipped=tuple(chain.from_iterable(r.skipped for r in reports)),
        models=first.models, config=first.config,
        texts={name: text for report in reports for name, text in report.texts.items()},
    )  # fmt: skip


def _story(path: str, name: str) -> Story:
    drafts, sources, others = list[str](), list[str](), list[str]()
    for item in inputs(path):
        if isinstance(item, Input):
            # A pipe would wait for a writer for ever; from here on files count as named, as pipes may be.
            kind = drafts if is_draft(item.path) else sources
            (kind if is_regular(item.path) else others).append(item.path)
    skipped = tuple(Skipped(path=printable(f), stage="read", reason=NOT_REGULAR) for f in others)
    return Story(
        name=printable(name), path=path, drafts=tuple(drafts), sources=tuple(sources), skipped=skipped
    )


def _loose(folder: str, engine: Engine) -> Report:
    """A report that nothing was checked of the articles that lie beside the stories."""
    files = sorted(p for p in Path(folder).iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
    reason = "lies in the folder of no story"
    return check([Skipped(path=printable(str(p)), stage="read", reason=reason) for p in files], engine)


def _check_story(
    story: Story, engine: Engine, changes: Changes | None, taken: Sequence[str], label: str | None
) -> Report:
    """Check one story; of one that cannot be checked, or has not changed, the report says no more than so."""

    def unchecked(read: Sequence[Document | Skipped], reason: str) -> Report:
        skipped = [item for item in read if isinstance(item, Skipped)]
        return check(
            [*story.skipped, *skipped, Skipped(path=printable(story.path), stage="read", reason=reason)],
            engine,
        )

    if changes is not None and not story.drafts:
        return unchecked([], "has no draft that may have changed")
    drafts = list(read_articles(story.drafts, "draft", engine.config, taken=taken, changes=changes))
    if story.drafts and not _ids(drafts):
        only_unchanged = changes is not None and all(getattr(d, "reason", "") == UNCHANGED for d in drafts)
        if only_unchanged:
            return check([*story.skipped, *drafts], engine)
        return unchecked(drafts, "no draft could be read")
    taken = [*taken, *_ids(drafts)]
    sources = list(read_articles(story.sources, "source", engine.config, taken=taken))
    if not _ids(sources):
        return unchecked([*drafts, *sources], "no source could be read")
    return check([*story.skipped, *drafts, *sources], engine, story=label)


def _ids(read: Sequence[Document | Skipped]) -> list[str]:
    return [item.id for item in read if isinstance(item, Document)]
