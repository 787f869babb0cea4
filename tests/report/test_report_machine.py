"""The formats that other programs read: valid by the rules of each, and pointing at the right words."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import msgspec
import pytest
from junitparser import Failure, JUnitXml, Skipped
from machine_readers import annotations, sarif_run

from factcheck.model import Ignored, Report
from factcheck.report import render
from factcheck.verdicts.rules import RULES

DATA = Path(os.environ.get("FACTCHECK_DATA") or "missing")
SARIF_SCHEMA = DATA / "schemas" / "sarif-schema-2.1.0.json"


@pytest.fixture(scope="module")
def sarif_schema() -> Any:
    if not SARIF_SCHEMA.is_file():
        pytest.skip("FACTCHECK_DATA does not name a folder with the schema of SARIF")
    return json.loads(SARIF_SCHEMA.read_text("utf-8"))


def moved(report: Report, folder: str) -> Report:
    """The report of a run that was given absolute paths below a folder."""
    documents = tuple(msgspec.structs.replace(d, path=f"{folder}/{d.path}") for d in report.documents)
    skipped = tuple(msgspec.structs.replace(s, path=f"{folder}/{s.path}") for s in report.skipped)
    return msgspec.structs.replace(report, documents=documents, skipped=skipped)


# ---------------------------------------------------------------- SARIF
def test_sarif_is_what_its_schema_says(report: Report, sarif_schema: Any) -> None:
    jsonschema.validate(json.loads(render(report, "sarif")), sarif_schema)
    empty = msgspec.structs.replace(report, documents=(), findings=(), skipped=())
    jsonschema.validate(json.loads(render(empty, "sarif")), sarif_schema)
    blind = msgspec.structs.replace(report, texts={})
    jsonschema.validate(json.loads(render(blind, "sarif")), sarif_schema)


def test_sarif_regions_are_the_words_of_the_text(report: Report) -> None:
    texts = {d.path: report.texts[d.id] for d in report.documents}
    run = sarif_run(report)
    assert run["columnKind"] == "unicodeCodePoints"
    seen = 0
    for result in run["results"]:
        for location in (*result["locations"], *result["relatedLocations"]):
            physical = location["physicalLocation"]
            text = texts[unquote(physical["artifactLocation"]["uri"])]
            for region in (physical["region"], physical["contextRegion"]):
                start, end = region["charOffset"], region["charOffset"] + region["charLength"]
                assert text[start:end] == region["snippet"]["text"]
                lines = text.split("\n")
                assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].startswith(text[start])
                before = lines[: region["endLine"] - 1]
                assert sum(map(len, before)) + len(before) + region["endColumn"] - 1 == end
                seen += 1
    assert seen == 34


def test_sarif_results_refer_to_rules_and_passages(report: Report) -> None:
    run = sarif_run(report)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)
    assert [result["level"] for result in run["results"]] == ["error"] * 2 + ["warning"] * 2 + ["note"] * 4
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for passage in result["relatedLocations"]:
            assert f"[{passage['id']}]({passage['id']})" in result["message"]["text"]
    notified = run["invocations"][0]["toolExecutionNotifications"]
    assert [n["message"]["text"] for n in notified] == [f"not checked: {s.reason}" for s in report.skipped]


def test_what_an_article_asks_to_ignore_is_a_suppressed_result(report: Report, sarif_schema: Any) -> None:
    finding, *rest = report.findings
    ignored = Ignored(finding=finding, reason="the desk\x1b knows")
    told = msgspec.structs.replace(report, findings=tuple(rest), ignored=(ignored,))
    log = json.loads(render(told, "sarif"))
    jsonschema.validate(log, sarif_schema)
    *others, last = log["runs"][0]["results"]
    assert not any("suppressions" in result for result in others)
    assert last["ruleId"] == finding.rule
    expected = {"kind": "inSource", "status": "accepted", "justification": "the desk␛ knows"}
    assert last["suppressions"] == [expected]


def test_a_rule_that_is_not_known_is_shown_all_the_same(report: Report, sarif_schema: Any) -> None:
    odd = msgspec.structs.replace(report.findings[0], rule="FC999")
    log = json.loads(render(msgspec.structs.replace(report, findings=(odd,)), "sarif"))
    jsonschema.validate(log, sarif_schema)
    assert "ruleIndex" not in log["runs"][0]["results"][0]


@pytest.mark.parametrize(
    ("folder", "uri"),
    [
        ("/newsroom/stories", "bridge/drafts/bridge.md"),
        ("/newsroom", "stories/bridge/drafts/bridge.md"),
        ("/elsewhere", "file:///newsroom/stories/bridge/drafts/bridge.md"),
    ],
)
def test_paths_are_relative_to_the_root_they_lie_below(report: Report, folder: str, uri: str) -> None:
    run = sarif_run(moved(report, "/newsroom/stories/bridge"), root=folder)
    assert run["artifacts"][0]["location"]["uri"] == uri
    assert ("uriBaseId" in run["artifacts"][0]["location"]) == (not uri.startswith("file:"))


@pytest.mark.parametrize(
    "path", ["//host/x.txt", "javascript:alert(1)", "https://a.example/x", "a b?c#d.txt", "C:\\x.txt", "é.md"]
)
def test_a_path_is_never_an_address(report: Report, path: str) -> None:
    run = sarif_run(moved(report, path))
    for artifact in run["artifacts"]:
        address = urlsplit(artifact["location"]["uri"])
        assert address.scheme in ("", "file")
        assert (address.netloc, address.query, address.fragment) == ("", "", "")


# ---------------------------------------------------------------- JUnit
def test_junit_has_a_suite_for_each_document(report: Report) -> None:
    suites = list(JUnitXml.fromstring(render(report, "junit").encode()))
    assert len(suites) == len(report.documents) + len(report.skipped)
    assert suites[0].name == "drafts/bridge.md"
    assert all(suite.tests == len(list(suite)) for suite in suites)
    assert [isinstance(r, Skipped) for suite in suites for case in suite for r in case.result].count(
        True
    ) == 2


@pytest.mark.parametrize(
    ("fail_on", "rules"),
    [
        ("contradiction", {"FC301", "FC302"}),
        ("disputed", {"FC301", "FC302", "FC303"}),
        ("unsupported", {"FC301", "FC302", "FC303", "FC202"}),
        ("gap", {"FC301", "FC302", "FC303", "FC202", "FC201"}),
        ("never", set()),
    ],
)
def test_junit_fails_where_the_run_does(report: Report, fail_on: str, rules: set[str]) -> None:
    written = JUnitXml.fromstring(render(report, "junit", fail_on=fail_on).encode())
    failed = [r for suite in written for case in suite for r in case.result if isinstance(r, Failure)]
    assert {failure.type for failure in failed} == rules
    assert written.failures == len(failed) == sum(suite.failures for suite in written)


# ---------------------------------------------------------------- GitHub, GitLab, reviewdog
def test_github_annotations_say_what_was_found(report: Report) -> None:
    found = annotations(render(report, "github"))
    assert [a.command for a in found] == ["error"] * 2 + ["warning"] * 2 + ["notice"] * 4 + ["warning"] * 2
    assert found[0].properties == {
        "file": "wires/harbour_post.txt", "line": "3", "col": "43", "title": "FC301 contradiction"
    }  # fmt: skip
    assert found[0].message.splitlines()[0] == "They give different years: 2017 and 2016."
    assert "48% and 46%" in found[6].message


def test_gitlab_issues_can_be_told_apart(report: Report) -> None:
    twice = msgspec.structs.replace(report, findings=report.findings * 2, skipped=report.skipped * 2)
    issues = json.loads(render(twice, "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 20
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    assert issues[0]["location"] == {"path": "wires/harbour_post.txt", "lines": {"begin": 3}}


def test_reviewdog_columns_are_bytes(report: Report) -> None:
    told = json.loads(render(report, "rdjson"))["diagnostics"][4]
    span = told["location"]["range"]
    line = report.texts["d3"].split("\n")[span["start"]["line"] - 1]
    start, end = (span[side]["column"] - 1 for side in ("start", "end"))
    assert line.encode()[start:end].decode() == "40"
    assert start > line.index("40")


def test_reviewdog_is_told_of_every_finding_and_every_skipped_document(report: Report) -> None:
    told = json.loads(render(report, "rdjson"))["diagnostics"]
    assert [d.get("code", {}).get("value") for d in told] == [
        "FC301", "FC302", "FC303", "FC404", "FC201", "FC202", "FC901", "FC902", None, None
    ]  # fmt: skip
    assert told[0]["relatedLocations"][0]["location"]["path"] == "wires/coast-daily.md"


# ---------------------------------------------------------------- ClaimReview
def test_claims_are_reviewed_with_their_evidence(report: Report) -> None:
    told = json.loads(render(report, "claimreview"))
    assert told["@context"] == "https://schema.org"
    reviews = {
        (review["claimReviewed"], review["reviewRating"]["alternateName"]): review
        for review in told["@graph"]
    }
    assert ("Nine herons nest on the northern pier.", "Not in the sources") in reviews
    assert ("Engineers replaced 28,500 bolts.", "Supported by the sources") in reviews
    draft = reviews["The bridge had been closed since 2015.", "Contradicted by the sources"]
    assert draft["itemReviewed"] == {"@type": "Claim"}
    assert draft["citation"][1] == {
        "@type": "Article",
        "url": "https://coast.example/a?b=1&c=2",
        "publisher": {"@type": "Organization", "name": "Coast Daily"},
        "text": "Closed since 2016, the bridge carried its first cars",
    }
    quote = "Mayor Ada Quill opened the bridge herself."
    assert reviews[quote, "Contradicted by the sources"]["itemReviewed"]["author"]["name"] == "Harbour Post"


def test_an_address_that_is_none_of_the_web_is_left_out(report: Report) -> None:
    documents = tuple(msgspec.structs.replace(d, url="javascript:alert(1)") for d in report.documents)
    assert "javascript" not in render(msgspec.structs.replace(report, documents=documents), "claimreview")
