"""Converted documents through the whole program: offsets, places, and the options that go with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Run, Write
from jsonschema import Draft202012Validator

FILES = Path(__file__).parent / "cases" / "sources"
# The draft says 4%, and 280 passengers; the sources say 3%, and 240.
DRAFT = (
    "The harbour board of Alder Bay raised ferry fares by 4% on Friday, March 6, 2026.\n\n"
    "The two boats will cost 14.5 million euros together and will carry 280 passengers each.\n"
)
NAMES = ("page.html", "libreoffice.docx", "libreoffice.pdf", "feedgen.rss", "ninjs-1.4.json")


@pytest.fixture
def arguments(write: Write) -> list[str]:
    sources = [str(FILES / name) for name in NAMES]
    return ["check", str(write("draft.txt", DRAFT)), "--against", *sources, "--fail-on", "never"]


@pytest.mark.slow
def test_json_points_into_the_extracted_text_and_names_the_place(
    factcheck: Run, arguments: list[str]
) -> None:
    report = json.loads(factcheck(*arguments, "--format", "json", "--with-text").out)
    Draft202012Validator(json.loads(factcheck("schema").out)).validate(report)
    documents = {d["id"]: d for d in report["documents"]}
    texts = {name: d["text"] for name, d in documents.items()}
    for claim in report["claims"]:
        assert texts[claim["document"]][claim["start"] : claim["end"]] == claim["quote"]
    places = [p for f in report["findings"] for p in (f["primary"], *f["related"])]
    labels: dict[str, set[str]] = {}
    for place in places:
        name = Path(documents[place["document"]]["path"]).name
        labels.setdefault(name, set()).add(place.get("label", "none"))
    assert labels["draft.txt"] == {"none"}
    assert labels["libreoffice.pdf"] <= {f"page 1, paragraph {n}" for n in range(1, 20)}
    assert all(label.startswith("paragraph ") for label in labels["page.html"])
    assert {d.get("author") for d in documents.values()} == {None, "Ada Quill"}


@pytest.mark.slow
def test_a_report_for_people_names_the_place_and_not_a_line(factcheck: Run, arguments: list[str]) -> None:
    flat = " ".join(factcheck(*arguments).out.split())
    assert "libreoffice.pdf, page 1, paragraph" in flat
    assert "draft.txt:1" in flat
    assert "libreoffice.pdf:" not in flat


@pytest.mark.slow
def test_extract_names_the_place(factcheck: Run) -> None:
    out = factcheck("extract", FILES / "reportlab.pdf").out
    assert "Place" in out
    assert "page 2, paragraph 1" in " ".join(out.split())


def test_standard_input_may_be_a_pdf(factcheck: Run) -> None:
    data = (FILES / "reportlab.pdf").read_bytes()
    ended = factcheck("extract", "-", "--input-format", "pdf", "--format", "json", stdin=data)
    assert json.loads(ended.out)["documents"][0]["title"] == "Harbour board raises ferry fares"


def test_an_address_needs_fetch(factcheck: Run, write: Write) -> None:
    for arguments in (
        ["check", "https://courier.example/a"],
        ["extract", "https://courier.example/a"],
        ["check", str(write("draft.txt", DRAFT)), "--against", "https://courier.example/a"],
    ):
        ended = factcheck(*arguments)
        assert (ended.status, ended.out) == (2, "")
        assert ended.err == (
            "factcheck: https://courier.example/a is a web address, which is read with --fetch only\n"
        )


def test_a_private_address_is_not_fetched(factcheck: Run) -> None:
    ended = factcheck("check", "http://127.0.0.1:9/a", "--fetch")
    assert ended.status == 2
    assert "127.0.0.1 is in a private or reserved network" in ended.err
    ended = factcheck("check", "http://127.0.0.1:9/a", "--fetch", "--allow-private")
    assert "no connection to 127.0.0.1" in ended.err
