"""Whom two claims are told of: the named parties of two tellings, and whether they are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from types import MappingProxyType

from factcheck.alignment.features import names_within
from factcheck.alignment.names import fold, overlap
from factcheck.claims.comparison import compare
from factcheck.claims.quantities.designations import is_designator
from factcheck.model import Claim, Statement, Time
from factcheck.verdicts.parts import Siblings

# What the names of each document stand for in its story: a key by name, by the document's id.
NameKeys = Mapping[str, Mapping[str, str]]
NO_KEYS: NameKeys = MappingProxyType({})
# The names of a claim that stand behind prepositions, by these.
Towards = Mapping[str, Sequence[str]]

# Prepositions before a party or place of their own: "towed to Nordby", "a suit against Marlow".
TOWARDS = re.compile(r"\b(to|from|against|into|for|in|at|near)\s+(?:the\s+)?$")
LONGEST_PREPOSITION = 16
# And those of them that say where.
WHERE = ("in", "at", "near")
# Names that are told apart by their number: "Highway 12".
NUMBERED = re.compile(r"\b([A-Z][a-z]{1,20})\s([0-9]{1,4}[A-Z]?)\b")
# Words that join names to a phrase.
JOINING = frozenset({"the", "and", "of", "a"})
# What leads from a figure to whom it is given, and so many letters a name may lie before its figure.
RECEIVES = re.compile(r"(?:\s\w{1,12}){0,3}?\s(?:for|by|to)\s(?:the\s)?")
NEAR = 24
# Of so many figures of a sentence it is looked at whose they are.
MOST_OWNED = 6
# Words of rank: a deputy mayor is not the mayor. Those of time ("former") are left out, for so is the date.
RANKS = frozenset({"deputy", "vice", "assistant", "associate", "under", "acting", "interim", "junior"})


def folded(claim: Claim, names: Iterable[str], keys: NameKeys) -> set[str]:
    """Return the keys of names of a claim's document, those unknown to its story folded by themselves."""
    known = keys.get(claim.document, {})
    return {known.get(name) or fold(name) for name in names}


def apart(left: set[str], right: set[str]) -> bool:
    """Say whether two sets of keys both name something, and nothing in common."""
    return bool(left and right) and overlap(left, right) == 0


def verb_of(claim: Claim) -> str:
    """Return the verb of a claim, the last of "try to sell"; nothing where it has none."""
    return " ".join((claim.predicate or "").split()[-1:])


def subjects_apart(left: Claim, right: Claim, keys: NameKeys) -> bool:
    """Say whether the subjects of two claims are different named parties: two bidders, two countries."""
    return apart(*(folded(c, names_within(c, c.subject), keys) for c in (left, right)))


def beside_others(left: Claim, right: Claim, keys: NameKeys = NO_KEYS) -> bool:
    """Say whether other names stand right beside two figures: a sign of different things, and a weak one.

    "Three bridges between Nordby and Marlow" may well be the four "over the Tame".
    """
    if isinstance(left.value, Statement | Time):
        return False
    return apart(*(folded(c, c.frame.near_names, keys) for c in (left, right)))


def elsewhere(left: Claim, right: Claim, keys: NameKeys) -> bool:
    """Say whether the first is told of a place that the sentence of the second does not name."""
    towards = _towards(left)
    places = [name for word in WHERE for name in towards.get(word, ())]
    return bool(places) and not overlap(folded(left, places, keys), folded(right, right.frame.names, keys))


def told_of_others(left: Claim, right: Claim, keys: NameKeys) -> bool:
    """Say whether two claims name different parties to one verb (who, whom, where to), or other roads.

    Only names that are all of a subject or an object count, as the quote has them: whom a pronoun stands for
    may be misread, and "services in Nordby" may be those of "Marlow and Nordby". Nor does a party that the
    other clause names too, in another place: "the Tern towed the Freja", "the Freja was towed by the Tern".
    """
    if _numbered_apart(left, right):
        return True
    if verb_of(left) != verb_of(right):
        return False
    if _all_others(left, right):
        return True
    everyone = [folded(c, c.frame.clause_names, keys) for c in (left, right)]
    towards = _towards(left), _towards(right)
    for one, other in _places(left, right, *towards):
        x, y = folded(left, one, keys), folded(right, other, keys)
        strangers = _words(one).isdisjoint(_words(other)) and apart(x, y)
        if strangers and apart(x, everyone[1]) and apart(y, everyone[0]):
            return True
    return _turned_round(*towards)


def _all_others(left: Claim, right: Claim) -> bool:
    """Say whether neither subjects nor objects have a word in common: "the union blames the owner"."""

    def unlike(one: str | None, other: str | None) -> bool:
        x, y = _words([one or ""]), _words([other or ""])
        return bool(x and y) and x.isdisjoint(y)

    return unlike(left.subject, right.subject) and unlike(left.object, right.object)


