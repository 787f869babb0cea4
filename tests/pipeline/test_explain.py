"""``factcheck explain``: how a verdict came about, told from a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Run, Write

SOURCES = {
    "north.txt": "The harbour town of Velm rebuilt 15 bridges after the flood in March, its mayor said.",
    "south.txt": "Velm, a harbour town, rebuilt 18 bridges after the flood in March, according to its mayor.",
}


@pytest.fixture
def report(factcheck: Run, write: Write, tmp_path: Path) -> Path:
    paths = [str(write(name, text)) for name, text in SOURCES.items()]
    kept = tmp_path / "report.json"
    factcheck("check", *paths, "--format", "json", "--output", str(kept))
    return kept


@pytest.mark.slow
def test_a_finding_is_explained_by_both_its_claims(factcheck: Run, report: Path) -> None:
    finding = next(f for f in json.loads(report.read_text())["findings"] if f["rule"] == "FC301")
    told = factcheck("explain", finding["fingerprint"], "--report", str(report))
    assert told.status == 0
    assert "count: 15 bridges" in told.out
    assert "compared: different, the values differ" in told.out
    assert told.out.count("outcome: contradiction (different)") == 2
    assert "for it: " in told.out


@pytest.mark.slow
def test_a_claim_is_explained_from_the_texts_of_a_report(factcheck: Run, report: Path, write: Write) -> None:
    kept = json.loads(report.read_text())
    claim = next(c for c in kept["claims"] if c["anchor"]["text"] == "15")
    expected = factcheck("explain", claim["id"], "--report", str(report))
    for document, text in zip(
        sorted(kept["documents"], key=lambda d: d["path"]), SOURCES.values(), strict=True
    ):
        document["text"] = text
        Path(document["path"]).unlink()
    with_text = write("with_text.json", json.dumps(kept))
    told = factcheck("explain", claim["id"], "--report", str(with_text))
    assert (told.status, told.out) == (0, expected.out)


@pytest.mark.slow
def test_what_cannot_be_explained(factcheck: Run, report: Path, write: Write) -> None:
    unknown = factcheck("explain", "0123456789ab", "--report", str(report))
    assert unknown.status == 2
    assert "has no claim and no finding" in unknown.err
    no_report = factcheck("explain", "0123456789ab", "--report", str(write("no.json", "[]")))
    assert no_report.status == 2
    assert "is not a report of" in no_report.err
    Path(json.loads(report.read_text())["documents"][0]["path"]).unlink()
    gone = factcheck("explain", "0123456789ab", "--report", str(report))
    assert gone.status == 2


@pytest.mark.slow
def test_the_limits_in_force_count(factcheck: Run, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = json.loads(report.read_text())["claims"][0]["id"]
    monkeypatch.setenv("FACTCHECK_LIMITS_CHARACTERS", "40")
    told = factcheck("explain", claim, "--report", str(report))
    assert told.status == 2
    assert "longer than the limit of 40 characters" in told.err
