"""What a document asks to ignore: where it holds, what it takes, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from command_line import Run, Write

from factcheck.report.schema import schema
from factcheck.sources import read

SOURCE = "The flood in Marlow killed 15 people, Mayor Anna Bell said on Monday.\n"
WRONG = "The flood in Marlow killed 19 people, Mayor Anna Bell said on Monday."
COMMENT = "<!-- factcheck: ignore FC302 the mayor corrected herself -->"


def checked(factcheck: Run, write: Write, draft: str, name: str = "draft.md") -> dict[str, Any]:
    source = write("source.txt", SOURCE)
    ended = factcheck("check", write(name, draft), "--against", source, "--format", "json")
    report = json.loads(ended.out)
    jsonschema.validate(report, schema())
    report["status"] = ended.status
    return report


def rules(report: dict[str, Any]) -> list[str]:
    return [finding["rule"] for finding in report["findings"]]


# ---------------------------------------------------------------- where it holds
GRANTED = {
    "same line": f"{WRONG} {COMMENT}\n",
    "same line of several": f"{WRONG}\n{COMMENT} It rained.\n".replace(".\n<", ". <"),
    "line before": f"{COMMENT}\n{WRONG}\n",
    "paragraph after": f"It rained.\n\n{COMMENT}\n\nIt rained all day long. {WRONG}\n",
    "no space": f"{WRONG}{COMMENT}\n",
    "several rules": f"{WRONG} <!-- factcheck: ignore FC302, FC303 checked -->\n",
    "windows": f"It rained.\r\n\r\n{COMMENT}\r\n{WRONG}\r\n",
    "front matter": f"---\nfactcheck: {{ignore: [FC302], reason: checked}}\n---\n\n{WRONG}\n",
    "front matter, reason beside": f"---\nfactcheck:\n  ignore: FC302 checked\n---\n\n{WRONG}\n",
}
HELD = {
    "next line": f"{COMMENT} It rained.\n\n{WRONG}\n",
    "other paragraph": f"{COMMENT}\n\nIt rained.\n\n{WRONG}\n",
    "other rule": f"{WRONG} <!-- factcheck: ignore FC301 checked -->\n",
    "at the end": f"{WRONG}\n\n{COMMENT}\n",
}
REFUSED = {
    "no reason": f"{WRONG} <!-- factcheck: ignore FC302 -->\n",
    "no rule": f"{WRONG} <!-- factcheck: ignore because -->\n",
    "front matter without a reason": f"---\nfactcheck: {{ignore: [FC302]}}\n---\n\n{WRONG}\n",
    "front matter of another kind": f"---\nfactcheck: [FC302]\n---\n\n{WRONG}\n",
}


@pytest.mark.parametrize("case", GRANTED)
@pytest.mark.parametrize("name", ["draft.md", "draft.txt"])
def test_a_finding_is_ignored(factcheck: Run, write: Write, case: str, name: str) -> None:
    if "front" in case and name.endswith("txt"):
        pytest.skip("plain text has no front matter")
    report = checked(factcheck, write, GRANTED[case], name)
    assert "FC302" not in rules(report)
    assert report["status"] == 0
    (ignored,) = report["ignored"]
    assert (ignored["rule"], ignored["reason"] != "") == ("FC302", True)


@pytest.mark.parametrize("case", HELD)
def test_a_finding_elsewhere_is_not(factcheck: Run, write: Write, case: str) -> None:
    report = checked(factcheck, write, HELD[case])
    assert report["status"] == 1
    assert rules(report).count("FC302") == rules(report).count("FC001") == 1
    assert "ignored" not in report


@pytest.mark.parametrize("case", REFUSED)
def test_without_rule_and_reason_nothing_is_ignored(factcheck: Run, write: Write, case: str) -> None:
    report = checked(factcheck, write, REFUSED[case])
    assert report["status"] == 1
    assert rules(report).count("FC302") == rules(report).count("FC002") == 1
    assert "FC001" not in rules(report)


def test_no_comment_is_like_any_other(write: Write) -> None:
    text = "<!-- a remark -->\n\n<!-- factcheck: ignored -->\n\n<!-- factcheck: ignore FC302 open\n"
    (document,) = read([str(write("a.md", text))])
    assert document.ignores == ()  # type: ignore[union-attr]


def test_a_comment_is_no_part_of_the_text(factcheck: Run, write: Write) -> None:
    comment = "<!-- factcheck: ignore FC302 on Tuesday 40 sailors told us -->"
    plain = json.loads(factcheck("extract", write("a.txt", f"{WRONG}\n"), "--format", "json").out)
    said = json.loads(factcheck("extract", write("b.txt", f"{WRONG} {comment}\n"), "--format", "json").out)
    assert [c["quote"] for c in said["claims"]] == [c["quote"] for c in plain["claims"]]


def test_a_thousand_comments(write: Write) -> None:
    many = read([str(write("a.txt", f"{COMMENT} " * 1500))])
    (document,) = many
    assert len(document.ignores) == 1500  # type: ignore[union-attr]


# ---------------------------------------------------------------- whose wish counts
def test_a_source_cannot_silence_what_is_found_in_a_draft(factcheck: Run, write: Write) -> None:
    source = write("source.md", f"{SOURCE.strip()} {COMMENT}\n")
    ended = factcheck("check", write("draft.txt", WRONG), "--against", source, "--format", "json")
    assert ended.status == 1
    assert "FC302" in rules(json.loads(ended.out))


@pytest.mark.parametrize("names", ["one.md other.md", "other.md one.md"])
def test_either_of_two_sources_can_set_a_contradiction_aside(
    factcheck: Run, write: Write, names: str
) -> None:
    first, second = names.split()
    comment = COMMENT.replace("FC302", "FC301")
    paths = [write(first, SOURCE), write(second, f"{WRONG} {comment}\n")]
    ended = factcheck("check", *paths, "--format", "json")
    report = json.loads(ended.out)
    assert (ended.status, [i["rule"] for i in report["ignored"]]) == (0, ["FC301"])
    assert "FC001" not in rules(report)


# ---------------------------------------------------------------- what is told
@pytest.mark.parametrize("format", ["terminal", "markdown"])
def test_what_is_ignored_is_listed(factcheck: Run, write: Write, format: str) -> None:
    draft = write("draft.md", f"{WRONG} {COMMENT}\n\nIt rained. {COMMENT}\n")
    out = factcheck("check", draft, "--against", write("s.txt", SOURCE), "--format", format).out
    assert "Ignored (1)" in out
    assert "the mayor corrected herself" in out
    assert "Ignored in vain (1)" in out


def test_lines_have_the_ignored_too(factcheck: Run, write: Write, tmp_path: Path) -> None:
    write("draft.md", f"{WRONG} {COMMENT}\n")
    source = write("s.txt", SOURCE)
    out = factcheck("check", tmp_path / "draft.md", "--against", source, "--format", "jsonl").out
    records = [json.loads(line) for line in out.splitlines()]
    assert [r["rule"] for r in records if r["record"] == "ignored"] == ["FC302"]


def test_idle_ignores_can_be_made_to_fail(factcheck: Run, write: Write) -> None:
    write("factcheck.toml", 'severities.FC001 = "error"')
    assert checked(factcheck, write, f"It rained. {COMMENT}\n")["status"] == 1
