"""Fold the names of one story: which strings of its documents name the same person, place or body.

A name by itself goes to its canonical key (``name_keys``). What remains different is folded in the light of
the story's other names, safest first: the same letters, middle names, spelling variants, short forms,
acronyms. Where longer names compete for a short one, it is left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from factcheck.alignment.gazetteer import gazetteer, name_words, surface_words
from factcheck.alignment.name_groups import NameGroups
from factcheck.alignment.name_keys import (
    LONGEST_NAME,
    fold,
    fold_words,
    known_key,
    leading_country,
    overlap,
)

__all__ = ["NO_NAMES", "fold", "fold_into", "fold_names", "house_keys", "overlap"]

NO_NAMES: Mapping[str, str] = MappingProxyType({})
# A shorter word differs from too many others by one letter; a word that is the whole name even more so.
VARIANT_LETTERS = 6
LONE_VARIANT_LETTERS = 8
LONGEST_WORD = 24
ENDINGS = frozenset("aeos")
# Fewer letters are too often the same by chance; more are no name.
SAME_LETTERS = 6
LONGEST_SPELLING = 40
ACRONYM_LETTERS = range(3, 9)
# Of several bearers of a name the one told of this many times as often as any other is meant.
DOMINANCE = 4


def fold_names(
    names_by_document: Sequence[Sequence[str]], house: Mapping[str, str] = NO_NAMES
) -> dict[str, str]:
    """Return the canonical key of every name of the documents of one story.

    Each inner sequence holds the names of one document, once for every mention; the order of documents and
    names does not matter. Beyond ``fold``, a short form goes to the one longer name of the story it can
    belong to. ``house`` maps keys to the keys they are to be folded into: see ``house_keys``.
    """
    written: dict[str, list[str]] = {}
    keys: dict[str, str] = {}
    groups = NameGroups()
    for document, names in enumerate(names_by_document):
        for name in names:
            if name not in keys:
                written[name] = surface_words(name)
                key = fold_words(written[name])
                keys[name] = house.get(key, key)
            groups.add(keys[name], document)
    _fold_spellings(groups)
    _fold_middle_names(groups)
    _fold_variants(groups)
    _fold_short_forms(groups, {keys[name] for name, words in written.items() if _is_firm(words)})
    _fold_acronyms(groups, [(words, keys[name]) for name, words in written.items()])
    return {name: groups.find(key) for name, key in keys.items()}


def fold_into(
    sources: Sequence[Sequence[str]],
    draft: Sequence[str],
    folded: Mapping[str, str],
    house: Mapping[str, str] = NO_NAMES,
) -> dict[str, str]:
    """Return the keys of a draft's names, which are those that its sources have for the same.

    ``folded`` is what :func:`fold_names` returned for the names of the ``sources``.
    """
    joint = fold_names([*sources, draft], house)
    mentions = Counter(folded[name] for names in sources for name in names)
    theirs: dict[str, str] = {}
    for name in sorted(folded, key=lambda name: (-mentions[folded[name]], folded[name])):
        theirs.setdefault(joint[name], folded[name])
    return {name: folded.get(name) or theirs.get(joint[name], joint[name]) for name in draft}


def house_keys(house: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the keys of other names by the keys of what they are other names of."""
    return {fold(other): fold(name) for name, others in house.items() for other in others}


def _open(groups: NameGroups) -> list[str]:
    """The groups that only context can place: not known beforehand, and no longer than a name."""
    known = gazetteer().keys
    return [key for key in groups.heads() if key not in known and 0 < len(key.split()) <= LONGEST_NAME]


def _merge_if_one(groups: NameGroups, key: str, candidates: Iterable[str]) -> None:
    """Merge a short form into the one group it can belong to, or that most mentions by far belong to."""
    heads = {groups.find(candidate) for candidate in candidates} - {groups.find(key)}
    ranked = sorted(((groups.mentions(head), head) for head in heads), reverse=True)
    if ranked and (len(ranked) == 1 or ranked[0][0] >= DOMINANCE * ranked[1][0]):
        groups.merge(key, ranked[0][1])