def _turned_round(left: Towards, right: Towards) -> bool:
    """Say whether two names have changed places: "from Nordby to Marlow", "from Marlow to Nordby"."""
    pairs = permutations(sorted(left.keys() & right.keys()), 2)
    return any(_words(left[p]) == _words(right[q]) != _words(left[q]) == _words(right[p]) for p, q in pairs)


def _numbered_apart(left: Claim, right: Claim) -> bool:
    """Say whether a name has other numbers, none of them in common: "Highway 12", "Highway 21"."""
    x, y = ({n for n in NUMBERED.findall(c.quote) if is_designator(n[0])} for c in (left, right))
    return x.isdisjoint(y) and not {name for name, _ in x}.isdisjoint(name for name, _ in y)


def _places(
    left: Claim, right: Claim, here: Towards, there: Towards
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield the names of two claims that stand in one place of the sentence."""
    yield _wholly(left, left.subject), _wholly(right, right.subject)
    yield _wholly(left, left.object), _wholly(right, right.object)
    yield from ((here[word], there[word]) for word in sorted(here.keys() & there.keys()))


def _wholly(claim: Claim, phrase: str | None) -> list[str]:
    """Return the names that a phrase consists of; none where it has other words, or the quote has it not."""
    names = names_within(claim, phrase)
    left_over = _words([phrase or ""]) - _words(names)
    return names if not left_over and all(name in claim.quote for name in names) else []


def _words(texts: Iterable[str]) -> set[str]:
    return {w for text in texts for w in re.findall(r"\w+", text.casefold()) if w not in JOINING}


def _towards(claim: Claim) -> Towards:
    """Return the names that stand behind a preposition of direction, by it."""
    found: dict[str, list[str]] = {}
    for name in claim.frame.clause_names:
        at = claim.quote.find(name)
        if at > 0 and (before := TOWARDS.search(claim.quote, max(0, at - LONGEST_PREPOSITION), at)):
            found.setdefault(before[1], []).append(name)
    return found


def are_exchanged(left: Claim, right: Claim, beside: Siblings, keys: NameKeys) -> bool:
    """Say whether two equal figures are each given to the party that the other sentence gives another one.

    "Berg won 52 percent and Roth 48" against "Roth won 52 percent and Berg 48".
    """
    if isinstance(left.value, Statement | Time):
        return False
    owners = [_owner(c, keys) for c in (left, right)]
    if not owners[0] or not owners[1] or overlap(*owners):
        return False
    return _has_other(left, owners[1], beside, keys) and _has_other(right, owners[0], beside, keys)


def _has_other(claim: Claim, owner: set[str], beside: Siblings, keys: NameKeys) -> bool:
    """Whether the sentence of a figure gives a different one of its kind to another owner."""
    others = [c for c in beside(claim) if c.kind == claim.kind and c is not claim][:MOST_OWNED]
    return any(
        overlap(_owner(c, keys), owner) > 0 and compare(c, claim).relation == "contradiction" for c in others
    )


def _owner(claim: Claim, keys: NameKeys) -> set[str]:
    """Return the key of the name to which a figure is given; where none is near, the words of its subject.

    "Berg 48 percent", "Berg (a lawyer, 48 percent)", "48 percent for Berg".
    """
    start, end = claim.anchor.start - claim.start, claim.anchor.end - claim.start
    behind, before = claim.quote[end:], claim.quote[:start]
    receives = [name for name in claim.frame.near_names if _begins(behind, name)]
    near = [(before.rfind(name) + len(name), name) for name in claim.frame.near_names if name in before]
    if receives or (near and start - max(near)[0] <= NEAR):
        return folded(claim, receives or [max(near)[1]], keys)
    return set() if near or claim.anchor.text in (claim.subject or "") else _words([claim.subject or ""])


def _begins(behind: str, name: str) -> bool:
    """Whether a name stands right behind a preposition of who gets something."""
    found = RECEIVES.match(behind)
    return found is not None and behind.startswith(name, found.end())


def other_office(left: Claim, right: Claim) -> bool:
    """Say whether two offices differ by a word of rank ("the deputy mayor") or by the bearer's first name."""
    ranks = [RANKS & set(re.findall(r"\w+", (c.object or "").casefold())) for c in (left, right)]
    first, other = ((c.subject or "").casefold().split() for c in (left, right))
    namesakes = len(first) > 1 and len(other) > 1 and first[-1] == other[-1]
    return ranks[0] != ranks[1] or (namesakes and first[0][0] != other[0][0])
