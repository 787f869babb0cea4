"""Read Markdown: one article a file, with YAML front matter if it has any.

The source is kept as it is, markup included, so that offsets point into the file. Lines that Markdown says
are no prose (headings, code, tables, comments, rules, lists of links) become boilerplate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from factcheck.errors import UnreadableDocument
from factcheck.model import Skipped
from factcheck.sources.article import Article, Metadata, bounded
from factcheck.sources.decode import decode
from factcheck.sources.ignores import front_entries
from factcheck.sources.layout import arrange
from factcheck.sources.limits import Limits
from factcheck.sources.lines import Line, split_lines

_LONGEST_FRONT_MATTER = 16_384  # code points
_FRONT_MATTER = re.compile(r"---[ \t]{0,80}\r?\n")
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.)[ \t]{0,80}\r?$", re.MULTILINE)
_FENCE = re.compile(r"(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_RULE = re.compile(r"(?:[*_=-][ \t]{0,3}){3,80}")
_ITEM = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])\s")
_LINKS_ONLY = re.compile(
    r"(?:[-+*]\s{1,4})?(?:!?\[[^\[\]]{0,300}\]\([^()\s]{0,1000}(?: \"[^\"]{0,200}\")?\)[\s|,·]{0,5}){1,20}"
)
_TAGS_ONLY = re.compile(r"(?:</?[A-Za-z][^<>]{0,1000}>\s{0,5}){1,20}")
_ALIASES = {
    "published": ("published", "date", "pubdate", "published_at"),
    "publisher": ("publisher", "source", "outlet"),
}


class _PlainLoader(yaml.BaseLoader):
    """Reads every scalar as the string it is, and refuses aliases, which can blow up a small file."""

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="aliases are not allowed",
                problem_mark=self.peek_event().start_mark,  # type: ignore[no-untyped-call]
            )
        return super().compose_node(parent, index)  # type: ignore[arg-type]


def read_markdown(data: bytes, path: str, limits: Limits) -> Iterator[Article | Skipped]:
    """Read one article from the bytes of a Markdown file.

    Raises:
        UnreadableDocument: the data is not text or too long, or its front matter is not valid YAML.
    """
    text = bounded(decode(data), limits.characters)
    body, metadata, ignore = _front_matter(text)
    prose, furniture, title = _structure(text, list(split_lines(text, body)))
    furniture.extend(Line(start=n.start, end=n.end, gap=n.gap) for n in split_lines(text[:body]))
    layout = arrange(text, prose, furniture)
    if title and not metadata.title:
        metadata = Metadata(**{**_fields(metadata), "title": title})
    yield Article(path=path, text=text, layout=layout, metadata=metadata, ignore=ignore)


def _fields(metadata: Metadata) -> dict[str, str | None]:
    return {name: getattr(metadata, name) for name in Metadata.__struct_fields__}


def _front_matter(text: str) -> tuple[int, Metadata, tuple[str, ...]]:
    """Give the offset at which the article starts, what the front matter says, and what it asks to ignore."""
    opening = _FRONT_MATTER.match(text)
    closing = _FRONT_MATTER_END.search(text, opening.end()) if opening else None
    if not opening or not closing:
        return 0, Metadata(), ()
    if closing.start() - opening.end() > _LONGEST_FRONT_MATTER:
        return 0, Metadata(), ()
    values = _load(text[opening.end() : closing.start()])
    if not isinstance(values, dict):  # a paragraph between two rules
        return 0, Metadata(), ()
    return closing.end(), _metadata(values), front_entries(values.get("factcheck"))


def _load(front_matter: str) -> object:
    try:
        return yaml.load(front_matter, Loader=_PlainLoader)
    # PyYAML lets out what Python says of escapes and versions beyond its numbers.
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        # Counted from the top of the file, where the first rule is line 1.
        place = f"line {mark.line + 2}: " if mark else ""
        deep = "nested too deeply" if isinstance(error, RecursionError) else "a number out of range"
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or deep
        raise UnreadableDocument(f"front matter is not valid YAML: {place}{problem}") from error


def _metadata(values: dict[object, object]) -> Metadata:
    def field(name: str) -> str | None:
        found = (values.get(key) for key in _ALIASES.get(name, (name,)))
        return next((v for v in found if isinstance(v, str) and v not in ("", "~", "null")), None)

    names = ("id", "title", "published", "publisher", "url", "language", "author")
    return Metadata(**{name: field(name) for name in names})


def _structure(text: str, lines: Sequence[Line]) -> tuple[list[Line], list[Line], str | None]:
    """Sort lines into paragraphs, joined as Markdown joins them, and furniture; give the first heading."""
    prose: list[Line] = []
    furniture: list[Line] = []
    title: str | None = None
    fence = ""
    comment = False
    for line in lines:
        words = text[line.start : line.end]
        mark = _FENCE.match(words)
        if fence or mark:
            fence = _fence_after(fence, mark.group() if mark else "", words)
            furniture.append(line)
        elif comment or words.startswith("<!--"):
            comment = "-->" not in words
            furniture.append(line)
        elif _HEADING.match(words):
            title = title or words.strip("# \t") or None
            furniture.append(line)
        elif _is_markup(words):
            furniture.append(line)
        elif prose and _continues(text, prose[-1], furniture, line):
            last = prose.pop()
            prose.append(Line(start=last.start, end=line.end, gap=last.gap, indent=last.indent))
        else:
            prose.append(line)
    return prose, furniture, title


def _fence_after(fence: str, mark: str, words: str) -> str:
    """Give the fence that is open after a line: one closes at a mark at least as long, alone on its line."""
    if not fence:
        return mark
    closed = mark[:1] == fence[0] and len(mark) >= len(fence) and not words[len(mark) :].strip()
    return "" if closed else fence


def _is_markup(words: str) -> bool:
    if len(words) > 2000:
        return False
    return words.startswith("|") or any(form.fullmatch(words) for form in (_RULE, _LINKS_ONLY, _TAGS_ONLY))


def _continues(text: str, last: Line, furniture: Sequence[Line], line: Line) -> bool:
    """Say whether a line belongs to the paragraph before it: lazily, unless it opens a list item or quote."""
    if line.gap or (furniture and furniture[-1].start > last.start):
        return False
    opening = text[line.start : line.start + 12]
    return not _ITEM.match(opening) and not opening.startswith((">", "<"))
