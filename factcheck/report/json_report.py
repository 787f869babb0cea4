"""Write a report as JSON or as JSON lines, in the form that the JSON Schema describes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from importlib import metadata
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Struct

from factcheck.model import (
    Claim,
    Document,
    Duration,
    Finding,
    Number,
    Ordinal,
    Quantity,
    Report,
    ReportDocument,
    Statement,
    Time,
    Value,
)
from factcheck.report import form
from factcheck.report.json_text import dumped
from factcheck.report.options import Options
from factcheck.report.summary import summarise

DECIMALS = 4
# Past this, a JSON reader with 64-bit integers would refuse the number.
_LARGEST_INT = 2**63
_VALUE_FORMS: dict[type[Value], type[form.ValueForm]] = {
    Quantity: form.QuantityForm,
    Ordinal: form.OrdinalForm,
    Time: form.TimeForm,
    Duration: form.DurationForm,
    Statement: form.StatementForm,
}
F = TypeVar("F", bound=Struct)


def render_json(report: Report, options: Options) -> str:
    """Write a report as one JSON object, with the documents' texts if asked for."""
    return _indented(report_form(report, with_text=options.with_text))


def render_jsonl(report: Report, options: Options) -> str:
    """Write a report as one JSON object a line, each naming its ``record``.

    The lines come in the order of the JSON report: tool, document, claim, pair, fact, draft, finding,
    ignored, stale, skipped, summary; apart from ``record`` each is the object that the JSON report has in
    that place.
    """
    whole = msgspec.to_builtins(report_form(report, with_text=options.with_text))
    lines = [{"record": "tool", "schema": whole["schema"], **whole["tool"]}]
    for key in ("documents", "claims", "pairs", "facts", "draft", "findings", "ignored", "stale", "skipped"):
        record = key.removesuffix("s")
        lines += ({"record": record, **entry} for entry in whole.get(key, ()))
    lines.append({"record": "summary", **whole["summary"]})
    return _lines(lines)


def claims_json(documents: Sequence[Document], claims: Sequence[Claim], _options: Options) -> str:
    """Write documents and their claims as one JSON object."""
    return _indented(
        form.ClaimsForm(
            schema="factcheck-claims/1",
            documents=tuple(_fill(form.SourceForm, document) for document in documents),
            claims=tuple(map(claim_form, claims)),
        )
    )


def claims_jsonl(_documents: Sequence[Document], claims: Sequence[Claim], _options: Options) -> str:
    """Write one claim a line."""
    return _lines(msgspec.to_builtins(claim_form(claim)) for claim in claims)


def report_form(report: Report, *, with_text: bool = False) -> form.ReportForm:
    """Give a report the shape it has in JSON."""
    texts = report.texts if with_text else {}
    return form.ReportForm(
        schema="factcheck-report/1",
        tool=form.ToolForm(
            name="factcheck",
            version=metadata.version("factcheck"),
            models=dict(sorted(report.models.items())),
            config=report.config,
        ),
        documents=tuple(_document_form(document, texts) for document in report.documents),
        claims=tuple(map(claim_form, report.claims)),
        pairs=tuple(
            _fill(form.PairForm, p, similarity=_rounded(p.similarity), confidence=_rounded(p.confidence))
            for p in report.pairs
        ),
        facts=tuple(_fill(form.FactForm, fact) for fact in report.facts),
        draft=UNSET if report.draft is None else tuple(_fill(form.DraftForm, c) for c in report.draft),
        findings=tuple(_finding_form(form.FindingForm, finding) for finding in report.findings),
        ignored=tuple(_finding_form(form.IgnoredForm, i.finding, reason=i.reason) for i in report.ignored),
        stale=tuple(_fill(form.AcceptedForm, entry) for entry in report.stale),
        skipped=tuple(_fill(form.SkippedForm, skipped) for skipped in report.skipped),
        summary=summarise(report),
    )


def claim_form(claim: Claim) -> form.ClaimForm:
    """Give a claim the shape it has in JSON: without its frame, which is for alignment only."""
    return _fill(
        form.ClaimForm,
        claim,
        anchor=_fill(form.AnchorForm, claim.anchor),
        value=_value_form(claim.value),
    )


def _finding_form(target: type[F], finding: Finding, **given: Any) -> F:
    return _fill(
        target,
        finding,
        primary=_fill(form.PlaceForm, finding.primary),
        related=tuple(_fill(form.PlaceForm, place) for place in finding.related),
        **given,
    )


def _document_form(document: ReportDocument, texts: dict[str, str]) -> form.DocumentForm:
    return _fill(form.DocumentForm, document, text=texts.get(document.id, UNSET))


def _value_form(value: Value) -> form.ValueForm:
    return _fill(_VALUE_FORMS[type(value)], value)


def _fill(target: type[F], source: Struct, **given: Any) -> F:
    """Copy the fields that the form asks for, apart from those given."""
    copied = {name: _plain(getattr(source, name)) for name in target.__struct_fields__ if name not in given}
    return target(**copied, **given)


def _plain(field: Any) -> Any:
    return _plain_number(field) if type(field) in (int, float) else field


def _plain_number(number: Number) -> Number | None:
    """Write whole numbers as such, and nothing that JSON has no word for."""
    if isinstance(number, float):
        if not math.isfinite(number):
            return None
        return int(number) if number.is_integer() and abs(number) < _LARGEST_INT else number
    if abs(number) < _LARGEST_INT:
        return number
    try:
        return float(number)
    except OverflowError:
        return None


def _rounded(number: float) -> float | None:
    return round(float(number), DECIMALS) if math.isfinite(number) else None


def _indented(shape: Struct) -> str:
    return dumped(msgspec.to_builtins(shape), indent=2)


def _lines(entries: Iterable[Any]) -> str:
    return "".join(map(dumped, entries))
