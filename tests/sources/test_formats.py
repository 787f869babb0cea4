"""Formats that are converted: a real file of each, and a broken one of each sort."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.model import Document, Skipped, label_at
from factcheck.sources import READERS, read
from factcheck.sources.limits import Limits

FILES = Path(__file__).parent.parent / "cases" / "sources"
RAISED = "The harbour board of Alder Bay raised ferry fares by 3% on Friday, the first increase since 2019"
COST = "said the two boats will cost 14.5 million euros together"
VOTES = "rejected it by five votes to two on Thursday."
TICKET = "A single ticket rises from 4.00 to 4.12 euros."


# ---------------------------------------------------------------- real files
@pytest.fixture(scope="module")
def found() -> dict[str, Document | Skipped]:
    """All files of the folder, read in one run; by name, and number of the entry."""
    names = [p for p in sorted(FILES.iterdir()) if p.suffix not in (".md", ".toml", ".py")]
    return {one.path.rpartition("/")[2]: one for one in read([str(p) for p in names])}


def prose(document: Document) -> list[tuple[str | None, str]]:
    """The paragraphs with their places; line ends within one count as spaces."""
    return [
        (label_at(document.places, block.start), " ".join(document.text[block.start : block.end].split()))
        for block in document.blocks
    ]


# Of each file: passages that must be prose, each with its place.
PASSAGES: dict[str, list[tuple[str, str]]] = {
    "pandoc.docx": [("paragraph 4", RAISED), ("paragraph 5", COST), ("paragraph 9", VOTES)],
    "libreoffice.docx": [("paragraph 4", RAISED), ("paragraph 7", TICKET), ("paragraph 9", VOTES)],
    "python-docx.docx": [
        ("paragraph 3", "The boats will carry 240 passengers each."),
        ("table 1, row 2", "The hull of each boat costs 3.1 million euros."),
        ("paragraph 4", "Work begins on Monday and takes 14 months."),
    ],
    "libreoffice.pdf": [
        ("page 1, paragraph 4", RAISED), ("page 1, paragraph 7", TICKET), ("page 1, paragraph 11", VOTES),
    ],
    "reportlab.pdf": [
        ("page 1, paragraph 2", RAISED),
        ("page 1, paragraph 3", COST),
        ("page 1, paragraph 5", "the last boat leaves Alder Bay at 7 pm and comes back empty on most days."),
        ("page 2, paragraph 2", "The union of the 64 deckhands called the plan sound."),
    ],
    "page.html": [("paragraph 2", RAISED), ("paragraph 5", TICKET), ("paragraph 8", "The board " + VOTES)],
    "pandoc.html": [("paragraph 2", RAISED), ("paragraph 4", TICKET), ("paragraph 15", VOTES)],
    "libreoffice.html": [("paragraph 4", RAISED), ("paragraph 6", TICKET), ("paragraph 17", VOTES)],
    "feedgen.rss#1": [("paragraph 1", RAISED), ("paragraph 2", COST), ("paragraph 3", VOTES)],
    "feedgen.atom#1": [("paragraph 1", RAISED), ("paragraph 3", VOTES)],
    "feedgen.atom#2": [("paragraph 1", "closed for 14 days"), ("paragraph 3", "They pay 11 euros each.")],
    "ninjs-1.4.json": [("paragraph 2", "14.5 million euros & harbour dues.")],
    "ninjs-2.1.json#1": [("paragraph 1", "by 4%"), ("paragraph 2", "The two new boats will carry 240")],
}  # fmt: skip


@pytest.mark.parametrize("name", PASSAGES)
def test_passages_are_read_with_their_places(found: dict[str, Document | Skipped], name: str) -> None:
    document = found[name]
    assert isinstance(document, Document), document
    told = prose(document)
    for label, words in PASSAGES[name]:
        assert any(place == label and words in text for place, text in told), (label, words, told)


TITLE = "Harbour board raises ferry fares"
DESCRIBED: dict[str, tuple[str | None, ...]] = {
    "pandoc.docx": (TITLE, "2026-03-06", None, "Ada Quill", None, None),
    "libreoffice.docx": (TITLE, "2026-03-06", None, "Ada Quill", "en-US", None),
    "python-docx.docx": (None, "2026-03-06", None, "Ben Tarn", None, None),
    "libreoffice.pdf": (TITLE, "2026-03-06", None, "Ada Quill", None, None),
    "reportlab.pdf": (TITLE, "2026-03-06", None, "Ada Quill", None, None),
    "page.html": (
        TITLE, "2026-03-06", "Alder Bay Courier", "Ada Quill", "en-GB",
        "https://courier.example/2026/03/06/ferry-fares",
    ),
    "pandoc.html": (TITLE, "2026-03-06", None, "Ada Quill", None, None),
    "feedgen.rss#2": (
        "Bridge closed & repaired", "2026-03-06", "Alder Bay Courier", "Ada Quill", "en",
        "https://courier.example/2026/03/06/2",
    ),
    "feedgen.atom#1": (
        "Ferry fares rise", "2026-03-06", "Alder Bay Courier", "Ada Quill", "en",
        "https://courier.example/2026/03/06/1",
    ),
    "ninjs-1.4.json": (TITLE, "2026-03-06", "Port Wire", "Ada Quill", "en", None),
    "ninjs-2.1.json#1": (
        "Ferry fares rise for the first time since 2019", "2026-03-06", "Port Wire", "Ben Tarn", "en-GB",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DESCRIBED)
def test_what_a_file_says_of_itself(found: dict[str, Document | Skipped], name: str) -> None:
    one = found[name]
    assert isinstance(one, Document), one
    assert (one.title, one.published, one.publisher, one.author, one.language, one.url) == DESCRIBED[name]


def test_what_is_no_article_is_skipped(found: dict[str, Document | Skipped]) -> None:
    skipped = {name: one.reason for name, one in found.items() if isinstance(one, Skipped)}
    assert skipped == {
        "feedgen.rss#3": "a teaser of 10 characters: an entry needs 100 to be an article",
        "feedgen.atom#3": "a teaser of 10 characters: an entry needs 100 to be an article",
        "ninjs-2.1.json#2": "its provider has it canceled",
        "ninjs-2.1.json#3": "an item without a body (its type is picture)",
    }


def test_text_and_spans_fit(found: dict[str, Document | Skipped]) -> None:
    for document in found.values():
        if isinstance(document, Document):
            spans = sorted([*document.blocks, *document.boilerplate], key=lambda span: span.start)
            covered = "".join(document.text[span.start : span.end] for span in spans)
            # The mark of a list item is in no span.
            assert "".join(covered.split()) == "".join(document.text.replace("•", "").split())
            starts = [place.start for place in document.places]
            assert starts == sorted(set(starts))
            assert starts[0] == min(span.start for span in spans)


def test_a_paragraph_over_two_pages_has_the_place_of_each_part(found: dict[str, Document | Skipped]) -> None:
    document = found["reportlab.pdf"]
    assert isinstance(document, Document)
    places = [
        label_at(document.places, document.text.index(words))
        for words in ("Skippers", "been changed", "union")
    ]
    assert places == ["page 1, paragraph 5", "page 2, paragraph 1", "page 2, paragraph 2"]


def test_what_a_page_puts_around_its_article_is_left_out(found: dict[str, Document | Skipped]) -> None:
    document = found["page.html"]
    assert isinstance(document, Document)
    for words in ("Fish prices", "5,000 people", "99 people", "All rights", "Home"):
        assert words not in document.text


def test_running_lines_and_deleted_words_are_left_out(found: dict[str, Document | Skipped]) -> None:
    pdf, docx = found["reportlab.pdf"], found["python-docx.docx"]
    assert isinstance(pdf, Document)
    assert isinstance(docx, Document)
    assert "Courier" not in pdf.text
    assert "Page" not in pdf.text
    assert "230" not in docx.text


def test_words_split_at_line_ends_are_joined() -> None:
    from factcheck.sources.pdf import _unsplit

    text = "The coop-\neration began in a long-\nterm plan, a 10-\nyear one.\nIt is long-term."
    assert _unsplit([text]) == [
        "The cooperation\nbegan in a long-term\nplan, a 10-\nyear one.\nIt is long-term."
    ]


def test_a_declared_encoding_counts() -> None:
    page = (
        "<html><head><meta charset='windows-1250'><title>x</title></head><body><article><p>"
        + "Předseda přístavu řekl, že lodě stojí 14 milionů. " * 8
        + "</p></article></body></html>"
    )
    (article,) = READERS["html"](page.encode("cp1250"), "a.html", Limits())
    assert not isinstance(article, Skipped)
    assert article.text.startswith("Předseda přístavu řekl")


# ---------------------------------------------------------------- broken files
def data(name: str) -> bytes:
    return (FILES / name).read_bytes()


def docx(document: str) -> bytes:
    """A Word document whose text part is replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data("pandoc.docx"))) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, document if part == "word/document.xml" else old.read(part))
    return out.getvalue()


WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'


def zip_bomb() -> bytes:
    out = io.BytesIO(data("pandoc.docx"))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/picture.bmp", bytes(101_000_000))
    return out.getvalue()


def encrypted_pdf() -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(clone_from=io.BytesIO(data("reportlab.pdf"))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def pdf(pages: int, content: bytes = b"", *, picture: bool = False) -> bytes:
    """A PDF of pages with one content stream each, or a picture."""
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        page = writer.add_blank_page(100, 100)
        if content:
            stream = StreamObject()
            stream.set_data(content)
            page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
        if picture:
            image = StreamObject()
            image.set_data(bytes(100))
            image.update({
                NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
                NameObject("/Width"): NumberObject(10), NameObject("/Height"): NumberObject(10),
            })  # fmt: skip
            drawn = DictionaryObject({NameObject("/Im0"): writer._add_object(image)})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    writer.write(out)
    return out.getvalue()


def feed(entry: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel>{entry}</channel></rss>'.encode()


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "not.html": (lambda: b'{"a": 1}', "not a web page"),
    "empty.html": (lambda: b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
    "deep.html": (lambda: b"<html><body>" + b"<div>" * 5000 + b"<p>It rose by 5%.", "nested deeper"),
    "picture.html": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), "binary"),
    "truncated.docx": (lambda: data("pandoc.docx")[:-3000], "truncated"),
    "encrypted.docx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "old.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
    "bomb.docx": (zip_bomb, "unpacks to more than the limit of 100,000,000 bytes"),
    "laughs.docx": (
        lambda: docx(
            f"{LAUGHS}<w:document {WORDS}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>"
        ),
        "",
    ),
    "deep.docx": (lambda: docx(f"<w:document {WORDS}><w:body>{'<w:sdt>' * 5000}"), "cannot be read"),
    "nested.docx": (
        lambda: docx(
            f"<w:document {WORDS}><w:body>{'<w:sdt>' * 220}<w:p><w:r><w:t>It rose.</w:t></w:r></w:p>"
            f"{'</w:sdt>' * 220}</w:body></w:document>"
        ),
        "nested deeper",
    ),
    "blank.docx": (lambda: docx(f"<w:document {WORDS}><w:body><w:p/></w:body></w:document>"), "no text"),
    "archive.docx": (lambda: archive({"a.txt": b"It rose by 5%."}), "not a sound Word document"),
    "not.pdf": (lambda: b"It rose by 5%.", "not a PDF"),
    "truncated.pdf": (lambda: data("libreoffice.pdf")[:-2000], "truncated"),
    "encrypted.pdf": (encrypted_pdf, "encrypted"),
    "scanned.pdf": (lambda: pdf(2, picture=True), "OCR"),
    "pages.pdf": (lambda: pdf(501), "more than the limit of 500 pages"),
    "stream.pdf": (lambda: pdf(1, bytes(80_000_000)), "no text in it"),
    "headless.pdf": (lambda: b"%PDF-1.7\n" + b"%%EOF\n", ""),
    "truncated.rss": (lambda: data("feedgen.rss")[:-200], "truncated"),
    "laughs.rss": (lambda: feed("<item><title>&l9;</title></item>", LAUGHS), "entities"),
    "wide.rss": (lambda: feed("<item/>", LAUGHS).decode().encode("utf-16"), "entities"),
    "deep.rss": (lambda: feed("<item>" + "<a>" * 9_000 + "</a>" * 9_000 + "</item>"), ""),
    "empty.atom": (lambda: b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "without entries"),
    "other.xml": (lambda: b"<?xml version='1.0'?><note>It rose by 5%.</note>", "not a feed"),
    "truncated.json": (lambda: data("ninjs-1.4.json")[:-100], "not JSON"),
    "other.json": (lambda: json.dumps({"text": "It rose by 5%."}).encode(), "not a news item"),
    "deep.json": (lambda: b'{"uri": ' + b"[" * 100_000, "not JSON"),
    "scalar.json": (lambda: b"5", "not a news item"),
}  # fmt: skip


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="module")
def reasons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Why each of the broken files was skipped; they are read in one run."""
    folder = tmp_path_factory.mktemp("broken")
    for name, (make, _) in BROKEN.items():
        (folder / name).write_bytes(make())
    results = list(read([str(folder)]))
    assert all(isinstance(one, Skipped) for one in results), results
    return {Path(one.path).name: one.reason for one in results if isinstance(one, Skipped)}


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_skipped_with_the_reason(reasons: dict[str, str], name: str) -> None:
    told = next(reason for path, reason in reasons.items() if path.partition("#")[0] == name)
    assert BROKEN[name][1] in told
    assert 5 < len(told) < 400


def test_a_page_that_is_a_picture_is_told_of() -> None:
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(clone_from=io.BytesIO(data("reportlab.pdf"))), io.BytesIO()
    writer.add_page(PdfReader(io.BytesIO(pdf(1, picture=True))).pages[0])
    writer.write(out)
    skipped, article = READERS["pdf"](out.getvalue(), "a.pdf", Limits())
    assert isinstance(skipped, Skipped)
    assert skipped.path == "a.pdf, page 3"
    assert not isinstance(article, Skipped)


@pytest.mark.parametrize(
    ("name", "limits", "reason"),
    [
        ("reportlab.pdf", Limits(pages=1), "more than the limit of 1 pages"),
        ("reportlab.pdf", Limits(characters=100), "longer than the limit of 100 characters"),
        ("pandoc.docx", Limits(characters=100), "longer than the limit of 100 characters"),
        ("page.html", Limits(characters=100), "longer than the limit of 100 characters"),
        ("page.html", Limits(bytes=100), "larger than the limit of 100 bytes"),
        ("feedgen.rss", Limits(entries=1), "only 1 of 3 entries were read"),
        ("ninjs-2.1.json", Limits(entries=1), "only 1 of 3 items were read"),
    ],
)
def test_limits(name: str, limits: Limits, reason: str) -> None:
    results = list(read([str(FILES / name)], limits=limits))
    assert [one.reason for one in results if isinstance(one, Skipped) and reason in one.reason]


# ---------------------------------------------------------------- the process that converts
@pytest.mark.slow
def test_a_converter_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    # So deep that feedparser needs more than twice the limit on a fast machine too.
    (tmp_path / "a.rss").write_bytes(feed("<item>" + "<a>" * 1_200_000 + "</a>" * 1_200_000 + "</item>"))
    (tmp_path / "b.json").write_bytes(data("ninjs-1.4.json"))
    first, second = read([str(tmp_path)], limits=Limits(seconds=5))
    assert isinstance(first, Skipped)
    assert first.reason == "not done within the limit of 5 seconds"
    assert isinstance(second, Document)


@pytest.mark.slow
def test_a_converter_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><body>" + b"<p>It rose by 5%.</p>" * 600_000)
    (tmp_path / "b.html").write_bytes(data("page.html"))
    first, second = read([str(tmp_path)], limits=Limits(memory_bytes=400_000_000, seconds=120))
    assert isinstance(first, Skipped)
    assert isinstance(second, Document), second


def test_modules_in_the_folder_that_is_read_are_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pypdf.py", "lxml.py", "trafilatura.py"):
        (tmp_path / name).write_text("raise SystemExit('loaded from the folder')\n")
    (tmp_path / "a.pdf").write_bytes(data("reportlab.pdf"))
    monkeypatch.chdir(tmp_path)
    (document,) = read(["a.pdf"])
    assert isinstance(document, Document)