# ---------------------------------------------------------------- the same letters
def _fold_spellings(groups: NameGroups) -> None:
    """Fold names of the same letters: "Seo-yeon Han" and "Han Seoyeon", "Tax Office" and "Office of Tax"."""
    alike: dict[str, list[str]] = defaultdict(list)
    for key in _open(groups):
        letters = "".join(word for word in key.split() if word not in name_words().links)
        if SAME_LETTERS <= len(letters) <= LONGEST_SPELLING:
            alike[_rotation(letters)].append(key)
    for group in alike.values():
        best = min(group, key=lambda key: (-groups.mentions(key), key))
        for key in group:
            groups.merge(key, best)


def _rotation(letters: str) -> str:
    """Return the first rotation in alphabetical order.

    It is the same whether the family name stands first or last, and wherever the words are divided.
    """
    doubled = letters + letters
    return min(doubled[i : i + len(letters)] for i in range(len(letters)))


def _fold_middle_names(groups: NameGroups) -> None:
    """Fold "Dana Whitlow" and "D. Whitlow" into the one "Dana Marie Whitlow"."""
    full: dict[tuple[str, str], set[str]] = defaultdict(set)
    people = [key for key in _open(groups) if _is_person(key)]
    for key in people:
        first, *middle, last = key.split()
        if len(first) > 1:
            full[first[0], last].add(key)
        if middle:
            full[first, last].add(key)
    pairs = [key.split() for key in people if key.count(" ") == 1]
    # Initials come last: those they may stand for are then one.
    for first, last in sorted(pairs, key=lambda pair: len(pair[0]) == 1):
        _merge_if_one(groups, f"{first} {last}", full[first, last])


def _is_person(key: str) -> bool:
    """Say whether a key can be a person's full name: two to four words, none of them a common noun."""
    parts = name_words()
    words = key.split()
    if not 2 <= len(words) <= 4 or not all(word.isalpha() for word in words):
        return False
    groups = (parts.kinds, parts.company_words, parts.links, parts.generations)
    return all(group.isdisjoint(words) for group in groups)


# ---------------------------------------------------------------- spelling variants
def _fold_variants(groups: NameGroups) -> None:
    """Fold names that differ by one letter of one long word and never stand in one document."""
    alike: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for key in groups.heads():
        for shared in _variants(key):
            alike[shared].append(key)
    for _, (first, *others) in sorted(alike.items()):
        for other in others:
            if groups.apart(first, other) and not _is_inflected(first, other):
                _merge_variants(groups, first, other)


def _merge_variants(groups: NameGroups, first: str, second: str) -> None:
    """Merge the rarer of two groups into the other, and neither if both are known beforehand."""
    known = gazetteer().keys
    heads = groups.find(first), groups.find(second)
    rarer, other = sorted(heads, key=lambda head: (head in known, groups.mentions(head), head))
    if rarer not in known:
        groups.merge(rarer, other)


def _variants(key: str) -> Iterator[tuple[str, int, str]]:
    """Yield what a name shares with its spelling variants: the other words, and a long word less a letter.

    Two words that share such a rest differ by one letter written otherwise, left out or moved. The first
    letter is kept: a different one more often makes a different name.

    Source: the deletion neighbourhood of W. Garbe, SymSpell (2012), at distance one.
    """
    words = key.split()
    if len(words) > LONGEST_NAME:
        return
    least = VARIANT_LETTERS if len(words) > 1 else LONE_VARIANT_LETTERS
    for i, word in enumerate(words):
        if least <= len(word) <= LONGEST_WORD and word.isalpha() and not _is_vocabulary(word, len(words) > 1):
            rest = " ".join((*words[:i], *words[i + 1 :]))
            for shorter in {word, *(word[:j] + word[j + 1 :] for j in range(1, len(word)))}:
                yield rest, i, shorter


def _is_vocabulary(word: str, within: bool) -> bool:
    """Say whether a word can't be a misspelt name: a common noun, or a known name within another."""
    parts = name_words()
    return word in parts.kinds or word in parts.company_words or (within and known_key([word]) is not None)


