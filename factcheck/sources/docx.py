"""Read Word documents: paragraphs and the cells of tables, in order, as they stand with changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from factcheck.errors import UnreadableDocument
from factcheck.model import Skipped
from factcheck.sources.article import Article, Metadata
from factcheck.sources.limits import Limits
from factcheck.sources.passages import Passage, article

if TYPE_CHECKING:
    from docx.document import Document

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What python-docx leaves in the files it makes unless it is told better.
_TEMPLATE_AUTHOR, _TEMPLATE_YEAR = "python-docx", 2013
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Text that a change took away, and the second telling of a text box for old programs.
_GONE = frozenset((_WORDS + "del", _WORDS + "moveFrom", _COMPATIBILITY + "Fallback"))
_BREAKS = {_WORDS + "tab": "\t", _WORDS + "br": "\n", _WORDS + "cr": "\n", _WORDS + "noBreakHyphen": "-"}
_HEADINGS = ("heading", "title", "subtitle", "caption", "toc ", "header", "footer")


def read_docx(data: bytes, path: str, limits: Limits) -> Iterator[Article | Skipped]:
    """Read one article from a Word document.

    Raises:
        UnreadableDocument: it is encrypted, broken, no Word document, or larger inside than the limits allow.
    """
    import docx

    _require_sound_archive(data, limits)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise UnreadableDocument(f"not a sound Word document: {error}") from error
    metadata, made = _metadata(document)
    yield article(path, _passages(document, limits.depth), metadata, limits, made=made)


def _require_sound_archive(data: bytes, limits: Limits) -> None:
    if data.startswith(_COMPOUND_FILE):
        if _ENCRYPTED in data:
            raise UnreadableDocument("encrypted: save a copy without a password")
        raise UnreadableDocument("a document of an old Word: save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableDocument("truncated, or no Word document: its archive cannot be opened") from error
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableDocument("encrypted: save a copy without a password")
    # zipfile reads no more of a part than is declared here, so that the sum cannot be understated.
    if sum(part.file_size for part in parts) > limits.expanded_bytes:
        raise UnreadableDocument(f"unpacks to more than the limit of {limits.expanded_bytes:,} bytes")


def _metadata(document: Document) -> tuple[Metadata, str | None]:
    """Give what the core properties say, and the day on which the document was begun."""
    core = document.core_properties
    known = core.author != _TEMPLATE_AUTHOR
    begun: datetime | None = core.created or core.modified
    if not known and begun and begun.year == _TEMPLATE_YEAR:
        begun = None
    metadata = Metadata(
        title=core.title or None,
        author=(core.author or None) if known else None,
        language=core.language or None,
    )
    return metadata, begun.date().isoformat() if begun else None


def _passages(document: Document, depth: int) -> Iterator[Passage]:
    """Yield every paragraph of the body, those in tables, text boxes and content controls too."""
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    counts: Counter[str] = Counter()
    tables: dict[Any, int] = {}
    for paragraph in document.element.body.iter(_WORDS + "p"):
        above = list(paragraph.iterancestors())
        if len(above) > depth:
            raise UnreadableDocument(f"its elements are nested deeper than the limit of {depth}")
        text = _text(paragraph)
        if not text.strip() or any(element.tag in _GONE for element in above):
            continue
        row = next((element for element in above if element.tag == _WORDS + "tr"), None)
        if row is None:
            counts["paragraph"] += 1
            label = f"paragraph {counts['paragraph']}"
        else:
            table = row.getparent()
            number = tables.setdefault(table, len(tables) + 1)
            label = f"table {number}, row {1 + sum(1 for _ in row.itersiblings(row.tag, preceding=True))}"
        yield Passage(text=text, label=label, prose=not _style(paragraph, styles).startswith(_HEADINGS))


def _style(paragraph: Any, styles: dict[str, str]) -> str:
    properties = paragraph.pPr
    return styles.get(properties.style or "", "") if properties is not None else ""


def _text(paragraph: Any) -> str:
    """Give the text of a paragraph with tracked changes accepted, without that of paragraphs inside it."""
    return "".join(
        _BREAKS.get(element.tag) or element.text or ""
        for element in paragraph.iter(_WORDS + "t", *_BREAKS)
        if _owner(element) is paragraph
    )


def _owner(element: Any) -> Any:
    """Give the paragraph a piece of text is shown in, or None where it is not shown."""
    for above in element.iterancestors():
        if above.tag in _GONE or above.tag == _WORDS + "tabs":
            return None
        if above.tag == _WORDS + "p":
            return above
    return None
