"""The one report that every format is tested with. Run this file to write the golden files anew.

It is built by hand, so that no model or rule can change it: two stories, a contradiction between three
sources, a contradicted statement, agreements, gaps, undecided pairs of both sorts, a draft with all four
verdicts, a skipped document, and hostile text wherever text can stand.
"""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

from factcheck.model import (
    Anchor,
    Claim,
    Document,
    DraftCheck,
    Duration,
    Fact,
    Finding,
    Frame,
    Ordinal,
    Pair,
    Place,
    Quantity,
    Report,
    ReportDocument,
    Skipped,
    Statement,
    Time,
    Value,
)
from factcheck.report import render, render_claims

GOLDEN = Path(__file__).parents[1] / "golden"

HOSTILE = (
    "Aides called it \x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07click\x1b]8;;\x07 \u202etxt.exe\u202c "
    "[bold]40[/bold] [link=http://evil.example]ferries[/link] | <script>alert(1)</script> `x` *y* _z_ "
    "@editor #12 ![i](http://evil.example/i.png) www.evil.example https://evil.example zero\u200bwidth"
)
TEXTS = {
    "d1": (
        "Harbour bridge reopens\n\n"
        "The harbour bridge, which has been closed since 2017, reopened on Sunday.\n"
        "Engineers replaced 28,500 bolts over four months, the port authority said.\n"
        "The works cost more than $4.5 billion.\n\n"
        "Mayor Ada Quill opened the bridge herself.\n"
        "Steel took 46% of the budget.\n"
        "About one-third of the city's lorries will use it."
    ),
    "d2": (
        "Ships whistle as bridge opens again\n\n"
        "Closed since 2016, the bridge carried its first cars since the repair on Sunday.\n"
        "Some 28,500 bolts were replaced, according to the port authority.\n"
        "It took 12 to 15 crews to finish the works, and 48% of the budget went on steel.\n"
        "Mayor Ada Quill did not attend the opening of the bridge."
    ),
    "d3": (
        "Closed since 2016, the bridge carried its first cars since the repair on Sunday.\n"
        "The works cost $4.7 billion, people familiar with the accounts said.\n"
        f"{HOSTILE}\n"
    ),
    "d4": "The ferry strike entered its second week. By Monday, 2,000 passengers were stranded.\n",
    "d5": "Ferry crews stayed out. By Tuesday, 2,400 passengers were stranded on the islands.\n",
    "d6": (
        "The bridge had been closed since 2015.\n"
        "Engineers replaced 28,500 bolts.\n"
        "The works cost $4.7 billion.\n"
        "Nine herons nest on the northern pier.\n"
    ),
}
_CLAIMS: tuple[tuple[str, str, str, str, str, Value, dict[str, Any]], ...] = (
    ("c01", "d1", "date", "The harbour bridge, which has been closed since 2017,", "since 2017",
     Time(timex="2017", start="2017-01-01", end="2018-01-01", grain="year", relation="since"),
     {"subject": "The harbour bridge", "predicate": "closed"}),
    ("c02", "d2", "date", "Closed since 2016, the bridge carried its first cars", "since 2016",
     Time(timex="2016", start="2016-01-01", end="2017-01-01", grain="year", relation="since"),
     {"subject": "the bridge", "predicate": "closed"}),
    ("c03", "d3", "date", "Closed since 2016, the bridge carried its first cars", "since 2016",
     Time(timex="2016", start="2016-01-01", end="2017-01-01", grain="year", relation="since"),
     {"subject": "the bridge", "predicate": "closed"}),
    ("c04", "d1", "count", "Engineers replaced 28,500 bolts over four months, the port authority said.",
     "28,500",
     Quantity(number=28500, unit="bolt", unit_text="bolts"),
     {"subject": "Engineers", "predicate": "replace", "speaker": "the port authority"}),
    ("c05", "d2", "count", "Some 28,500 bolts were replaced, according to the port authority.", "Some 28,500",
     Quantity(number=28500, comparator="about", unit="bolt", unit_text="bolts"),
     {"subject": "bolts", "predicate": "replace", "speaker": "the port authority"}),
    ("c06", "d1", "duration", "Engineers replaced 28,500 bolts over four months", "four months",
     Duration(timex="P4M", number=4, unit="month"), {"subject": "Engineers", "predicate": "replace"}),
    ("c07", "d1", "money", "The works cost more than $4.5 billion.", "more than $4.5 billion",
     Quantity(number=4.5e9, comparator="above", unit="dollar", unit_text="$", currency="USD"),
     {"subject": "The works", "predicate": "cost"}),
    ("c08", "d3", "money", "The works cost $4.7 billion, people familiar with the accounts said.",
     "$4.7 billion",
     Quantity(number=4700000000, unit="dollar", unit_text="$", currency="USD"),
     {"subject": "The works", "predicate": "cost", "speaker": "people familiar with the accounts"}),
    ("c09", "d1", "statement", "Mayor Ada Quill opened the bridge herself.",
     "Mayor Ada Quill opened the bridge herself.",
     Statement(text="Mayor Ada Quill opened the bridge herself."),
     {"subject": "Mayor Ada Quill", "predicate": "open"}),
    ("c10", "d2", "statement", "Mayor Ada Quill did not attend the opening of the bridge.",
     "Mayor Ada Quill did not attend the opening of the bridge.",
     Statement(text="Mayor Ada Quill did not attend the opening of the bridge.", polarity="negative"),
     {"subject": "Mayor Ada Quill", "predicate": "attend", "polarity": "negative"}),
    ("c11", "d1", "share", "About one-third of the city's lorries will use it.", "About one-third",
     Quantity(number=1 / 3, comparator="about", unit="share", of="lorry"),
     {"subject": "lorries", "predicate": "use", "modality": "planned"}),
    ("c12", "d2", "count", "It took 12 to 15 crews to finish the works", "12 to 15",
     Quantity(low=12, high=15, comparator="range", unit="crew", unit_text="crews"), {"predicate": "take"}),
    ("c13", "d2", "percent", "48% of the budget went on steel.", "48%",
     Quantity(number=48, unit="percentage", unit_text="%", of="budget"), {"predicate": "go"}),
    ("c22", "d1", "percent", "Steel took 46% of the budget.", "46%",
     Quantity(number=46, unit="percentage", unit_text="%", of="budget"), {"predicate": "take"}),
    ("c14", "d2", "ordinal", "the bridge carried its first cars since the repair on Sunday.", "first cars",
     Ordinal(rank=1, unit="car", since="2017"), {"subject": "the bridge", "predicate": "carry"}),
    ("c15", "d3", "count", HOSTILE, "40", Quantity(number=40, unit="ferry", unit_text="ferries"),
     {"subject": "Aides\x1b[2J", "predicate": "call"}),
    ("c16", "d4", "count", "By Monday, 2,000 passengers were stranded.", "2,000",
     Quantity(number=2000, unit="passenger", unit_text="passengers"),
     {"subject": "passengers", "predicate": "strand"}),
    ("c17", "d5", "count", "By Tuesday, 2,400 passengers were stranded on the islands.", "2,400",
     Quantity(number=2400, unit="passenger", unit_text="passengers"),
     {"subject": "passengers", "predicate": "strand"}),
    ("c18", "d6", "date", "The bridge had been closed since 2015.", "since 2015",
     Time(timex="2015", start="2015-01-01", end="2016-01-01", grain="year", relation="since"),
     {"subject": "The bridge", "predicate": "close"}),
    ("c19", "d6", "count", "Engineers replaced 28,500 bolts.", "28,500",
     Quantity(number=28500, unit="bolt", unit_text="bolts"),
     {"subject": "Engineers", "predicate": "replace"}),
    ("c20", "d6", "money", "The works cost $4.7 billion.", "$4.7 billion",
     Quantity(number=4700000000, unit="dollar", unit_text="$", currency="USD"),
     {"subject": "The works", "predicate": "cost"}),
    ("c21", "d6", "count", "Nine herons nest on the northern pier.", "Nine",
     Quantity(number=9, unit="heron", unit_text="herons"), {"subject": "herons", "predicate": "nest"}),
)  # fmt: skip


