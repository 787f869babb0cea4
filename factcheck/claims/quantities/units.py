"""Recognise, normalise and convert units of measure and currencies."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from factcheck.claims.parse import Sentence
from factcheck.claims.quantities.atoms import DASHES, Atoms, cut
from factcheck.model import Number

# How old somebody is.
AGE = "year of age"
# The longest entry of the table is "parts per billion" or "new zealand dollar", with an article or hyphen.
_LONGEST_PHRASE = 4
_SUPERSCRIPTS = {"²": "square", "2": "square", "³": "cubic", "3": "cubic"}


class Unit(NamedTuple):
    """A unit read from atoms up to ``end`` (exclusive): its normalised name and what kind of thing it is."""

    name: str
    end: int
    kind: Literal["measure", "percent", "money"] = "measure"
    currency: str | None = None


@dataclass
class _Tables:
    """Spellings to names: ``words`` in lower case, ``symbols`` exact, ``folded`` symbols without case."""

    words: dict[str, str] = field(default_factory=dict)
    symbols: dict[str, str] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)
    glued: frozenset[str] = frozenset()
    square: dict[str, str] = field(default_factory=dict)
    rates: frozenset[str] = frozenset()
    pint: dict[str, str] = field(default_factory=dict)
    money_words: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    signs: dict[str, tuple[str, str]] = field(default_factory=dict)
    garbled: dict[str, tuple[str, str]] = field(default_factory=dict)
    first: frozenset[str] = frozenset()
    names: set[str] = field(default_factory=set)


def read_unit(atoms: Atoms, i: int) -> Unit | None:
    """Read the unit that begins at atom ``i``, with a rate that follows it ("km/h", "barrels a day")."""
    if i >= atoms.size:
        return None
    at = i + 1 if atoms.text(i) in DASHES and atoms.glued(i) and atoms.glued(i + 1) else i
    unit = _money_word(atoms, at) or _simple(atoms, at)
    if unit is None:
        return None
    return read_rate(atoms, unit)


def read_rate(atoms: Atoms, unit: Unit) -> Unit:
    """Extend a unit by "per hour", "/h", "a day", "-a-day"; any noun may follow "per"."""
    at = unit.end
    if atoms.text(at) in DASHES and atoms.glued(at) and atoms.lower(at + 1) in ("a", "per"):
        at += 1
    joint, after = atoms.lower(at), at + 1
    if atoms.text(after) in DASHES:
        after += 1
    if joint not in ("per", "/", "a", "an", "p") or (joint == "p" and atoms.lower(after) not in ("a", "h")):
        return unit
    if joint in ("a", "an") and atoms.lower(after) not in _tables().rates:
        return unit
    below = _simple(atoms, after, symbols=joint != "a")
    if below is not None and below.kind == "measure":
        return Unit(f"{unit.name} per {below.name}", below.end, unit.kind, unit.currency)
    noun = atoms.token(after)
    if joint == "p" or joint == "/" or noun is None or noun.pos not in ("NOUN", "PROPN"):
        return unit
    return Unit(f"{unit.name} per {noun.lemma}", after + 1, unit.kind, unit.currency)


def read_currency(atoms: Atoms, i: int) -> tuple[str, str, int] | None:
    """Read a currency sign or code before a figure: its name, ISO code and where the figure begins.

    The garbled signs of wire copy ("e85 million", "p74million") must touch the figure.
    """
    tables = _tables()
    if atoms.lower(i) not in tables.first:
        return None
    for length in (3, 2, 1):
        end = i + length
        if end < atoms.size and (found := tables.signs.get(_joined(atoms, i, end))):
            at = end + 1 if atoms.text(end) in DASHES else end
            if atoms.kind(at) == "digits" and _near(atoms, i, at):
                return (*found, end)
    found = tables.garbled.get(atoms.text(i))
    if found and atoms.glued(i + 1) and not atoms.glued(i) and atoms.kind(i + 1) == "digits":
        return (*found, i + 1)
    return None


@cache
def normal_unit(text: str) -> str:
    """Return the normalised name of a unit as written: "km/h" is "kilometre per hour", "US$" "dollar".

    What is in no table comes back in lower case.
    """
    tables = _tables()
    if text.strip() in tables.signs:
        return tables.signs[text.strip()][0]
    atoms = Atoms(Sentence([], 0, len(text), 0, text))
    unit = read_unit(atoms, 0)
    return unit.name if unit is not None and unit.end == atoms.size else text.strip().lower()


def convert(number: Number, unit: str, to: str) -> Number | None:
    """Convert a number between two normalised units; None where they measure different things."""
    if unit == to:
        return number
    left, right = _pint_name(unit), _pint_name(to)
    if left is None or right is None:
        return None
    from pint import PintError

    try:
        result = float(_registry().Quantity(float(number), left).to(right).magnitude)
    except (OverflowError, ValueError, PintError):
        return None
    return result if math.isfinite(result) else None


@cache
def convertible(unit: str, to: str) -> bool:
    """Say whether two normalised units measure the same sort of thing."""
    return unit == to or (is_measure(unit) and is_measure(to) and convert(1, unit, to) is not None)


@cache
def is_measure(unit: str) -> bool:
    """Say whether a normalised unit is one of the tables' units of measure rather than a thing counted."""
    top = unit.partition(" per ")[0]
    shape, _, base = top.partition(" ")
    return (base if shape in ("square", "cubic") else top) in _tables().names


