"""Tell quantities that claim something from those that only hold a number: "one of them", "the two men"."""

from __future__ import annotations

from functools import cache

from factcheck.claims.discourse.reporting import is_reporting
from factcheck.claims.parse import Token
from factcheck.claims.quantities.amounts import Amount
from factcheck.claims.quantities.atoms import DASHES, Atoms
from factcheck.claims.quantities.counted import Counted
from factcheck.claims.quantities.hedges import Hedge
from factcheck.claims.quantities.numerals import lexicon
from factcheck.model import Kind

# Words before "one" that make it a pronoun or part of a name.
_BEFORE_PRONOUN = frozenset(
    {"no", "the", "this", "that", "any", "every", "each", "some", "another", "which", "a", "an", "other"}
)
# Smaller counts are taken up with a demonstrative.
_SMALL = 13


@cache
def _names(table: str) -> frozenset[str]:
    return frozenset(lexicon()["names"][table])


def is_partitive(atoms: Atoms, amount: Amount) -> bool:
    """Say whether "of" or "out of" follows: "two of the four"."""
    word = atoms.lower(amount.end)
    return word == "of" or (word == "out" and atoms.lower(amount.end + 1) == "of")


def is_pronoun(atoms: Atoms, amount: Amount, counted: Counted | None) -> bool:
    """Say whether "one" stands for something told before ("the one", "no one", "another one")."""
    if counted is not None or atoms.lower(amount.number) != "one" or amount.end - amount.first > 1:
        return False
    if atoms.lower(amount.first - 1) in _BEFORE_PRONOUN:
        return True
    token = atoms.token(amount.first)
    return token is None or token.tag in ("PRP", "NN", "NNS") or token.dep in ("dobj", "pobj", "poss", "attr")


def is_checkable(
    atoms: Atoms, amount: Amount, kind: Kind, hedge: Hedge | None, counted: Counted | None
) -> bool:
    """Say whether an editor could check a quantity: no title, calibre, or number told before."""
    if amount.unit is not None and amount.unit.name == "generation":
        return False
    if kind == "measure" and amount.unit is not None and amount.unit.name == "millimetre":
        return not _is_calibre(atoms, amount)
    if _is_heading(atoms, amount, counted) or _points_back(atoms, amount, kind, counted):
        return False
    if kind != "count" or amount.value != 1 or hedge is not None or amount.high is not None:
        return True
    if is_partitive(atoms, amount):
        return False
    return counted is None or not (counted.noun.lemma in _names("with_one") or _speaks(atoms, counted.noun))


def _speaks(atoms: Atoms, noun: Token) -> bool:
    """Say whether one of a sort that news quotes unnamed is only quoted: "one witness said"."""
    verb = atoms.sentence.tokens[noun.head]
    return noun.lemma in _names("speakers") and (verb.i == noun.i or is_reporting(verb.lemma))


def _points_back(atoms: Atoms, amount: Amount, kind: Kind, counted: Counted | None) -> bool:
    """Say whether a count only takes up again what was told: "the two countries", "these three men".

    "The four robbers" tells how many there were; "the two" of something hardly ever does.
    """
    before = atoms.lower(amount.first - 1)
    if kind != "count" or amount.end - amount.first > 1 or amount.high is not None:
        return False
    if counted is None:
        token = atoms.token(amount.first)
        elliptic = token is not None and token.dep == "pobj" and before == "with" and amount.value < _SMALL
        return elliptic or (before == "the" and amount.value == 2)
    if atoms.text(amount.end) in DASHES:
        return False  # "the two-time champion"
    if before in ("these", "those"):
        return amount.value < _SMALL
    follower = atoms.sentence.tokens[counted.noun.i + 1 : counted.noun.i + 2]
    qualified = any(t.lower in ("of", "who", "that", "which", ",") for t in follower)
    return before == "the" and amount.value == 2 and not qualified


def _is_calibre(atoms: Atoms, amount: Amount) -> bool:
    """Say whether millimetres name a weapon, also at a distance: "a 5mm and a 9mm rifle"."""
    follower = atoms.token(amount.end)
    if follower is None:
        return False
    near = atoms.sentence.tokens[follower.i : follower.i + 6]
    return any(t.lemma in _names("calibre") for t in near)


def _is_heading(atoms: Atoms, amount: Amount, counted: Counted | None) -> bool:
    """Say whether a number opens a short title in capitals: "Three Lessons"."""
    if counted is None or amount.first > 0 or atoms.size > 5 or counted.noun.text[:1].islower():
        return False
    if counted.noun.pos == "PROPN" and counted.noun.ent in ("NORP", "GPE"):
        return False
    return atoms.kind(0) == "word" and all(t.pos not in ("VERB", "AUX") for t in atoms.sentence.tokens)
