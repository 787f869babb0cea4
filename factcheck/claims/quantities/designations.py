"""Tell figures that name or date something from figures that count: H200, Section 12, 9/11, 12:15, 2019."""

from __future__ import annotations

from functools import cache

from factcheck.claims.quantities.atoms import DASHES, Atoms
from factcheck.claims.quantities.numerals import lexicon

# Prefixes that a hyphen may join to a quantity: "magnitude-6.1", "minus-5", "sub-300", "US-30m".
_JOINED = frozenset(
    {"magnitude", "minus", "sub", "plus", "of", "to", "and", "or", "at", "by", "over", "near"}
)
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_YEARS = range(1000, 2101)


@cache
def _ranks() -> frozenset[str]:
    """Ordinals that end a compound: "first" to "ninth" but "second", which may be a length of time."""
    parts: dict[str, int] = lexicon()["numerals"]["parts"]
    return frozenset(w for w, n in parts.items() if 2 < n < 10 and not w.endswith("s")) - {"quarter"} | {
        "first"
    }


@cache
def _names(table: str) -> frozenset[str]:
    return frozenset(lexicon()["names"][table])


def is_designator(word: str) -> bool:
    """Say whether a noun numbers what it names, as "section" and "highway" do."""
    return word.casefold() in _names("designators")


def is_designation(atoms: Atoms, i: int, end: int, *, measured: bool) -> bool:
    """Say whether the number of atoms ``i`` to ``end`` names, numbers or dates something.

    ``measured`` tells that a unit, a currency or a magnitude stands with the number, which settles
    most doubts; a clock time, a date or a code is one even so.
    """
    if _is_code(atoms, i, end, measured) or _is_clock(atoms, i, end) or _is_slashed(atoms, i, end):
        return True
    if _is_ordinal(atoms, end) or _is_sort(atoms, i, end) or _is_emergency(atoms, i, end):
        return True
    if measured:
        return False
    if _is_date(atoms, i, end) or _is_address(atoms, i, end):
        return True
    named = _is_named(atoms, i, end) or _is_named_too(atoms, i, end)
    return named or _is_listed(atoms, i, end) or is_year(atoms, i, end)


def is_year(atoms: Atoms, i: int, end: int) -> bool:
    """Say whether a bare four-digit number is a year: one without a comma that counts no plural."""
    text = atoms.text(i)
    if end != i + 1 or len(text) != 4 or not text.isdecimal() or int(text) not in _YEARS:
        return False
    token, recent = atoms.token(i), int(text) in range(1800, 2101)
    if token is None or (recent and token.ent in ("DATE", "EVENT", "TIME")):
        return True
    if (atoms.text(end) in DASHES or atoms.lower(end) == "to") and atoms.kind(end + 1) == "digits":
        end += 2  # in "2000-2500 people" the plural stands behind the range
    follower = atoms.token(end)
    plural = follower is not None and follower.tag in ("NNS", "NNPS")
    # "1224 people" are no year, whatever the parser makes of the number.
    if not recent:
        return not plural and token.ent in ("DATE", "EVENT", "TIME")
    return not (plural and token.ent in ("CARDINAL", "QUANTITY", ""))


def is_month(atoms: Atoms, i: int) -> bool:
    """Say whether atom ``i`` is the name of a month, capitalised."""
    word = atoms.text(i)
    return word[:1].isupper() and word.lower() in _names("months")


def _is_code(atoms: Atoms, i: int, end: int, measured: bool) -> bool:
    """ "H200", "AK-47", "3B", "30th", "80s", "30's", "555-1234-7": glued to letters or part of a chain."""
    if atoms.glued(i):
        before = atoms.text(i - 1)
        if atoms.kind(i - 1) == "word" and atoms.kind(i) == "digits" and not atoms.text(i).startswith("."):
            return not measured or len(before) > 1
        if (
            before in DASHES
            and atoms.text(i - 2).isupper()
            and atoms.kind(i) == "digits"
            and len(atoms.text(i - 2)) > 1
        ):
            return True
        if before in DASHES and atoms.glued(i - 1) and atoms.kind(i - 2) in ("word", "digits"):
            return _is_chained(atoms, i)
        if before in ("#", "§", "@", "_", "’", "'", "\\") and atoms.kind(i) == "digits":
            return before != "'" or not measured
    apostrophe = atoms.text(end) in ("'", "’") and atoms.glued(end) and atoms.glued(end + 1)
    if apostrophe and atoms.lower(end + 1) == "s":
        return True
    if atoms.kind(i) == "digits" and atoms.glued(end) and atoms.kind(end) == "word" and not measured:
        return True
    return atoms.text(i).startswith("0") and atoms.text(i).isdecimal() and len(atoms.text(i)) > 1


