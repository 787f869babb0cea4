"""Take the text out of a piece of HTML, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.errors import UnreadableDocument
from factcheck.sources.passages import Passage

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What HTML collapses into one space; a no-break space is not among it, and can stand in a number.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
     "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
     "ul")
)  # fmt: skip
_NO_PROSE = frozenset(("caption", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_UNSEEN = frozenset(
    ("audio", "button", "canvas", "embed", "head", "iframe", "math", "noscript", "object", "script", "select",
     "style", "svg", "template", "textarea", "title", "video")
)  # fmt: skip


def passages(html: str, depth: int) -> Iterator[Passage]:
    """Yield the paragraphs, headings, list items and cells of a piece of HTML, counted from 1.

    Raises:
        UnreadableDocument: its elements are nested deeper than ``depth``.
    """
    number = 0
    for text, prose in _runs(_parsed(html), depth):
        words = _BLANKS.sub(" ", text).strip()
        if words:
            number += 1
            yield Passage(text=words, label=f"paragraph {number}", prose=prose)


def require_shallow(tree: HtmlElement, depth: int) -> None:
    """Refuse a tree that is nested deeper than ``depth``.

    Raises:
        UnreadableDocument: it is.
    """
    for _ in _runs(tree, depth):
        pass


def _parsed(html: str) -> HtmlElement:
    from lxml import etree
    from lxml import html as lxml_html

    # Never without a root, never with an encoding declaration that contradicts what was decoded already.
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        source = f"<div>{html}</div>".encode("utf-8", "replace")
        return lxml_html.document_fromstring(source, parser=parser)
    except etree.LxmlError as error:
        raise UnreadableDocument(f"not HTML: {error}") from error


def _runs(tree: HtmlElement, depth: int) -> Iterator[tuple[str, bool]]:
    """Yield the text between the bounds of blocks, and whether it may be prose; no recursion, no bombs."""
    from lxml import etree

    text: list[str] = []
    level = unseen = furniture = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        opening = event == "start"
        level += 1 if opening else -1
        if level > depth:
            raise UnreadableDocument(f"its elements are nested deeper than the limit of {depth}")
        if tag in _BLOCKS:
            yield "".join(text), not furniture
            text.clear()
        unseen += (tag in _UNSEEN) * (1 if opening else -1)
        furniture += (tag in _NO_PROSE) * (1 if opening else -1)
        said = element.text if opening else element.tail
        if said and not unseen:
            text.append(said)
    yield "".join(text), not furniture
