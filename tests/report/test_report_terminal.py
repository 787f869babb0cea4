"""The terminal report: complete at any width, and nothing but text."""

from __future__ import annotations

import re
import subprocess
import sys
from xml.etree import ElementTree

import msgspec
import pytest
from rich.cells import cell_len

from factcheck.model import Pair, Report
from factcheck.report import render, render_claims, terminal_svg
from factcheck.report.text import visible

WIDTHS = (60, 80, 120, 200)
SGR = re.compile(r"\x1b\[[0-9;]{0,12}m")


def squeezed(text: str) -> str:
    """Drop what wrapping adds."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(report: Report, width: int) -> None:
    for text in (
        render(report, "terminal", width=width),
        render(report, "terminal", width=width, color=True),
    ):
        assert max(cell_len(SGR.sub("", line)) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_contradictions_are_told_in_full(report: Report, width: int) -> None:
    text = render(report, "terminal", width=width)
    section = squeezed(text[text.index("Contradictions (") : text.index("Worth a look (")])
    for claim in report.claims:
        if claim.id in ("c01", "c02", "c03", "c09", "c10"):
            assert squeezed(claim.quote) in section
    assert squeezed("since 2017 (A) against since 2016 (B, C)") in section
    assert squeezed("wires/harbour_post.txt:3") in section


@pytest.mark.parametrize("width", WIDTHS)
def test_every_column_of_the_matrix_is_there(report: Report, width: int) -> None:
    text = render(report, "terminal", width=width)
    section = text[text.index("Facts by source") : text.index("Not checked")].split()
    assert {"2017", "2016", "28,500", "46%", "48%", "$4.5", "$4.7", "2,000", "2,400"} <= set(section)
    for letter in "ABCDE":
        assert re.search(rf"^ +Fact .*\b{letter}\b", text, re.MULTILINE)


def test_plain_text_has_no_controls(report: Report) -> None:
    text = render(report, "terminal", width=80)
    assert visible(text.replace("\n", " ")).split() == text.split()
    assert "\x1b" not in text
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_colour_is_all_that_colour_adds(report: Report) -> None:
    plain = render(report, "terminal", width=80)
    coloured = render(report, "terminal", width=80, color=True)
    assert "\x1b[1;31m" in coloured
    assert "\x1b" not in SGR.sub("", coloured)
    assert SGR.sub("", coloured).split() == plain.split()


def test_markup_in_articles_is_text(report: Report) -> None:
    text = squeezed(render(report, "terminal", width=200))
    assert "[bold]40[/bold]" in text
    assert "copy[red]of|<b>daily\\u202e.txt" in text
    assert "broken␛]0;title␇.pdf" in text


def test_environment_does_not_matter(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before = render(report, "terminal", color=True)
    for name, value in (("COLUMNS", "33"), ("NO_COLOR", "1"), ("TERM", "dumb"), ("FORCE_COLOR", "1")):
        monkeypatch.setenv(name, value)
    assert render(report, "terminal", color=True) == before


def test_what_a_list_leaves_out_is_counted(report: Report) -> None:
    many = tuple(
        Pair(
            left="c07", right="c08", relation="undecided", level="possible", reason=f"reason {number}",
            similarity=0.5, confidence=number / 100,
        )
        for number in range(22)
    )  # fmt: skip
    text = render(msgspec.structs.replace(report, pairs=many), "terminal")
    assert "Worth a look (22)" in text
    assert "and 12 more (see --format markdown)" in text
    assert text.index("Reason 21.") < text.index("Reason 12.")
    assert "Reason 11." not in text


def test_many_sources_take_several_tables(report: Report) -> None:
    template = report.documents[1]
    more = tuple(
        msgspec.structs.replace(template, id=f"x{number}", origin=f"x{number}", path=f"x{number}.txt")
        for number in range(30)
    )
    wide = msgspec.structs.replace(report, documents=report.documents + more)
    text = render(wide, "terminal", width=80)
    assert max(map(cell_len, text.splitlines())) <= 80
    for letter in ("F", "Z", "AA", "AI"):
        assert re.search(rf"^ +Fact .*\b{letter}\b", text, re.MULTILINE)


def test_an_empty_report_says_so(report: Report) -> None:
    empty = msgspec.structs.replace(
        report, documents=(), claims=(), pairs=(), facts=(), draft=None, findings=(), skipped=(), texts={}
    )
    text = render(empty, "terminal", width=80)
    assert "do not contradict each other" in text
    assert "0 documents, 0 stories, 0 origins: 0 contradictions" in text


def test_sections_come_gravest_first(report: Report) -> None:
    text = render(report, "terminal")
    titles = (
        "Draft",
        "Contradictions",
        "Worth a look",
        "Undecided",
        "Agreements",
        "Gaps",
        "Facts by",
        "Not checked",
    )
    places = [text.index(f"\n{title}") for title in titles]
    assert places == sorted(places)
    assert text.splitlines()[-1].startswith("draft:") or "6 documents, 2 stories" in text.splitlines()[-2]


def test_picture_is_deterministic_and_well_formed(report: Report) -> None:
    picture = terminal_svg(report, title="a <b> & c")
    assert picture == terminal_svg(report, title="a <b> & c")
    ElementTree.fromstring(picture)


def test_claims_without_documents_or_documents_without_claims() -> None:
    assert render_claims([], [], "terminal") == "0 claims in 0 documents\n"


def test_import_is_light() -> None:
    heavy = "[name for name in ('rich', 'spacy', 'torch') if name in sys.modules]"
    code = f"import sys, factcheck.report; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
