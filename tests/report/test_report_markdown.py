"""The Markdown report: tables that hold together, and nothing from an article but text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from factcheck.model import Report
from factcheck.report import render
from factcheck.report.markdown_text import escape, table
from factcheck.report.text import visible

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ACTIVE = {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "code_block"}
ZERO_WIDTH_SPACE = "\u200b"


def tokens(text: str) -> list[Token]:
    """All tokens, the inline ones too."""
    return [token for block in READER.parse(text) for token in (block, *(block.children or ()))]


def plain(text: str) -> str:
    """What a reader sees of one paragraph."""
    blocks = READER.parse(text)
    assert [block.type for block in blocks] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in blocks[1].children or ()} <= {"text"}
    return html.unescape(READER.renderInline(blocks[1].content)).replace(ZERO_WIDTH_SPACE, "")


def test_hostile_text_comes_out_as_text_only(report: Report) -> None:
    found = tokens(render(report, "markdown"))
    assert not {token.type for token in found} & ACTIVE
    shown = "".join(token.content for token in found if token.type == "text")
    assert "<b>daily\\u202e.txt" in shown
    assert "\x1b" not in shown


def test_tables_have_as_many_cells_in_every_row(report: Report) -> None:
    columns, rows, cells = [], 0, 0
    for token in tokens(render(report, "markdown")):
        if token.type == "table_open":
            columns.append(0)
        elif token.type == "th_open":
            columns[-1] += 1
        elif token.type == "tr_open":
            rows, cells = rows + 1, 0
        elif token.type == "td_open":
            cells += 1
        elif token.type == "tr_close" and cells:
            assert cells == columns[-1]
    # documents, draft, two contradictions, sums, two sorts of undecided, agreements, two stories, skipped
    assert len(columns) == 11
    assert rows > 30


def test_no_line_of_a_table_is_broken(report: Report) -> None:
    for line in render(report, "markdown").splitlines():
        assert not line.startswith("|") or line.endswith("|")


def test_values_stand_out_in_quotes(report: Report) -> None:
    text = render(report, "markdown")
    assert "> **A** “The harbour bridge, which has been closed **since 2017**,”" in text
    assert "**more than \\$4.5 billion**" in text


@pytest.mark.parametrize(
    "text",
    [
        "# heading", "> quote", "- item", "+ item", "1. item", "12) item", "===", "---", "***", "    code",
        "```", "~~~", "~~gone~~", "a | b", "\\| b", "`code`", "*em* _em_ **strong**",
        "[a](http://b)", "![a](b)",
        "<b>bold</b>", "<http://a.example>", "&lt;b&gt; &amp; &#35;", "[a]: http://b", "a\\", "| - |", "$x$",
    ],
)  # fmt: skip
def test_syntax_is_escaped(text: str) -> None:
    assert plain(escape(text)) == visible(text).strip()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_reads_as_itself(text: str) -> None:
    shown = visible(text).strip()
    if shown:
        assert plain(escape(text)) == shown


@given(st.lists(st.text(alphabet="a|\\`*_<&~ \n", max_size=12), min_size=2, max_size=2))
def test_any_text_stays_in_its_cell(cells: list[str]) -> None:
    written = table(["one", "two"], [[escape(cell) for cell in cells]])
    inside = [token for token in READER.parse(written) if token.type == "inline"][2:]
    shown = [html.unescape(READER.renderInline(token.content)) for token in inside]
    assert shown == [visible(cell).strip() for cell in cells]


@pytest.mark.parametrize(
    "text", ["@editor", "see #12", "GH-12", "https://a.example", "www.a.example", "me@a.example"]
)
def test_nothing_is_linked_by_itself(text: str) -> None:
    written = escape(text)
    assert "&#8203;" in written
    assert not re.search(r"@\w|#\d(?!\d{3};)|GH-\d|://|www\.", written)
