"""Find whose age a figure tells: "Ida Holm, 61", "the 61-year-old owner", "her son, aged nine"."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.claims.parse import Sentence, Token

# Verbs that tell the age of their subject.
AGEING = frozenset({"be", "turn", "become"})
_NOMINAL = ("NOUN", "PROPN")
_SUBJECTS = ("nsubj", "nsubjpass")
# What stands between an age and the noun it is of.
_BETWEEN = frozenset({"aged", "ages", "age", "old", "year", "years", "of"})
_STEPS = 4


def bearer(sentence: Sentence, inside: Sequence[int]) -> int | None:
    """Return the token of whoever is of an age that is told beside a noun; ``inside`` are the age's tokens.

    None where a verb tells it ("she is 61"), and of ages of several people ("aged 16 and 13"). Of "the
    61-year-old", who has no other noun, it is "old".
    """
    tokens = sentence.tokens
    own = frozenset(inside)
    at = next((tokens[i] for i in inside if tokens[i].head not in own), tokens[inside[0]])
    if at.lower == "old" and at.dep in (*_SUBJECTS, "dobj", "pobj"):
        return at.i
    if at.dep == "conj" or any(tokens[c].dep == "conj" for c in at.children):
        return None
    for _ in range(_STEPS):
        at = tokens[at.head]
        if at.lower not in _BETWEEN and at.i not in own:
            break
    if at.tag in ("WP", "WDT") or at.pos not in _NOMINAL:
        return None
    return _named(tokens, at).i


def _named(tokens: Sequence[Token], noun: Token) -> Token:
    """Return the name beside a noun that says who it is: "the owner, Grant Hollis", "her daughter Ella"."""
    if noun.pos == "PROPN":
        return noun
    beside = [tokens[c] for c in noun.children if tokens[c].dep == "appos"]
    if noun.dep == "appos":
        beside.append(tokens[noun.head])
    return next((t for t in beside if t.pos == "PROPN"), noun)


def anaphors(sentence: Sentence) -> list[Token]:
    """Return the nouns of "the 61-year-old" and "the 61-year-old singer": somebody told of before."""
    tokens = sentence.tokens
    found = []
    for old in (t for t in tokens if t.lower == "old" and t.i >= 2 and tokens[t.i - 2].lower == "year"):
        noun = tokens[old.head] if old.dep == "amod" else old
        definite = any(tokens[c].lower == "the" for c in noun.children)
        plain = noun is old or noun.tag == "NN"
        if definite and plain and noun.dep in _SUBJECTS:
            found.append(noun)
    return found
