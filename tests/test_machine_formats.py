"""What a run in CI writes: formats for other programs, and a job's summary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Ended, Run, Write
from junitparser import JUnitXml

from factcheck import cli

pytestmark = pytest.mark.slow

DRAFT = "Marlow's library lent 5,200 books in May, the council said.\n"
SOURCE = "The council said that Marlow's library had lent 4,700 books in May.\n"


@pytest.fixture
def check(factcheck: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Check a draft with a wrong figure in the folder of the test."""
    paths = [write("drafts/library news.txt", DRAFT), "--against", write("wires/council.txt", SOURCE)]
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    def run(*options: str) -> Ended:
        return factcheck("check", *paths, *options)

    return run


def test_sarif_points_at_the_draft(check: Run) -> None:
    ended = check("--format", "sarif")
    [result, *_] = json.loads(ended.out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (ended.status, ended.err, result["ruleId"]) == (1, "", "FC302")
    assert place["artifactLocation"]["uri"] == "drafts/library%20news.txt"
    assert place["region"]["snippet"]["text"] == "5,200"
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "wires/council.txt"


def test_junit_fails_when_the_run_does(check: Run) -> None:
    for fail_on, status in (("contradiction", 1), ("never", 0)):
        ended = check("--format", "junit", "--fail-on", fail_on)
        assert (ended.status, JUnitXml.fromstring(ended.out.encode()).failures) == (status, status)


def test_a_job_of_github_gets_annotations_and_a_summary(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# An earlier step\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    ended = check("--format", "github")
    assert ended.out.startswith(
        "::error file=drafts/library news.txt,line=1,col=23,title=FC302 contradicted::"
    )
    written = summary.read_text("utf-8")
    assert written.startswith("# An earlier step\n# Fact check\n")
    assert "**contradicted**" in written
    check("--format", "json")
    assert summary.read_text("utf-8") == written


def test_a_summary_that_github_would_refuse_is_cut_and_says_so(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setattr(cli, "SUMMARY_BYTES", 600)
    check("--format", "github")
    written = summary.read_bytes()
    assert written.startswith(b"# Fact check\n")
    assert len(written) <= 600
    assert written.endswith(b"longer than a job summary may be: `--format markdown` writes all of it.\n")


def test_a_summary_that_cannot_be_written_is_one_message(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    ended = check("--format", "github")
    assert ended.status == 2
    assert "cannot be written" in ended.err
