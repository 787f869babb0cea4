"""The same articles give the same result: in any order, beside any other, cached or not, in any process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import SEEDS, Ended, Run, Write

UNRELATED = (
    "Beekeepers in Vermont harvested 40 tons of honey in 2024, the state's farm bureau said on Tuesday. "
    "The average hive gave 23 kilograms, up from 19 kilograms a year earlier. "
    "A jar of clover honey now costs $12."
)
PROCESS = """
import sys
from factcheck.cli import main
sys.argv = ["factcheck", "check", sys.argv[1], "--format", sys.argv[2], "--fail-on", "never"]
try:
    main()
except SystemExit:
    pass
print(sorted({"spacy", "torch", "transformers"} & set(sys.modules)), file=sys.stderr)
"""


def rows() -> list[dict[str, Any]]:
    """The sample articles as rows whose identity does not depend on their place."""
    texts = {path.name: path.read_bytes().decode() for path in sorted(Path(SEEDS).iterdir())}
    return [{"id": name, "text": text, "published": "2026-01-16"} for name, text in texts.items()]


def checked(factcheck: Run, documents: list[dict[str, Any]]) -> dict[str, Any]:
    raw = "".join(json.dumps(document) + "\n" for document in documents)
    arguments = ["check", "-", "--input-format", "jsonl", "--format", "json", "--fail-on", "never"]
    return json.loads(factcheck(*arguments, stdin=raw.encode()).out)


def verdicts(report: dict[str, Any], ignored: str = "") -> tuple[Any, ...]:
    """Everything a report says about pairs and facts, whatever order it says it in."""
    pairs = {
        (frozenset((pair["left"], pair["right"])), pair["relation"], pair["level"], pair["confidence"])
        for pair in report["pairs"]
    }
    of_ignored = {claim["id"] for claim in report["claims"] if claim["document"] == ignored}
    facts = {
        (frozenset(fact["claims"]), fact["verdict"], frozenset(fact["missing_from"]), fact["origins"])
        for fact in report["facts"]
        if not of_ignored & set(fact["claims"])
    }
    return pairs, facts


# ---------------------------------------------------------------- order and company
@pytest.mark.slow
def test_order_changes_nothing(factcheck: Run) -> None:
    documents = rows()
    expected = verdicts(checked(factcheck, documents))
    assert expected[0]
    for shift in range(1, len(documents)):
        turned = documents[shift:] + documents[:shift]
        # Documents are sorted by path, so that it takes other paths to change their order.
        named = [{**row, "path": f"{place}.txt"} for place, row in enumerate(turned)]
        assert verdicts(checked(factcheck, named)) == expected
    named = [{**row, "path": f"{place}.txt"} for place, row in enumerate(reversed(documents))]
    assert verdicts(checked(factcheck, named)) == expected


@pytest.mark.slow
@pytest.mark.parametrize("path", ["0.txt", "zzz.txt"])
def test_an_unrelated_article_changes_nothing(factcheck: Run, path: str) -> None:
    documents = rows()
    expected = verdicts(checked(factcheck, documents))
    more = checked(factcheck, [*documents, {"id": "honey", "path": path, "text": UNRELATED}])
    assert verdicts(more, ignored="honey") == expected
    stories = {document["id"]: document["story"] for document in more["documents"]}
    assert list(stories.values()).count(stories["honey"]) == 1


@pytest.mark.slow
def test_an_unrelated_source_changes_no_verdict_on_a_draft(factcheck: Run, write: Write) -> None:
    draft = write("draft.txt", "About 38,500 US troops are based in South Korea, where Lee met Xi's envoy.\n")
    arguments = ["check", draft, "--format", "json", "--against", SEEDS]
    few = json.loads(factcheck(*arguments).out)["draft"]
    many = json.loads(factcheck(*arguments, write("honey.txt", UNRELATED)).out)["draft"]
    assert few == many
    assert "contradicted" in {check["verdict"] for check in few}


# ---------------------------------------------------------------- two runs
@pytest.mark.slow
def test_two_runs_give_the_same_bytes(
    factcheck: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def runs(*options: str) -> dict[str, Ended]:
        formats = ("json", "jsonl", "markdown", "terminal")
        return {f: factcheck("check", SEEDS, "--format", f, "--fail-on", "never", *options) for f in formats}

    first = runs()
    assert all(len(ended.out) > 1000 for ended in first.values())
    assert runs() == first
    assert factcheck("check", SEEDS, "--format", "json", "--fail-on", "never", "--no-cache") == first["json"]


@pytest.mark.slow
def test_two_processes_at_once_on_one_cache(factcheck: Run, tmp_path: Path) -> None:
    """Two runs with other hash seeds share an empty cache; a third finds all it needs there."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", PROCESS, SEEDS, "json"]
    running = [
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**environment, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
        )
        for seed, threads in (("1", "1"), ("2", "2"))
    ]
    (one, loaded), (other, _) = [process.communicate(timeout=240) for process in running]
    assert b"torch" in loaded
    assert one == other
    assert one.decode() == factcheck("check", SEEDS, "--format", "json", "--fail-on", "never").out
    third = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert (third.stdout, third.stderr) == (one, b"[]\n")
    assert not list(tmp_path.rglob(".new-*"))
