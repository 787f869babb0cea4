"""Tell a time expression from words that only look like one: May the verb, 2000 people, the Sunday Times."""

from __future__ import annotations

from collections.abc import Callable

from factcheck.claims.parse import Sentence, Token
from factcheck.claims.time_grammar import Found
from factcheck.claims.time_lengths import read_clock
from factcheck.claims.time_lexer import vocabulary
from factcheck.claims.time_values import read_month, read_season, read_weekday, read_year

_NAMES = frozenset({"ORG", "WORK_OF_ART", "PERSON", "PRODUCT", "FAC", "GPE", "NORP", "LAW"})
_TIMES = frozenset({"DATE", "TIME"})
_CLOCK_WORDS = frozenset({"at", "around", "about", "until", "till", "by", "from", "between", "after", "before", "since", "to", "and"})
_PLAUSIBLE = range(1800, 2101)


def is_time(found: Found, read: Callable[..., object], sentence: Sentence, at: int) -> bool:
    """Say whether a match is a time where it stands; ``at`` is the token it starts in."""
    check = _CHECKS.get(read)
    return check is None or check(found, sentence, at)


def _is_year(found: Found, sentence: Sentence, at: int) -> bool:
    if found.last - found.first > 1:
        return True
    token = sentence.tokens[at]
    year = int(found.word("y"))
    before = found.lexemes[found.first - 1].text if found.first else ""
    if _counts(token, sentence) or token.ent in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT", "PRODUCT"):
        return token.ent == "DATE" and year in _PLAUSIBLE and not _counts(token, sentence)
    if token.ent == "DATE":
        return year in _PLAUSIBLE or before == "in"
    return year in _PLAUSIBLE and (before in vocabulary()["years"]["introducing"] or before == "(")


def _counts(token: Token, sentence: Sentence) -> bool:
    """Say whether a number counts a plural noun that is no event of that year."""
    head = sentence.tokens[token.head]
    return token.dep == "nummod" and head.tag == "NNS" and token.ent != "DATE"


def _is_month(found: Found, sentence: Sentence, at: int) -> bool:
    if found.words("y") or found.words("yrel") or found.last - found.first > 1:
        return True
    token = sentence.tokens[at]
    if token.ent in _TIMES:
        return True
    return token.tag in ("NNP", "NN") and token.ent not in _NAMES and not _beside_name(found, sentence, at)


def _beside_name(found: Found, sentence: Sentence, at: int) -> bool:
    """Say whether a proper noun goes with the word: Mar Vista, Theresa May, the Sunday Times."""
    del found
    beside = [sentence.tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(sentence.tokens)]
    return any(t.tag in ("NNP", "NNPS") and t.ent in _NAMES for t in beside)


def _is_weekday(found: Found, sentence: Sentence, at: int) -> bool:
    if found.last - found.first > 1:
        return True
    token = sentence.tokens[at]
    following = sentence.tokens[at + 1] if at + 1 < len(sentence.tokens) else None
    within = token.ent in _NAMES
    return not (within and following is not None and following.tag in ("NNP", "NNPS") and following.ent == token.ent)


def _is_season(found: Found, sentence: Sentence, at: int) -> bool:
    if found.last - found.first > 1:
        return True
    token = sentence.tokens[at]
    return token.tag in ("NN", "NNP") and (token.ent in _TIMES or token.text.lower() in ("summer", "winter", "autumn"))


def _is_clock(found: Found, sentence: Sentence, at: int) -> bool:
    """A bare "3:15" may be a score or a verse."""
    del sentence, at
    if not found.words("clock") or found.last - found.first > 1:
        return True
    return bool(found.first) and found.lexemes[found.first - 1].text in _CLOCK_WORDS


_CHECKS: dict[Callable[..., object], Callable[[Found, Sentence, int], bool]] = {
    read_year: _is_year,
    read_month: _is_month,
    read_weekday: _is_weekday,
    read_season: _is_season,
    read_clock: _is_clock,
}
