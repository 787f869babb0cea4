"""What the command line promises to scripts and editors that call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from command_line import SEEDS, Run, Write

from factcheck import __version__, cli
from factcheck.config import FailOn
from factcheck.model import Finding, Place, Severity
from factcheck.verdicts.rules import fails

FAIL_ON = get_args(FailOn)

DRAFT = (
    "Fifteen cooperation documents were signed in Beijing during the talks of Xi and Lee.\n\n"
    "About 38,500 US troops are based in South Korea.\n\n"
    "The museum in Gangneung sold 4,300 tickets for its pottery exhibition.\n"
)
ONE = "Mayor Anna Bell said on Monday that the flood in Marlow had killed 15 people.\n"
OTHER = "The flood in Marlow killed 19 people, Mayor Anna Bell said on Monday.\n"


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    """The schema as the command line prints it."""
    done = subprocess.run([sys.executable, "-m", "factcheck", "schema"], capture_output=True, check=True)
    return json.loads(done.stdout)


def by_anchor(report: dict[str, Any]) -> dict[str, str]:
    """The verdicts on a draft's figures by their words."""
    claims = {claim["id"]: claim for claim in report["claims"]}
    found = [(claims[check["claim"]], check["verdict"]) for check in report["draft"]]
    return {claim["anchor"]["text"]: verdict for claim, verdict in found if claim["kind"] == "count"}


def sources() -> list[str]:
    return sorted(str(path) for path in Path(SEEDS).iterdir())


# ---------------------------------------------------------------- formats
def test_the_report_has_the_shape_that_the_schema_says(factcheck: Run, schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    ended = factcheck("check", SEEDS, "--format", "json", "--with-text", "--fail-on", "never")
    report = json.loads(ended.out)
    jsonschema.validate(report, schema)
    assert (ended.status, ended.err) == (0, "")
    assert len(report["documents"]) == 5
    assert "draft" not in report


def test_quotes_are_where_the_report_says(factcheck: Run) -> None:
    report = json.loads(factcheck("check", SEEDS, "--format", "json", "--fail-on", "never").out)
    texts = {d["id"]: Path(d["path"]).read_bytes().decode() for d in report["documents"]}
    assert report["claims"]
    for claim in report["claims"]:
        text, anchor = texts[claim["document"]], claim["anchor"]
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        assert text[anchor["start"] : anchor["end"]] == anchor["text"]
        assert claim["start"] <= anchor["start"] < anchor["end"] <= claim["end"]
    known = {claim["id"]: claim["document"] for claim in report["claims"]}
    assert all(known[pair["left"]] != known[pair["right"]] for pair in report["pairs"])
    assert all(set(fact["claims"]) <= known.keys() for fact in report["facts"])


def test_a_report_in_lines_says_what_the_whole_one_says(factcheck: Run) -> None:
    whole = json.loads(factcheck("check", SEEDS, "--format", "json", "--fail-on", "never").out)
    lines = factcheck("check", SEEDS, "--format", "jsonl", "--fail-on", "never").out.splitlines()
    records: dict[str, list[Any]] = {}
    for line in lines:
        entry = json.loads(line)
        records.setdefault(entry.pop("record"), []).append(entry)
    for record in ("document", "claim", "pair", "fact", "finding"):
        assert records[record] == whole[f"{record}s"]
    assert records["summary"] == [whole["summary"]]


def test_a_report_goes_to_a_file(factcheck: Run, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    printed = factcheck("check", SEEDS, "--format", "markdown", "--fail-on", "never")
    ended = factcheck("check", SEEDS, "--format", "markdown", "--fail-on", "never", "-o", target)
    assert (ended.out, ended.err) == ("", "")
    assert target.read_text("utf-8") == printed.out


# ---------------------------------------------------------------- draft
@pytest.mark.parametrize("spread", [True, False])
def test_a_draft_against_sources(factcheck: Run, schema: dict[str, Any], write: Write, spread: bool) -> None:
    draft = write("draft.txt", DRAFT)
    against = sources() if spread else [SEEDS]
    report = json.loads(factcheck("check", draft, "--format", "json", "--against", *against).out)
    jsonschema.validate(report, schema)
    assert [d["role"] for d in report["documents"]].count("draft") == 1
    assert len(report["documents"]) == 6
    verdicts = by_anchor(report)
    assert verdicts == {"Fifteen": "supported", "About 38,500": "contradicted", "4,300": "unsupported"}
    evidence = {check["verdict"]: bool(check["evidence"]) for check in report["draft"]}
    assert evidence == {"supported": True, "contradicted": True, "unsupported": False}


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("About 28,500 US troops are based in South Korea.", "supported"),
        ("About 38,500 US troops are based in South Korea.", "contradicted"),
        ("About 40 dogs are trained in Malmö.", "unsupported"),
    ],
)
def test_a_draft_of_one_sentence(factcheck: Run, write: Write, draft: str, verdict: str) -> None:
    """A statement too short to be told a story by is checked against every source."""
    ended = factcheck("check", write("draft.txt", draft), "--against", SEEDS, "--format", "json")
    assert set(by_anchor(json.loads(ended.out)).values()) == {verdict}