def _is_inflected(first: str, second: str) -> bool:
    """Say whether two names differ in a final vowel or s, as Michael and Michaela do."""
    pairs = [(a, b) for a, b in zip(first.split(), second.split(), strict=True) if a != b]
    return any((a[:-1] in (b, b[:-1]) or b[:-1] == a) and ENDINGS & {a[-1], b[-1]} for a, b in pairs)


# ---------------------------------------------------------------- short forms
def _fold_short_forms(groups: NameGroups, firms: set[str]) -> None:
    """Fold surnames, first words of firms and other parts of a longer name into it, longest first."""
    longer: dict[str, set[str]] = defaultdict(set)
    for key in groups.heads():
        for form in groups.forms(key):
            for part in _parts(form, form in firms, groups):
                longer[part].add(key)
    for key in sorted(_open(groups), key=lambda key: (-key.count(" "), key)):
        candidates = set().union(*(longer.get(form, ()) for form in groups.forms(groups.find(key))))
        _merge_if_one(groups, key, candidates)


def _is_firm(words: Sequence[str]) -> bool:
    """Say whether a name is written with a legal form."""
    return len(words) > 1 and words[-1].casefold() in name_words().legal_forms


def _parts(key: str, firm: bool, groups: NameGroups) -> Iterator[str]:
    """Yield what a longer name may be called for short."""
    words = key.split()
    parts = name_words()
    if not 2 <= len(words) <= LONGEST_NAME or not parts.generations.isdisjoint(words):
        return  # "Hale" is the father rather than "Hale Jr."
    if words[-1] in parts.state_organs and leading_country(words) == len(words) - 1:
        yield words[-1]
    if len(words) == 2 and _run_together(words, groups):
        return
    if firm or _is_called_by_its_beginning(words) or (len(words) < 4 and _is_person(key)):
        yield from (" ".join(words[:n]) for n in range(1, len(words)) if n > 1 or _identifies(words[0]))
    linked = not parts.links.isdisjoint(words)
    for n in range(1, len(words)):
        if words[n - 1] not in parts.links and (n < len(words) - 1 or (not linked and _identifies(words[n]))):
            yield " ".join(words[n:])


def _run_together(words: Sequence[str], groups: NameGroups) -> bool:
    """Say whether both words are names of their own, told side by side in some document."""
    return groups.together(words[0], words[1]) and all(
        known_key([w]) is None and _identifies(w) for w in words
    )


def _is_called_by_its_beginning(words: Sequence[str]) -> bool:
    """Say whether a name ends in what firms, places and outlets often go without."""
    parts = name_words()
    return (
        words[-1] in parts.company_words
        or words[-1] in parts.place_kinds
        or all(word in parts.outlet_words for word in words[1:])
    )


def _identifies(word: str) -> bool:
    """Say whether a single word of a name can stand for it."""
    parts = name_words()
    common = (parts.kinds, parts.company_words, parts.links, parts.particles, parts.titles)
    plain = word.removesuffix("s")
    return len(word) > 1 and word.isalpha() and not any(word in group or plain in group for group in common)


# ---------------------------------------------------------------- acronyms
def _fold_acronyms(groups: NameGroups, names: Sequence[tuple[list[str], str]]) -> None:
    """Fold an acronym into the one name of the story whose initials it is; ``names`` are words and key."""
    acronyms = {key for words, key in names if _is_acronym(words)}
    spelled: dict[str, set[str]] = defaultdict(set)
    for words, key in names:
        for initials in _initials(words) & acronyms:
            spelled[initials].add(key)
    for key in _open(groups):
        if key in spelled:
            _merge_if_one(groups, key, spelled[key])


def _is_acronym(words: Sequence[str]) -> bool:
    return len(words) == 1 and words[0].isupper() and len(words[0]) in ACRONYM_LETTERS


def _initials(words: Sequence[str]) -> set[str]:
    """The initials of a name as written, with and without the small words in it."""
    if not ACRONYM_LETTERS.start <= len(words) <= LONGEST_NAME:
        return set()
    parts = name_words()
    lower = [word for word in map(str.casefold, words) if word not in parts.articles]
    strong = [word for word in lower if word not in parts.links]
    return {"".join(word[0] for word in chosen) for chosen in (lower, strong)}
