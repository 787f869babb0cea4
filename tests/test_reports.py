"""The reports in ``reports/`` are what a run over the sample articles writes today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.sample_reports import REPORTS, seeds_report

from factcheck.config import Config
from factcheck.model import Report

ROOT = Path(__file__).parents[1]

# Processors round differently: the last digits of a cosine or a probability are not the program's doing.
ROUNDED = {"similarity", "confidence"}
TOLERANCE = 0.002


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A fresh run over the sample articles."""
    return seeds_report(Config(cache_dir=str(tmp_path_factory.mktemp("cache"))))


@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n in REPORTS if not n.endswith(".json")])
def test_sample_report_is_current(name: str, report: Report) -> None:
    kept = (ROOT / "reports" / name).read_text("utf-8")
    assert REPORTS[name](report) == kept, f"reports/{name} is out of date: run `make report`"


@pytest.mark.slow
def test_sample_json_is_current(report: Report) -> None:
    kept = json.loads((ROOT / "reports" / "seeds.json").read_text("utf-8"))
    fresh = json.loads(REPORTS["seeds.json"](report))
    assert _same(fresh, kept), "reports/seeds.json is out of date: run `make report`"


def _same(fresh: Any, kept: Any, key: str = "") -> bool:
    """Compare two JSON values: rounded figures within a tolerance, everything else exactly."""
    if isinstance(fresh, dict) and isinstance(kept, dict):
        return fresh.keys() == kept.keys() and all(_same(fresh[k], kept[k], k) for k in fresh)
    if isinstance(fresh, list) and isinstance(kept, list):
        return len(fresh) == len(kept) and all(_same(a, b) for a, b in zip(fresh, kept, strict=True))
    if key in ROUNDED:
        return abs(fresh - kept) <= TOLERANCE
    return bool(fresh == kept)


def test_no_report_names_the_machine() -> None:
    for name in REPORTS:
        assert str(ROOT) not in (ROOT / "reports" / name).read_text("utf-8")
