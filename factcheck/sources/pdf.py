"""Read PDF files that hold text: page by page, without the heads and feet that run through them."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

from factcheck.errors import UnreadableDocument
from factcheck.model import Landmark, Skipped
from factcheck.sources.article import Article, Metadata, bounded
from factcheck.sources.layout import arrange
from factcheck.sources.limits import Limits
from factcheck.sources.lines import Line, paragraphs, split_lines
from factcheck.sources.masthead import full_date, publication_date
from factcheck.sources.passages import dated

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_END_MARK, _END_SIZE = b"%%EOF", 2048  # bytes from the end in which the mark has to stand
_LIGATURE = re.compile(r"[\ufb00-\ufb06]")
_DIGITS = re.compile(r"[0-9]+")
_EDGE_LINES = 2  # at the head and foot of a page that may be the same on others
# A title that a program made of a file's name is none.
_FILE_NAME = re.compile(r"^(?:Microsoft Word - |untitled)|\.(?:docx?|odt|indd|pdf|rtf|txt|qxd|qxp)$", re.I)
_SPLIT_WORD = re.compile(r"([a-z]{2,40})(?:-|\u00ad) ?\n([a-z]{2,40}[.,;:!?”’\"')]{0,3}) ?")


def read_pdf(data: bytes, path: str, limits: Limits) -> Iterator[Article | Skipped]:
    """Read one article from a PDF; pages that are pictures are Skipped, if others are not.

    Raises:
        UnreadableDocument: it is encrypted, truncated, scanned, no PDF, or longer than the limits allow.
    """
    reader = _opened(data)
    texts: list[str] = []
    pictures: list[str] = []
    for number, page in enumerate(reader.pages, start=1):
        if number > limits.pages:
            raise UnreadableDocument(f"more than the limit of {limits.pages:,} pages")
        text = _LIGATURE.sub(lambda found: normalize("NFKC", found[0]), page.extract_text())
        if not text.strip() and _shows_picture(page):
            pictures.append(str(number))
        texts.append(text)
        bounded("".join(texts), limits.characters)
    if not any(text.strip() for text in texts):
        raise UnreadableDocument("no text in it, perhaps only scanned pages: run it through OCR first")
    if pictures:
        reason = "pictures without text, perhaps scanned; the other pages were read"
        yield Skipped(path=f"{path}, page {', '.join(pictures)}", stage="read", reason=reason)
    pages, running = _without_running_lines(texts)
    yield _article(path, _unsplit(pages), running, reader)


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    if b"%PDF-" not in data[:1024]:
        raise UnreadableDocument("not a PDF")
    if _END_MARK not in data[-_END_SIZE:]:
        raise UnreadableDocument("truncated: the end of the file is missing")
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        locked = True
    except PyPdfError as error:
        raise UnreadableDocument(f"not a sound PDF: {error}") from error
    if locked:
        raise UnreadableDocument("encrypted: save a copy without a password")
    return reader


def _shows_picture(page: PageObject) -> bool:
    resources = page.get("/Resources")
    drawn = resources.get_object().get("/XObject") if resources else None
    return bool(drawn and drawn.get_object())


def _without_running_lines(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Leave out the lines that head or foot most pages, as page numbers and titles do; give them apart."""
    pages = [[line for line in text.split("\n") if line.strip()] for text in texts]
    left_out: list[str] = []
    for edge in (0, -1):
        for _ in range(_EDGE_LINES):
            forms = Counter(_form(page[edge]) for page in pages if page)
            running = {form for form, count in forms.items() if count >= 2 and 2 * count > len(pages)}
            headed = [page for page in pages if page and _form(page[edge]) in running]
            left_out += [page.pop(edge) for page in headed]
    return ["\n".join(page) for page in pages], left_out


def _form(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _unsplit(texts: Sequence[str]) -> list[str]:
    """Join words that were hyphenated at the end of a line, unless they are written so elsewhere too."""
    whole = "\n".join(texts)

    def joined(found: re.Match[str]) -> str:
        hyphenated = f"{found[1]}-{found[2]}"
        return (hyphenated if hyphenated in whole else found[1] + found[2]) + "\n"

    return [_SPLIT_WORD.sub(joined, text) for text in texts]


def _article(path: str, texts: Sequence[str], running: Iterable[str], reader: PdfReader) -> Article:
    text = "\n".join(texts)
    starts = [0]
    for page in texts[:-1]:
        starts.append(starts[-1] + len(page) + 1)
    lines = paragraphs(text, list(split_lines(text)), wrapped=True)
    layout = arrange(text, lines)
    title, author, made = _described(reader)
    # What runs through a newspaper's pages is its name and the day of the issue.
    issue = next(filter(None, map(full_date, running)), None)
    metadata = Metadata(title=layout.title or title, author=author)
    return Article(
        path=path,
        text=text,
        layout=layout,
        metadata=dated(metadata, publication_date(text, layout), issue or made),
        places=tuple(_places(lines, starts)),
    )


def _places(lines: Iterable[Line], starts: Sequence[int]) -> Iterator[Landmark]:
    """Label each paragraph with its page; one that runs over a page is the first of the next page as well."""
    page = paragraph = 0
    for line in lines:
        paragraph += 1
        begun = line.start
        while page < len(starts) and starts[page] < line.end:
            if starts[page] > begun:
                yield Landmark(start=begun, label=f"page {page}, paragraph {paragraph}")
                begun = starts[page]
            page, paragraph = page + 1, 1
        yield Landmark(start=begun, label=f"page {page}, paragraph {paragraph}")


def _described(reader: PdfReader) -> tuple[str | None, str | None, str | None]:
    """Give title, author and the day it was made, as far as the file says so in a form that can be read."""
    found = reader.metadata
    if found is None:
        return None, None, None
    title = str(found.title or "")
    try:
        made: datetime | None = found.creation_date
    except ValueError:
        made = None
    author = str(found.author or "")
    return (
        title if title and not _FILE_NAME.search(title) else None,
        author or None,
        made.date().isoformat() if made else None,
    )
