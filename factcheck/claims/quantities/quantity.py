"""Find the quantities of a sentence: counts, money, percentages, shares and measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from factcheck.claims.parse import Sentence
from factcheck.claims.quantities.amounts import Amount
from factcheck.claims.quantities.atoms import Atoms
from factcheck.claims.quantities.counted import Counted, counted_noun, part_of, rate_of
from factcheck.claims.quantities.hedges import Hedge, change_after, change_before, hedge_before, is_transitive
from factcheck.claims.quantities.numerals import lexicon, number_words, plain
from factcheck.claims.quantities.ranges import read_quantity
from factcheck.claims.quantities.worth import is_checkable, is_partitive, is_pronoun
from factcheck.model import Change, Comparator, Kind, Mention, Quantity

_DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")
# Between two figures of which the second says again how far the first moved: "up 12 points, or 0.4%".
_REPEATS = (["or"], [",", "or"], ["("])
_FROM = (["from"], ["up", "from"], ["down", "from"], [",", "up", "from"], [",", "down", "from"])


def find_quantities(sentence: Sentence) -> list[Mention]:
    """Find every quantity expression of a parsed sentence, in text order and without overlaps.

    Offsets are those of the document. A mention covers hedge, figure and unit; of a plain count it covers
    hedge and figure, and ``head`` is the token of the noun that is counted. Mentions that hold a number but
    no claim worth checking ("one of the women") have ``checkable`` unset.
    """
    if not _promising(sentence):
        return []
    reader = _Reader(Atoms(sentence))
    i = 0
    while i < reader.atoms.size:
        amount, i = read_quantity(reader.atoms, i)
        if amount is not None:
            reader.add(amount)
    return reader.mentions


def _promising(sentence: Sentence) -> bool:
    if _DIGIT.search(sentence.document_text, sentence.start, sentence.end):
        return True
    words = _telling_words()
    return any(t.lower in words for t in sentence.tokens)


@cache
def _telling_words() -> frozenset[str]:
    numerals = lexicon()["numerals"]
    decades = {f"{word.removesuffix('y')}ies" for word in numerals["tens"]}  # "in her forties"
    return number_words() | decades | frozenset(numerals["parts"])


@dataclass(slots=True)
class _Trail:
    """What the last figure of the sentence was, for a later one that leans on it."""

    end: int = 0
    change: Change | None = None
    moved: bool = False
    comparator: Comparator = "exact"
    unit: str | None = None


class _Reader:
    """Turns the amounts of one sentence, in order, into mentions."""

    def __init__(self, atoms: Atoms) -> None:
        self.atoms = atoms
        self.mentions: list[Mention] = []
        self._trail = _Trail()

    def add(self, amount: Amount) -> None:
        """Add the mention of an amount, unless it is a pronoun or lies within the one before."""
        kind = _kind(amount)
        counted = _counted(self.atoms, amount, kind)
        again = self._counts_again(counted) and not is_partitive(self.atoms, amount)
        if kind == "count" and (is_pronoun(self.atoms, amount, counted) or again):
            return
        hedge = hedge_before(self.atoms, amount.first) or amount.hedge
        first = min(amount.first, hedge.at) if hedge is not None else amount.first
        start, end = self.atoms.list[first].start, self.atoms.list[amount.end - 1].end
        if self.mentions and start < self.mentions[-1].end:
            return
        between = [a.lower for a in self.atoms.list[self._trail.end : first][:9]]
        value = self._value(amount, kind, counted, hedge, first, between)
        if between in _FROM:
            self._move(value)
        self.mentions.append(
            Mention(
                kind=kind,
                start=start,
                end=end,
                value=value,
                head=counted.noun.i if counted is not None and counted.noun.pos != "NUM" else None,
                checkable=is_checkable(self.atoms, amount, kind, hedge, counted),
            )
        )

    def _value(
        self,
        amount: Amount,
        kind: Kind,
        counted: Counted | None,
        hedge: Hedge | None,
        first: int,
        between: list[str],
    ) -> Quantity:
        trail = self._trail
        change, moved = _change(self.atoms, first, amount, trail, between)
        comparator: Comparator = hedge.comparator if hedge is not None else "exact"
        if hedge is None and between == ["("]:
            comparator = trail.comparator
        unit, written = _unit_names(self.atoms, amount, kind, counted, hedged=hedge is not None)
        if kind == "count" and [self.atoms.lower(first - k) for k in (2, 1)] == ["population", "of"]:
            unit, written = "people", None
        scaled = "of" in between and "." in self.atoms.text(amount.number)  # "four aftershocks of 4.5"
        if kind == "count" and not (amount.score or scaled or self.atoms.text(amount.number).startswith(".")):
            # An elliptical count takes the unit of the count before it: "killed ten people and hurt 80".
            unit = trail.unit = unit or trail.unit
        trail.end, trail.moved, trail.comparator = amount.end, moved, comparator
        if counted is not None and kind == "count":
            trail.end += sum(a.start < counted.end for a in self.atoms.list[amount.end : amount.end + 12])
        trail.change = change or trail.change
        ranged = amount.high is not None
        return Quantity(
            number=None if ranged else plain(amount.value),
            low=plain(amount.value) if ranged else None,
            high=plain(amount.high) if amount.high is not None else None,
            before=plain(amount.before) if amount.before is not None else None,
            comparator="range" if ranged and comparator == "exact" else comparator,
            change=change,
            unit=unit,
            unit_text=written,
            of=_whole(self.atoms, amount, kind, counted),
            currency=amount.unit.currency if amount.unit is not None else None,
        )

    def _counts_again(self, counted: Counted | None) -> bool:
        """Say whether the noun has its number already, so that this one names it ("four old 747 jets")."""
        last = self.mentions[-1] if self.mentions else None
        if counted is None or last is None or last.kind != "count" or last.head != counted.noun.i:
            return False
        return isinstance(last.value, Quantity) and last.value.of is None

    def _move(self, origin: Quantity) -> None:
        """Tell the last mention where it came from: "fell to 4.1% from 4.5%"."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or not isinstance(last.value, Quantity) or last.value.number is None:
            return
        if last.value.unit == origin.unit and last.value.before is None:
            value = msgspec.structs.replace(last.value, before=origin.number)
            self.mentions[-1] = msgspec.structs.replace(last, value=value)


