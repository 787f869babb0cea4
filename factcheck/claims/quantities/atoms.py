"""Cut a sentence into the atoms that figures are made of: digit runs, words and signs.

spaCy's tokens follow its training corpus ("US$" | "4.5bn", "40" | "km" but "40km/h" | ...); figures need one
even grain: "US", "$", "4.5", "bn". Atoms keep their document offsets, so both views can be joined.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Literal, NamedTuple

from factcheck.claims.parse import Sentence, Token

DASHES = frozenset("-–—−‐‑")
_FRACTIONS = "¼-¾⅐-⅞"
# Alternatives start with different characters and every repeat is over a single class, so time is linear.
_ATOM = re.compile(
    rf"(?P<link>(?:https?://|www\.)\S+)|(?P<digits>\.?\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_{_FRACTIONS}]+(?:['’][^\W\d_{_FRACTIONS}]+)*)"
    rf"|(?P<glyph>[{_FRACTIONS}])|(?P<sign>[^\w\s]|_)"
)


class Atom(NamedTuple):
    """A digit run with its separators, a word, a fraction glyph, a single sign or a whole web address."""

    kind: Literal["digits", "word", "glyph", "sign", "link"]
    text: str
    lower: str
    start: int
    end: int


class Atoms:
    """The atoms of one sentence, with the way back to its tokens."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.list = cut(sentence.document_text, sentence.start, sentence.end)
        self._starts = [t.start for t in sentence.tokens]
        self.size = len(self.list)
        self.signs = frozenset(a.text for a in self.list if a.kind == "sign")

    def lower(self, i: int) -> str:
        """The lower-case text of atom ``i``, or "" outside the sentence."""
        return self.list[i].lower if 0 <= i < self.size else ""

    def text(self, i: int) -> str:
        """The text of atom ``i``, or "" outside the sentence."""
        return self.list[i].text if 0 <= i < self.size else ""

    def kind(self, i: int) -> str:
        """The kind of atom ``i``, or "" outside the sentence."""
        return self.list[i].kind if 0 <= i < self.size else ""

    def glued(self, i: int) -> bool:
        """Say whether atom ``i`` touches the one before it."""
        return 0 < i < self.size and self.list[i - 1].end == self.list[i].start

    def token(self, i: int) -> Token | None:
        """The token that atom ``i`` starts in, or None outside the sentence."""
        if not 0 <= i < self.size:
            return None
        return self.token_from(self.list[i].start)

    def token_from(self, offset: int) -> Token | None:
        """The token at a document offset, or the first one after it."""
        at = bisect_left(self._starts, offset)
        tokens = self.sentence.tokens
        if at and tokens[at - 1].end > offset:
            at -= 1
        return tokens[at] if at < len(tokens) else None


def cut(text: str, start: int, end: int) -> list[Atom]:
    """Cut ``text[start:end]`` into atoms with offsets into ``text``."""
    found = []
    for m in _ATOM.finditer(text, start, end):
        word = m.group()
        found.append(Atom(m.lastgroup, word, word.lower(), m.start(), m.end()))  # type: ignore[arg-type]
    return found