def _claim(
    name: str, document: str, kind: Any, quote: str, anchor: str, value: Value, more: dict[str, Any]
) -> Claim:
    start = TEXTS[document].index(quote)
    at = start + quote.index(anchor)
    return Claim(
        id=name,
        document=document,
        kind=kind,
        quote=quote,
        start=start,
        end=start + len(quote),
        anchor=Anchor(start=at, end=at + len(anchor), text=anchor),
        value=value,
        frame=Frame(masked=quote, sentence=quote, phrase=anchor, event=quote),
        **more,
    )


def _document(name: str, path: str, publisher: str | None, **more: Any) -> ReportDocument:
    fields = {"role": "source", "title": None, "published": "2026-01-05", "story": "s1", "origin": name}
    return ReportDocument(id=name, path=path, publisher=publisher, **(fields | more))  # type: ignore[arg-type]


def _pair(left: str, right: str, relation: Any, level: str, reason: str, confidence: float) -> Pair:
    return Pair(
        left=left,
        right=right,
        relation=relation,
        level=level,
        reason=reason,
        similarity=0.123456789 + confidence / 2,
        confidence=confidence,
    )


def _fact(name: str, claims: str, verdict: Any, sources: str, origins: int, missing: str = "") -> Fact:
    return Fact(
        id=name,
        claims=tuple(claims.split()),
        verdict=verdict,
        sources=tuple(sources.split()),
        origins=origins,
        missing_from=tuple(missing.split()),
    )