# ---------------------------------------------------------------- reading
def _joined(atoms: Atoms, i: int, end: int) -> str:
    rest = (atoms.text(k) if atoms.glued(k) else " " + atoms.text(k) for k in range(i + 1, end))
    return atoms.text(i) + "".join(rest)


def _near(atoms: Atoms, i: int, at: int) -> bool:
    return atoms.list[at].start - atoms.list[i].end <= 3 + (at - i) * 2


def _money_word(atoms: Atoms, i: int) -> Unit | None:
    words = _tables().money_words
    for end, phrase in _phrases(atoms, i, 3):
        found = words.get(phrase)
        if found is not None:
            return Unit(found[0], end, "money", found[1])
    return None


def _simple(atoms: Atoms, i: int, *, symbols: bool = True) -> Unit | None:
    """A unit without a rate: symbol, word or phrase, "square" or "cubic" before it or ² after it."""
    tables = _tables()
    shape = tables.square.get(atoms.lower(i))
    if shape is not None:
        at = i + 1
        while atoms.text(at) in DASHES or atoms.text(at) == ".":
            at += 1
        base = _simple(atoms, at) if atoms.lower(at) not in tables.square else None
        return Unit(f"{shape} {base.name}", base.end) if base is not None else None
    for end, phrase in _phrases(atoms, i, _LONGEST_PHRASE):
        if phrase in tables.words:
            return _unit(tables.words[phrase], end)
    return _symbol(atoms, i) if symbols else None


def _symbol(atoms: Atoms, i: int) -> Unit | None:
    tables = _tables()
    for end in range(min(i + 3, atoms.size), i, -1):
        text = _joined(atoms, i, end)
        name = tables.symbols.get(text) or tables.folded.get(text.lower())
        if name is None or (text in tables.glued and not atoms.glued(i) and atoms.text(end) != "/"):
            continue
        if len(text) == 1 and text.isalpha() and not _lone_letter(atoms, i):
            continue
        shape = _SUPERSCRIPTS.get(atoms.text(end)) if atoms.glued(end) else None
        return Unit(f"{shape} {name}", end + 1) if shape else _unit(name, end)
    text = atoms.text(i)
    if len(text) > 1 and text[-1] in "²³" and text[:-1] in tables.symbols:
        return Unit(f"{_SUPERSCRIPTS[text[-1]]} {tables.symbols[text[:-1]]}", i + 1)
    return None


def _lone_letter(atoms: Atoms, i: int) -> bool:
    """Say whether a single letter may be a unit here, not an initial, a grade or part of a code."""
    follower = atoms.text(i + 1)
    if follower and atoms.glued(i + 1) and (follower in DASHES or atoms.kind(i + 1) in ("digits", "word")):
        return follower in _SUPERSCRIPTS or follower in DASHES
    return atoms.glued(i) or not (follower[:1].isupper() and atoms.kind(i + 1) == "word")


def _unit(name: str, end: int) -> Unit:
    return Unit(name, end, "percent" if name == "percentage" else "measure")


