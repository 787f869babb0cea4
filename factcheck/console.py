"""What the command line says while it works, and how it writes: only this module and ``cli`` print.

The report goes to stdout or a file; everything else goes to stderr, as far as it is wanted.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from factcheck.errors import UsageError

if TYPE_CHECKING:
    from factcheck.model import Report, Skipped
    from factcheck.pipeline import Progress
    from factcheck.settings import Resolved


@dataclass(frozen=True)
class Teller:
    """Tells on stderr how a run goes: ``quiet`` nothing but errors, ``verbose`` also what it does and why."""

    quiet: bool = False
    verbose: bool = False

    def __post_init__(self) -> None:
        if self.quiet and self.verbose:
            raise UsageError("--quiet and --verbose do not go together")

    def say(self, text: str) -> None:
        """Say something that a caller may want to know, in one line."""
        self.table(plain(text))

    def table(self, text: str) -> None:
        """Say something in several lines, which are fit to be shown."""
        if not self.quiet:
            typer.echo(_without_commands(text.rstrip("\n")), err=True)

    def skipped(self, items: Iterable[Skipped]) -> None:
        """Name what was not checked, and why."""
        for item in items:
            self.say(f"skipped {item.path}: {item.reason}")

    def settings(self, resolved: Resolved) -> None:
        """Name the settings that are not the defaults."""
        for key, origin in resolved.origins.items() if self.verbose else ():
            if origin != "default":
                self.say(f"{key} is set by {origin}")

    def counted(self, report: Report) -> None:
        """Say how much was compared."""
        if self.verbose:
            said = (
                f"{len(report.documents)} documents, {len(report.claims)} claims, {len(report.pairs)} pairs"
            )
            self.say(f"{said}, {len(report.pairs)} pairs, {len(report.findings)} findings")

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Something to call with a stage and counts: a bar in a terminal, and lines if asked for."""
        if self.verbose:
            yield lambda stage, done, total: self.say(f"{stage}: {done + 1} of {total}")
        elif self.quiet or not sys.stderr.isatty():
            yield lambda *_: None
        else:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
            from rich.progress import Progress as Bar

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
                yield _reporter(bar)


def _reporter(bar: Any) -> Callable[[str, int, int], None]:
    tasks: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done, total=total)

    return show


def plain(text: str) -> str:
    """Return article data, or a path, as one line in which every character can be seen."""
    from factcheck.report.text import visible

    return visible(text)


def _without_commands(text: str) -> str:
    """GitHub obeys lines of stderr too."""
    from factcheck.report.text import without_commands

    return without_commands(text)


def look(output: Path | None) -> dict[str, Any]:
    """Return width and colour for a report: of the terminal, or None and no colour for a pipe or a file.

    NO_COLOR takes the colours from a terminal, FORCE_COLOR gives them to a pipe; neither counts when empty.
    """
    terminal = output is None and sys.stdout.isatty()
    wanted = os.environ.get("TERM") != "dumb" if terminal else False
    if output is None and os.environ.get("FORCE_COLOR"):
        wanted = True
    if os.environ.get("NO_COLOR"):
        wanted = False
    return {"width": shutil.get_terminal_size().columns if terminal else None, "color": wanted}


def write(text: str, output: Path | None) -> None:
    """Write text to a file, or to stdout, as UTF-8 whatever the terminal says.

    Raises:
        UsageError: the file cannot be written.
    """
    if text and not text.endswith("\n"):
        text += "\n"
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as problem:
        raise UsageError(f"{output} cannot be written: {problem.strerror or problem}") from problem
