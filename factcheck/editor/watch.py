"""Check a draft again whenever it, or a source, is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from factcheck.config import Config
from factcheck.errors import UsageError
from factcheck.model import Report
from factcheck.pipeline import Progress
from factcheck.session import Session
from factcheck.sources.paths import printable

# Seconds between two looks at the files. Looking costs nothing, works on every file system, and sees the
# whole file that an editor put in the place of the old one.
EVERY = 0.3


def watch(
    draft: str,
    against: Sequence[str],
    config: Config,
    progress: Progress = lambda *_: None,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Report]:
    """Yield a report on a draft now and after each change, until the caller stops asking.

    Files that are gone later on, as they are for a moment while an editor saves them, are waited for.

    Raises:
        UsageError: the draft cannot be opened at the start, or no source can be read then.
        ModelError: a model cannot be loaded.
    """
    if not Path(draft).is_file() or _data(draft) is None:
        raise UsageError(f"no such file, or none that can be opened: {printable(draft)}")
    session, seen = Session(against, config, progress, [draft]), None
    while True:
        if session.stale():
            with suppress(UsageError):
                session, seen = Session(against, config, progress, [draft]), None
        now = _stamp(draft)
        data = _data(draft) if now != seen else None
        if data is not None:
            seen = now
            yield session.check(draft, data)
        wait(EVERY)


def _stamp(path: str) -> tuple[int, int] | None:
    """Return time and size of a file, None while an editor has it away."""
    try:
        state = Path(path).stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def _data(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None