# ---------------------------------------------------------------- parts of a value
def _kind(amount: Amount) -> Kind:
    if amount.unit is not None:
        return amount.unit.kind
    return "share" if amount.numeral.form == "share" else "count"


def _counted(atoms: Atoms, amount: Amount, kind: Kind) -> Counted | None:
    """The noun that is counted, or of which the figure is a part."""
    if amount.score or kind in ("money", "measure"):
        return None
    offset = atoms.list[amount.end - 1].end
    if amount.ratio:
        return counted_noun(atoms.sentence, offset)
    if kind in ("share", "percent") or is_partitive(atoms, amount):
        return part_of(atoms.sentence, offset)
    return counted_noun(atoms.sentence, offset)


def _whole(atoms: Atoms, amount: Amount, kind: Kind, counted: Counted | None) -> str | None:
    """What a share, a percentage or "two of the four" is a part of."""
    if counted is None:
        return None
    if kind == "count" and (amount.numeral.form == "vague" or not is_partitive(atoms, amount)):
        return None
    return atoms.sentence.document_text[counted.start : counted.end]


def _change(
    atoms: Atoms, first: int, amount: Amount, trail: _Trail, between: list[str]
) -> tuple[Change | None, bool]:
    """Say which way a figure moved, and whether the figure itself is the distance moved."""
    found = change_before(atoms, first)
    if found is not None:
        return _governed(atoms, first, amount, *found)
    if trail.change is not None:
        by = between[-1:] == ["by"] and len(between) <= 8 and not {"increase", "decrease"} & set(between)
        if by or (trail.moved and between in _REPEATS):
            return trail.change, True
    noun = change_after(atoms, amount.end)
    return noun, noun is not None


def _governed(
    atoms: Atoms, first: int, amount: Amount, change: Change, at: int
) -> tuple[Change | None, bool]:
    """Judge a figure that a word of change at an atom governs."""
    words = [atoms.lower(k) for k in range(at + 1, first)]
    if words[-1:] == ["from"] or (words[:1] == ["from"] and amount.before is None):
        return None, False
    counts = amount.unit is None or amount.unit.kind == "money"
    direct = not {"to", "by", "from"} & set(words) and amount.before is None
    if (
        counts
        and direct
        and is_transitive(atoms.lower(at))
        and not atoms.lower(amount.end).startswith("point")
    ):
        return None, False
    return change, not {"to", "at", "from"} & set(words)


def _unit_names(
    atoms: Atoms, amount: Amount, kind: Kind, counted: Counted | None, *, hedged: bool
) -> tuple[str | None, str | None]:
    """The normalised unit and the unit as written."""
    if kind == "share":
        return "share", None
    if counted is not None and counted.noun.pos == "NUM":
        return None, None
    if amount.unit is None:
        return _counted_names(atoms, amount, counted, hedged=hedged) if counted is not None else (None, None)
    if amount.unit.name == "magnitude":
        return "magnitude", "magnitude"
    text = atoms.sentence.document_text
    start = atoms.list[amount.number_end - 1].end
    behind = text[start : atoms.list[max(amount.unit.end, amount.number_end) - 1].end].strip(" -–")
    sign = ""
    if kind == "money" and amount.sign < amount.number:
        sign = text[atoms.list[amount.sign].start : atoms.list[amount.number].start].strip(" -–")
    return amount.unit.name, f"{sign} {behind}".strip() or None


def _counted_names(atoms: Atoms, amount: Amount, counted: Counted, *, hedged: bool) -> tuple[str | None, str]:
    """The unit of a count: the lemma of the noun, and the words around the number that belong to it."""
    text, tokens, noun = atoms.sentence.document_text, atoms.sentence.tokens, counted.noun
    inside = [t for t in tokens[max(0, noun.i - 12) : noun.i + 1] if t.start >= counted.start]
    start = next((t.start for t in inside if t.pos not in ("DET", "PRON", "NUM")), noun.start)
    written = text[start : counted.end]
    number = atoms.token(amount.first)
    if number is not None and number.i and not hedged:
        before = tokens[number.i - 1]  # the "best" of "best three picks"
        if before.dep in ("amod", "compound") and before.head == noun.i:
            written = f"{before.text} {written}"
    # spaCy leaves the plural of names alone ("Belgians").
    unit = noun.lemma.removesuffix("s") if noun.tag == "NNPS" else noun.lemma
    if unit == "one":
        return None, written
    rate = rate_of(atoms.sentence, noun)
    if rate is not None:
        return f"{unit} per {rate.lemma}", f"{written} per {rate.text}"
    return unit, written
