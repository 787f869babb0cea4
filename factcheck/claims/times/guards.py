"""Tell a time expression from words that only look like one: May the verb, 2000 people, the Sunday Times."""

from __future__ import annotations

from collections.abc import Callable

from factcheck.claims.parse import Sentence, Token
from factcheck.claims.times.grammar import Found
from factcheck.claims.times.lengths import read_clock, read_set
from factcheck.claims.times.lexer import vocabulary
from factcheck.claims.times.relative import read_the_unit, read_weekday
from factcheck.claims.times.values import read_month, read_season, read_year, read_year_range

_NAMES = frozenset({"ORG", "WORK_OF_ART", "PERSON", "PRODUCT", "FAC", "GPE", "NORP", "LAW"})
_TIMES = frozenset({"DATE", "TIME"})
_PROPER = frozenset({"NNP", "NNPS"})
_COUNTED = frozenset({"CARDINAL", "QUANTITY", "MONEY", "PERCENT", "PRODUCT"})
# How many tokens a match about a season can span: a bounded search keeps long sentences cheap.
_WIDEST = 12
_PLAUSIBLE = range(1800, 2101)


def is_time(found: Found, read: Callable[..., object], sentence: Sentence, at: int) -> bool:
    """Say whether a match is a time where it stands; ``at`` is the token it starts in."""
    check = _CHECKS.get(read)
    return check is None or check(found, sentence, at)


def dates_a_publication(sentence: Sentence, at: int) -> bool:
    """Say whether a time only tells which edition or broadcast is meant: "in today's paper"."""
    token = sentence.tokens[at]
    return token.dep == "poss" and sentence.tokens[token.head].lemma in vocabulary()["publications"]["words"]


def _before(found: Found) -> str:
    return found.lexemes[found.first - 1].text if found.first else ""


def _is_year(found: Found, sentence: Sentence, at: int) -> bool:
    if found.last - found.first > 1:
        return True
    token = sentence.tokens[at]
    introduced = _before(found) in vocabulary()["years"]["introducing"] or _before(found) in ("(", "")
    if _counts(token, sentence) or token.ent in _COUNTED:
        return False
    if at and not introduced and _is_named(sentence.tokens[at - 1]):
        return False
    dated = token.ent == "DATE"
    if int(found.word("y")) in _PLAUSIBLE:
        return introduced or dated or _before(found) == "in"
    return (introduced and dated) or _before(found) == "in"


def _is_year_range(found: Found, sentence: Sentence, at: int) -> bool:
    """The middle of a longer chain of figures is none: "555-2010-2015"."""
    del at
    start, end = found.lexemes[found.first].start, found.lexemes[found.last - 1].end
    before = sentence.document_text[max(sentence.start, start - 2) : start]
    after = sentence.document_text[end : end + 2]
    return not (before[:1].isdigit() and before[1:] == "-") and not (after[:1] == "-" and after[1:].isdigit())


def _is_named(token: Token) -> bool:
    """Say whether the word makes a number after it a part of a name: "Windows 2000", not "World Cup 2018"."""
    return token.tag in _PROPER and token.ent != "EVENT"


def _counts(token: Token, sentence: Sentence) -> bool:
    """Say whether a number counts a plural noun that is no event of that year."""
    head = sentence.tokens[token.head]
    return token.dep == "nummod" and head.tag == "NNS" and token.ent != "DATE"


def _is_month(found: Found, sentence: Sentence, at: int) -> bool:
    if found.last - found.first > 1:
        return True
    token = sentence.tokens[at]
    if _before(found) == "'s":
        return False
    if token.ent in _TIMES:
        return True
    beside = [sentence.tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(sentence.tokens)]
    named = any(t.tag in _PROPER and t.ent in _NAMES for t in beside)
    return token.tag in ("NNP", "NN") and token.ent not in _NAMES and not named


def _is_weekday(found: Found, sentence: Sentence, at: int) -> bool:
    """The Sunday Times is a name."""
    token = sentence.tokens[at]
    head = sentence.tokens[token.head]
    alone = found.last - found.first == 1
    return not (alone and token.dep == "compound" and head.tag in _PROPER and head.i > at)


def _is_season(found: Found, sentence: Sentence, at: int) -> bool:
    """The fall of a wall and the spring of a clock are no seasons."""
    if any(found.words(name) for name in ("y", "yrel", "rel", "spelled")):
        return True
    start = found.lexemes[found.last - 1].start
    token = next((t for t in sentence.tokens[at : at + _WIDEST] if t.end > start), sentence.tokens[at])
    following = found.lexemes[found.last].text if found.last < len(found.lexemes) else ""
    if (
        token.tag in _PROPER
        and token.i + 1 < len(sentence.tokens)
        and sentence.tokens[token.i + 1].tag in _PROPER
    ):
        return False  # "the Winter Games"
    if found.word("s") in ("fall", "spring"):
        return following != "of" and (token.ent in _TIMES or _before(found) == "in") and token.tag == "NN"
    return token.tag in ("NN", "NNP")


def _is_unit(found: Found, sentence: Sentence, at: int) -> bool:
    """The player of the year is no time, the rest of the year is."""
    del sentence, at
    if found.words("rel") or _before(found) != "of" or found.first < 2:
        return True
    return found.lexemes[found.first - 2].text in vocabulary()["shares"]["words"]


def _is_frequency(found: Found, sentence: Sentence, at: int) -> bool:
    """The Daily News is a name."""
    return not found.words("frequency") or sentence.tokens[at].tag not in _PROPER


def _is_clock(found: Found, sentence: Sentence, at: int) -> bool:
    """A bare "3:15" may be a score or a verse."""
    del sentence, at
    alone = found.last - found.first == 1
    return not (alone and found.words("clock")) or _before(found) in vocabulary()["clocks"]["introducing"]


_CHECKS: dict[Callable[..., object], Callable[[Found, Sentence, int], bool]] = {
    read_year: _is_year,
    read_month: _is_month,
    read_weekday: _is_weekday,
    read_year_range: _is_year_range,
    read_season: _is_season,
    read_clock: _is_clock,
    read_the_unit: _is_unit,
    read_set: _is_frequency,
}
