"""What programs call: importing costs nothing, every name is there, and the command line uses the same."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import msgspec
import pytest
from command_line import Run, Write

import factcheck
from factcheck.model import Report

ONE = "Mayor Anna Bell said on Monday that the flood in Marlow had killed 15 people.\n"
OTHER = "The flood in Marlow killed 19 people, Mayor Anna Bell said on Monday.\n"


def test_importing_loads_nothing() -> None:
    code = "import factcheck, sys; print(sorted(m for m in sys.modules if m.startswith('factcheck')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "['factcheck']\n"


def test_every_name_is_there_and_documented() -> None:
    assert sorted(factcheck.__all__) == factcheck.__all__
    for name in factcheck.__all__:
        told = getattr(factcheck, name)
        assert told.__doc__, name
        if name[0].islower():
            assert "return" in get_type_hints(told), name
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = factcheck.nonsense


@pytest.mark.usefixtures("loaded_models")
def test_a_check(write: Write) -> None:
    draft, source = write("draft.txt", OTHER), write("source.txt", ONE)
    report = factcheck.check([draft], against=source)
    assert isinstance(report, Report)
    assert [f.rule for f in factcheck.failures(report)] == ["FC302"]
    assert factcheck.failures(report, "never") == []
    stages = []
    factcheck.check(str(source), progress=lambda stage, done, total: stages.append((stage, done, total)))
    assert stages[0] == ("reading claims", 0, 1)


@pytest.mark.usefixtures("loaded_models")
def test_a_draft_among_its_sources_is_none_of_them(write: Write) -> None:
    draft, source = write("wires/draft.txt", OTHER), write("wires/source.txt", ONE)
    report = factcheck.check([draft], against=[source.parent])
    assert [f.rule for f in factcheck.failures(report)] == ["FC302"]
    assert [(d.path, d.role) for d in report.documents] == [(str(draft), "draft"), (str(source), "source")]
    assert [(s.path, s.reason) for s in report.skipped] == [
        (str(draft), "is checked as a draft, so it is no source")
    ]
    with pytest.raises(factcheck.UsageError, match="no source could be read"):
        factcheck.check([draft], against=[draft])


@pytest.mark.usefixtures("loaded_models")
def test_files_and_environment_count_only_when_asked_for(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.txt", ONE)
    write("factcheck.toml", "limits.characters = 5")
    monkeypatch.setenv("FACTCHECK_LIMITS_CHARACTERS", "6")
    assert len(factcheck.check([path]).documents) == 1
    assert factcheck.load_config([path]).config.max_characters == 6
    assert factcheck.load_config([path], environ={}).config.max_characters == 5
    assert factcheck.load_config([path], max_characters=7).config.max_characters == 7
    with pytest.raises(factcheck.UsageError, match="longer than the limit of 6 characters"):
        factcheck.check([path], config=factcheck.load_config([path]).config)


@pytest.mark.usefixtures("loaded_models")
def test_extraction_and_relation() -> None:
    stream = io.BytesIO(ONE.encode())
    found = factcheck.extract("-", input_format="text", stdin=stream)
    assert "15" in {claim.anchor.text.split()[0] for claim in found.claims}
    line = json.dumps({"id": 1, "left": ONE, "right": OTHER}).encode()
    assert json.loads(next(factcheck.relate(line)))["relation"] == "contradiction"


@pytest.mark.parametrize("call", ["check", "extract"])
def test_nothing_to_read(call: str, tmp_path: Path) -> None:
    with pytest.raises(factcheck.FactcheckError, match="no document could be read"):
        getattr(factcheck, call)([tmp_path])


def test_the_command_line_writes_what_a_program_gets(factcheck_line: Run, write: Write) -> None:
    paths = [write("one.txt", ONE), write("other.txt", OTHER)]
    report = factcheck.check(paths)
    assert factcheck_line("check", *paths, "--format", "json").out == factcheck.render(report, "json")
    assert msgspec.structs.replace(report, texts={}) != report


@pytest.fixture
def factcheck_line(request: pytest.FixtureRequest) -> Run:
    """The command line, under a name that is not the package's."""
    run: Run = request.getfixturevalue("factcheck")
    return run
