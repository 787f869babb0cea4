"""Recognise the furniture of a news page in a single line: bylines, datelines, captions, share buttons.

Every rule looks at the form of one line. What takes the neighbours to see is in ``layout``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import msgspec

from factcheck.model import Frozen
from factcheck.sources.dates import MONTHS
from factcheck.sources.lines import BULLETS, CLOSERS, TERMINAL, UNSEEN, ends_sentence

LONGEST = 600  # code points; no furniture is longer, and no rule has to read more

_MOST_WORDS = 40
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_EDGES = BULLETS + UNSEEN + "+:;,.!?|>-_…\"'"
_READING_TIME = re.compile(
    r"(?:[a-z: ]{0,30})[0-9]{1,3}[ -]{0,2}min(?:ute)?s?(?: (?:read|reading time|to read))?"
)
_CREDIT = re.compile(
    r"(?:^|[.!?)\]\"'|/–—-] {0,3}|[(\[])"
    r"(?:Photo|Photograph|Picture|Image|Illustration|Credit|File [Pp]hoto|PHOTO|Pic|Graphic|Video)s?"
    r"(?: [Cc]redit| [Ss]ource| [Cc]ourtesy)?(?: ?:| by | via | courtesy )[^!?]{1,60}$"
)
_AGENCY_PHOTO = re.compile(
    r"[(\[](?:[^()\[\]]{0,60}\b(?:Photos?|PHOTO|Images?|Pictures?|File)\b|[Pp]hoto |[Ii]mage )"
    r"[^()\[\]]{0,60}[)\]]\.?$"
)
_WEB_ADDRESS = re.compile(
    r"\(?(?:https?://|www\.)?[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}(?:/[^\s]{0,200})?\)?", re.ASCII
)
_NUMBER = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th)?(?:[:./-][0-9]{1,4}){0,3}(?:am|pm|gmt|ist|z)?", re.ASCII)


class Vocabulary(Frozen, frozen=True):
    """The word lists of ``data/furniture.toml``, ready to be looked up."""

    labels: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: tuple[str, ...]
    related: frozenset[str]
    closing: frozenset[str]
    agencies: tuple[str, ...]
    small: frozenset[str]
    offices: frozenset[str]
    stamps: frozenset[str]
    weekdays: frozenset[str]
    verbs: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Load the word lists, once."""
    table = tomllib.loads(
        (files("factcheck.sources") / "data" / "furniture.toml").read_text(encoding="utf-8")
    )
    return msgspec.convert(table, Vocabulary)


def normal(line: str) -> str:
    """Give a line as the word lists write it: lower case, straight quotes, no bullet or end punctuation."""
    return " ".join(line.translate(_STRAIGHT).casefold().split()).strip(_EDGES)


def is_furniture(line: str) -> bool:
    """Say whether a line can be nothing but page furniture, whatever stands around it."""
    if len(line) > LONGEST:
        return False
    return any(rule(line) for rule in RULES)


def is_heading(line: str) -> bool:
    """Say whether a line has the form of a heading: short or in title case, not closed as a sentence."""
    words = line.split()
    if len(words) > 25 or not words:
        return False
    if ends_sentence(line):
        return line.rstrip("\"'”’)")[-1:] in ("?", "!") and len(words) <= 15 and is_title_case(words)
    if line.rstrip(CLOSERS)[-1:] in tuple(":;,："):
        return len(words) <= 4
    if _is_upper(line) or is_title_case(words):
        return True
    return len(words) <= 8 or (len(words) <= 14 and not has_verb(words))


def is_title_case(words: list[str]) -> bool:
    """Say whether all words but the small ones are capitalised, as in English headlines."""
    small = vocabulary().small
    bare = [word.strip("\"'“”‘’()[]*:;,") for word in words]
    counted = [word for word in bare if word[:1].isalpha() and word.casefold() not in small]
    lower = sum(word[0].islower() for word in counted)
    return len(counted) >= 2 and lower <= len(counted) // 12


def has_verb(words: list[str]) -> bool:
    """Say whether a line carries a finite verb that a word list or its ending gives away."""
    known = vocabulary().verbs
    return any(w.casefold() in known or (w.islower() and len(w) > 4 and w.endswith("ed")) for w in words)


def is_byline(line: str) -> bool:
    """Say whether a line is "By" and names, offices, dates: a sentence so begun has words in lower case."""
    words = line.replace("/", " ").split()
    if not words or words[0].casefold().rstrip(":") != "by" or not 2 <= len(words) <= 25:
        return False
    known = vocabulary()
    rest = [word.strip(".,:;|()[]-–—®©™") for word in words[1:]]
    named = all(
        not word or not word[0].islower() or word.casefold() in known.small | known.offices | known.stamps
        for word in rest
    )
    return named and (not line.endswith(tuple(TERMINAL)) or len(words) <= 4)


def is_date_alone(line: str) -> bool:
    """Say whether a line holds a date or time and nothing but the words that go with one."""
    known = vocabulary()
    words = [word for word in re.split(r"[\s|,()·–—/-]+", line.casefold()) if word]
    if len(words) > 24 or not any(c.isdigit() for c in line):
        return False
    bare = [word.rstrip(".:") for word in words]
    return all(
        w in known.stamps or w in known.weekdays or w in MONTHS or not w or _NUMBER.fullmatch(w) for w in bare
    )


def _is_upper(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters) and not ends_sentence(line)


# ---------------------------------------------------------------- rules
def _has_no_letters(line: str) -> bool:
    return not any(c.isalpha() for c in line)


def _is_label(line: str) -> bool:
    words = vocabulary()
    form = normal(line)
    return form in words.labels or form in words.related or form in words.closing


def _has_phrase(line: str) -> bool:
    if len(line.split()) > _MOST_WORDS:
        return False
    words, form = vocabulary(), normal(line).lstrip("([")
    return form.startswith(words.prefixes) or any(phrase in form for phrase in words.phrases)


def _is_bracketed(line: str) -> bool:
    """Editors' remarks: a short line in brackets that holds no sentence."""
    pairs = {"(": ")", "[": "]"}
    inner = line[1:-1]
    if pairs.get(line[:1]) != line[-1:] or any(c in inner for c in "()[]"):
        return False
    return len(inner.split()) <= 8 and not ends_sentence(inner)


def _is_caption(line: str) -> bool:
    tail = line.translate(_STRAIGHT)[-120:]
    if _CREDIT.search(tail) or _AGENCY_PHOTO.search(tail):
        return True
    before, slash, last = tail.rstrip(".)] ").rpartition("/")
    return bool(slash and before) and last.strip().casefold() in vocabulary().agencies


def _is_reading_time(line: str) -> bool:
    return _READING_TIME.fullmatch(normal(line)) is not None


def _is_address(line: str) -> bool:
    return _WEB_ADDRESS.fullmatch(line.casefold()) is not None


RULES: tuple[Callable[[str], bool], ...] = (
    _has_no_letters,
    _is_label,
    _has_phrase,
    _is_bracketed,
    _is_caption,
    is_byline,
    is_date_alone,
    _is_reading_time,
    _is_address,
)
