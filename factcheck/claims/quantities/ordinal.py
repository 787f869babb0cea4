"""Find ranks and superlatives: "second meeting in two months", "third-largest city"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from factcheck.claims.parse import Sentence, Token
from factcheck.model import Mention, Ordinal

_FIGURE = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")
_YEAR = re.compile(r"[12]\d{3}")
_DECADE = re.compile(r"([12]\d{2})0s")
# "since" and "in two months" limit the rank they follow this closely, in tokens.
_REACH = 30
# The span reaches from the rank to "since 2019" where so few tokens lie between; else it is the latter alone.
_CLOSE = 4


class _Scope(NamedTuple):
    """A limit on a rank: a TIMEX3 value, and the tokens ``first`` to ``last`` that give it."""

    timex: str
    first: int
    last: int


class _Rank(NamedTuple):
    """A ranking word: tokens ``first`` to ``last``; ``adjective`` makes it a superlative."""

    first: int
    last: int
    rank: int | None
    adjective: str | None


def find_ordinals(sentence: Sentence) -> list[Mention]:
    """Find the ordinals and superlatives of a parsed sentence, in text order and without overlaps.

    Offsets are those of the document; ``head`` is the token of the noun that is ranked. The span is the
    ranking word, with "since 2019" where that is near, or "since 2019" alone where it is further off.
    "One of the largest" carries no rank.
    """
    mentions: list[Mention] = []
    i, tokens = 0, sentence.tokens
    while i < len(tokens):
        found = _rank(tokens, i)
        if found is None:
            i += 1
            continue
        mention = _mention(tokens, found)
        if not mentions or mention.start >= mentions[-1].end:
            mentions.append(mention)
        i = found.last + 1
    return mentions


def ranks_by(adjective: str | None) -> str | None:
    """Return what a superlative ranks by: "size" for "large" and "big", else the word itself."""
    alike = _lexicon()["alike"]
    return next((by for by in alike if adjective in alike[by]), adjective)


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads((files("factcheck.claims") / "data" / "ordinal.toml").read_text("utf-8"))


@cache
def _set(table: str, key: str) -> frozenset[str]:
    return frozenset(_lexicon()[table][key])


def _rank(tokens: list[Token], i: int) -> _Rank | None:
    token = tokens[i]
    if token.tag in ("JJS", "RBS") or token.lower == "record":
        return _superlative(tokens, i)
    rank, last = _ordinal(tokens, i)
    if rank is None:
        return None
    after = last + 1
    if _text(tokens, after) in ("-", "–"):
        after += 1
    if after < len(tokens) and tokens[after].tag in ("JJS", "RBS"):
        best = _superlative(tokens, after)
        return best._replace(first=i, rank=rank) if best is not None else None
    return _Rank(i, last, rank, None) if _ranks(tokens, i, last) else None


# ---------------------------------------------------------------- ordinals
def _ordinal(tokens: list[Token], i: int) -> tuple[int | None, int]:
    """The rank that the token spells, and its last token ("twenty-fifth" has three)."""
    word = tokens[i].lower
    if _text(tokens, i + 1) in ("hundred", "hundredth"):
        return _of_hundreds(tokens, i)
    table = _lexicon()["rank"]
    if word in table:
        return table[word], i
    if word[:1].isdigit():
        figure = _FIGURE.fullmatch(word)
        return (int(figure[1]), i) if figure else (None, i)
    tens = _lexicon()["tens"].get(word)
    if tens is not None and _text(tokens, i + 1) == "-":
        unit = table.get(_text(tokens, i + 2), 0)
        if 0 < unit < 10:
            return tens + unit, i + 2
    return None, i


def _of_hundreds(tokens: list[Token], i: int) -> tuple[int | None, int]:
    """The rank of "two hundredth", "one hundred and twenty-fifth"."""
    count, at = _small(tokens[i].lower), i + 2
    if count is None or not count.isdecimal():
        return None, i
    if tokens[i + 1].lower == "hundredth":
        return (int(count) * 100, i + 1) if count != "1" else (None, i)  # "one hundredth of a second"
    first = at + (_text(tokens, at) in ("and", "-"))
    rank, last = _ordinal(tokens, first) if first < len(tokens) else (None, i)
    joined = last > at  # not "two hundred first voters"
    return (int(count) * 100 + rank, last) if rank is not None and rank < 100 and joined else (None, i)


def _ranks(tokens: list[Token], i: int, last: int) -> bool:
    """Say whether an ordinal ranks something here: not "First, ...", "a second later", "3rd March"."""
    token, before, after = tokens[i], _text(tokens, i - 1), _text(tokens, last + 1)
    if (
        token.pos == "PROPN"
        or (token.tag.startswith("NN") and _is_clock_second(tokens, i))
        or token.ent in ("DATE", "TIME")
    ):
        return _noun(tokens, last) is not None and token.lower != "second" and token.ent != "DATE" and i == 0
    if before in ("at", "-", "–") or (after in (",", "-", "–", ":") and token.dep == "advmod"):
        return False
    if (after in ("of", "-", "–") and before in ("a", "one", "-")) or before == "one" or before.isdecimal():
        return False
    if after in ("-", "–") and _text(tokens, last + 2) != "ever":
        return False  # "ninth-grade", "second-hand"
    noun = _noun(tokens, last)
    if noun is None and token.head < i and tokens[token.head].lemma in _set("placing", "verbs"):
        return token.tag != "NNP"
    if noun is None:
        return (
            token.dep in ("attr", "pobj", "dobj")
            and token.tag != "RB"
            and i > 0
            and after in ("in", "since", "to", "of", "for", "time")
        )
    # Before a name the first noun counts: "first baseman Tom Reyes".
    ranked = tokens[last + 1] if noun.pos == "PROPN" else noun
    if ranked.lower in _set("skip", "nouns") or ranked.lemma in _set("skip", "nouns"):
        return False
    return not (noun.pos == "PROPN" and noun.i == last + 1 and noun.tag == "NNP")


def _is_clock_second(tokens: list[Token], i: int) -> bool:
    return tokens[i].lower in ("second", "third", "fifth") and _text(tokens, i + 1) not in ("in", "since")


# ---------------------------------------------------------------- superlatives
def _superlative(tokens: list[Token], i: int) -> _Rank | None:
    token = tokens[i]
    if token.lower == "record":
        return _record(tokens, i)
    rank = (
        None
        if _text(tokens, i - 1) == "the" and _text(tokens, i - 2) == "of" and _text(tokens, i - 3) == "one"
        else 1
    )
    if token.lower in ("most", "least"):
        follower = tokens[i + 1] if i + 1 < len(tokens) else None
        if (
            follower is None
            or follower.pos != "ADJ"
            or token.tag not in ("RBS", "JJS")
            or token.dep not in ("advmod", "amod")
        ):
            return None
        if _text(tokens, i - 1) in ("at", "a"):
            return None
        adjective = follower.lemma if token.lower == "most" else f"least {follower.lemma}"
        return _Rank(i, i + 1, rank, adjective)
    if token.tag != "JJS" or token.lower in _set("skip", "superlatives") or _text(tokens, i - 1) == "at":
        return None
    if _noun(tokens, i) is None and token.dep not in ("attr", "acomp", "pobj", "conj", "appos", "amod"):
        return None
    return _Rank(i, i, rank, token.lemma)


def _record(tokens: list[Token], i: int) -> _Rank | None:
    """ "record-breaking", "a record high", "a record 30 goals": not "a record label"."""
    if _text(tokens, i + 1) == "-" and _text(tokens, i + 2) in _set("record", "joined"):
        return _Rank(i, i + 2, 1, "record")
    head = tokens[tokens[i].head]
    if tokens[i].dep in ("amod", "compound") and head.i > i and tokens[i].tag in ("JJ", "NN"):
        counted = tokens[i + 1].pos == "NUM"
        if counted or head.lemma in _set("record", "nouns"):
            return _Rank(i, i, 1, "record")
    return None


# ---------------------------------------------------------------- scope
def _mention(tokens: list[Token], found: _Rank) -> Mention:
    noun = _noun(tokens, found.last)
    since, within = _since(tokens, found.last + 1), _within(tokens, found.last + 1)
    start, end = tokens[found.first].start, tokens[found.last].end
    if since is not None:
        end = tokens[since.last].end
        if since.first - found.last > _CLOSE:
            start = tokens[since.first].start
    value = Ordinal(
        rank=found.rank,
        adjective=found.adjective,
        since=since.timex if since else None,
        within=within.timex if within else None,
        unit=noun.lemma if noun else None,
    )
    kind = "superlative" if found.adjective is not None else "ordinal"
    return Mention(kind=kind, start=start, end=end, value=value, head=noun.i if noun else None)  # type: ignore[arg-type]


def _noun(tokens: list[Token], last: int) -> Token | None:
    """The noun that is ranked: the end of the noun phrase the ranking word opens."""
    noun = None
    for at in range(last + 1, min(last + 7, len(tokens))):
        token = tokens[at]
        if token.pos in ("NOUN", "PROPN"):
            noun = token
        elif (
            token.pos not in ("ADJ", "NUM")
            and token.text not in ("-", "–")
            and token.tag not in ("VBN", "VBG", "POS", "CC", "RBS", "RB")
        ) or (noun is not None and token.text not in ("-", "–")):
            break
    return noun


def _since(tokens: list[Token], start: int) -> _Scope | None:
    """Find "since 2019", "since the 1970s", "since March 2019" behind a rank."""
    for at in range(start, min(start + _REACH, len(tokens) - 1)):
        if tokens[at].lower != "since":
            continue
        after = at + 1 + (tokens[at + 1].lower in ("the", "early", "late"))
        month = _lexicon()["months"].get(_text(tokens, after))
        if month is not None and _YEAR.fullmatch(_text(tokens, after + 1)):
            return _Scope(f"{int(tokens[after + 1].text)}-{month:02d}", at, after + 1)
        word = _text(tokens, after)
        if _YEAR.fullmatch(word):
            return _Scope(str(int(word)), at, after)
        decade = _DECADE.fullmatch(word)
        return _Scope(str(int(decade[1])), at, after) if decade else None
    return None


def _within(tokens: list[Token], start: int) -> _Scope | None:
    """Find "in two months", "in just over a decade", "within ten days" behind a rank."""
    for at in range(start, min(start + _REACH, len(tokens) - 1)):
        if tokens[at].lower not in ("in", "within"):
            continue
        for end in range(at + 1, min(at + 6, len(tokens))):
            designator = _lexicon()["units"].get(tokens[end].lemma)
            if designator is not None and tokens[end].pos == "NOUN":
                amount = _amount(tokens, at + 1, end)
                if amount is not None:
                    return _Scope(_timex(amount, designator), at, end)
                break
            if tokens[end].pos not in ("NUM", "ADJ", "ADV", "DET", "ADP", "SCONJ"):
                break
    return None


def _amount(tokens: list[Token], first: int, end: int) -> str | None:
    """The number of time units before token ``end``: digits, a word, "X" where it is left open."""
    words = [t.lower for t in tokens[first:end]]
    if any(w in ("last", "this", "next", "first", "second") for w in words):
        return None
    for token in reversed(tokens[first:end]):
        number = _small(token.lower)
        if number is not None:
            return number
    return "X" if tokens[end].tag == "NNS" and not any(w in ("the", "these") for w in words) else None


@cache
def _small(word: str) -> str | None:
    from factcheck.claims.quantities.numerals import parse_digits, plain, spelled

    number = parse_digits(word) if word[:1].isdecimal() else spelled(word)
    return None if number is None else str(plain(number))


def _timex(amount: str, designator: str) -> str:
    if designator.startswith("T"):
        return f"PT{amount}{designator[1:]}"
    if designator in ("DE", "CE") and amount != "X":
        return f"P{int(float(amount)) * (10 if designator == 'DE' else 100)}Y"
    return f"P{amount}{designator}"


def _text(tokens: list[Token], i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""