def _is_ordinal(atoms: Atoms, end: int) -> bool:
    """The number that opens "twenty-fifth", "the twenty first century", "two hundredth".

    A "twenty-second film" is a length.
    """
    if atoms.lower(end) == "hundredth":
        return True
    if atoms.lower(end - 1) not in lexicon()["numerals"]["tens"]:
        return False
    hyphen = atoms.text(end) in DASHES and atoms.glued(end) and atoms.glued(end + 1)
    ranked = atoms.lower(end + hyphen) in _ranks()
    return ranked and (hyphen or atoms.lower(end + 1) == "century")


def _is_sort(atoms: Atoms, i: int, end: int) -> bool:
    """ "zero-day", "zero-tolerance": a sort of thing, not nought of it. "Zero-percent" loans cost that."""
    hyphen = atoms.text(end) in DASHES and atoms.glued(end) and atoms.glued(end + 1)
    word = atoms.kind(end + 1) == "word" and atoms.lower(end + 1) not in ("percent", "per", "to")
    return atoms.lower(i) == "zero" and end == i + 1 and hyphen and word


def _is_emergency(atoms: Atoms, i: int, end: int) -> bool:
    """ "A 911 dispatcher", "called 999"."""
    beside = {atoms.lower(i - 1), atoms.lower(end)}
    return atoms.text(i) in _names("emergency") and end == i + 1 and not beside.isdisjoint(_names("calling"))


def _is_chained(atoms: Atoms, i: int) -> bool:
    word = atoms.lower(i - 2)
    if atoms.kind(i - 2) == "digits":
        return True
    return word not in _JOINED


def _is_clock(atoms: Atoms, i: int, end: int) -> bool:
    if atoms.text(i - 1) == ":" and atoms.glued(i) and atoms.glued(i - 1):
        return True
    if (
        atoms.text(end) == ":"
        and atoms.glued(end)
        and atoms.glued(end + 1)
        and atoms.kind(end + 1) == "digits"
    ):
        return True
    after = atoms.lower(end)
    if after in ("a", "p") and atoms.text(end + 1) == "." and atoms.lower(end + 2) == "m":
        return True
    if after in ("o'clock", "o’clock", "o") and (after != "o" or atoms.lower(end + 2) == "clock"):
        return True
    return after in _names("clock") and atoms.text(i).isdecimal() and len(atoms.text(i)) <= 4


def _is_slashed(atoms: Atoms, i: int, end: int) -> bool:
    """9/11, 24/7, 11 / 27 / 05: figures about a slash that no fraction was read from."""
    before = atoms.text(i - 1) == "/" and atoms.kind(i - 2) == "digits"
    after = atoms.text(end) == "/" and atoms.kind(end + 1) == "digits"
    return (before or after) and atoms.text(i - 1) != "$"


def _is_date(atoms: Atoms, i: int, end: int) -> bool:
    if end != i + 1 or atoms.kind(i) != "digits" or len(atoms.text(i)) > 2:
        return False
    before = i - 2 if atoms.text(i - 1) == "." else i - 1
    if (atoms.text(end) in DASHES or atoms.lower(end) in ("to", "and")) and atoms.kind(end + 1) == "digits":
        end += 2  # "10-12 June"
    return is_month(atoms, before) or is_month(atoms, end + (atoms.lower(end) == "of"))


def _is_address(atoms: Atoms, i: int, end: int) -> bool:
    """ "49 Long Meadow Road": capitals that end in a word for a street; "the 1200 block of Elm Street"."""
    if [atoms.lower(end), atoms.lower(end + 1)] == ["block", "of"] and atoms.lower(i - 1) == "the":
        return True
    if atoms.kind(i) != "digits":
        return False
    for at in range(end, end + 5):
        word = atoms.text(at)
        if word in _ORDINAL or (word in DASHES and at == end):
            continue
        if not word[:1].isupper() and atoms.kind(at) != "digits":
            return False
        if word.lower() in _names("streets") and word.lower() != "close":
            return True
    return False