def test_drafts_are_not_compared_with_each_other(factcheck: Run, write: Write) -> None:
    drafts = [write("one.txt", ONE), write("other.txt", OTHER)]
    report = json.loads(factcheck("check", *drafts, "--against", SEEDS, "--format", "json").out)
    owner = {claim["id"]: claim["document"] for claim in report["claims"]}
    roles = {document["id"]: document["role"] for document in report["documents"]}
    sides = [{roles[owner[pair[side]]] for side in ("left", "right")} for pair in report["pairs"]]
    assert {"draft"} not in sides
    assert {check["verdict"] for check in report["draft"]} == {"unsupported"}


def test_a_draft_from_standard_input(factcheck: Run) -> None:
    ended = factcheck(
        "check", "-", "--input-format", "text", "--against", SEEDS, "--format", "json", stdin=DRAFT.encode()
    )
    assert ended.status == 1
    assert by_anchor(json.loads(ended.out))["About 38,500"] == "contradicted"


# ---------------------------------------------------------------- exit status
def test_the_command_line_knows_every_level() -> None:
    assert get_args(cli.FailOn) == FAIL_ON


@pytest.mark.parametrize(("level", "status"), list(zip(FAIL_ON, (1, 1, 1, 1, 0), strict=True)))
def test_status_of_a_contradiction(factcheck: Run, write: Write, level: str, status: int) -> None:
    paths = [write("one.txt", ONE), write("other.txt", OTHER)]
    assert factcheck("check", *paths, "--fail-on", level).status == status
    assert factcheck("check", *paths).status == 1


@pytest.mark.parametrize(("level", "status"), list(zip(FAIL_ON, (0, 0, 0, 1, 0), strict=True)))
def test_status_of_a_gap(factcheck: Run, write: Write, level: str, status: int) -> None:
    more = ONE + "The council of Marlow will spend $3 million on new levees, Bell said.\n"
    paths = [write("one.txt", ONE), write("more.txt", more)]
    report = json.loads(factcheck("check", *paths, "--format", "json").out)
    assert {fact["verdict"] for fact in report["facts"]} == {"agreement", "gap"}
    assert factcheck("check", *paths, "--fail-on", level).status == status


@pytest.mark.parametrize(("level", "status"), list(zip(FAIL_ON, (0, 0, 1, 1, 0), strict=True)))
def test_status_of_an_unsupported_draft(factcheck: Run, write: Write, level: str, status: int) -> None:
    draft, source = write("draft.txt", DRAFT.split("\n\n")[2]), write("source.txt", ONE)
    assert factcheck("check", draft, "--against", source, "--fail-on", level).status == status


@pytest.mark.parametrize(("level", "status"), list(zip(FAIL_ON, (1, 1, 1, 1, 0), strict=True)))
def test_status_where_sources_dispute_a_draft_and_so_each_other(
    factcheck: Run, write: Write, level: str, status: int
) -> None:
    paths = [write("draft.txt", ONE), "--against", write("one.txt", ONE), write("other.txt", OTHER)]
    report = json.loads(factcheck("check", *paths, "--format", "json").out)
    assert by_anchor(report) == {"15 people": "disputed"} or by_anchor(report) == {"15": "disputed"}
    drafts = {check["verdict"] for check in report["draft"]}
    assert "contradicted" not in drafts
    assert factcheck("check", *paths, "--fail-on", level).status == status


@pytest.mark.parametrize(("rule", "severity", "statuses"), [
    ("FC301", "error", (1, 1, 1, 1, 0)), ("FC302", "error", (1, 1, 1, 1, 0)),
    ("FC303", "warning", (0, 1, 1, 1, 0)), ("FC202", "note", (0, 0, 1, 1, 0)),
    ("FC201", "note", (0, 0, 0, 1, 0)), ("FC901", "note", (0, 0, 0, 0, 0)),
    # Severities that are set in a configuration.
    ("FC301", "note", (0, 0, 0, 0, 0)), ("FC301", "warning", (0, 1, 1, 1, 0)),
    ("FC201", "warning", (0, 1, 1, 1, 0)), ("FC901", "error", (1, 1, 1, 1, 0)),
])  # fmt: skip
def test_status_of_each_rule(rule: str, severity: Severity, statuses: tuple[int, ...]) -> None:
    place = Place(document="d", start=0, end=1, line=1, column=1)
    finding = Finding(rule=rule, severity=severity, message="", primary=place, related=(), fingerprint="")
    assert tuple(fails(finding, level) for level in FAIL_ON) == statuses


