"""Read a saved web page: the article in it, without what the page puts around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from factcheck.errors import UnreadableDocument
from factcheck.model import Skipped
from factcheck.sources.article import Article, Metadata
from factcheck.sources.decode import decode
from factcheck.sources.limits import Limits
from factcheck.sources.markup import passages, require_shallow
from factcheck.sources.passages import article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Bytes in which a page has to declare its encoding. Source: WHATWG HTML, "prescan a byte stream".
_PRESCAN = 1024
_CHARSET = re.compile(rb"<meta[^>]{0,300}charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{1,40})", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


def read_html(data: bytes, path: str, limits: Limits) -> Iterator[Article | Skipped]:
    """Read the article of a web page, with what the page says about it.

    Raises:
        UnreadableDocument: it is no web page, holds no article, or is nested too deeply or too long.
    """
    import trafilatura

    declared = _CHARSET.search(data[:_PRESCAN])
    text = decode(data, declared[1].decode() if declared else None)
    tree = trafilatura.load_html(text, limits.bytes)
    if tree is None:
        raise UnreadableDocument("not a web page")
    require_shallow(tree, limits.depth)
    metadata = _metadata(tree)
    # Of a claim that is left out nobody hears; what is too much is told apart by the layout.
    body = trafilatura.extract(tree, output_format="html", include_comments=False, favor_recall=True)
    found = article(path, passages(body, limits.depth), metadata, limits) if body else None
    if found is None or not found.layout.blocks:
        raise UnreadableDocument("no article could be found in this page")
    yield found


def _metadata(tree: HtmlElement) -> Metadata:
    import trafilatura

    # Only dates that the page declares: a search through its text finds those of other articles too.
    dates = {"extensive_search": False, "original_date": True}
    found = trafilatura.extract_metadata(deepcopy(tree), date_config=dates)
    language = _LANGUAGE.match(
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )
    return Metadata(
        title=found.title,
        published=found.date,
        publisher=found.sitename,
        url=found.url,
        language=language[0] if language else None,
        author=found.author,
    )
