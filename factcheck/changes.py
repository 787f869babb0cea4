"""Ask git which files have changed. The only module that starts another program."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from factcheck.config import real_path
from factcheck.errors import UsageError


class Changes(NamedTuple):
    """The files of a repository that have changed since a revision, as real paths."""

    root: Path
    files: frozenset[Path]

    def unchanged(self, path: str) -> bool:
        """Say whether a file is in the repository and as it was; of one outside nobody can say."""
        real = real_path(path)
        return real.is_relative_to(self.root) and real not in self.files


def changes_since(revision: str, path: str) -> Changes:
    """Return what has changed in the repository of ``path`` since a revision.

    That is since the last commit that the revision and the present one have in common, so that what others
    did on their branch meanwhile does not count. Files not committed or not yet known to git count.

    Raises:
        UsageError: there is no git, no repository, no such revision, or nothing in common with it.
    """
    if revision.startswith("-") or not revision.strip():
        raise UsageError(f"--changed-since: expected a revision, got {revision!r}")
    start = real_path(path)
    folder = start if start.is_dir() else start.parent
    root = Path(_line(_git(folder, "rev-parse", "--show-toplevel", but="is in no git repository")))
    commit = _git(
        root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", but=f"has no revision {revision}"
    )
    base = _git(
        root, "merge-base", _line(commit), "HEAD",
        but=f"has no commit in common with {revision}: fetch more of the history",
    )  # fmt: skip
    diff = ("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv")
    changed = _git(root, *diff, _line(base), "--", but="cannot be compared")
    others = _git(root, "ls-files", "--others", "--exclude-standard", "-z", but="cannot be listed")
    names = [os.fsdecode(name) for name in (changed + others).split(b"\0") if name]
    return Changes(real_path(root), frozenset(real_path(root / n) for n in names))


def _git(folder: Path, *arguments: str, but: str) -> bytes:
    # A repository's own settings could name a program to be run for each look at it.
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except (OSError, ValueError) as problem:
        raise UsageError(f"--changed-since needs git, which cannot be started: {problem}") from problem
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise UsageError("\n".join([f"--changed-since: {folder} {but}", *said.splitlines()]))
    return done.stdout


def _line(output: bytes) -> str:
    return os.fsdecode(output.removesuffix(b"\n").removesuffix(b"\r"))
