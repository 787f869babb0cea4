"""An article as the rules of arithmetic read it: sentences in which each value is one character.

Where sums are written in words, the words between the values say which sum is meant: "A, or B, of C". With
every value taken out for one character of its kind, such a turn of phrase is a short regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from factcheck.model import Document, Extraction, Kind, Mention, Quantity, SentenceText, Value

# Of each kind the values of a sentence take characters from here on, in Unicode's area for private use.
_FIRST, _EACH = 0xE000, 0x100
_KINDS: tuple[Kind, ...] = (
    "count", "money", "percent", "share", "measure", "ordinal", "superlative", "date", "period", "duration",
)  # fmt: skip
_LAST = _FIRST + len(_KINDS) * _EACH - 1
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


def _marks(*kinds: Kind) -> str:
    places = (_FIRST + _KINDS.index(kind) * _EACH for kind in kinds)
    return "".join(f"{chr(p)}-{chr(p + _EACH - 1)}" for p in places)


# What a turn of phrase may name. A gap is words without a value, a bracket or a stop; ``when`` is a date that
# stands between two figures and belongs to neither.
_CLASSES: dict[str, str] = {
    **{kind: f"[{_marks(kind)}]" for kind in _KINDS},
    "amount": f"[{_marks('count', 'money', 'measure')}]",
    "value": f"[{chr(_FIRST)}-{chr(_LAST)}]",
}
_NAMES = {
    **{name: f"({marks})" for name, marks in _CLASSES.items()},
    **{f"any {name}": marks for name, marks in _CLASSES.items()},
    "when": f"(?:,? ?(?:(?:in|for|on|during|at|by|since) )?[{_marks('date', 'period')}],?)?",
    "word": r"(?:[\w'’-]{1,20} )",
    "gap": f"[^{chr(_FIRST)}-{chr(_LAST)};:()\\[\\]–—]{{0,40}}?",
}  # fmt: skip


def turn_of_phrase(template: str) -> re.Pattern[str]:
    """Compile a turn of phrase: a regular expression in which ``<money>`` stands for a sum of money.

    Besides the kinds of value there are ``<amount>`` (count, money or measure) and
    ``<value>``. All these are groups, and ``<any money>`` is not. ``<when>`` is a date or nothing,
    ``<word>`` a word and a space, ``<gap>`` a few words.
    """
    named = re.sub(r"<([\w ]+)>", lambda found: _NAMES[found[1]], template)
    return re.compile(named, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in its place: the mention, its words as they stand, and its sentence."""

    mention: Mention
    words: str
    line: Line

    @property
    def value(self) -> Value:
        """The typed value."""
        return self.mention.value

    def worth(self, value: Value, words: str) -> Figure:
        """Return the same place with another value, of which these are the words."""
        return Figure(replace(self.mention, value=value), words, self.line)

    @property
    def quantity(self) -> Quantity:
        """The value, where the turn of phrase asked for a quantity."""
        assert isinstance(self.mention.value, Quantity)
        return self.mention.value


@dataclass(frozen=True)
class Line:
    """A sentence with values; ``shape`` has one character a value."""

    document: Document
    sentence: SentenceText
    shape: str

    @property
    def text(self) -> str:
        """The sentence as it stands in the article."""
        return self.document.text[self.sentence.start : self.sentence.end]

    def has(self, *kinds: Kind) -> bool:
        """Say whether the sentence has a value of one of these kinds; most rules need look no further."""
        return any(mention.kind in kinds for mention in self.sentence.mentions)

    def figures(self) -> list[Figure]:
        """All values of the sentence, in order."""
        return [self._figure(mention) for mention in self.sentence.mentions]

    def find(self, phrase: re.Pattern[str]) -> Iterator[list[Figure]]:
        """Yield the values that a turn of phrase names, for each time it occurs."""
        for found in self.search(phrase):
            yield self.named(found.groups())

    def search(self, phrase: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the places of a turn of phrase, without looking where there are too few values for one."""
        if phrase.groups < 2 or len(self.sentence.mentions) > 1:
            yield from phrase.finditer(self.shape)

    def named(self, marks: Iterable[str | None]) -> list[Figure]:
        """Return the values that characters of the shape stand for, in order; others are passed over."""
        found = [m for m in marks if m and _MARK.fullmatch(m)]
        return [self._figure(self.sentence.mentions[(ord(m) - _FIRST) % _EACH]) for m in found]

    def _figure(self, mention: Mention) -> Figure:
        words = self.document.text[mention.start : mention.end]
        return Figure(mention, " ".join(words.split()), self)


@dataclass(frozen=True)
class Article:
    """A document, and those of its sentences that hold a value."""

    document: Document
    lines: Sequence[Line]


def article_of(document: Document, extraction: Extraction) -> Article:
    """Prepare a document for the rules."""
    lines = [
        Line(document, sentence, _shape(document.text, sentence))
        for sentence in extraction.sentences
        if sentence.mentions
    ]
    return Article(document, lines)


def _shape(text: str, sentence: SentenceText) -> str:
    """Write a sentence with one character for each value and single spaces."""
    parts, at = [], sentence.start
    for number, mention in enumerate(sentence.mentions[:_EACH]):
        parts.append(_MARK.sub("?", text[at : mention.start]))
        parts.append(chr(_FIRST + _KINDS.index(mention.kind) * _EACH + number))
        at = max(at, mention.end)
    parts.append(_MARK.sub("?", text[at : sentence.end]))
    return " ".join("".join(parts).split())
