"""What the command line says beside the report: how much, in which colours; and what it teaches a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Run, Write

from factcheck.console import look

ONE = "Mayor Anna Bell said on Monday that the flood in Marlow had killed 15 people.\n"


# ---------------------------------------------------------------- how much
@pytest.mark.parametrize("command", ["check", "extract"])
def test_quiet_says_nothing_but_errors(factcheck: Run, write: Write, command: str) -> None:
    paths = [write("a.txt", ONE), write("b.txt", "")]
    loud = factcheck(command, *paths, "--format", "json")
    quiet = factcheck(command, *paths, "--format", "json", "--quiet")
    assert "b.txt" in loud.err
    assert (quiet.err, quiet.out) == ("", loud.out)
    assert factcheck(command, paths[1], "--quiet").err.startswith("factcheck: no document could be read")


def test_verbose_says_what_is_done_and_why(factcheck: Run, write: Write) -> None:
    path = write("factcheck.toml", 'fail-on = "never"')
    ended = factcheck("check", write("a.txt", ONE), "--verbose")
    assert f"fail-on is set by {path}" in ended.err
    assert "reading claims: 1 of 1" in ended.err
    assert "1 documents," in ended.err
    assert ended.out == factcheck("check", path.parent / "a.txt").out
    assert factcheck("check", path, "--quiet", "--verbose").status == 2


def test_a_baseline_is_written_quietly(factcheck: Run, write: Write, tmp_path: Path) -> None:
    asked = ("--reason", "why", "--author", "Ida", "--output", tmp_path / "b.json")
    assert "0 added" in factcheck("baseline", write("a.txt", ONE), *asked).err
    assert factcheck("baseline", tmp_path / "a.txt", *asked, "--quiet").err == ""


def test_a_folder_cannot_give_orders(factcheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub obeys lines that begin so, on stderr too."""
    path = write("stories/::error::x/a.txt", ONE)
    for format in ("terminal", "json"):
        ended = factcheck("check", "--batch", path.parents[1], "--format", format)
        assert ended.status == 0
        assert not [line for line in (ended.out + ended.err).splitlines() if line.lstrip().startswith("::")]
    monkeypatch.undo()


# ---------------------------------------------------------------- colours
@pytest.mark.parametrize(
    ("terminal", "variables", "colour"),
    [
        (True, {}, True), (True, {"NO_COLOR": "1"}, False), (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False), (True, {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (False, {}, False), (False, {"FORCE_COLOR": "1"}, True), (False, {"FORCE_COLOR": ""}, False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)  # fmt: skip
def test_colours(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, variables: dict[str, str], colour: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert look(None)["color"] == colour
    assert (look(None)["width"] is not None) == terminal
    assert look(Path("report.txt")) == {"width": None, "color": False}


def test_colours_are_forced_into_a_pipe(
    factcheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    path = write("stories/flood/a.txt", ONE)
    assert "\x1b[" in factcheck("check", path).out
    assert "\x1b[" in factcheck("check", "--batch", path.parents[1]).out


# ---------------------------------------------------------------- completion
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("factcheck ba", "baseline"),
        ("factcheck check --chan", "--changed-since"),
        ("factcheck check --fail-on dis", "disputed"),
    ],
)
def test_a_shell_completes(words: str, wanted: str) -> None:
    program = "import sys; sys.argv = ['factcheck']; from factcheck.cli import main; main()"
    environment = {
        **os.environ, "_FACTCHECK_COMPLETE": "complete_bash", "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert wanted in done.stdout.split()
