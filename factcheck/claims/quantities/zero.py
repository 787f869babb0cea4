"""Find counts of nothing: "no casualties were reported", "nobody was hurt", "all on board survived"."""

from __future__ import annotations

from functools import cache

from factcheck.claims.fates import EVERYONE, averted, fates_of
from factcheck.claims.parse import Sentence, Token
from factcheck.claims.quantities.counted import Counted, counted_noun, part_of
from factcheck.claims.quantities.numerals import lexicon
from factcheck.model import Mention, Quantity

# What a noun must be to a verb for "no" in front of it to deny that there was any.
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "pobj", "conj", "ROOT", "appos"})
# And what "all" must be to one for it to tell how they fared.
_SUBJECTS = ("nsubj", "nsubjpass")


def find_zero_counts(sentence: Sentence) -> list[Mention]:
    """Find where a sentence says that nobody, or nothing of a kind that is counted in news, was there.

    So does "everyone survived". The mention covers the denying word, or that for all, alone; its value is a
    count with number 0, ``unit`` the lemma of the noun, "person" for "nobody", "no one" and "everyone". Nouns
    are limited to people and harm ("no deaths"), for "no doubt" and "no plans" count nothing.
    """
    tokens = [t for t in sentence.tokens if t.lower in _words()]
    return [m for t in tokens if (m := _zero(sentence, t)) is not None] + _saved(sentence)


def _saved(sentence: Sentence) -> list[Mention]:
    """Find where all came through, so that nobody is dead or hurt: "everyone survived"."""
    tokens = sentence.tokens
    found = []
    for token in (t for t in tokens if t.lower in EVERYONE):
        noun = tokens[token.head] if token.dep in ("det", "predet") else token
        refused = token.i > 0 and tokens[token.i - 1].lower == "not"
        whole = noun is token or not any(tokens[c].dep == "nummod" for c in noun.children)
        if noun.dep in _SUBJECTS and whole and not refused and averted(fates_of(sentence, noun.i)):
            value = Quantity(number=0, unit="person")
            found.append(Mention(kind="count", start=token.start, end=token.end, value=value, head=noun.i))
    return found


@cache
def _words() -> frozenset[str]:
    return frozenset({"no", *lexicon()["nobody"]["pronouns"]})


@cache
def _harm() -> frozenset[str]:
    return frozenset(lexicon()["nobody"]["harm"])


def _zero(sentence: Sentence, token: Token) -> Mention | None:
    if token.lower == "none":
        whole = part_of(sentence, token.end)
        return _count(sentence, token, token.end, whole, whole is not None) if whole is not None else None
    if token.lower != "no":
        return _count(sentence, token, token.end, None, False)
    follower = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    if follower is not None and follower.lower == "one":
        return _count(sentence, token, follower.end, None, False)
    found = counted_noun(sentence, token.end)
    if found is None or found.noun.lemma not in _harm() or found.noun.dep not in _ARGUMENTS:
        return None
    return _count(sentence, token, token.end, found, False)


def _count(sentence: Sentence, token: Token, end: int, counted: Counted | None, partly: bool) -> Mention:
    text = sentence.document_text[counted.start : counted.end] if counted is not None else None
    value = Quantity(
        number=0,
        unit=counted.noun.lemma if counted is not None else "person",
        unit_text=text,
        of=text if partly else None,
    )
    head = counted.noun.i if counted is not None else None
    return Mention(kind="count", start=token.start, end=end, value=value, head=head)
