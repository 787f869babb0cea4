"""Every place of a report that an article's text can reach, filled with anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlsplit
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from machine_readers import annotations
from rich.cells import cell_len
from shared_report import shared_report
from test_report_markdown import ACTIVE, tokens

from factcheck.model import Anchor, Claim, Finding, Place, Quantity, Report, Skipped, Statement
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
    documents = tuple(replace(d, path=text, title=text, publisher=text, url=text) for d in REPORT.documents)
    claims = tuple(_claim(claim, text) for claim in REPORT.claims)
    pairs = tuple(replace(pair, reason=text) for pair in REPORT.pairs)
    draft = tuple(replace(check, reason=text) for check in REPORT.draft or ())
    findings = tuple(_finding(finding, text) for finding in REPORT.findings)
    skipped = (Skipped(path=text, stage="read", reason=text),)
    return replace(
        REPORT,
        documents=documents,
        claims=claims,
        pairs=pairs,
        draft=draft,
        findings=findings,
        skipped=skipped,
        texts={document.id: f"in {text} so" for document in REPORT.documents},
    )


def _finding(finding: Finding, text: str) -> Finding:
    def place(at: Place) -> Place:
        return msgspec.structs.replace(at, start=0, end=len(text) + 6, line=1, column=4)

    related = tuple(map(place, finding.related))
    return msgspec.structs.replace(
        finding, message=f"only {text} says so", primary=place(finding.primary), related=related
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


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from([40, 60, 80, 200]))
def test_no_text_breaks_a_format(text: str, width: int) -> None:
    report = overgrown(text)
    written = {name: render(report, name, width=width) for name in ("terminal", "markdown", "json", "jsonl")}
    for line in written["terminal"].splitlines():
        assert cell_len(line) <= width
    assert visible(written["terminal"].replace("\n", " ")).split() == written["terminal"].split()
    assert not {token.type for token in tokens(written["markdown"])} & ACTIVE
    assert json.loads(written["json"])["claims"][0]["anchor"]["text"] == text
    assert all(json.loads(line)["record"] for line in written["jsonl"].splitlines())


# ---------------------------------------------------------------- one hostile text at a time, in every format
HOSTILE = {
    "script": "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "terminal codes": "\x1b[31mred\x1b[0m\x1b]8;;http://evil.example\x07here\x1b]8;;\x07\x9b2J\x00",
    "text direction": "\u202egpj.exe\u202c\u2066x\u2069 zero\u200bwidth",
    "workflow command": "\n::error file=a.txt,line=1::gone\r\n::stop-commands::x\n##[error]y",
    "workflow properties": "a,line=9::b%0A::error::c",
    "CDATA": "]]><failure message='x'/><![CDATA[ &amp; &#27; <!DOCTYPE x>",
    "forbidden in XML": "\x01\x0b\ufffe\uffff\ud800\udfff",
    "formula": "=cmd|'/c calc'!A0",
    "formula of a mail address": "@SUM(1+1)*cmd|' /C calc'!A0",
    "new lines": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x85seven",
    "lone surrogate": "half \ud83d of a pair",
    "link": "[click](http://evil.example) ![x](http://evil.example) {0} {{1}} [1](1)",
    "path": "../../etc/passwd?x=1#y",
    "address": "//evil.example/x.txt",
    "scheme": "javascript:alert(1)",
    "markup of a terminal": "[bold]x[/bold] [link=http://evil.example]y[/link]",
    "quotation": "a\"b'c\\d`e|f",
}


def _strings(told: object) -> list[str]:
    """Every string of a JSON value, keys not among them."""
    if isinstance(told, dict):
        return [string for entry in told.values() for string in _strings(entry)]
    if isinstance(told, list):
        return [string for entry in told for string in _strings(entry)]
    return [told] if isinstance(told, str) else []


def _sarif_is_plain(written: str) -> None:
    [run] = json.loads(written)["runs"]
    assert len(run["results"]) == len(REPORT.findings)
    for result in run["results"]:
        linked = [f"[{p['id']}]({p['id']})" for p in result["relatedLocations"]]
        assert result["message"]["text"].count("](") == len(linked)
        assert "{" not in result["message"]["text"].replace("{{", "")
    for artifact in run["artifacts"]:
        address = urlsplit(artifact["location"]["uri"])
        assert address.scheme in ("", "file")
        assert (address.netloc, address.query, address.fragment) == ("", "", "")


def _junit_is_plain(written: str) -> None:
    root = ElementTree.fromstring(written.encode())
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"
    }  # fmt: skip
    assert (root.get("failures"), root.get("skipped")) == ("2", "1")
    said = [*root.itertext(), *(value for element in root.iter() for value in element.attrib.values())]
    assert all(visible(line).split() == line.split() for text in said for line in text.split("\n"))


def _github_is_plain(written: str) -> None:
    found = annotations(written)
    assert len(found) == len(REPORT.findings) + 1
    assert all(list(a.properties) in (["file", "line", "col", "title"], ["file", "title"]) for a in found)
    assert {a.properties.get("line", "1") for a in found} == {"1"}


def _gitlab_is_plain(written: str) -> None:
    issues = json.loads(written)
    assert len(issues) == len(REPORT.findings) + 1
    lines = [line for string in _strings(issues) for line in string.split("\n")]
    assert all(visible(line).split() == line.split() for line in lines)


def _rdjson_is_plain(written: str) -> None:
    told = json.loads(written)
    assert len(told["diagnostics"]) == len(REPORT.findings) + 1
    assert all(visible(string).split() == string.split() for string in _strings(told))


def _claimreview_is_plain(written: str) -> None:
    assert not set("<>&") & set(written)
    told = json.loads(written)
    assert len(told["@graph"]) == 9
    assert all(visible(string) == string for string in _strings(told))
    assert '"url"' not in written


def _markdown_is_plain(written: str) -> None:
    assert not {token.type for token in tokens(written)} & ACTIVE


def _terminal_is_plain(written: str) -> None:
    assert visible(written.replace("\n", " ")).split() == written.split()


PLAIN: dict[str, Callable[[str], object]] = {
    "terminal": _terminal_is_plain,
    "markdown": _markdown_is_plain,
    "json": json.loads,
    "jsonl": lambda written: [json.loads(line) for line in written.splitlines()],
    "sarif": _sarif_is_plain,
    "junit": _junit_is_plain,
    "github": _github_is_plain,
    "gitlab": _gitlab_is_plain,
    "rdjson": _rdjson_is_plain,
    "claimreview": _claimreview_is_plain,
}
# What no output may hold as it stands: what a terminal acts on, what changes the direction of text, halves.
ACTED_ON = {*map(chr, [*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029])}
ACTED_ON |= {*map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)])}


@pytest.mark.parametrize("format", sorted(FORMATS))
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_text_is_text(name: str, format: str) -> None:
    written = render(overgrown(HOSTILE[name]), format, width=100)
    assert not ACTED_ON & set(written)
    PLAIN[format](written)
    if format != "github":
        # A job's log is read for commands whatever wrote it.
        assert not [line for line in written.split("\n") if line.lstrip().startswith("::")]
    if format in ("terminal", "markdown"):
        assert "##[" not in written
