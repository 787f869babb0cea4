"""Read numbers written in digits or in words: 1,50,000; 4.5bn; ½; twenty-five; half a million; two-thirds.

Figures are kept as decimals until the end, so that 1.1 million is 1,100,000 and not 1,100,000.0000000002.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from factcheck.claims.quantities.atoms import DASHES, Atoms
from factcheck.claims.quantities.units import read_unit
from factcheck.model import Number

# Longer digit runs are serial numbers or noise; int() refuses them and float() makes them infinite.
_LONGEST = 30
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# Bounded, as a search would try the rest of a long run of groups from each of them.
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2}){1,14},\d{3}(?:\.\d+)?")
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}")
# With these before it a bare "hundred" is an unknown number of hundreds.
_SEVERAL = frozenset({"several", "few", "many", "countless"})
_MINUS = frozenset("-−–")
_SLASHES = frozenset("/⁄∕")


class Numeral(NamedTuple):
    """A number read from atoms up to ``end`` (exclusive).

    ``form`` says how: digits or words give a number, "two-thirds" a share, "dozens" a vague number whose
    greatest value is ``upper``. ``scaled`` is set where a magnitude ("million") was part of it.
    """

    value: Decimal
    end: int
    form: Literal["number", "share", "vague"] = "number"
    upper: Decimal | None = None
    scaled: bool = False
    words: bool = False


@cache
def lexicon() -> dict[str, Any]:
    """Load the words that make, hedge and move a figure (data/quantity.toml)."""
    return tomllib.loads((files("factcheck.claims") / "data" / "quantity.toml").read_text("utf-8"))


@cache
def _words(table: str) -> dict[str, int]:
    return dict(lexicon()["numerals"][table])


@cache
def number_words() -> frozenset[str]:
    """Every lower-case word that a number can begin with."""
    numerals = lexicon()["numerals"]
    tables = ("small", "tens", "groups", "magnitudes", "plural")
    return frozenset(w for t in tables for w in numerals[t]) | {"half", "hundred", "quarter", "tens"}


def spelled(word: str) -> Decimal | None:
    """Return the number a single lower-case word stands for: "seven", "twenty", "a"; None for any other."""
    if word in ("a", "an"):
        return Decimal(1)
    number = _words("small").get(word, _words("tens").get(word))
    return None if number is None else Decimal(number)


def plain(value: Decimal) -> Number:
    """Turn a decimal into an int where it is whole and into a float where it is not."""
    return int(value) if value == value.to_integral_value() else float(value)


def parse_digits(text: str) -> Decimal | None:
    """Read a run of digits with separators, in any script.

    Thousands may be grouped the Western or the Indian way. Returns None for what is not one number: a list
    (1,2,3), a version (3.5.2), or more than thirty characters.
    """
    if len(text) > _LONGEST:
        return None
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text) or _INDIAN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _DOTTED.fullmatch(text):
        return Decimal(text.replace(".", ""))
    return None


def read_numeral(atoms: Atoms, i: int, *, money: bool = False) -> Numeral | None:
    """Read the number that begins at atom ``i``; ``money`` allows the short magnitudes m, b and t."""
    kind, lower = atoms.kind(i), atoms.lower(i)
    if kind == "digits":
        return _digits(atoms, i, money)
    if kind == "glyph":
        return Numeral(_glyph(lower), i + 1, "share")
    if kind != "word" or (lower not in number_words() and lower not in ("a", "an")):
        return None
    return _vague(atoms, i) or _part(atoms, i) or _half(atoms, i) or _cardinal(atoms, i)


def is_negative(atoms: Atoms, i: int) -> bool:
    """Say whether a minus sign or the word "minus" stands right before atom ``i``."""
    before = i - 1
    if atoms.text(before) in DASHES and atoms.lower(before - 1) == "minus":
        return True
    if atoms.lower(before) == "minus":
        return True
    return atoms.text(before) in _MINUS and atoms.glued(i) and not atoms.glued(before)


# ---------------------------------------------------------------- digits
def _glyph(text: str) -> Decimal:
    top, bottom = lexicon()["numerals"]["glyphs"].get(text, (1, 1))
    return Decimal(top) / Decimal(bottom)


def _digits(atoms: Atoms, i: int, money: bool) -> Numeral | None:
    value = parse_digits(atoms.text(i))
    if value is None:
        return None
    end = i + 1
    if atoms.kind(end) == "glyph":
        return Numeral(value + _glyph(atoms.text(end)), end + 1)
    fraction = _slashed(atoms, i)
    if fraction is not None:
        return Numeral(_decimal(fraction), i + 3, "share")
    mixed = _slashed(atoms, end) if value == int(value) and not atoms.glued(end) else None
    if mixed is not None:
        return Numeral(value + _decimal(mixed), end + 3)
    if atoms.text(end) in ("×", "x", "*") and atoms.text(end + 1) == "10":
        value, end = _power_of_ten(atoms, value, end)
    if atoms.text(end) == "+" and atoms.lower(end + 1) in (*_words("short"), *_words("short_money")):
        end += 1
    return _scaled(atoms, value, end, money)


def _slashed(atoms: Atoms, i: int) -> Fraction | None:
    """A fraction such as 1/16 at atom ``i``; not 9/11, 24/7 or 11/27/2005, which are names and dates."""
    if atoms.text(i + 1) not in _SLASHES or not (atoms.glued(i + 1) and atoms.glued(i + 2)):
        return None
    top, bottom = atoms.text(i), atoms.text(i + 2)
    if not (top.isdecimal() and bottom.isdecimal() and len(top) < 4 and len(bottom) < 5):
        return None
    over, under = int(top), int(bottom)
    usual = under <= 10 or under & (under - 1) == 0 or under in (12, 20, 100, 1000)
    if not 0 < over < under or not usual or atoms.text(i + 3) in _SLASHES or atoms.text(i - 1) in _SLASHES:
        return None
    return Fraction(over, under)


def _decimal(part: Fraction) -> Decimal:
    return Decimal(part.numerator) / Decimal(part.denominator)


def _power_of_ten(atoms: Atoms, value: Decimal, end: int) -> tuple[Decimal, int]:
    at = end + 2
    negative = atoms.text(at) in DASHES
    if atoms.text(at) in (*DASHES, "^"):
        at += 1
    if atoms.text(at) in DASHES:
        negative, at = True, at + 1
    power = atoms.text(at)
    if not power.isdecimal() or len(power) > 2:
        return value, end
    return value.scaleb(-int(power) if negative else int(power)), at + 1


def _scaled(atoms: Atoms, value: Decimal, end: int, money: bool) -> Numeral:
    """Apply the magnitudes that follow: "million", "-million", "k", "bn", "hundred thousand"."""
    scaled = False
    for _ in range(2):
        at = end + 1 if atoms.text(end) in DASHES and atoms.glued(end) and atoms.glued(end + 1) else end
        factor = _magnitude(atoms, at, money)
        if factor is None:
            break
        value, end, scaled = value * factor, at + 1, True
    return Numeral(value, end, scaled=scaled)


def _magnitude(atoms: Atoms, at: int, money: bool) -> int | None:
    word = atoms.lower(at)
    if word == "hundred":
        return 100
    if word in ("dozen", "dozens"):
        return 12
    factor = _words("magnitudes").get(word)
    if factor is not None:
        return factor
    if not money and word in ("m", "b") and atoms.glued(at) and _counted_after(atoms, at):
        return _words("short_money")[word]
    glued = atoms.glued(at) or money
    if word == "mm" and not money:
        return None
    return (
        (_words("short").get(word) or (_words("short_money").get(word) if money else None)) if glued else None
    )


def _counted_after(atoms: Atoms, at: int) -> bool:
    """Say whether the "m" of "5m people" is followed by something counted and so no metre."""
    token = atoms.token(at + 1)
    return token is not None and token.start == atoms.list[at + 1].start and token.tag in ("NNS", "NNPS")


# ---------------------------------------------------------------- words
def _vague(atoms: Atoms, i: int) -> Numeral | None:
    """ "dozens", "several dozen", "tens of thousands": from one to the next order of magnitude."""
    low = _words("plural").get(atoms.lower(i))
    if atoms.lower(i) == "dozen" and atoms.lower(i + 1) == "of" and not _determined(atoms, i):
        low = _group("dozen")  # "dozen of ships", not "the dozen of ships" or "another dozen of them"
    if low is None and atoms.lower(i - 1) in _SEVERAL:
        low = _group(atoms.lower(i))
    if low is None and not (atoms.lower(i) == "tens" and atoms.lower(i + 1) == "of"):
        return None
    if atoms.lower(i) == "scores" and (atoms.lower(i + 1) != "of" or atoms.kind(i + 2) == "digits"):
        return None
    value, end = Decimal(low or 10), i + 1
    for _ in range(2):
        factor = _words("plural").get(atoms.lower(end + 1)) if atoms.lower(end) == "of" else None
        if factor is None:
            break
        value, end = value * factor, end + 2
    return Numeral(value, end, "vague", upper=value * 10, words=True) if low or end > i + 1 else None


def _determined(atoms: Atoms, i: int) -> bool:
    token = atoms.token(i - 1)
    return token is not None and token.pos == "DET"


def _part(atoms: Atoms, i: int) -> Numeral | None:
    """ "one-third", "three quarters", "a third of": not "a third meeting" or "the third quarter"."""
    top = 1 if atoms.lower(i) in ("a", "an") else _words("small").get(atoms.lower(i))
    at = i + 2 if atoms.text(i + 1) in DASHES else i + 1
    bottom = _words("parts").get(atoms.lower(at))
    if not top or bottom is None or top >= bottom:
        return None
    article, after = atoms.lower(i) in ("a", "an"), atoms.lower(at + 1)
    plural = atoms.lower(at).endswith("s")
    if article and after != "of" and not _ends_phrase(atoms, at + 1):
        return None
    if (top > 1) != plural or (atoms.lower(at) in ("quarters", "quarter") and at == i + 1 and after != "of"):
        return None
    value = Decimal(top) / Decimal(bottom)
    factor = _words("magnitudes").get(atoms.lower(at + 3)) if after == "of" else None
    if factor is not None and atoms.lower(at + 2) == "a":
        return Numeral(value * factor, at + 4, scaled=True, words=True)
    unit = _unit_after_article(atoms, at + 2) if after == "of" else None
    if unit is not None:
        return Numeral(value, unit, words=True)
    return Numeral(value, at + 1, "share", words=True)


def _ends_phrase(atoms: Atoms, i: int) -> bool:
    token = atoms.token(i)
    return i >= atoms.size or (
        token is not None
        and (token.pos in ("PUNCT", "CCONJ", "ADP") or token.tag in ("JJR", "RBR"))
        and token.text not in DASHES
    )


def _half(atoms: Atoms, i: int) -> Numeral | None:
    """ "half of", "half a million", "half-dozen": not "the first half"."""
    lower, at = atoms.lower(i), i + 1
    if lower not in ("half", "quarter"):
        return None
    value = Decimal(1) / _words("parts")[lower]
    if atoms.text(at) in DASHES or atoms.lower(at) in ("a", "an"):
        at += 1
    factor = _words("magnitudes").get(atoms.lower(at)) or _words("groups").get(atoms.lower(at))
    if factor is not None:
        return Numeral(value * factor, at + 1, scaled=True, words=True)
    if lower == "quarter" or atoms.text(i + 1) in DASHES:
        return None
    if (unit := _unit_after_article(atoms, i + 1)) is not None:
        return Numeral(value, unit, words=True)
    return Numeral(value, i + 1, "share", words=True) if _is_share(atoms, i) else None


def _unit_after_article(atoms: Atoms, i: int) -> int | None:
    """Give the place of a unit with the article before it: "half a kilometre" is a length and no share."""
    after = atoms.lower(i + 1)
    measured = atoms.lower(i) in ("a", "an") and (after == "point" or read_unit(atoms, i + 1) is not None)
    return i + 1 if measured else None


def _is_share(atoms: Atoms, i: int) -> bool:
    """Say whether "half" is a share here, not a period of play or time ("the first half")."""
    before, after = atoms.token(i - 1), atoms.token(i + 1)
    if before is not None and i and (before.lower in ("the", "and") or before.tag in ("JJ", "IN", "RB")):
        return before.tag in ("IN", "RB") and before.lower not in ("in", "at", "of")
    if after is None or i + 1 >= atoms.size:
        return False
    return (
        after.lower in ("of", "that", "as")
        or after.pos in ("DET", "PRON")
        or after.tag in ("PRP$", "WP", "JJR")
    )


def _cardinal(atoms: Atoms, i: int) -> Numeral | None:
    """A cardinal in words, from "two" to "a hundred and five" and "three million two hundred thousand"."""
    total, current, end, scaled = 0, None, i, False
    at = i + 1 if atoms.lower(i) in ("a", "an") else i
    if (_group(atoms.lower(at)) is None) if at > i else atoms.lower(i) == "score":
        return None
    for _ in range(16):
        word, step = _next_word(atoms, at, end, current)
        small = _words("small").get(word, _words("tens").get(word))
        if small is not None and _fits(current, small):
            current = (current or 0) + small
        elif (factor := _group(word)) is not None and (current or total == 0):
            if factor < 1000:
                current = (current or 1) * factor
            else:
                total, current = total + (current or 1) * factor, None
            scaled = True
        else:
            break
        at = end = step
    if end == i:
        return None
    numeral = Numeral(Decimal(total + (current or 0)), end, scaled=scaled, words=True)
    return _and_a_part(atoms, numeral if atoms.lower(i - 1) == "at" else _pointed(atoms, numeral))


def _next_word(atoms: Atoms, at: int, end: int, current: int | None) -> tuple[str, int]:
    """The next word of a numeral and where it ends, past the hyphen or "and" that may join it."""
    hyphen = atoms.text(at) in DASHES and atoms.glued(at) and atoms.glued(at + 1)
    if at == end and (hyphen or (atoms.lower(at) == "and" and current and current % 100 == 0)):
        at += 1
    return atoms.lower(at), at + 1


def _group(word: str) -> int | None:
    return 100 if word == "hundred" else _words("magnitudes").get(word, _words("groups").get(word))


def _fits(current: int | None, small: int) -> bool:
    if current is None or (current and current % 100 == 0):
        return True
    return current % 100 >= 20 and current % 10 == 0 and 0 < small < 10


def _pointed(atoms: Atoms, numeral: Numeral) -> Numeral:
    """Add the decimals of "two point five", "one point seventy-one million"."""
    small, tens, at = _words("small"), _words("tens"), numeral.end + 1
    if atoms.lower(numeral.end) != "point":
        return numeral
    decimals = ""
    if atoms.lower(at) in tens:
        decimals, at = str(tens[atoms.lower(at)]), at + 1
        unit = at + (atoms.text(at) in DASHES and atoms.glued(at))
        if 0 < small.get(atoms.lower(unit), 0) < 10:
            decimals, at = decimals[0] + str(small[atoms.lower(unit)]), unit + 1
    while not decimals[2:] and small.get(atoms.lower(at), 10) < 10:
        decimals, at = decimals + str(small[atoms.lower(at)]), at + 1
    if not decimals:
        return numeral
    factor = _words("magnitudes").get(atoms.lower(at))
    value = (numeral.value + Decimal(f"0.{decimals}")) * (factor or 1)
    return Numeral(value, at + bool(factor), scaled=factor is not None, words=True)


def _and_a_part(atoms: Atoms, numeral: Numeral) -> Numeral:
    """Add the part of "two and a half", "three and two fifths", and apply a magnitude behind it."""
    joint, count, part = (atoms.lower(numeral.end + k) for k in range(3))
    top, bottom = spelled(count), lexicon()["numerals"]["parts"].get(part)
    if joint != "and" or top is None or bottom is None or not top < bottom or part.endswith("s") != (top > 1):
        return numeral
    if top == 1 and part not in ("half", "quarter"):
        return numeral  # "hit two and a third fled"
    value, end = numeral.value + top / Decimal(bottom), numeral.end + 3
    factor = _words("magnitudes").get(atoms.lower(end))
    if factor is not None:
        value, end = value * factor, end + 1
    return Numeral(value, end, scaled=factor is not None, words=True)
