"""A folder of stories in one run, and only what has changed of it: what CI does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from command_line import Run, Write
from newsroom import write_newsroom

WHO = ("--author", "Ida Holm", "--today", "2026-01-10")
ONE = "Mayor Anna Bell said on Monday that the flood in Marlow had killed 15 people.\n"
OTHER = "The flood in Marlow killed 19 people, Mayor Anna Bell said on Monday.\n"
DAM = "The dam at Orsk is 40 metres high.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that commands are run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def failures(format: str, out: str) -> int:
    """Count what a machine format marks as failing and new."""
    if format == "junit":
        return len(ElementTree.fromstring(out).findall(".//failure"))
    if format == "sarif":
        results = json.loads(out)["runs"][0]["results"]
        return sum(r["level"] == "error" and r["baselineState"] == "new" for r in results)
    return sum(f["severity"] == "error" and f["standing"] != "known" for f in json.loads(out)["findings"])


# ---------------------------------------------------------------- the whole story
@pytest.mark.slow
def test_a_newsroom_in_ci(factcheck: Run, desk: Path) -> None:
    write_newsroom(desk / "stories")
    assert len(list(desk.rglob("*.md"))) == 40
    check = ("check", "--batch", "stories", "--baseline", "accepted.json", "--today", "2026-01-10")
    accept = ("baseline", "--batch", "stories", "--output", "accepted.json", *WHO)

    clean = factcheck("check", "--batch", "stories")
    assert (clean.status, "5 stories, 40 documents: 0 failing findings" in clean.out) == (0, True)
    assert factcheck(*accept, "--reason", "as it was when we began").status == 0
    assert factcheck(*check).status == 0

    draft = desk / "stories" / "ferry" / "draft.md"
    draft.write_text(draft.read_text("utf-8").replace("212", "221"), "utf-8")
    failed = factcheck(*check)
    assert failed.status == 1
    assert "stories/ferry/draft.md:1 FC302 new" in failed.out
    for format in ("json", "junit", "sarif"):
        ended = factcheck(*check, "--format", format)
        assert (ended.status, failures(format, ended.out)) == (1, 1)
        assert "1 failing finding\n" in ended.err
    new = [f for f in json.loads(factcheck(*check, "--format", "json").out)["findings"]
           if f["standing"] != "known"]  # fmt: skip
    assert [finding["rule"] for finding in new] == ["FC302"]

    reason = "the line counts the crew, sources do not"
    assert factcheck(*accept, "--reason", reason, "--expires", "2026-01-31").status == 0
    entries = json.loads((desk / "accepted.json").read_text("utf-8"))["findings"]
    assert [e["expires"] for e in entries if e["reason"] == reason] == ["2026-01-31"]
    assert factcheck(*check).status == 0
    late = factcheck(*check[:-1], "2026-02-01")
    assert (late.status, "FC302 expired" in late.out) == (1, True)


# ---------------------------------------------------------------- folders
def write_two(write: Write, flood: str = ONE) -> None:
    for name, text in {"flood/a.txt": ONE, "flood/draft-2.md": flood, "dam/one.txt": DAM,
                       "dam/deep/two.txt": DAM}.items():  # fmt: skip
        write(f"stories/{name}", text)


def report_of(factcheck: Run, *options: str) -> dict[str, Any]:
    return json.loads(factcheck("check", "--batch", "stories", "--format", "json", *options).out)


def test_each_folder_is_a_story(factcheck: Run, desk: Path, write: Write) -> None:
    """However alike two stories are, and however unlike the articles of one."""
    write_two(write, OTHER)
    write("stories/same/a.txt", ONE)
    write("stories/same/b.txt", DAM)
    report = report_of(factcheck)
    stories: dict[str, list[str]] = {}
    for document in report["documents"]:
        stories.setdefault(document["story"], []).append(Path(document["path"]).name)
    assert stories == {
        "dam": ["two.txt", "one.txt"], "flood": ["draft-2.md", "a.txt"], "same": ["a.txt", "b.txt"]
    }  # fmt: skip
    ids = [d["id"] for d in report["documents"]]
    assert len(set(ids)) == len(ids) == len({claim["document"] for claim in report["claims"]})
    assert [check["verdict"] for check in report["draft"]].count("contradicted") == 1
    assert report["summary"]["stories"] == 3
    assert desk.exists()


def test_a_report_on_stories_comes_in_every_format(factcheck: Run, desk: Path, write: Write) -> None:
    from factcheck.report import FORMATS

    write_two(write, OTHER)
    for format in FORMATS:
        ended = factcheck("check", "--batch", "stories", "--format", format, "--output", desk / "out")
        assert (ended.status, ended.out) == (1, "")
        assert (desk / "out").stat().st_size > 100
    assert (desk / "out").exists()


def test_the_table_is_not_cut_without_a_terminal(factcheck: Run, desk: Path, write: Write) -> None:
    name = "the-" + "very-" * 30 + "long-name"
    write(f"stories/{name}/one.txt", DAM)
    write("stories/船の事故/one.txt", DAM)
    lines = factcheck("check", "--batch", "stories").out.splitlines()
    rows = [line for line in lines if line.startswith((name, "船の事故"))]
    assert [row.split()[-8:] for row in rows] == [["1", *["0"] * 7]] * 2
    assert desk.exists()


def test_what_is_not_checked_is_told(factcheck: Run, desk: Path, write: Write) -> None:
    write_two(write)
    write("stories/loose.txt", DAM)
    write("stories/.hidden/a.txt", DAM)
    write("stories/lone/draft.md", DAM)
    write("stories/blank/draft.md", "")
    write("stories/blank/a.txt", DAM)
    (desk / "stories" / "nothing").mkdir()
    ended = factcheck("check", "--batch", "stories")
    assert ended.status == 0
    for told in (
        "stories/loose.txt: lies in the folder of no story", "stories/lone: no source could be read",
        "stories/nothing: no source could be read", "stories/blank: no draft could be read",
        "2 stories, 4 documents",
    ):  # fmt: skip
        assert told in ended.out
    assert "hidden" not in ended.out


def test_stories_are_found(factcheck: Run, desk: Path, write: Write) -> None:
    for name, text in {"a.txt": ONE, "b.txt": OTHER, "c.txt": DAM, "deep/d.txt": DAM}.items():
        write(f"stories/{name}", text)
    ended = factcheck("check", "--batch", "stories", "--auto")
    assert (ended.status, "2 stories, 4 documents: 1 failing finding" in ended.out) == (1, True)
    assert desk.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "nowhere cannot be opened as a folder: No such file"),
        (["a.txt"], "a.txt cannot be opened as a folder: Not a directory"),
        (["."], "has no folders in it"),
        ([".", "a.txt"], "--batch takes one folder"),
        ([".", "--against", "a.txt"], "--batch takes one folder"),
        (["a\0b"], "cannot be opened as a folder"),
    ],
)
def test_one_message_and_status_2(
    factcheck: Run, desk: Path, write: Write, arguments: list[str], message: str
) -> None:
    write("a.txt", DAM)
    ended = factcheck("check", "--batch", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.err
    assert factcheck("check", "a.txt", "--auto").status == 2
    assert desk.exists()


# ---------------------------------------------------------------- what has changed
def git(*arguments: str) -> str:
    who = ("-c", "user.name=Ida", "-c", "user.email=ida@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *who, *arguments], capture_output=True, check=True, text=True).stdout


@pytest.fixture
def repository(desk: Path, write: Write) -> Path:
    """Two stories with drafts, committed on main."""
    git("init", "-q")
    for name in ("flood", "flööd"):
        write(f"stories/{name}/a.txt", ONE)
        write(f"stories/{name}/draft.md", ONE)
    git("add", "-A")
    git("commit", "-qm", "first")
    return desk


def drafts_of(report: dict[str, Any]) -> list[str]:
    return [d["path"] for d in report["documents"] if d["role"] == "draft"]


def test_only_drafts_that_changed_are_checked(factcheck: Run, repository: Path, write: Write) -> None:
    since = ("--changed-since", "main")
    untouched = factcheck("check", "--batch", "stories", *since)
    assert (untouched.status, "0 stories, 0 documents" in untouched.out) == (0, True)
    git("checkout", "-qb", "topic")
    write("stories/flööd/draft.md", OTHER)
    for commit in (False, True):
        if commit:
            git("commit", "-qam", "second")
        report = report_of(factcheck, *since)
        assert drafts_of(report) == ["stories/flööd/draft.md"]
        assert {s["path"]: s["reason"] for s in report["skipped"]} == {
            "stories/flood/draft.md": "has not changed since the revision asked for"
        }
    # What main does meanwhile is not this branch's doing.
    git("checkout", "-q", "main")
    write("stories/flood/draft.md", OTHER)
    git("commit", "-qam", "third")
    git("checkout", "-q", "topic")
    assert drafts_of(report_of(factcheck, *since)) == ["stories/flööd/draft.md"]
    write("stories/new/draft.md", OTHER)
    write("stories/new/a.txt", ONE)
    assert len(drafts_of(report_of(factcheck, *since))) == 2
    assert repository.exists()


def test_named_drafts_that_changed(factcheck: Run, repository: Path, write: Write) -> None:
    drafts = [str(path) for path in sorted(repository.rglob("draft.md"))]
    asked = ("check", *drafts, "--against", "stories/flood/a.txt", "--format", "json")
    ended = factcheck(*asked, "--changed-since", "HEAD")
    assert (ended.status, json.loads(ended.out)["documents"]) == (0, [])
    for format in ("terminal", "markdown", "junit", "sarif", "github", "gitlab"):
        assert factcheck(*asked[:-1], format, "--changed-since", "HEAD").status == 0
    write("stories/flood/draft.md", OTHER)
    ended = factcheck(*asked, "--changed-since", "HEAD")
    assert (ended.status, len(drafts_of(json.loads(ended.out)))) == (1, 1)


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("nowhere", "has no revision nowhere"),
        ("--output=x", "expected a revision, got '--output=x'"),
        ("", "expected a revision"),
        ("main:stories", "has no revision main:stories"),
        ("a\0b", "git, which cannot be started"),
        ("alone", "has no commit in common with alone"),
    ],
)
def test_a_bad_revision(factcheck: Run, repository: Path, revision: str, message: str) -> None:
    git("checkout", "-q", "--orphan", "alone")
    git("commit", "-qm", "of its own")
    git("checkout", "-q", "main")
    ended = factcheck("check", "--batch", "stories", f"--changed-since={revision}")
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.err
    assert not (repository / "x").exists()


def test_outside_of_a_repository(factcheck: Run, desk: Path, write: Write) -> None:
    write_two(write)
    ended = factcheck("check", "--batch", "stories", "--changed-since", "HEAD")
    assert ended.status == 2
    assert "is in no git repository" in ended.err
    ended = factcheck("check", "stories", "--changed-since", "HEAD")
    assert (ended.status, "it needs --against" in ended.err) == (2, True)
    assert desk.exists()