def _check(claim: str, verdict: Any, evidence: str, reason: str) -> DraftCheck:
    return DraftCheck(claim=claim, verdict=verdict, evidence=tuple(evidence.split()), reason=reason)


def shared_report() -> Report:
    """Build the report."""
    claims = tuple(_claim(*entry) for entry in _CLAIMS)
    where = {claim.id: claim for claim in claims}

    def place(name: str) -> Place:
        claim = where[name]
        before = TEXTS[claim.document][: claim.anchor.start]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Place(document=claim.document, start=claim.start, end=claim.end, line=line, column=column)

    def finding(rule: str, severity: Any, primary: str, related: str, message: str) -> Finding:
        return Finding(
            rule=rule,
            severity=severity,
            message=message,
            primary=place(primary),
            related=tuple(map(place, related.split())),
            fingerprint=f"0f1e2d3c4b5a6{rule[2:]}",
        )

    years = "they give different years: 2017 and 2016"
    return Report(
        documents=(
            _document("d6", "drafts/bridge.md", None, role="draft", published=None),
            _document("d1", "wires/harbour_post.txt", "Harbour Post", title="Harbour bridge reopens"),
            _document(
                "d2",
                "wires/coast-daily.md",
                "Coast Daily",
                published=None,
                url="https://coast.example/a?b=1&c=2",
            ),
            _document("d3", "wires/copy [red] of | <b>daily\u202e.txt", None, origin="d2"),
            _document("d4", "wires/ferry1.txt", "Harbour Post", story="s2", published="2026-01-05"),
            _document("d5", "wires/ferry2.txt", "Coast Daily", story="s2", published="2026-01-06"),
        ),
        claims=claims,
        pairs=(
            _pair("c01", "c02", "contradiction", "different", years, 0.97),
            _pair("c01", "c03", "contradiction", "different", years, 0.91),
            _pair("c02", "c03", "agreement", "equal", "Both say since 2016.", 0.99),
            _pair("c04", "c05", "agreement", "within", "28,500 is about 28,500.", 0.98),
            _pair("c07", "c08", "undecided", "possible", "$4.7 billion may be another bill.", 0.61),
            _pair("c09", "c10", "contradiction", "negated", "One affirms what the other denies.", 0.88),
            _pair("c13", "c22", "undecided", "possible", "48% and 46% may be about different budgets.", 0.74),
            _pair("c18", "c01", "contradiction", "different", "2015 is not 2017", 0.9),
            _pair("c18", "c02", "contradiction", "different", "2015 is not 2016", 0.9),
            _pair("c19", "c04", "agreement", "equal", "both say 28,500", 0.95),
            _pair("c20", "c07", "contradiction", "different", "the values differ", 0.8),
            _pair("c20", "c08", "agreement", "equal", "both say $4.7 billion", 0.96),
            _pair(
                "c16", "c17", "undecided", "superseded", "The older figure was overtaken a day later.", 0.9
            ),
        ),
        facts=(
            _fact("f1", "c01 c02 c03", "contradiction", "d1 d2 d3", 2),
            _fact("f2", "c04 c05", "agreement", "d1 d2", 2, "d3"),
            _fact("f3", "c07 c08", "undecided", "d1 d3", 2, "d2"),
            _fact("g2", "c13 c22", "undecided", "d1 d2", 2, "d3"),
            _fact("f4", "c09 c10", "contradiction", "d1 d2", 2, "d3"),
            _fact("f5", "c16 c17", "undecided", "d4 d5", 2),
            _fact("f6", "c06", "gap", "d1", 1, "d2 d3"),
            _fact("f7", "c11", "gap", "d1", 1, "d2 d3"),
            _fact("f8", "c12", "gap", "d2", 1, "d1 d3"),
            _fact("f9", "c14", "gap", "d2", 1, "d1 d3"),
            _fact("g1", "c15", "gap", "d3", 1, "d1 d2"),
        ),
        draft=(
            _check("c18", "contradicted", "c01 c02", "The sources say since 2017 and since 2016."),
            _check("c19", "supported", "c04 c05", "Two sources give 28,500."),
            _check("c20", "disputed", "c08 c07", "One source supports it, another does not."),
            _check("c21", "unsupported", "", "No source speaks of it."),
        ),
        findings=(
            finding("FC201", "note", "c15", "", "only wires/copy [red] of | <b>daily\u202e.txt gives “40”"),
            finding("FC202", "note", "c21", "", "no source supports this: no source speaks of it"),
            finding("FC301", "error", "c01", "c02 c03", "They give different years: 2017 and 2016."),
            finding("FC302", "error", "c18", "c01 c02", "the draft is contradicted: 2015 is not 2017"),
            finding("FC303", "warning", "c20", "c08 c07", "the sources dispute this"),
            finding("FC901", "note", "c13", "c22", "worth a look: 48% and 46%"),
            finding("FC902", "note", "c16", "c17", "an older figure: “2,000” and “2,400”"),
        ),
        skipped=(
            Skipped(
                path="wires/broken\x1b]0;title\x07.pdf", stage="read", reason="It is encrypted | locked."
            ),
            Skipped(path="wires/empty.txt", stage="extract", reason="It holds no prose."),
        ),
        models={"similarity": "all-MiniLM-L6-v2", "parser": "en_core_web_sm 3.8.0"},
        config="c0ffee",
        texts=TEXTS,
    )


