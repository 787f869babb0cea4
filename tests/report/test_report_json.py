"""The JSON formats and their schema."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest

from factcheck.model import Claim, Quantity, Report
from factcheck.report import render, render_claims, schema
from factcheck.report.json_report import claim_form

REPORT_KEYS = [
    "schema",
    "tool",
    "documents",
    "claims",
    "pairs",
    "facts",
    "draft",
    "findings",
    "skipped",
    "summary",
]
CLAIM_KEYS = [
    "id",
    "document",
    "kind",
    "quote",
    "start",
    "end",
    "anchor",
    "value",
    "subject",
    "predicate",
    "polarity",
    "modality",
    "speaker",
]


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def decoded(report: Report, **options: Any) -> dict[str, Any]:
    return json.loads(render(report, "json", **options), parse_constant=refuse)


def with_value(claim: Claim, value: Any) -> Claim:
    return msgspec.structs.replace(claim, value=value)


@pytest.mark.parametrize("with_text", [False, True])
@pytest.mark.parametrize("checked", [False, True])
def test_report_validates(report: Report, with_text: bool, checked: bool) -> None:
    if not checked:
        report = msgspec.structs.replace(report, draft=None)
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(decoded(report, with_text=with_text))


def test_schema_refuses_what_is_no_report(report: Report) -> None:
    told = decoded(report)
    told["pairs"][0]["relation"] = "quarrel"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate(told)


def test_schema_describes_every_field() -> None:
    for name, shape in schema()["$defs"].items():
        assert shape["description"], name
        for field, declared in shape["properties"].items():
            assert field == "type" or declared["description"], f"{name}.{field}"


def test_keys_come_in_the_promised_order(report: Report) -> None:
    told = decoded(report)
    assert list(told) == REPORT_KEYS
    assert all(list(claim) == CLAIM_KEYS for claim in told["claims"])
    assert list(told["tool"]) == ["name", "version", "models", "config"]


def test_draft_is_there_only_when_one_was_checked(report: Report) -> None:
    told = decoded(msgspec.structs.replace(report, draft=None))
    assert "draft" not in told
    assert "draft" not in told["summary"]


def test_offsets_point_into_the_text(report: Report) -> None:
    told = decoded(report, with_text=True)
    texts = {document["id"]: document["text"] for document in told["documents"]}
    for claim in told["claims"]:
        assert texts[claim["document"]][claim["start"] : claim["end"]] == claim["quote"]
    assert "text" not in decoded(report)["documents"][0]


def test_values_leave_out_what_they_do_not_say(report: Report) -> None:
    values = {claim["id"]: claim["value"] for claim in decoded(report)["claims"]}
    assert values["c07"] == {
        "type": "quantity",
        "number": 4500000000,
        "comparator": "above",
        "change": None,
        "unit": "dollar",
        "unit_text": "$",
        "currency": "USD",
    }
    assert values["c01"]["resolved"] is True
    assert '"number": 4500000000,' in render(report, "json")


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (15, 15),
        (15.0, 15),
        (0.25, 0.25),
        (float("nan"), None),
        (float("inf"), None),
        (10**30, 1e30),
        (10**400, None),
    ],
)
def test_numbers_are_ones_every_reader_takes(report: Report, number: float, written: float | None) -> None:
    form = claim_form(with_value(report.claims[0], Quantity(number=number)))
    value = msgspec.to_builtins(form)["value"]
    assert value.get("number") == written
    assert type(value.get("number")) is type(written)


def test_summary_counts(report: Report) -> None:
    summary = decoded(report)["summary"]
    assert (summary["documents"], summary["stories"], summary["origins"]) == (6, 2, 4)
    assert summary["worth_a_look"] == 2
    assert summary["draft"] == {"supported": 1, "contradicted": 1, "disputed": 1, "unsupported": 1}


def test_jsonl_holds_the_same_as_json(report: Report) -> None:
    records = [json.loads(line) for line in render(report, "jsonl").splitlines()]
    told = decoded(report)
    kinds = {
        "document": "documents",
        "claim": "claims",
        "pair": "pairs",
        "fact": "facts",
        "finding": "findings",
    }
    for record, key in kinds.items():
        assert [
            {k: v for k, v in r.items() if k != "record"} for r in records if r["record"] == record
        ] == told[key]
    assert {**told["summary"], "record": "summary"} == records[-1]


def test_one_claim_is_one_line_whatever_it_holds(report: Report) -> None:
    odd = msgspec.structs.replace(report.claims[0], subject="a\u2028b\x85c\x9bd\ne\x0bf\u202eg")
    written = render_claims([], [odd, odd], "jsonl")
    assert len(written.splitlines()) == 2
    assert json.loads(written.splitlines()[0])["subject"] == odd.subject
    assert not any(sign in written for sign in "\u2028\x85\x9b\u202e")