# ---------------------------------------------------------------- other commands
def test_version(factcheck: Run) -> None:
    assert factcheck("--version").out == f"factcheck {__version__}\n"


@pytest.mark.parametrize(
    "command",
    [[], ["check"], ["extract"], ["relate"], ["models"], ["schema"], ["rules"], ["explain"], ["cache"]],
)
def test_help(factcheck: Run, command: list[str]) -> None:
    ended = factcheck(*command, "--help")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Usage: factcheck")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['factcheck', '--help']\n"
        "from factcheck.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'spacy', 'torch', 'msgspec', 'yaml', 'rich', 'dateparser', 'pint'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stderr == "[]\n"


def test_models_are_what_they_should_be(factcheck: Run) -> None:
    ended = factcheck("models")
    assert ended.status == 0
    assert ended.out.count("(verified)") == 3
    assert ended.out.count("licence") == 3


def test_an_altered_model_is_told(factcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factcheck.models._digest_file", lambda _: "0" * 64)
    ended = factcheck("models")
    assert ended.status == 2
    assert "altered" in ended.out
    assert "Reinstall" in ended.err


def test_claims_of_articles(factcheck: Run) -> None:
    lines = factcheck("extract", SEEDS, "--format", "jsonl").out.splitlines()
    claims = [json.loads(line) for line in lines]
    whole = json.loads(factcheck("extract", SEEDS, "--format", "json").out)
    assert whole["claims"] == claims
    assert len(whole["documents"]) == 5
    assert {"count", "statement", "date"} <= {claim["kind"] for claim in claims}
    assert factcheck("extract", SEEDS).out.count("\n") > len(claims)


def test_mentions_include_what_is_no_claim(factcheck: Run, write: Write) -> None:
    path = write("a.txt", "Share\n5 min read\n\n" + ONE)
    anchors = {
        command: [
            json.loads(line)["anchor"]["text"]
            for line in factcheck("extract", path, *command, "--format", "jsonl").out.splitlines()
        ]
        for command in ((), ("--mentions",))
    }
    assert any("5" in anchor.split() for anchor in anchors["--mentions",])
    assert not any("5" in anchor.split() for anchor in anchors[()])
    assert any("15" in anchor for anchor in anchors["--mentions",])


def test_relations_are_answered_in_order(factcheck: Run) -> None:
    pairs = [
        {
            "id": "same",
            "left": "The flood killed 15 people.",
            "right": "Fifteen people were killed by the flood.",
        },
        {"id": 2, "left": "The flood killed 15 people.", "right": "The flood killed 19 people."},
        {"id": "", "left": "The flood killed 15 people.", "right": "Marlow sells 30 kinds of cheese."},
    ]
    asked = "".join(json.dumps(pair) + "\n\n" for pair in pairs)
    answers = [json.loads(line) for line in factcheck("relate", "-", stdin=asked.encode()).out.splitlines()]
    assert [answer["id"] for answer in answers] == ["same", 2, ""]
    assert [answer["relation"] for answer in answers[:2]] == ["agreement", "contradiction"]
    assert answers[2]["relation"] in ("unrelated", "undecided")
    assert all(0 <= answer["confidence"] <= 1 and answer["reason"] for answer in answers)


def test_the_cache_is_cleared(
    factcheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = write("a.txt", ONE)
    factcheck("check", path)
    entries = [p for p in (tmp_path / "cache").rglob("*") if p.is_file()]
    assert len(entries) == 2
    assert factcheck("cache", "clear").out.startswith("2 entries deleted from ")
    assert not any(p.is_file() for p in (tmp_path / "cache").rglob("*"))
    assert factcheck("cache", "clear").out.startswith("0 entries")
    factcheck("check", path, "--no-cache")
    assert not any(p.is_file() for p in (tmp_path / "cache").rglob("*"))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_what_is_written_is_utf_8_whatever_the_terminal_says(write: Write, kept: Path, encoding: str) -> None:
    path = write("a.txt", "The café “Ðürer” in Malmö sold 15 crêpes on Monday.\n")
    done = subprocess.run(
        [sys.executable, "-m", "factcheck", "extract", str(path), "--format", "jsonl"],
        capture_output=True,
        env={**os.environ, "XDG_CACHE_HOME": str(kept), "PYTHONIOENCODING": encoding, "LC_ALL": "C"},
        check=True,
    )
    assert "café “Ðürer” in Malmö" in done.stdout.decode()
