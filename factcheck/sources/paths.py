"""Find the files that paths name."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from factcheck.errors import UnreadableDocument, UsageError
from factcheck.model import Frozen, Skipped

NOT_REGULAR = "not a regular file"
_PIECE = 1 << 20
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")


class Input(Frozen, frozen=True):
    """One file to read; ``named`` says that it was asked for by name, not met in a folder."""

    path: str
    named: bool


def is_url(path: str) -> bool:
    """Say whether a path is a web address, or one of another scheme, and not the name of a file."""
    return bool(_URL.match(path)) and not os.path.lexists(path)


def require(path: str) -> None:
    """Refuse a path that names nothing.

    Raises:
        UsageError: there is no such file or folder.
    """
    if not os.path.lexists(path):
        raise UsageError(f"no such file or folder: {printable(path)}")


def inputs(path: str) -> Iterator[Input | Skipped]:
    """Yield the file a path names, or the files of a folder and the folders in it, sorted by name.

    Hidden files and folders are passed over. Links to folders are not followed, so that a loop cannot hang.
    """
    if not Path(path).is_dir():
        yield Input(path=path, named=True)
        return
    empty = True
    problems: list[OSError] = []
    for folder, names, files in os.walk(path, onerror=problems.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for link in (Path(folder, name) for name in names):
            if link.is_symlink():
                yield _skipped(str(link), "a link to a folder, which is not followed")
        for name in sorted(name for name in files if not name.startswith(".")):
            empty = False
            yield Input(path=str(Path(folder, name)), named=False)
    for problem in problems:
        yield _skipped(str(problem.filename), f"cannot be opened: {problem.strerror}")
    if empty and not problems:
        yield _skipped(path, "no documents in this folder")


def real_files(paths: Iterable[str]) -> frozenset[str]:
    """Return the real paths of the files that paths name: by these a file is known, whatever it is called."""
    named = (item for path in paths for item in inputs(path))
    return frozenset(os.path.realpath(item.path) for item in named if isinstance(item, Input))


def read_bytes(item: Input, limit: int) -> bytes:
    """Read a file of at most ``limit`` bytes.

    Raises:
        UnreadableDocument: it cannot be opened, is no file, or is larger.
    """
    try:
        # A pipe in a folder would wait for a writer for ever; one that was named has its writer.
        if not item.named and not is_regular(item.path):
            raise UnreadableDocument(NOT_REGULAR)
        with Path(item.path).open("rb") as file:
            data = read_stream(file, limit)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableDocument(f"cannot be opened: {reason}") from error
    return data


def read_stream(stream: BinaryIO, limit: int) -> bytes:
    """Read a stream to its end, piece by piece, so that a high limit takes no memory by itself.

    Raises:
        UnreadableDocument: it has more than ``limit`` bytes.
    """
    data = bytearray()
    while piece := stream.read(_PIECE):
        data += piece
        if len(data) > limit:
            raise UnreadableDocument(f"larger than the limit of {limit:,} bytes")
    return bytes(data)


def is_regular(path: str) -> bool:
    """Say whether a path leads to a file, and not to a pipe or a device; of what cannot be told it does."""
    try:
        return stat.S_ISREG(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return True


def printable(path: str) -> str:
    """Give a path as text that can be written as UTF-8, whatever bytes the file's name has."""
    return path.encode("utf-8", "replace").decode()


def _skipped(path: str, reason: str) -> Skipped:
    return Skipped(path=printable(path), stage="read", reason=reason)
