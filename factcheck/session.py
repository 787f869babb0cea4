"""Check drafts that are being written against sources that stay as they are.

Sources are read and aligned once. Of each draft its parsed paragraphs, its vectors and what its claims have
in common with those of the sources are kept, so that after an edit only what has changed is computed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.alignment.embedding import Rows
from factcheck.alignment.features import Known
from factcheck.alignment.pairing import Text, align_draft, align_sources, together
from factcheck.claims.extraction import extract
from factcheck.claims.parse import Paragraphs
from factcheck.config import Config
from factcheck.errors import UsageError
from factcheck.model import Document, Report
from factcheck.pipeline import (
    Aligned,
    Engine,
    Progress,
    limits_of,
    nothing_read,
    read_articles,
    read_each,
    report_of,
    split,
    texts_of,
)
from factcheck.sources import read_held
from factcheck.sources.paths import Input, inputs, real_files


@dataclass
class _Kept:
    """What is kept of one draft."""

    paragraphs: Paragraphs = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    known: Known = field(default_factory=dict)


# What is kept of the drafts of a file, by their paths: a file can hold several.
_File = dict[str, _Kept]


class Session:
    """Sources, ready for any number of checks; the report is that of :func:`factcheck.check`.

    Only where a draft and a source have one id is the report another: here the source keeps it. Of the files
    ``drafts`` none is a source.

    Raises:
        UsageError: a path names nothing, or no source can be read.
        ModelError: a model cannot be loaded.
    """

    def __init__(
        self, paths: Sequence[str], config: Config, progress: Progress = lambda *_: None,
        drafts: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.paths = tuple(paths)
        self._engine = Engine(config, progress)
        self._drafts = real_files(drafts)
        self._seen = list(self._stamps())
        read = read_articles(self.paths, "source", config, drafts=drafts)
        texts, self._skipped = texts_of(read, self._engine)
        if not texts:
            raise UsageError(nothing_read("source", self._skipped))
        self._aligner = self._engine.aligner()
        self._sources = align_sources(texts, self._aligner)
        self._taken = [t.document.id for t in texts]
        self._kept: dict[str, _File] = {}

    def stale(self) -> bool:
        """Say whether a file of the sources has changed, come or gone since they were read."""
        return self._seen != list(self._stamps())

    def _stamps(self) -> Iterator[tuple[str, int, int]]:
        """Yield name, time and size of each file, by which a change is noticed."""
        for item in (item for path in self.paths for item in inputs(path)):
            if isinstance(item, Input) and os.path.realpath(item.path) not in self._drafts:
                with suppress(OSError):
                    state = Path(item.path).stat()
                    yield item.path, state.st_mtime_ns, state.st_size

    def check(self, path: str, data: bytes, *, input_format: str | None = None) -> Report:
        """Check a draft, given as the bytes that its file has or will have; see :func:`read_held`."""
        config = self._engine.config
        limits = limits_of(config)
        read = read_held(
            data, path, role="draft", input_format=input_format, taken=self._taken, limits=limits
        )
        drafts, skipped = split(read)
        kept = self._kept_of(path, drafts)
        _, texts, failed = read_each(drafts, lambda draft: self._text(draft, kept), lambda *_: None)
        found = [align_draft(t, self._sources, self._aligner, kept[t.document.path].known) for t in texts]
        everything = [*texts, *self._sources.texts]
        alignment = together(everything, self._sources, found)
        # First what could not be read, of drafts and sources, and then what could not be understood.
        gone = sorted([*skipped, *failed, *self._skipped], key=lambda s: s.stage != "read")
        return report_of(Aligned(everything, gone, alignment, self._sources), config)

    def forget(self, path: str) -> None:
        """Drop what is kept of the drafts of a file."""
        self._kept.pop(path, None)

    def _kept_of(self, path: str, drafts: Sequence[Document]) -> _File:
        """Return what is kept of these drafts of a file, and drop the rest.

        Where nothing could be read all of it stays: with a line half written, front matter is often broken.
        """
        kept = self._kept.setdefault(path, {})
        present = {draft.path for draft in drafts} or kept.keys()
        self._kept[path] = {name: kept.get(name, _Kept()) for name in present}
        return self._kept[path]

    def _text(self, draft: Document, file: _File) -> Text:
        kept = file[draft.path]
        extraction = extract(draft, self._engine.nlp, kept.paragraphs)
        return Text(draft, extraction, self._engine.encoder.vectors(extraction, kept.rows))
