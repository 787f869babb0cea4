"""The files for CI systems are valid, and what they run does what the README says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from command_line import Run, Write

ROOT = Path(__file__).parents[1]
ACTION = ROOT / ".github" / "actions" / "factcheck" / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
EXAMPLES = re.findall(
    r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)
WORKFLOW, GITLAB, PRE_COMMIT = EXAMPLES
ONE = "Mayor Anna Bell said on Monday that the flood in Marlow had killed 15 people.\n"
OTHER = "The flood in Marlow killed 19 people, Mayor Anna Bell said on Monday.\n"


def validated(schema: str, path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# ---------------------------------------------------------------- valid
def test_the_action_is_valid() -> None:
    validated("vendor.github-actions", ACTION)


@pytest.mark.parametrize(
    ("schema", "example"), [("vendor.github-workflows", WORKFLOW), ("vendor.gitlab-ci", GITLAB)]
)
def test_examples_are_valid(write: Write, schema: str, example: str) -> None:
    validated(schema, write("example.yml", example))


@pytest.mark.parametrize(
    ("command", "content"),
    [("validate-manifest", HOOKS.read_text("utf-8")), ("validate-config", PRE_COMMIT)],
)
def test_hooks_are_valid(write: Write, command: str, content: str) -> None:
    path = write("hooks.yaml", content)
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", command, str(path)], capture_output=True, text=True, check=False,
        env={**os.environ, "PRE_COMMIT_HOME": str(path.parent / "home")},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_examples_name_what_there_is() -> None:
    inputs = yaml.safe_load(ACTION.read_text("utf-8"))["inputs"]
    step = yaml.safe_load(WORKFLOW)["jobs"]["factcheck"]["steps"][1]
    assert step["with"].keys() <= inputs.keys()
    assert step["uses"].partition("factcheck/")[2].partition("@")[0] == str(ACTION.parent.relative_to(ROOT))
    hooks = {hook["id"] for hook in yaml.safe_load(HOOKS.read_text("utf-8"))}
    assert {hook["id"] for hook in yaml.safe_load(PRE_COMMIT)["repos"][0]["hooks"]} <= hooks


# ---------------------------------------------------------------- run
@pytest.fixture
def stories(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A story whose draft is contradicted; commands are run beside it."""
    write("stories/flood/a.txt", ONE)
    write("stories/flood/draft.md", OTHER)
    write("factcheck-baseline.json", '{"findings": []}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_line(factcheck: Run, line: str) -> int:
    program, *arguments = shlex.split(line)
    assert program == "factcheck"
    return factcheck(*arguments).status


def test_the_gitlab_job(factcheck: Run, stories: Path) -> None:
    job = yaml.safe_load(GITLAB)["factcheck"]
    assert [run_line(factcheck, line) for line in job["script"]] == [1]
    assert "FC302" in (stories / job["artifacts"]["reports"]["codequality"]).read_text("utf-8")
    (stories / "stories" / "flood" / "draft.md").write_text(ONE)
    assert [run_line(factcheck, line) for line in job["script"]] == [0]


@pytest.mark.parametrize("hook", yaml.safe_load(HOOKS.read_text("utf-8")), ids=lambda hook: hook["id"])
def test_the_hooks(factcheck: Run, stories: Path, write: Write, hook: dict[str, Any]) -> None:
    write("sources/a.txt", ONE)
    staged = ["stories/flood/draft.md"]
    assert all(re.search(hook["files"], path) for path in staged)
    files = staged if hook.get("pass_filenames", True) else []
    assert factcheck(*shlex.split(hook["entry"])[1:], *hook["args"], *files).status == 1
    (stories / staged[0]).write_text(ONE)
    assert factcheck(*shlex.split(hook["entry"])[1:], *hook["args"], *files).status == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inputs", "status", "told"),
    [
        ({}, 1, "::error file=stories/flood/draft.md"),
        ({"fail-on": "never", "baseline": "factcheck-baseline.json"}, 0, "::error"),
        ({"changed-since": "$(touch planted)"}, 2, "is in no git repository"),
        ({"format": "sarif", "output": "a b.sarif"}, 1, "stories/flood/draft.md"),
        ({"folder": "-x; touch planted"}, 2, "-x; touch planted"),
    ],
)
def test_the_action(stories: Path, kept: Path, inputs: dict[str, str], status: int, told: str) -> None:
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    step = action["runs"]["steps"][-1]
    given = {name: inputs.get(name, spec["default"]) for name, spec in action["inputs"].items()}
    asked = {variable: value.strip("${} ").removeprefix("inputs.") for variable, value in step["env"].items()}
    (stories / "bin").mkdir()
    command = stories / "bin" / "factcheck"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m factcheck "$@"\n')
    command.chmod(0o755)
    environment = {
        **os.environ, "XDG_CACHE_HOME": str(kept),
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        **{variable: given[name] for variable, name in asked.items()},
    }  # fmt: skip
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(shell, cwd=stories, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    assert told in done.stdout + done.stderr + "".join(p.read_text() for p in stories.glob("*.sarif"))
    assert not (stories / "planted").exists()