def _phrases(atoms: Atoms, i: int, longest: int) -> Iterator[tuple[int, str]]:
    """The word sequences that begin at ``i``, longest first, hyphens read as blanks."""
    words: list[str] = []
    ends: list[int] = []
    at = i
    while len(words) < longest and atoms.kind(at) == "word":
        words.append(atoms.lower(at))
        at += 1
        ends.append(at)
        if (
            atoms.text(at) in DASHES
            and atoms.kind(at + 1) == "word"
            and atoms.glued(at)
            and atoms.glued(at + 1)
        ) or (atoms.text(at) == "." and len(words[-1]) <= 3 and atoms.lower(at + 1) == "s"):
            at += 1
    for count in range(len(words), 0, -1):
        yield ends[count - 1], " ".join(words[:count])


# ---------------------------------------------------------------- tables
@cache
def _tables() -> _Tables:
    data = tomllib.loads((files("factcheck.claims") / "data" / "units.toml").read_text("utf-8"))
    tables = _Tables()
    for entry in data["unit"]:
        _add(tables, entry["name"], entry.get("words", ()), entry.get("symbols", ()), entry.get("pint"))
    for entry in data["si"]:
        _add_si(tables, entry, data["prefixes"])
    tables.glued = frozenset(data["glued"]["symbols"])
    tables.rates = frozenset(data["rates"]["after_a"])
    tables.square = {w: name for name, words in data["modifiers"].items() for w in words}
    _add_money(tables, data)
    # A symbol may be written in the wrong case ("HZ", "KM") where no other symbol is spelt so.
    for symbol, name in list(tables.symbols.items()):
        if len(symbol) > 1:
            tables.folded.setdefault(symbol.lower(), name)
    return tables


def _add(tables: _Tables, name: str, words: Any, symbols: Any, pint: str | None) -> None:
    tables.names.add(name)
    for word in words:
        tables.words[word] = name
        tables.words[word + "s"] = name
        head, _, tail = word.partition(" ")
        if tail:
            tables.words[f"{head}s {tail}"] = name
    for symbol in symbols:
        tables.symbols.setdefault(symbol, name)
    if pint is not None:
        tables.pint[name] = pint


def _add_si(tables: _Tables, entry: dict[str, Any], prefixes: dict[str, str]) -> None:
    name, pint = entry["name"], entry.get("pint")
    _add(tables, name, entry["words"], entry["symbols"], pint)
    for symbol in entry["prefixes"]:
        prefix = prefixes[symbol]
        prefixed = [symbol + s for s in entry.get("roots", entry["symbols"])]
        words = [prefix + w for w in entry["words"]]
        _add(tables, prefix + name, words, prefixed, None if pint is None else prefix + pint)


def _add_money(tables: _Tables, data: dict[str, Any]) -> None:
    for entry in data["currency"]:
        name, code = entry["name"], entry["code"]
        tables.signs.update((sign, (name, code)) for sign in entry["signs"])
        tables.garbled.update((sign, (name, code)) for sign in entry.get("garbled", ()))
        for word in entry["words"]:
            tables.money_words[word] = tables.money_words[word + "s"] = (name, code)
    for name, entry in data["subunits"].items():
        for word in (*entry["words"], *entry["symbols"]):
            tables.money_words[word] = tables.money_words[word + "s"] = (name, entry.get("currency"))
    heads = {cut(sign, 0, len(sign))[0].lower for sign in (*tables.signs, *tables.garbled)}
    tables.first = frozenset(heads)


# ---------------------------------------------------------------- conversion
@cache
def _registry() -> Any:
    from pint import UnitRegistry

    return UnitRegistry(cache_folder=None)


@cache
def _pint_name(unit: str) -> str | None:
    """The pint expression for a normalised unit, or None where pint must not be asked.

    Only names made of our own tables reach pint's expression parser; a word from an article never does.
    """
    top, _, bottom = unit.partition(" per ")
    names = [_pint_base(part) for part in ((top, bottom) if bottom else (top,))]
    if any(n is None for n in names):
        return None
    return "/".join(f"({n})" for n in names) if len(names) > 1 else names[0]


def _pint_base(name: str) -> str | None:
    shape, _, base = name.partition(" ")
    if shape in ("square", "cubic"):
        inner = _pint_base(base)
        return None if inner is None else f"({inner})**{2 if shape == 'square' else 3}"
    tables = _tables()
    if name in tables.pint:
        return tables.pint[name] or None
    return name if name in tables.names else None