def shared_documents() -> list[Document]:
    """Give the first two documents as the reader hands them on."""
    return [
        Document(id=name, path=f"wires/{name}.txt", text=TEXTS[name], publisher=publisher)
        for name, publisher in (("d1", "Harbour Post"), ("d2", None))
    ]


def rendered() -> dict[str, str]:
    """Render the report in every format, by the name of its golden file; versions are blanked out."""
    report, documents = shared_report(), shared_documents()
    claims = [claim for claim in report.claims if claim.document in ("d1", "d2")]
    files = {
        "report.md": render(report, "markdown"),
        "report.json": render(report, "json"),
        "report.jsonl": render(report, "jsonl"),
        "report.sarif": render(report, "sarif"),
        "report.junit.xml": render(report, "junit"),
        "report.github.txt": render(report, "github"),
        "report.gitlab.json": render(report, "gitlab"),
        "report.rdjson": render(report, "rdjson"),
        "report.claimreview.json": render(report, "claimreview"),
        "report.terminal.80.txt": render(report, "terminal", width=80),
        "report.terminal.200.txt": render(report, "terminal", width=200),
        "claims.json": render_claims(documents, claims, "json"),
        "claims.jsonl": render_claims(documents, claims, "jsonl"),
        "claims.terminal.txt": render_claims(documents, claims, "terminal", width=100),
    }
    version = f'"version": "{metadata.version("factcheck")}"'
    return {name: text.replace(version, '"version": "0"') for name, text in files.items()}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, text in rendered().items():
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")
