"""Make the files beside this one anew, with the programs that newsrooms' files come from.

Needs pandoc and LibreOffice (Debian: ``pandoc libreoffice-writer-nogui``), and the packages reportlab and
feedgen; python-docx is a dependency anyway. The files of a run differ in dates and ids inside, so tests ask
what is read from them and not for their bytes. ``python tests/cases/sources/make_files.py``
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
STORY = HERE / "story.md"
DAY = datetime(2026, 3, 6, 17, 20, tzinfo=UTC)
# The beginning of the same story, as paragraphs.
PARAGRAPHS = [line for line in STORY.read_text(encoding="utf-8").split("\n") if len(line) > 100]


def pandoc() -> None:
    for name in ("pandoc.docx", "pandoc.html"):
        subprocess.run(["pandoc", "--standalone", str(STORY), "-o", str(HERE / name)], check=True)


def libreoffice() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, form in (("docx", ":MS Word 2007 XML"), ("pdf", ""), ("html", ":HTML (StarWriter)")):
            command = ["soffice", "--headless", "--convert-to", name + form, "--outdir", folder]
            subprocess.run([*command, str(HERE / "pandoc.docx")], check=True, stdout=subprocess.DEVNULL)
            (HERE / f"libreoffice.{name}").write_bytes(Path(folder, f"pandoc.{name}").read_bytes())


def python_docx() -> None:
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    document.core_properties.author = "Ben Tarn"
    document.core_properties.created = DAY.replace(tzinfo=None)
    document.add_heading("Corven shipyard hires for the ferries", 0)
    document.add_paragraph("The shipyard in Corven hired 85 welders on Friday.")
    changed = document.add_paragraph("The boats will carry ")
    for tag, text in (("del", "230"), ("ins", "240")):
        kind = "delText" if tag == "del" else "t"
        run = f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'
        mark = 'w:id="1" w:author="Ben Tarn" w:date="2026-03-06T12:00:00Z"'
        changed._p.append(parse_xml(f"<w:{tag} {nsdecls('w')} {mark}>{run}</w:{tag}>"))
    changed.add_run(" passengers each.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ["Item", "Cost", "Hull", "The hull of each boat costs 3.1 million euros."],
        strict=True,
    ):
        cell.text = text
    document.add_paragraph("Work begins on Monday and takes 14 months.")
    document.save(str(HERE / "python-docx.docx"))


def reportlab() -> None:
    from reportlab.lib.pagesizes import A6
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    def running(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(40, 400, "Alder Bay Courier, 6 March 2026")
        canvas.drawString(140, 20, f"Page {canvas.getPageNumber()}")

    styles = getSampleStyleSheet()
    flow = [Paragraph("Harbour board raises ferry fares", styles["Title"])]
    for text in [*PARAGRAPHS, *REPORTLAB_TAIL]:
        flow += [Paragraph(text, styles["BodyText"]), Spacer(1, 6)]
    document = SimpleDocTemplate(
        str(HERE / "reportlab.pdf"), pagesize=A6, title="Harbour board raises ferry fares",
        author="Ada Quill", leftMargin=40, rightMargin=40, topMargin=40, bottomMargin=40,
    )  # fmt: skip
    document.build(flow, onFirstPage=running, onLaterPages=running)


REPORTLAB_TAIL = [
    "Skippers said that the new boats need 40 minutes for the crossing, ten less than the old ones, and that "
    "the pier in Corven has to be lengthened by 18 metres before they can dock there. A pilot will lead them "
    "in for the first six weeks, and night trips begin only in 2027, once the 22 lights along the channel "
    "have been changed. Until then the last boat leaves Alder Bay at 7 pm and comes back empty on most days.",
    "The union of the 64 deckhands called the plan sound. It had asked for three boats in 2024.",
]


def feedgen() -> None:
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id("https://courier.example/feed")
    feed.title("Alder Bay Courier")
    feed.link(href="https://courier.example/", rel="alternate")
    feed.description("News from the bay")
    feed.language("en")
    for number, (title, html) in enumerate(ENTRIES, start=1):
        entry = feed.add_entry(order="append")
        entry.id(f"https://courier.example/2026/03/06/{number}")
        entry.title(title)
        entry.link(href=f"https://courier.example/2026/03/06/{number}")
        entry.published(DAY)
        entry.updated(DAY)
        entry.author(name="Ada Quill", email="ada@courier.example")
        entry.description(title + ".")
        entry.content(html, type="html" if number != 3 else None)
    feed.rss_file(str(HERE / "feedgen.rss"), pretty=True)
    feed.atom_file(str(HERE / "feedgen.atom"), pretty=True)


ENTRIES = [
    ("Ferry fares rise", "".join(f"<p>{text}</p>" for text in PARAGRAPHS)),
    ("Bridge closed & repaired", "<p>The bridge to Corven stays closed for <b>14&nbsp;days</b>, the town "
     "said on Friday.</p><p>Some 300 lorries a day have to take the ferry.<br>They pay 11 euros each.</p>"
     "<script>alert(1)</script>"),
    ("A teaser", "Read more."),
]  # fmt: skip


if __name__ == "__main__":
    for make in (pandoc, libreoffice, python_docx, reportlab, feedgen):
        make()
