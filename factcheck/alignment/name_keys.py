"""The canonical key of a name by itself, and what keys have to do with each other."""

from __future__ import annotations

from collections.abc import Collection

from factcheck.alignment.gazetteer import NameWords, gazetteer, name_words, surface_words

# Longer strings are sentences that were taken for a name; they are only normalised.
LONGEST_NAME = 12
LONGEST_PHRASE = 6


def fold(name: str) -> str:
    """Return the canonical key of a name without context; "" if it has neither letter nor digit.

    Two names with one key are the same: case, accents, punctuation, possessive endings, leading titles and
    legal forms are taken off, and every name of a country, its people included, becomes the country's.
    Folding a key again changes nothing.
    """
    return fold_words(surface_words(name))


def fold_words(words: list[str]) -> str:
    """Return the canonical key of a name that was split by ``surface_words``."""
    if len(words) > LONGEST_NAME:
        return " ".join(words).casefold()
    known = known_key(words)
    while known is None:
        shorter = _shortened(words)
        if shorter is None:
            written = _with_country(words)
            # By its key a country may be the start of another: Guinea, Guinea-Bissau.
            return written if written == " ".join(words).casefold() else fold_words(written.split())
        words, known = shorter, known_key(shorter)
    return known


def known_key(words: list[str]) -> str | None:
    """Return the key of words that name a country, body or place, or None."""
    table = gazetteer()
    written = " ".join(words)
    return table.capitals.get(written) or table.keys.get(written.casefold())


def _shortened(words: list[str]) -> list[str] | None:
    """Take off one thing that is not of the name, or return None if there is none."""
    parts = name_words()
    lower = [word.casefold() for word in words]
    if len(words) < 2:
        return None
    if lower[0] in parts.articles:
        return words[1:]
    if lower[-1] in parts.legal_forms or lower[-1] == "and":
        return words[:-1]
    if lower[-1] in parts.place_kinds and " ".join(lower[:-1]) in gazetteer().regions:
        return words[:-1]
    return _without_title(words, lower, parts)


def _without_title(words: list[str], lower: list[str], parts: NameWords) -> list[str] | None:
    """Take off a leading title, with the country before it ("Danish Prime Minister")."""
    keys = gazetteer().keys
    for start in (leading_country(words), 0):
        end = start + _title_length(lower[start:], parts)
        untitled = start == end or lower[end] in parts.belongings or " ".join(lower[end:]) in keys
        if not untitled:
            return words[end:]
    return None


def _title_length(lower: list[str], parts: NameWords) -> int:
    return next((n for n in (3, 2, 1) if " ".join(lower[:n]) in parts.titles and n < len(lower)), 0)


def leading_country(words: list[str]) -> int:
    """Count the words of the country that a longer name begins with; 0 where it begins with none."""
    countries = gazetteer().countries
    for size in range(min(LONGEST_PHRASE, len(words) - 1), 0, -1):
        phrase = words[:size]
        if " ".join(phrase).casefold() in countries and known_key(phrase):
            return size
    return 0


def _with_country(words: list[str]) -> str:
    """Join the words, with countries in front by their keys, so that the Polish army is that of Poland."""
    keys: list[str] = []
    while known_key(words) is None and (size := leading_country(words)):
        keys.append(known_key(words[:size]) or "")
        words = words[size:]
    return " ".join((*keys, known_key(words) or " ".join(words).casefold()))


def related(a: str, b: str) -> bool:
    """Say whether two canonical keys may refer to the same actor: a government, told by its country's name
    or by where it sits. A key is related to itself."""
    if a == b:
        return True
    seats = gazetteer().seats
    if a not in seats and b not in seats:
        return False
    return not seats.get(a, frozenset((a,))).isdisjoint(seats.get(b, frozenset((b,))))


def overlap(left: Collection[str], right: Collection[str]) -> float:
    """Return how far two sets of canonical keys name the same, from 0 to 1.

    This is the Jaccard index, in which two related keys make one element that counts half. Without any
    key on either side it is 0.
    """
    first, second = set(left), set(right)
    shared = first & second
    rest = sorted(second - shared)
    linked = 0
    for key in sorted(first - shared):
        partner = next((other for other in rest if related(key, other)), None)
        if partner is not None:
            rest.remove(partner)
            linked += 1
    union = len(first) + len(second) - len(shared) - linked
    return (len(shared) + linked / 2) / union if union else 0.0