def _is_listed(atoms: Atoms, i: int, end: int) -> bool:
    """ "1. Heat the oven", "No. 7", "(3) and"."""
    before = atoms.lower(i - 1)
    if before == "." and atoms.lower(i - 2) in ("no", "nos", "art", "sec", "fig", "ch", "vol", "pp", "p"):
        return True
    if before == "#":
        return True
    if atoms.kind(i) == "digits" and i == 0 and atoms.text(end) in (".", ")", ":") and end + 1 < atoms.size:
        return True
    return before == "(" and atoms.text(end) == ")" and atoms.kind(i) == "digits" and len(atoms.text(i)) < 3


def _is_named(atoms: Atoms, i: int, end: int) -> bool:
    """ "Boeing 737", "Section 12", "Formula One": a number behind the name it belongs to."""
    name, number = atoms.token(i - 1), atoms.token(i)
    if i == 0 or name is None or number is None or atoms.kind(i - 1) != "word":
        return False
    if atoms.list[i].start - atoms.list[i - 1].end > 1 or (
        atoms.kind(i) == "digits" and "," in atoms.text(i)
    ):
        return False
    capital = any(c.isupper() for c in atoms.text(i - 1))
    if not capital and name.pos not in ("NOUN", "PROPN"):
        return False
    if atoms.kind(i) == "digits" and _follows_capitals(atoms, i):
        # Running text spells out a small number that counts; one in figures ends a name even before a plural.
        small = len(atoms.text(i)) == 1 and atoms.text(i - 2)[:1].isupper()
        if small or not _counts_plural(atoms, end):
            return True
    if (
        atoms.kind(i) == "digits"
        and not atoms.text(i - 1)[1:].islower()
        and atoms.text(i - 1)[:1].islower()
        and capital
    ):
        return True
    if atoms.kind(i) == "word":
        return capital and atoms.text(i)[:1].isupper() and name.pos == "PROPN" and i > 1
    if capital and atoms.lower(i - 1) in _names("designators"):
        return True
    if (
        atoms.lower(i - 1) in _names("designators")
        and name.pos in ("NOUN", "PROPN")
        and number.dep != "nummod"
    ):
        return not name.tag.endswith("S")
    if number.ent in ("PRODUCT", "LAW", "FAC", "WORK_OF_ART") and capital:
        return True
    if name.pos != "PROPN" or not capital:
        return False
    return not _counts_apart(atoms, i, end)


def _is_named_too(atoms: Atoms, i: int, end: int) -> bool:
    """The 9 of "Navigator 8 and 9": it shares the name before it, unless it counts a plural of its own."""
    joined = atoms.lower(i - 1) in ("and", "or") and atoms.kind(i - 2) == atoms.kind(i) == "digits"
    return i > 2 and joined and not _counts_plural(atoms, end) and _is_named(atoms, i - 2, i - 1)


def _follows_capitals(atoms: Atoms, i: int) -> bool:
    """ "FM 101", "Deep Ocean Link 3": behind an abbreviation or the second of two capitalised words."""
    word, before = atoms.text(i - 1), atoms.text(i - 2)
    if word.isupper() and len(word) > 1:
        return True
    return word[:1].isupper() and before[:1].isupper() and i > 2


def _counts_plural(atoms: Atoms, end: int) -> bool:
    token = atoms.token(end)
    return token is not None and end < atoms.size and token.tag in ("NNS", "NNPS")


def _counts_apart(atoms: Atoms, i: int, end: int) -> bool:
    """Say whether the number behind a name counts a plural of its own: "In Texas 12 people were hurt"."""
    name, number, noun = atoms.token(i - 1), atoms.token(i), atoms.token(end)
    if name is None or number is None or noun is None or end >= atoms.size:
        return False
    if name.dep in ("compound", "nmod") and name.head in (number.i, number.head) and number.head != name.head:
        return False
    if name.dep in ("compound", "nmod", "amod", "nummod") and name.head == number.head:
        return False
    return number.dep == "nummod" and atoms.sentence.tokens[number.head].tag in ("NNS", "NNPS")
