"""The rules: each has a page, and the example on it is what the checker really says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from command_line import Run, Write

from factcheck.cli import FailOn
from factcheck.verdicts.rules import GRAVITIES, RULES

ALL_RULES = pytest.mark.parametrize("code", sorted(RULES))


@ALL_RULES
def test_page_says_what_to_do(code: str) -> None:
    rule = RULES[code]
    page = rule.explanation
    assert rule.code == code
    assert rule.summary.endswith(".")
    assert page.startswith(f"{rule.summary}\n\n")
    assert re.findall(r"^## (.*)", page, re.MULTILINE) == ["What to do", "How to silence it", "Example"]
    assert f"factcheck: ignore {code} " in page
    assert len(rule.example) >= (1 if code.startswith("FC4") else 2)
    assert all(len(line) <= 110 for line in page.splitlines())


@pytest.mark.slow
@ALL_RULES
def test_example_of_the_page_is_found(code: str, factcheck: Run, write: Write) -> None:
    rule = RULES[code]
    paths = {name: write(name, text + "\n") for name, text in rule.example.items()}
    drafts = [path for name, path in paths.items() if name.startswith("draft")]
    sources = [path for path in paths.values() if path not in drafts]
    asked = [*drafts, "--against", *sources] if drafts else sources
    report = json.loads(factcheck("check", *asked, "--format", "json", "--fail-on", "never").out)
    found = [f for f in report["findings"] if f["rule"] == code]
    folder = str(Path(sources[0]).parent)
    assert re.findall(r"^> (.*)", rule.explanation, re.MULTILINE) == [
        found[0]["message"].replace(f"{folder}/", "")
    ]
    assert found[0]["severity"] == rule.severity


def test_gravities_are_the_choices_of_fail_on() -> None:
    assert (*GRAVITIES, "never") == get_args(FailOn)


def test_rules_are_listed(factcheck: Run) -> None:
    ended = factcheck("rules")
    lines = ended.out.splitlines()
    assert (ended.status, [line.split()[0] for line in lines]) == (0, sorted(RULES))
    assert lines[4].split()[:3] == ["FC301", "contradiction", "error"]


@pytest.mark.parametrize("code", ["FC301", "fc301"])
def test_page_is_printed(factcheck: Run, code: str) -> None:
    ended = factcheck("explain", code)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == f"# FC301 contradiction (error)\n\n{RULES['FC301'].explanation}"


def test_unknown_rule_is_one_message(factcheck: Run) -> None:
    ended = factcheck("explain", "FC\x1b[2J")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith(f"factcheck: no rule FC␛[2J; there are {', '.join(RULES)}. ")
    assert ended.err.count("\n") == 1
