"""Cut a sentence into lexemes and give each one character for what it may be in a time expression.

A rule of the time grammar is a regular expression over those characters: one for each lexeme, so that a
sentence of thirty words is a string of thirty, and a rule reads as a row of word classes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.claims.quantities.numerals import lexicon

# Digits are ASCII by intent: other scripts' digits fall through to `other` and are no dates.
_LEXEME = re.compile(
    r"""
      (?P<LINK>(?:https?://|www\.)\S+)
    | (?P<ISO>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T\ ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,6})?Z?)?(?![\w-]))
    | (?P<SLASHED>(?:[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}
        |[0-9]{1,2}-[0-9]{1,2}-[0-9]{4})(?![\w/-]))
    | (?P<FRACTION>[0-9]{1,2}/[0-9]{1,2}(?![\w/]))
    | (?P<CLOCK>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:(?=[ap]\.?m\b)|(?![\w:]))
        |[0-9]{1,2}\.[0-9]{2}(?=\ ?[ap]\.?\ ?m\b))
    | (?P<DECADE>['’‘]?(?:[0-9]{2})?[0-9]0['’]?s\b)
    | (?P<SHORTYEAR>['’‘][0-9]{2}\b)
    | (?P<NTH>[0-9]{1,2}(?:st|nd|rd|th)\b)
    | (?P<NUMBER>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])|[0-9]+(?:\.[0-9]+)?)
    | (?P<AMPM>[ap]\.\ ?m\b\.?|[ap]m\b)
    | (?P<QUARTERNAME>Q[1-4]\b)
    | (?P<SHORT>(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun)\.)
    | (?P<WORD>[^\W\d_]+)
    | (?P<TAIL>['’]s\b)
    | (?P<MARK>[^\w\s])
    | (?P<OTHER>\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_FOLDED = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "–", "—": "–"})
# What a digit may not touch if it is to count as a date: "$2000", "A380", "1.2.3", "#12".
_TOUCHING = frozenset("$€£¥₩#_/.,:+@&=~")
_CASED = frozenset({"may", "march"})
# What may follow a number without a space: "5pm", "1100hrs".
_SUFFIX = re.compile(r"(?:[ap]m|hrs?|h|yrs?)\b", re.IGNORECASE)
# What makes the number before it a serial one: "1987-B44".
_SERIAL = re.compile(r"-[A-Za-z]{1,4}[0-9]")
_NUMBER_KINDS = ("N12", "N24", "N31", "N99", "NYEAR", "NCLOCK", "NBIG")

# Symbols that stand for several kinds of number.
_NUMBER_SYMBOLS = {
    "NUMBER": frozenset(_NUMBER_KINDS),
    "DAY": frozenset({"N12", "N24", "N31"}),
    "HOUR": frozenset({"N12", "N24"}),
    "TWO": frozenset({"N12", "N24", "N31", "N99"}),
    "YEAR": frozenset({"NYEAR"}),
    "MILITARY": frozenset({"NYEAR", "NCLOCK"}),
}


@dataclass(slots=True)
class Lexeme:
    """A word, number or mark; ``text`` is lower case, ``start``/``end`` are document offsets."""

    text: str
    start: int
    end: int


@cache
def vocabulary() -> dict[str, Any]:
    """Load the word classes and values of time expressions."""
    source = files("factcheck.claims") / "data" / "time.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


class Alphabet:
    """Maps words to characters and grammar symbols to sets of characters.

    ``literals`` are the words that the grammar names themselves. Two words share a character when they
    belong to the same symbols.
    """

    def __init__(self, literals: Iterable[str]) -> None:
        members = _memberships(literals)
        kinds = sorted({tuple(sorted(m)) for m in members.values()})
        codes = {kind: chr(0x4E00 + i) for i, kind in enumerate(kinds)}
        self._words = {word: codes[tuple(sorted(m))] for word, m in members.items()}
        self._symbols: dict[str, str] = {}
        for kind, code in codes.items():
            for symbol in kind:
                self._symbols[symbol] = self._symbols.get(symbol, "") + code
        for i, name in enumerate((*_LEXEME.groupindex, *_NUMBER_KINDS)):
            self._symbols[name] = self._symbols.get(name, "") + chr(0x3400 + i)
        for name, kinds_ in _NUMBER_SYMBOLS.items():
            self._symbols[name] = "".join(self._symbols[k] for k in sorted(kinds_))
        self._codes = {name: self._symbols[name][-1] for name in (*_LEXEME.groupindex, *_NUMBER_KINDS)}

    def characters(self, symbol: str) -> str:
        """Give the characters of a symbol or literal. Raises KeyError for a symbol nobody defined."""
        return self._symbols[symbol]

    def encode(self, text: str, offset: int) -> tuple[list[Lexeme], str]:
        """Cut a text into lexemes with document offsets, and give the string of their characters."""
        lexemes, codes = [], []
        for found in _LEXEME.finditer(text):
            word = found.group().lower().translate(_FOLDED)
            lexemes.append(Lexeme(word, offset + found.start(), offset + found.end()))
            codes.append(self._code(found, word, text))
        return lexemes, "".join(codes)

    def _code(self, found: re.Match[str], word: str, text: str) -> str:
        name = found.lastgroup or "OTHER"
        if name == "NUMBER":
            name = _number_kind(word, text, found.start(), found.end())
        elif name == "AMPM" or (name == "WORD" and word in _CASED and text[found.start()].islower()):
            return self._codes["AMPM" if name == "AMPM" else "OTHER"]
        return self._words.get(word) or self._codes[name]


def _memberships(literals: Iterable[str]) -> dict[str, set[str]]:
    words, numerals = vocabulary(), lexicon()["numerals"]
    members: dict[str, set[str]] = {}
    for symbol, listed in words["classes"].items():
        for word in listed:
            members.setdefault(word, set()).add(symbol)
    for name in words["months"]:
        members.setdefault(name, set()).add("MONTH")
        full = len(name) > 4 or name in ("may", "june", "july", "sept")
        members[name if full else f"{name}."] = {"MONTH", "MONTHNAME"}
    members["sept."] = {"MONTH", "MONTHNAME"}
    for name in words["weekdays"]:
        if name.endswith("day"):
            members.setdefault(name, set()).update({"WEEKDAY", "DAYNAME"})
        else:
            members.setdefault(name, set()).add("DAYNAME")
            members[f"{name}."] = {"DAYNAME"}
    for symbol, table in (
        ("NUMWORD", numerals["small"]), ("NUMWORD", numerals["tens"]), ("TENS", numerals["tens"]),
        ("ORDINAL", words["ordinals"]), ("DECADEWORD", words["decades"]), ("FREQUENCY", words["frequencies"]),
    ):  # fmt: skip
        for word in table:
            members.setdefault(word, set()).add(symbol)
    for word in literals:
        members.setdefault(word, set()).add(word)
    return members


def _number_kind(word: str, text: str, start: int, end: int) -> str:
    if _is_part_of_code(text, start, end):
        return "OTHER"
    if not word.isdigit():
        return "NBIG"
    if len(word) == 4:
        if "1000" <= word <= "2199":
            return "NYEAR"
        return "NCLOCK" if word[0] == "0" or "2200" <= word <= "2400" else "NBIG"
    if len(word) > 2:
        return "NBIG"
    number = int(word)
    return next((k for k, most in (("N12", 12), ("N24", 24), ("N31", 31)) if 0 < number <= most), "N99")


def _is_part_of_code(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    if before in _TOUCHING or before.isalpha():
        return True
    if before == "-" and start > 1 and text[start - 2].isalnum() and not text[start - 2].isdigit():
        opening = _LETTERS.search(text[max(0, start - 12) : start - 1][::-1])
        return not opening or opening.group()[::-1].lower() not in _before_hyphen()
    if text[end : end + 2].lstrip()[:1] in ("%", "٪") or _SERIAL.match(text, end):
        return True
    return text[end : end + 1].isalpha() and not _SUFFIX.match(text, end)


@cache
def _before_hyphen() -> frozenset[str]:
    """Words that a hyphen may join to a date: "mid-1996", "Jan-06"."""
    words = vocabulary()
    return frozenset({"post", "pre", "to", "through", *words["classes"]["EARLY"], *words["months"]})
