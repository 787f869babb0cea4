"""Names that everybody writes in several ways: countries, their people and capitals, bodies, places.

The tables are in ``data/*.toml``; they are read once, at the first name that is folded.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

SEPARATORS = re.compile(r"[^\w.'&]|_")
ACCENTS = re.compile("[\u0300-\u036f]")
# Letters that Unicode does not decompose, and the marks that are typed for an apostrophe.
LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H",
     "ı": "i", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th",
     "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "ʾ": "'", "ʿ": "'", "`": "'", "´": "'", "′": "'", "‛": "'"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names known beforehand, as normal words joined by blanks.

    ``keys`` maps every known name to its canonical key and ``capitals`` those that count only when written
    in capitals. ``countries`` are the names of ``keys`` and ``capitals`` that tell a country and may stand
    before another name ("Chinese Navy"). ``seats`` maps keys of capitals and seats of government to the
    countries or bodies they stand for.
    """

    keys: Mapping[str, str]
    capitals: Mapping[str, str]
    countries: frozenset[str]
    seats: Mapping[str, frozenset[str]]
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words that are part of how a name is written, each group as lower-case words."""

    titles: frozenset[str]
    belongings: frozenset[str]
    articles: frozenset[str]
    legal_forms: frozenset[str]
    company_words: frozenset[str]
    generations: frozenset[str]
    links: frozenset[str]
    kinds: frozenset[str]
    outlet_words: frozenset[str]
    state_organs: frozenset[str]
    place_kinds: frozenset[str]
    particles: frozenset[str]


def surface_words(name: str) -> list[str]:
    """Split a name into words, in their own case, without accents, punctuation and possessive endings.

    Dotted initials become one word ("U.S." is "US", "J.K." is "JK"), apostrophes within a word vanish,
    "St." before a word is written out, and British spellings become American.
    """
    words: list[str] = []
    for chunk in SEPARATORS.split(name if name.isascii() else _without_accents(name)):
        if chunk.isalnum():
            words.append(chunk)
        elif chunk:
            words.extend(_undotted(_bare(chunk)))
    words = [_spellings().get(word.casefold(), word) for word in _joined_initials(words)]
    last = len(words) - 1
    return ["Saint" if word.casefold() == "st" and i < last else word for i, word in enumerate(words)]


def _without_accents(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return unicodedata.normalize("NFKC", ACCENTS.sub("", text).translate(LETTERS))


def _joined_initials(words: Iterable[str]) -> Iterator[str]:
    """Join neighbouring single letters: "U. S." is written as often as "U.S."."""
    initials = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            initials += word
            continue
        if initials:
            yield initials
        initials = ""
        yield word
    if initials:
        yield initials


def _bare(chunk: str) -> str:
    """Take off a possessive ending, apostrophes, and the ampersand unless it stands alone."""
    if chunk == "&":
        return "and"
    end = chunk.rstrip("'.")
    if end[-2:] in ("'s", "'S"):
        end = end[:-2]
    return end.replace("'", "").replace("&", "")


def _undotted(word: str) -> list[str]:
    parts = [part for part in word.split(".") if part]
    return ["".join(parts)] if all(len(part) == 1 for part in parts) and parts else parts


def normal(name: str) -> str:
    """Return a name's words in lower case, joined by blanks."""
    return " ".join(surface_words(name)).casefold()


@functools.cache
def name_words() -> NameWords:
    """Return the words that go with names."""
    table = _table("name_words.toml")
    return NameWords(**{group: frozenset(words) for group, words in table.items() if group != "spellings"})


@functools.cache
def _spellings() -> Mapping[str, str]:
    spellings: dict[str, str] = _table("name_words.toml")["spellings"]
    return spellings


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the names known beforehand."""
    keys: dict[str, str] = {}
    capitals: dict[str, str] = {}
    seats: dict[str, set[str]] = {}
    places = _table("places.toml")
    for name in (*places["cities"], *places["regions"]):
        keys[normal(name)] = normal(name)
    for key, names in places["other_names"].items():
        _enter(key, names, keys, capitals)
    for key, names in _table("bodies.toml").items():
        _enter(key, names, keys, capitals)
    countries: set[str] = set()
    for key, country in _table("countries.toml").items():
        countries |= _enter_country(key, country, keys, capitals)
        _enter_seats(key, country, keys, seats)
    return Gazetteer(
        keys=keys,
        capitals=capitals,
        countries=frozenset(countries),
        seats={seat: frozenset(held) for seat, held in seats.items()},
        regions=frozenset(normal(name) for name in places["regions"]),
    )


def _table(file: str) -> dict[str, Any]:
    return tomllib.loads(files("factcheck.alignment").joinpath("data", file).read_text("utf-8"))


def _enter(key: str, names: Iterable[str], keys: dict[str, str], capitals: dict[str, str]) -> None:
    """Enter a key under its names: an acronym counts in capitals only, since "who" is also a word."""
    canonical = normal(key)
    keys[canonical] = canonical
    for name in names:
        words = " ".join(surface_words(name))
        if words.isupper() and " " not in words:
            capitals[words] = canonical
        else:
            keys[words.casefold()] = canonical


def _enter_country(
    key: str, country: Mapping[str, Any], keys: dict[str, str], capitals: dict[str, str]
) -> set[str]:
    people = country.get("people", [])
    plurals = [f"{word}s" for word in people if not word.endswith(("s", "ese", "sh", "ch", "men"))]
    names = [*country.get("names", []), *country.get("short", []), *people, *plurals]
    _enter(key, names, keys, capitals)
    return {key, *(" ".join(surface_words(name)).casefold() for name in names)}


def _enter_seats(
    key: str, country: Mapping[str, Any], keys: dict[str, str], seats: dict[str, set[str]]
) -> None:
    """Give seats of government a key of their own; other spellings of a capital share the capital's."""
    capital = normal(country.get("capital", ""))
    for seat in (capital, *map(normal, country.get("seats", []))):
        if seat:
            keys[seat] = seat
            seats.setdefault(seat, set()).add(key)
    for name in country.get("spellings", []):
        keys[normal(name)] = capital
