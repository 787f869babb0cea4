"""Read what surrounds a figure: "about", "more than", "or so", and the word that says it rose or fell."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from factcheck.claims.quantities.atoms import DASHES, Atoms
from factcheck.claims.quantities.numerals import lexicon
from factcheck.model import Change, Comparator

_LONGEST_HEDGE = 6
# "Closed 3% higher", "was 3% lower".
_COMPARED: dict[str, Change] = {"higher": "up", "lower": "down"}
# How many atoms back the word of change may stand ("rose by as much as a further 3%").
_REACH = 9


class Hedge(NamedTuple):
    """A comparator and the atom where the hedge begins (before a figure) or ends (after it)."""

    comparator: Comparator
    at: int


@cache
def _phrases(where: str) -> dict[tuple[str, ...], Comparator]:
    return {tuple(p.split()): kind for kind, phrases in lexicon()["hedges"][where].items() for p in phrases}


@cache
def _movers() -> dict[str, Change]:
    change = lexicon()["change"]
    return {word: kind for kind in ("up", "down") for word in change[kind]}


@cache
def _nouns() -> dict[str, Change]:
    change = lexicon()["change"]
    return {word: kind for kind in ("up", "down") for word in change[f"{kind}_nouns"]}


@cache
def _between() -> frozenset[str]:
    return frozenset(lexicon()["change"]["between"])


@cache
def _last_words() -> frozenset[str]:
    return frozenset(p[-1] for p in _phrases("before"))


def hedge_before(atoms: Atoms, first: int) -> Hedge | None:
    """Find the longest hedge that ends right before atom ``first``."""
    end = first
    if atoms.text(end - 1) in DASHES and atoms.lower(end - 2) == "sub":
        return Hedge("below", end - 2)
    while atoms.lower(end - 1) in ("just", "only", "another", "even", "further", "additional"):
        end -= 1
    if end < first and atoms.lower(end - 1) in ("a", "an"):
        end -= 1
    if atoms.lower(end - 1) not in _last_words():
        end = first
    if atoms.lower(end - 1) not in _last_words():
        return None
    phrases = _phrases("before")
    for length in range(min(_LONGEST_HEDGE, end), 0, -1):
        words = tuple(a.lower for a in atoms.list[end - length : end])
        if words in phrases:
            return Hedge(phrases[words], end - length)
    return None


def hedge_after(atoms: Atoms, end: int) -> Hedge | None:
    """Find a hedge right behind atom ``end`` - 1: "or more", "-odd", "+"."""
    at = end + 1 if atoms.text(end) in DASHES and atoms.glued(end) else end
    phrases = _phrases("after")
    for length in (3, 2, 1):
        words = tuple(a.lower for a in atoms.list[at : at + length])
        if len(words) == length and words in phrases:
            return Hedge(phrases[words], at + length)
    return None


def change_before(atoms: Atoms, first: int) -> tuple[Change, int] | None:
    """Find the word of change that governs a figure from before: which way, and its atom.

    Only prepositions, hedges and adverbs may stand between the two.
    """
    movers = _movers()
    for at in range(first - 1, max(-1, first - _REACH), -1):
        word = atoms.lower(at)
        if word in movers:
            found = movers[word]
            if (
                word in ("up", "down")
                and atoms.lower(at + 1) in ("to", "from")
                and atoms.lower(at - 1) in movers
            ):
                continue
            if word == "up" and _is_bound(atoms, at):
                continue
            if word in ("up", "down") and not _is_particle(atoms, at):
                return None
            if not _is_noun(atoms, at) or atoms.lower(at + 1) in ("of", "by"):
                return found, at
            return None
        if word not in _between() and not word.endswith("ly"):
            return None
    return None


def change_after(atoms: Atoms, end: int) -> Change | None:
    """Find the word of change that a figure qualifies from before: "a 3% drop", "closed 3% higher"."""
    where = atoms.token(end)
    if where is not None and where.lower in _COMPARED:
        verb = atoms.sentence.tokens[where.head]
        return _COMPARED[where.lower] if verb.lemma in _motion() else None
    nouns = _nouns()
    for at in range(end, min(end + 3, atoms.size)):
        if atoms.kind(at) != "word":
            if atoms.text(at) not in DASHES:
                return None
            continue
        token = atoms.token(at)
        if token is not None and token.lemma in nouns and token.pos == "NOUN":
            return nouns[token.lemma]
        if token is None or token.pos not in ("NOUN", "ADJ", "PROPN"):
            return None
    return None


def _is_particle(atoms: Atoms, at: int) -> bool:
    """Say whether "up" or "down" tells of a change, not the outcome of another verb ("boils down to $20")."""
    verb = atoms.token(at - 1)
    return verb is None or verb.pos not in ("VERB",) or verb.lemma in _motion() or verb.lower in _movers()


@cache
def _motion() -> frozenset[str]:
    return frozenset(lexicon()["change"]["motion"])


@cache
def is_transitive(word: str) -> bool:
    """Say whether a verb of change may have an object that is no change: "added two shops", "raised $5m"."""
    return word in lexicon()["change"]["transitive"]


def _is_bound(atoms: Atoms, at: int) -> bool:
    """Say whether "up" at an atom begins the bound "up to" rather than a rise."""
    if atoms.lower(at + 1) != "to":
        return False
    verb = atoms.token(at)
    return (
        verb is None
        or verb.dep != "advmod"
        or atoms.lower(at - 1) not in ("is", "was", "were", "are", "be", ",")
    )


def _is_noun(atoms: Atoms, at: int) -> bool:
    token = atoms.token(at)
    return token is not None and token.pos == "NOUN"
