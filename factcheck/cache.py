"""Keep results by content, so that nothing is computed twice.

An entry is one file: a header with the sha256 of what follows. Whatever does not match its header was cut
short, altered or written by something else, and counts as absent. Entries are written beside their place
and moved into it, so two runs at once never see half an entry.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

MAGIC = b"factcheck-cache/1 "


class Cache:
    """A store of bytes by kind and key; with ``root`` None it holds nothing."""

    def __init__(self, root: Path | None) -> None:
        self.root = root

    @classmethod
    def default(cls, folder: str | None = None) -> Cache:
        """Return the cache in ``folder``, or in the place the platform keeps caches."""
        if folder is not None:
            return cls(Path(folder))
        from platformdirs import user_cache_path

        return cls(user_cache_path("factcheck", appauthor=False))

    def get(self, kind: str, key: str) -> bytes | None:
        """Return the payload stored under a key, or None where there is none that is whole."""
        if self.root is None:
            return None
        try:
            raw = self._path(kind, key).read_bytes()
        except OSError:
            return None
        header, _, payload = raw.partition(b"\n")
        return payload if header == _header(payload) else None

    def put(self, kind: str, key: str, payload: bytes) -> None:
        """Store a payload.

        A disk that is full or read-only costs the next run time, not this one its result.
        """
        if self.root is None:
            return
        path = self._path(kind, key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(handle, "wb") as stream:
                stream.write(_header(payload) + b"\n" + payload)
            Path(name).replace(path)
        except OSError:
            return

    def clear(self) -> int:
        """Delete all entries and return how many there were."""
        if self.root is None or not self.root.is_dir():
            return 0
        count = 0
        for kind in ("claims", "vectors", "entailment"):
            folder = self.root / kind
            count += sum(1 for p in folder.rglob("*") if p.is_file())
            shutil.rmtree(folder, ignore_errors=True)
        return count

    def _path(self, kind: str, key: str) -> Path:
        assert self.root is not None
        return self.root / kind / key[:2] / key


def cache_key(*parts: str) -> str:
    """Return the hex sha256 over texts, each kept apart from the next."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


def _header(payload: bytes) -> bytes:
    return MAGIC + hashlib.sha256(payload).hexdigest().encode()
