"""A draft is checked again whenever it, or a source, is saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import Run, Write

from factcheck.config import Config
from factcheck.editor.watch import EVERY, watch
from factcheck.errors import UsageError
from factcheck.model import Report

ROOT = Path(__file__).parents[2]
ONE = "Mayor Anna Bell said on Monday that the flood in Marlow had killed 15 people.\n"
OTHER = "The flood in Marlow killed 19 people, Mayor Anna Bell said on Monday.\n"


class Desk:
    """A draft and its sources, and what happens to them while nobody looks.

    ``then`` says what to do before the next looks; a look that changes nothing must not yield a report, and
    after ten of them the test is over.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.then, self.looks = folder, iter(()), 0
        self.write("draft.md", ONE)
        self.write("wires/one.txt", ONE)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    def write_all(self, text: str) -> None:
        for name in ("draft.md", "wires/one.txt"):
            self.write(name, text)

    def take_away(self, name: str) -> None:
        (self.folder / name).unlink()

    def replace(self, name: str, text: str) -> None:
        """Save as many editors do: a new file takes the place of the old one."""
        self.write(f"{name}.new", text)
        (self.folder / f"{name}.new").rename(self.folder / name)

    def wait(self, seconds: float) -> None:
        assert seconds == EVERY
        self.looks += 1
        assert self.looks < 10, "no report came"
        act: Callable[[], None] | None = next(self.then, None)
        if act is not None:
            act()

    def watch(self) -> Iterator[Report]:
        draft, sources = str(self.folder / "draft.md"), str(self.folder / "wires")
        return watch(draft, [sources], Config(), wait=self.wait)

    def after(self, reports: Iterator[Report], *acts: Callable[[], None]) -> list[str]:
        """Return the rules of the next report's findings, which comes at the look after the last act."""
        self.then, self.looks = iter(acts), 0
        report = next(reports)
        assert self.looks == len(acts), "the report came too early, or too late"
        return [finding.rule for finding in report.findings]


@pytest.fixture
def desk(tmp_path: Path, loaded_models: None) -> Desk:  # noqa: ARG001  (it replaces the models)
    return Desk(tmp_path)


def nothing() -> None:
    """Let a moment pass."""


@pytest.mark.slow
def test_a_report_now_and_after_each_change(desk: Desk) -> None:
    reports = desk.watch()
    assert desk.after(reports) == []
    assert desk.after(reports, nothing, nothing, lambda: desk.write("draft.md", OTHER)) == ["FC302"]
    assert desk.after(reports, nothing, lambda: desk.replace("draft.md", ONE + "\n")) == []
    # A source changes, another comes, and goes.
    assert desk.after(reports, lambda: desk.write("wires/one.txt", OTHER + "\n")) == ["FC302"]
    assert "FC303" in desk.after(reports, nothing, lambda: desk.write("wires/two.txt", ONE))
    assert desk.after(reports, lambda: desk.take_away("wires/two.txt")) == ["FC302"]
    # Both at once are one report.
    assert desk.after(reports, lambda: desk.write_all(ONE + "\n\n")) == []


@pytest.mark.slow
def test_what_is_away_for_a_moment_is_waited_for(desk: Desk) -> None:
    reports = desk.watch()
    assert desk.after(reports) == []
    away, back = (lambda: desk.take_away("draft.md")), (lambda: desk.write("draft.md", OTHER))
    assert desk.after(reports, away, nothing, nothing, back) == ["FC302"]
    # While the sources are away, the draft is checked against what they were.
    away, back = (lambda: desk.take_away("wires/one.txt")), (lambda: desk.write("wires/one.txt", OTHER))
    assert desk.after(reports, away, nothing, lambda: desk.write("draft.md", ONE)) == []
    assert desk.after(reports, nothing, back) == ["FC302"]


@pytest.mark.slow
def test_a_draft_among_its_sources_is_none_of_them(desk: Desk) -> None:
    reports = watch(str(desk.folder / "draft.md"), [str(desk.folder)], Config(), wait=desk.wait)
    assert desk.after(reports) == []
    assert desk.after(reports, lambda: desk.write("draft.md", OTHER)) == ["FC302"]


@pytest.mark.slow
def test_a_draft_that_cannot_be_read_later_on(desk: Desk) -> None:
    reports = desk.watch()
    desk.after(reports)
    desk.then = iter([lambda: desk.write("draft.md", "")])
    report = next(reports)
    assert [s.reason for s in report.skipped] == ["the file is empty"]
    assert desk.after(reports, lambda: desk.write("draft.md", OTHER)) == ["FC302"]


@pytest.mark.parametrize(("draft", "against", "message"), [
    ("nowhere.md", "wires", "no such file"), ("wires", "wires", "no such file"),
    ("a\0b", "wires", "no such file"), ("draft.md", "nowhere", "no such file or folder"),
    ("draft.md", "empty", "no source could be read"),
])  # fmt: skip
def test_one_message_and_status_2(
    factcheck: Run, write: Write, tmp_path: Path, draft: str, against: str, message: str
) -> None:
    write("draft.md", ONE)
    write("wires/one.txt", ONE)
    (tmp_path / "empty").mkdir()
    ended = factcheck("watch", tmp_path / draft, "--against", tmp_path / against)
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.err
    assert ended.err.startswith("factcheck: ")
    assert "Traceback" not in ended.err
    with pytest.raises(UsageError):
        next(watch(str(tmp_path / draft), [str(tmp_path / against)], Config()))


def _interruptible() -> None:
    """Undo what a shell does to what it runs in the background, and its children would have of it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
def test_the_command(write: Write, tmp_path: Path, kept: Path) -> None:
    """A report, another after the draft was saved, and status 0 once it is interrupted."""
    draft = write("draft.md", ONE)
    write("wires/one.txt", ONE)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "factcheck", "watch", "draft.md", "--against", "wires"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(kept)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=_interruptible,
    )  # fmt: skip
    timer = threading.Timer(300, process.kill)
    timer.start()
    assert process.stderr
    lines = iter(process.stderr.readline, "")
    try:
        assert any("Ctrl-C ends this" in line for line in lines)
        draft.write_text(OTHER, "utf-8")
        assert any("Ctrl-C ends this" in line for line in lines)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        timer.cancel()
        process.kill()
    assert process.returncode == 0
    assert "Traceback" not in err
    before, first, second = out.split("draft    draft.md")
    assert not before.strip()
    assert "0 contradicted" in first
    assert "1 contradicted" in second
