"""Find whose age a figure tells: "Ida Holm, 61", "the 61-year-old owner", "her son, aged nine"."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.claims.comparison import tells_age
from factcheck.claims.parse import Sentence, Token
from factcheck.claims.roles import NOMINAL, governor
from factcheck.model import Mention

# Verbs that tell the age of their subject.
AGEING = frozenset({"be", "turn", "become"})
# Where "old" is the noun of "the 61-year-old".
_NOUNS = ("nsubj", "nsubjpass", "dobj", "pobj")
# What stands between an age and the noun it is of.
_BETWEEN = frozenset({"aged", "ages", "age", "old", "year", "years", "of", "in"})
_STEPS = 4


def bearer(sentence: Sentence, mention: Mention | None) -> int | None:
    """Return the token of whoever is of an age that is told beside a noun; None of all other mentions.

    None too where a verb tells the age ("she is 61"), and of ages of several people ("aged 17 and 12"). Of
    "the 61-year-old", who has no other noun, it is "old".
    """
    inside = sentence.token_at(mention.start, mention.end) if mention and tells_age(mention.value) else []
    if not inside:
        return None
    tokens = sentence.tokens
    at = tokens[governor(inside, sentence)]
    if at.lower == "old" and at.dep in _NOUNS:
        return at.i
    if at.dep == "conj" or any(tokens[c].dep == "conj" for c in at.children):
        return None
    for _ in range(_STEPS):
        at = tokens[at.head]
        if at.lower not in _BETWEEN and at.i not in inside:
            break
    if at.tag in ("WP", "WDT") or at.pos not in NOMINAL:
        return None
    return _named(tokens, at).i


def _named(tokens: Sequence[Token], noun: Token) -> Token:
    """Return the name beside a noun that says who it is: "the owner, Carl Brandt", "her daughter Ella"."""
    if noun.pos == "PROPN":
        return noun
    beside = [tokens[c] for c in noun.children if tokens[c].dep == "appos"]
    if noun.dep == "appos":
        beside.append(tokens[noun.head])
    return next((t for t in beside if t.pos == "PROPN"), noun)
