"""Where a document was converted, reports name the place in its file and no line of the extracted text."""

from __future__ import annotations

import msgspec
import pytest

from factcheck.model import Landmark, Report, label_at
from factcheck.report import render

PLACES = (Landmark(start=0, label="page 1, paragraph 1"), Landmark(start=60, label="page 2, paragraph 7"))


def converted(report: Report) -> Report:
    documents = tuple(msgspec.structs.replace(one, places=PLACES) for one in report.documents)
    return msgspec.structs.replace(report, documents=documents)


@pytest.mark.parametrize("format", ["terminal", "markdown"])
def test_the_place_stands_where_a_line_stood(report: Report, format: str) -> None:
    before = render(report, format, width=200)
    shown = render(converted(report), format, width=200)
    path = next(one.path for one in report.documents if f"{one.path}:" in before)
    assert f"{path}:" not in shown
    assert f"{path}, page " in shown
    assert "page 1, paragraph 1" in shown
    assert "page 2, paragraph 7" in shown


@pytest.mark.parametrize(
    ("offset", "label"),
    [(0, PLACES[0].label), (59, PLACES[0].label), (60, PLACES[1].label), (999, PLACES[1].label)],
)  # fmt: skip
def test_the_last_landmark_before_an_offset_counts(offset: int, label: str) -> None:
    assert label_at(PLACES, offset) == label


def test_no_landmark_no_place() -> None:
    assert label_at((), 5) is None
    assert label_at(PLACES[1:], 5) is None
