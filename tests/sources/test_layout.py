"""Prose and furniture: cases as data, and what must hold for any text whatever."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.sources.layout import Layout, lay_out
from factcheck.sources.lines import UNSEEN, split_lines
from factcheck.sources.masthead import publication_date, publisher_name

CASES = Path(__file__).parents[1] / "cases" / "sources"
BODY = (
    "The harbor board voted on Friday to build a new terminal.\n\nOn June 1, 1999 it had voted against it.\n"
)


def cases(name: str) -> list[pytest.ParameterSet]:
    table = tomllib.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in table["case"]]


def unmark(marked: str) -> tuple[str, list[tuple[str, int]]]:
    """Take "+" and "-" off a marked text; give it with the kind and start of each marked part."""
    text, starts = "", []
    for line in marked.splitlines(keepends=True):
        if line.startswith("* +"):
            line = "* " + line[2:]
            at = 2
        else:
            at = 0
        if line[at : at + 1] in ("+", "-"):
            starts.append((line[at], len(text) + at))
            line = line[:at] + line[at + 1 :]
        if "--+ " in line:
            starts.append(("+", len(text) + line.index("--+ ") + 3))
            line = line.replace("--+ ", "-- ")
        text += line
    return text, starts


def parts(layout: Layout) -> list[tuple[str, int]]:
    found = [("+", span.start) for span in layout.blocks] + [("-", span.start) for span in layout.boilerplate]
    return sorted(found, key=lambda part: part[1])


@pytest.mark.parametrize("case", cases("layout.toml"))
def test_layout(case: dict[str, str]) -> None:
    text, expected = unmark(case["text"].lstrip("\n"))
    layout = lay_out(text)
    shown = {start: text[start : start + 40] for _, start in parts(layout)}
    assert parts(layout) == expected, shown
    if "title" in case:
        assert layout.title == case["title"]


@pytest.mark.parametrize("case", cases("masthead.toml"))
def test_masthead(case: dict[str, str]) -> None:
    text = f"New Terminal Approved\n{case['head']}\n\n{case.get('dateline', '')}{BODY}"
    layout = lay_out(text)
    assert publication_date(text, layout) == case.get("published")
    assert publisher_name(text, layout) == case.get("publisher")


def check_cover(text: str) -> None:
    layout = lay_out(text)
    spans = sorted((*layout.blocks, *layout.boilerplate), key=lambda span: span.start)
    assert list(layout.blocks) == sorted(layout.blocks, key=lambda span: span.start)
    assert list(layout.boilerplate) == sorted(layout.boilerplate, key=lambda span: span.start)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        end = span.end
    covered = [any(s.start < line.end and line.start < s.end for s in spans) for line in split_lines(text)]
    assert all(covered)


@given(st.text())
def test_any_text_is_covered_in_order(text: str) -> None:
    check_cover(text)


LINES = st.sampled_from(
    [
        "By Ann Lee", "Jan 2, 2026", "• 6 min", "• One of three points was made", "Related Articles",
        "Comments", "The board met on Friday.", "Board Meets Again", "", " ", "\u200b", "“The board met.”",
        "The board met on Friday and adjourned until the autumn, members said.", "# Title", "---", "“",
        "LISBON, March 3 (Agency) -- The board met again.", "(Photo by Ann Lee)",
        "the quick brown fox jumped over the lazy dog and then went",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\r", "\u2028"]))
def test_any_page_is_covered_in_order(lines: list[str], newline: str) -> None:
    check_cover(newline.join(lines))


@given(st.lists(LINES, max_size=8))
@settings(max_examples=30)
def test_line_ends_do_not_matter(lines: list[str]) -> None:
    def quoted(text: str) -> list[list[str]]:
        layout = lay_out(text)
        return [
            [text[s.start : s.end].replace("\r", "") for s in spans]
            for spans in (layout.blocks, layout.boilerplate)
        ]

    assert quoted("\n".join(lines)) == quoted("\r\n".join(lines))


@pytest.mark.parametrize("unit", ["word ", "a", "He said so. ", "(", "- ", "9", "Photo: ", "[a](b) ", '"'])
def test_a_huge_line_takes_linear_time(unit: str) -> None:
    text = unit * ((5_000_000 if unit == "word " else 1_000_000) // len(unit))
    start = time.process_time()
    layout = lay_out(text)
    assert time.process_time() - start < 5
    assert all(span.end - span.start <= 50_000 for span in layout.blocks)
    assert layout.blocks
    assert layout.blocks[-1].end == len(text.rstrip(UNSEEN))
