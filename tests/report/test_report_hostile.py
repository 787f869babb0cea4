"""Every place of a report that an article's text can reach, filled with anything."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from shared_report import shared_report
from test_report_markdown import ACTIVE, tokens

from factcheck.model import Anchor, Claim, Quantity, Report, Skipped, Statement
from factcheck.report import FORMATS, render
from factcheck.report.text import visible

REPORT = shared_report()
PIECES = [
    "\x1b[2J",
    "\x9b",
    "\u202e",
    "\u200d",
    "\n",
    "\r",
    "\t",
    "\x00",
    "|",
    "`",
    "**",
    "[red]",
    "[/]",
    "<b>",
    "&lt;",
]
PIECES += [
    "](http://a)",
    "![",
    "東京",
    "é",
    "e\u0301",
    "👩\u200d🚀",
    "\u2028",
    "\\",
    "# ",
    "- ",
    "x" * 90,
    " ",
    "٣",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
)


def overgrown(text: str) -> Report:
    """Put a text wherever the shared report has one that comes from outside."""
    replace = msgspec.structs.replace
    documents = tuple(replace(d, path=text, title=text, publisher=text) for d in REPORT.documents)
    claims = tuple(_claim(claim, text) for claim in REPORT.claims)
    pairs = tuple(replace(pair, reason=text) for pair in REPORT.pairs)
    draft = tuple(replace(check, reason=text) for check in REPORT.draft or ())
    skipped = (Skipped(path=text, stage="read", reason=text),)
    return replace(
        REPORT, documents=documents, claims=claims, pairs=pairs, draft=draft, skipped=skipped, texts={}
    )


def _claim(claim: Claim, text: str) -> Claim:
    if isinstance(claim.value, Statement):
        value: Statement | Quantity = Statement(text=text)
    else:
        value = Quantity(number=3, unit=text, unit_text=text, of=text)
    start, end = 3, 3 + len(text)
    return msgspec.structs.replace(
        claim,
        quote=f"in {text} so",
        start=0,
        end=end + 3,
        anchor=Anchor(start=start, end=end, text=text),
        value=value,
        subject=text,
    )


def tags(page: str) -> set[str]:
    """The names of the elements of a page."""
    found: set[str] = set()
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, _: found.add(tag)  # type: ignore[method-assign]
    reader.feed(page)
    return found


HTML_TAGS = tags(render(REPORT, "html"))


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from([40, 60, 80, 200]))
def test_no_text_breaks_a_format(text: str, width: int) -> None:
    report = overgrown(text)
    written = {name: render(report, name, width=width) for name in FORMATS}
    for line in written["terminal"].splitlines():
        assert cell_len(line) <= width
    assert visible(written["terminal"].replace("\n", " ")).split() == written["terminal"].split()
    assert not {token.type for token in tokens(written["markdown"])} & ACTIVE
    assert json.loads(written["json"])["claims"][0]["anchor"]["text"] == text
    assert all(json.loads(line)["record"] for line in written["jsonl"].splitlines())
    assert tags(written["html"]) <= HTML_TAGS
