"""Find what a figure counts: the noun behind "7,300 tall pines", "two of the four boats", "nine are red"."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from factcheck.claims.parse import Sentence, Token
from factcheck.claims.quantities.numerals import lexicon

# A noun phrase longer than this between a number and its noun is a parsing accident.
_LONGEST_PHRASE = 9
_SPANS = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "year"})
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})


class Counted(NamedTuple):
    """The counted noun: its token, and the words from the number's end to the noun's, in document offsets."""

    noun: Token
    start: int
    end: int


def counted_noun(sentence: Sentence, offset: int) -> Counted | None:
    """Find the noun that a number ending at a document offset counts, or None for an elliptical number."""
    tokens = sentence.tokens
    first = _first_from(tokens, offset)
    noun = None
    for at in range(first, min(first + _LONGEST_PHRASE, len(tokens))):
        token = tokens[at]
        if token.pos in ("NOUN", "PROPN") and token.tag != "$":
            noun = token
            if _closes(tokens, at):
                break
        elif not _continues(tokens, at, first):
            break
    if noun is None:
        return None
    noun = _measured_by(tokens, first, noun)
    start = next((t.start for t in tokens[first : noun.i] if t.text not in ("-", "–", "more")), noun.start)
    return Counted(noun, min(start, noun.start), noun.end)


def _measured_by(tokens: list[Token], first: int, noun: Token) -> Token:
    """The noun counted within an attribute: the cylinder of "a four-cylinder engine"."""
    at = first
    hyphened = at + 1 < len(tokens) and tokens[at].text == "-" and tokens[at].end == tokens[at + 1].start
    if hyphened:
        at += 1
    inner = tokens[at]
    if inner.i >= noun.i or inner.tag != "NN" or inner.pos != "NOUN":
        return noun
    singular = (
        noun.tag == "NN" and noun.lemma not in _invariant() and tokens[at - 1].lower not in ("one", "1")
    )
    return inner if hyphened or singular else noun


@cache
def _invariant() -> frozenset[str]:
    return frozenset(lexicon()["names"]["invariant"])


def part_of(sentence: Sentence, offset: int) -> Counted | None:
    """Find the noun phrase that a share or count ending at an offset is a part of ("half the votes")."""
    tokens = sentence.tokens
    at = _first_from(tokens, offset)
    if at >= len(tokens):
        return None
    if tokens[at].lower == "of" or (tokens[at].lower == "out" and _text(tokens, at + 1) == "of"):
        at += 1 if tokens[at].lower == "of" else 2
    elif tokens[at].pos not in ("DET", "PRON") and tokens[at].tag not in ("PRP$", "PDT"):
        return None
    start, last = at, min(at + _LONGEST_PHRASE, len(tokens) - 1)
    while at <= last and (tokens[at].pos in ("DET", "PRON", "NUM", "ADV") or _possessor(tokens, at)):
        if tokens[at].tag in ("WP", "WDT"):
            whole = _antecedent(tokens, at)
            return Counted(whole, whole.start, whole.end)
        if tokens[at].tag == "PRP" or (tokens[at].pos == "PRON" and _ends(tokens, at)):
            return Counted(tokens[at], tokens[start].start, tokens[at].end)
        at += 1
    if at >= len(tokens):
        return None
    found = counted_noun(sentence, tokens[at].start)
    if found is None and tokens[at - 1].pos == "NUM":
        return Counted(tokens[at - 1], tokens[start].start, tokens[at - 1].end)  # "ten of the 12"
    return Counted(found.noun, tokens[start].start, found.end) if found is not None else None


def _antecedent(tokens: list[Token], pronoun: int) -> Token:
    """The noun a relative pronoun stands for ("the robbers, two of whom"), or the pronoun itself."""
    at = tokens[pronoun]
    for _ in range(_LONGEST_PHRASE):
        if at.dep == "relcl":
            return tokens[at.head]
        at = tokens[at.head]
    return tokens[pronoun]


def rate_of(sentence: Sentence, noun: Token) -> Token | None:
    """Find the noun of a rate right behind a counted noun: "tests per day", "cars a day"."""
    tokens, at = sentence.tokens, noun.i + 2
    if at >= len(tokens) or tokens[at].pos != "NOUN" or tokens[at].lower == "cent":
        return None
    if tokens[at - 1].lower in ("a", "an", "each", "every"):
        return tokens[at] if tokens[at].lower in _SPANS else None
    return tokens[at] if tokens[at - 1].lower == "per" else None


def _first_from(tokens: list[Token], offset: int) -> int:
    return bisect_left(tokens, offset, key=lambda t: t.start)


def _text(tokens: list[Token], at: int) -> str:
    return tokens[at].lower if at < len(tokens) else ""


def _ends(tokens: list[Token], at: int) -> bool:
    return at + 1 >= len(tokens) or tokens[at + 1].pos not in _MODIFIERS


def _possessor(tokens: list[Token], at: int) -> bool:
    """Say whether a token belongs to a possessor that opens the phrase ("the mayor's cousins")."""
    return at < len(tokens) and (
        tokens[at].tag == "POS" or (at + 1 < len(tokens) and tokens[at + 1].tag == "POS")
    )


def _closes(tokens: list[Token], at: int) -> bool:
    """Say whether the noun at an index ends its phrase: what follows is neither noun, hyphen nor slash."""
    if at + 1 >= len(tokens):
        return True
    follower = tokens[at + 1]
    if follower.text in ("-", "–") and follower.start == tokens[at].end:
        return False
    if tokens[at].tag == "NNS" and follower.pos != "NOUN":
        return True
    if follower.pos in ("NOUN", "PROPN"):
        return tokens[at].tag == "NNS" and tokens[at].dep not in ("compound", "nmod")
    inner = tokens[at].dep in ("compound", "nmod", "npadvmod", "amod")
    return follower.pos not in ("ADJ", "NUM") or not inner or tokens[at].tag in ("NNS", "NNPS")


def _is_model(token: Token) -> bool:
    """Say whether a token is a name with a figure ("AK-47"), whatever the tagger made of it."""
    return token.text[:1].isupper() and token.text[-1:].isdigit()


def _continues(tokens: list[Token], at: int, first: int) -> bool:
    """Say whether a token that is no noun may stand between a number and its noun."""
    token = tokens[at]
    if token.pos == "ADJ" or (token.pos == "NUM" and at > first) or _is_model(token):
        return True
    if token.tag in ("VBN", "VBG") and token.dep in ("amod", "compound", "nmod"):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return False
    if (token.tag == "RB" and following.pos in ("ADJ", "ADV")) or token.lower == "more":
        return True
    if (
        token.tag in ("RB", "RBS", "RBR")
        and following.tag in ("VBN", "VBG")
        and following.dep in ("amod", "compound")
    ):
        return True
    if token.text in ("-", "–", "/"):
        return True
    if token.pos == "CCONJ":
        return (
            at > first
            and tokens[at - 1].pos in ("ADJ", "PROPN")
            and following.pos in ("ADJ", "PROPN")
            and (tokens[at - 1].dep in ("amod", "compound", "nmod"))
        )
    return token.lower in ("'s", "’s") or token.text in ("“", '"', "‘")
