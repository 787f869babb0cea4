"""A baseline: what it knows does not fail, what expired does again, what matches nothing is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from command_line import Ended, Run, Write
from report.shared_report import shared_report

from factcheck.baseline import baseline_text, compared, load_baseline, updated
from factcheck.model import Accepted, Finding, Report

TODAY = date(2026, 3, 1)
ONE = "Mayor Anna Bell said on Monday that the flood in Marlow had killed 15 people.\n"
OTHER = "The flood in Marlow killed 19 people, Mayor Anna Bell said on Monday.\n"
WHO = ("--reason", "the mayor's office has both", "--author", "Ida Holm")


def accepted(fingerprint: str, path: str = "wires/a.txt", expires: date | None = None) -> Accepted:
    return Accepted(
        fingerprint=fingerprint, rule="FC301", path=path, message="They differ", reason="known", author="Ida",
        expires=expires,
    )  # fmt: skip


@pytest.fixture
def report() -> Report:
    """The shared report with three findings, whose fingerprints are a, b and c."""
    report = shared_report()
    findings = tuple(msgspec.structs.replace(report.findings[0], fingerprint=name) for name in "abc")
    return msgspec.structs.replace(report, findings=findings)


def standings(report: Report) -> list[str | None]:
    return [finding.standing for finding in report.findings]


# ---------------------------------------------------------------- entries
def test_findings_are_known_new_or_expired(report: Report) -> None:
    entries = [accepted("a", expires=TODAY), accepted("b", expires=date(2026, 2, 28))]
    assert standings(compared(report, entries, TODAY)) == ["known", "expired", "new"]


def test_an_entry_is_stale_if_its_document_was_checked_or_is_gone(report: Report, write: Write) -> None:
    elsewhere = write("elsewhere.txt", "x").as_posix()
    checked = report.documents[0].path
    entries = [accepted("a"), *(accepted(p, p) for p in (checked, "nowhere.txt", "no\0where", elsewhere))]
    stale = compared(report, entries, TODAY).stale
    assert [entry.path for entry in stale] == [checked, "nowhere.txt", "no\0where"]


def test_an_update_keeps_what_counts_and_renews_what_expired(report: Report) -> None:
    old = accepted("b", expires=date(2025, 1, 1))
    update = updated(
        report, [accepted("a"), old, accepted("gone")], TODAY, reason="why", author="Bo", expires=TODAY
    )
    assert (update.kept, update.added, update.dropped) == (1, 2, 1)
    by_name = {entry.fingerprint: entry for entry in update.entries}
    assert by_name["a"] == accepted("a")
    assert (by_name["b"].reason, by_name["c"].author, by_name["c"].expires) == ("why", "Bo", TODAY)
    assert standings(compared(report, update.entries, TODAY)) == ["known"] * 3


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    entries = [accepted("b"), accepted("a", expires=TODAY), accepted("c", "archive/\x1b.txt")]
    path = tmp_path / "baseline.json"
    path.write_text(baseline_text(entries), "utf-8")
    assert load_baseline(str(path)) == (entries[2], entries[1], entries[0])
    assert baseline_text(reversed(entries)) == baseline_text(entries)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "cannot be used"),
        ("[]", "Expected `object`"),
        ("[" * 100_000, "cannot be used"),
        ('{"findings": [{}]}', "missing required field `fingerprint` - at `$.findings[0]`"),
        ('{"schema": "other", "findings": []}', "at `$.schema`"),
        (
            baseline_text([accepted("a", expires=TODAY)]).replace("2026-03-01", "soon"),
            "at `$.findings[0].expires`",
        ),
        (baseline_text([accepted("a")]).replace('"known"', '""'), "at `$.findings[0].reason`"),
        (baseline_text([accepted("a")]).replace('"author"', '"line": 3, "author"'), "unknown field `line`"),
        (b"\xff", "cannot be used"),
    ],
)
def test_a_bad_file(factcheck: Run, write: Write, content: str | bytes, message: str) -> None:
    path = write("baseline.json", content)
    for ended in (
        factcheck("check", write("a.txt", ONE), "--baseline", path),
        factcheck("baseline", write("a.txt", ONE), "--output", path, *WHO),
    ):
        assert ended.status == 2
        assert message in ended.err
        assert str(path) in ended.err


# ---------------------------------------------------------------- commands
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--reason", " ", "--author", "Ida"], "who accepted this, and why"),
        ([*WHO, "--expires", "tomorrow"], "--expires: expected a day as 2026-01-31, got tomorrow"),
        ([*WHO, "--today", "2026-13-01"], "--today: expected a day"),
        ([*WHO, "--output", "FOLDER"], "cannot be read: Is a directory"),
        (["--author", "Ida"], "Missing option '--reason'"),
    ],
)
def test_bad_options(factcheck: Run, write: Write, tmp_path: Path, options: list[str], message: str) -> None:
    options = [option.replace("FOLDER", str(tmp_path)) for option in options]
    ended = factcheck("baseline", write("a.txt", ONE), *options)
    assert ended.status == 2
    assert message in ended.err


def test_a_baseline_that_is_missing(factcheck: Run, write: Write) -> None:
    ended = factcheck("check", write("a.txt", ONE), "--baseline", "nowhere.json")
    assert (ended.status, ended.out) == (2, "")
    assert "baseline nowhere.json cannot be read" in ended.err


@pytest.mark.parametrize("epoch", ["soon", "9" * 40])
def test_a_bad_clock(factcheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert "SOURCE_DATE_EPOCH: expected" in factcheck("check", write("a.txt", ONE)).err


class Desk:
    """Two articles that contradict each other, and a baseline for them."""

    def __init__(self, factcheck: Run, write: Write) -> None:
        self.factcheck = factcheck
        self.paths = [write("one.txt", ONE), write("other.txt", OTHER)]
        self.file = self.paths[0].parent / "baseline.json"

    def accept(self, *options: str) -> Ended:
        return self.factcheck("baseline", *self.paths, *WHO, "--output", self.file, *options)

    def check(self, *options: str) -> Ended:
        return self.factcheck("check", *self.paths, "--baseline", self.file, *options)

    def findings(self, *options: str) -> list[dict[str, Any]]:
        return json.loads(self.check("--format", "json", *options).out)["findings"]


@pytest.fixture
def desk(factcheck: Run, write: Write) -> Desk:
    return Desk(factcheck, write)


def test_what_is_accepted_does_not_fail_until_it_expires(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    written = desk.accept("--expires", "2026-02-01")
    assert (written.status, written.out) == (0, "")
    assert "0 entries kept, 1 added, 0 dropped" in written.err
    assert desk.check("--today", "2026-02-01").status == 0
    assert [f["standing"] for f in desk.findings("--today", "2026-02-01")] == ["known"]
    assert desk.check("--today", "2026-02-02").status == 1
    assert [f["standing"] for f in desk.findings("--today", "2026-02-02")] == ["expired"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 1 January 2026
    assert desk.check().status == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # 1 March 2026
    assert desk.check().status == 1
    assert "0 entries kept, 1 added" in desk.accept().err


def test_lines_may_be_moved_and_new_findings_fail(desk: Desk, write: Write) -> None:
    desk.accept()
    write("one.txt", "# News\n\nThe rain has stopped.\n\n" + ONE)
    assert desk.check().status == 0
    write("one.txt", ONE + "\nThe council of Marlow bought 7 pumps on Tuesday.\n")
    write("other.txt", OTHER + "\nThe council of Marlow bought 9 pumps on Tuesday.\n")
    ended = desk.check()
    assert ended.status == 1
    assert "New since the baseline (" in ended.out
    new = [f for f in desk.findings() if f["standing"] == "new" and f["rule"] == "FC301"]
    assert len(new) == 1
    assert "“7”" in new[0]["message"]


def test_stale_entries_are_told(desk: Desk, write: Write) -> None:
    desk.accept()
    write("one.txt", OTHER)
    ended = desk.check()
    assert (ended.status, "Stale in the baseline (1)" in ended.out) == (0, True)
    assert "Stale in the baseline (1)" in desk.check("--format", "markdown").out
    report = json.loads(desk.check("--format", "json").out)
    assert [entry["reason"] for entry in report["stale"]] == [WHO[1]]
    told = desk.accept().err
    assert "1 dropped" in told


def test_a_known_finding_is_no_failure_in_any_format(desk: Desk) -> None:
    desk.accept()
    assert "<failure" not in desk.check("--format", "junit").out
    results = json.loads(desk.check("--format", "sarif").out)["runs"][0]["results"]
    assert {result["baselineState"] for result in results} == {"unchanged"}


def test_finding_without_a_baseline_has_no_standing(factcheck: Run, write: Write) -> None:
    ended = factcheck("check", write("one.txt", ONE), write("other.txt", OTHER), "--format", "json")
    assert all("standing" not in finding for finding in json.loads(ended.out)["findings"])
    assert Finding.__struct_defaults__ == (None,)
