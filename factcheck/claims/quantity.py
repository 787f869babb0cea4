"""Find the quantities of a sentence: counts, money, percentages, shares and measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import msgspec

from factcheck.claims.atoms import Atoms
from factcheck.claims.counted import Counted, counted_noun, part_of
from factcheck.claims.designations import is_designation
from factcheck.claims.hedges import (
    Hedge,
    change_after,
    change_before,
    hedge_after,
    hedge_before,
    is_transitive,
)
from factcheck.claims.numerals import DASHES, Numeral, is_negative, lexicon, number_words, plain, read_numeral
from factcheck.claims.parse import Sentence, Token
from factcheck.claims.units import Unit, read_currency, read_rate, read_unit
from factcheck.model import Change, Comparator, Kind, Mention, Quantity

_DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")


@dataclass(slots=True)
class Amount:
    """A figure with its unit, as atoms ``first`` to ``end`` (exclusive).

    ``number_end`` is where the digits or words end, ``high`` the upper end of a range, ``before`` the other
    end of a change, ``score`` marks "2-1", ``hedge`` what was read with the figure itself.
    """

    first: int
    number_end: int
    end: int
    value: Decimal
    numeral: Numeral
    unit: Unit | None
    high: Decimal | None = None
    before: Decimal | None = None
    hedge: Hedge | None = None
    sign: bool = False
    of_age: bool = False
    score: bool = False


def find_quantities(sentence: Sentence) -> list[Mention]:
    """Find every quantity expression of a parsed sentence, in text order and without overlaps.

    Offsets are those of the document. A mention covers hedge, figure and unit; of a plain count it covers
    hedge and figure, and ``head`` is the token of the noun that is counted. Mentions that hold a number but
    no claim worth checking ("one of the women") have ``checkable`` unset.
    """
    if not _promising(sentence):
        return []
    atoms = Atoms(sentence)
    mentions: list[Mention] = []
    trail = _Trail()
    i = 0
    while i < atoms.size:
        amount = _read(atoms, i)
        if amount is None:
            i += 1
            continue
        i = max(amount.end, i + 1)
        mention = _mention(atoms, amount, trail)
        if mention is not None and (not mentions or mention.start >= mentions[-1].end):
            mentions.append(mention)
    return mentions


@dataclass(slots=True)
class _Trail:
    """What the sentence has said so far that a later figure may take over."""

    end: int = 0
    change: Change | None = None
    comparator: Comparator = "exact"
    moved: bool = False
    unit: str | None = None


def _promising(sentence: Sentence) -> bool:
    if _DIGIT.search(sentence.document_text, sentence.start, sentence.end):
        return True
    words = number_words()
    return any(t.lower in words for t in sentence.tokens)


# ---------------------------------------------------------------- amounts
def _read(atoms: Atoms, i: int) -> Amount | None:
    """Read the quantity that begins at atom ``i``, ranges and ratios included."""
    amount = _amount(atoms, i)
    if amount is None:
        return None
    joined = _ratio(atoms, amount) or _range(atoms, amount)
    return joined if joined is not None else amount


def _amount(atoms: Atoms, i: int) -> Amount | None:
    """Read one figure with sign, currency and unit; None where it names or dates something."""
    magnitude = atoms.lower(i) == "magnitude"
    start = i
    if magnitude:
        i += 2 if atoms.text(i + 1) in DASHES or atoms.lower(i + 1) == "of" else 1
    money = read_currency(atoms, i)
    at = money[2] if money is not None else i
    signed = atoms.text(at) in DASHES and money is not None
    numeral = read_numeral(atoms, at + signed, money=money is not None)
    if numeral is None or (magnitude and numeral.value > 12):
        return None
    amount = _with_unit(atoms, i, at + signed, numeral, money)
    if magnitude:
        amount.unit, amount.first = Unit("magnitude", amount.end), start
    letter = amount.unit is not None and amount.end == numeral.end + 1 and len(atoms.text(numeral.end)) == 1
    measured = (
        (amount.unit is not None and not (letter and atoms.lower(numeral.end) == "s"))
        or numeral.scaled
        or amount.of_age
        or numeral.form != "number"
    )
    if not (money and at > i) and is_designation(atoms, at, numeral.end, measured=measured):
        return None
    if is_negative(atoms, at) or signed:
        amount.value, amount.sign = -amount.value, True
        amount.first -= (
            0 if signed else (2 if atoms.lower(at - 1) in DASHES and atoms.lower(at - 2) == "minus" else 1)
        )
    return amount


def _with_unit(
    atoms: Atoms, first: int, at: int, numeral: Numeral, money: tuple[str, str, int] | None
) -> Amount:
    hedge = hedge_after(atoms, numeral.end)
    end = hedge.at if hedge is not None else numeral.end
    if (
        atoms.text(end) in DASHES
        and atoms.glued(end)
        and not atoms.glued(end + 1)
        and atoms.lower(end + 1) in ("to", "or", "and")
    ):
        end += 1  # the suspended hyphen of "24- to 30-foot"
    if money is not None:
        unit: Unit | None = read_rate(atoms, Unit(money[0], _past_code(atoms, end), "money", money[1]))
    else:
        unit = _unit_behind(atoms, at, numeral, end)
    amount = Amount(
        first,
        numeral.end,
        unit.end if unit else end,
        numeral.value,
        numeral,
        unit,
        numeral.upper,
        hedge=hedge,
    )
    if unit is None:
        _read_age(atoms, at, amount)
    if hedge is None:
        amount.hedge = hedge_after(atoms, amount.end)
        if amount.hedge is not None:
            amount.end = amount.hedge.at
    return amount


def _past_code(atoms: Atoms, end: int) -> int:
    """Step over what repeats the currency sign: "$76 US", "$23 billion dollar"."""
    if atoms.lower(end) in ("us", "usd", "dollar", "dollars", "euro", "euros", "pounds") and not atoms.glued(
        end
    ):
        follower = atoms.token(end + 1)
        return end + 1 if follower is None or follower.pos not in ("NOUN", "PROPN", "ADJ") else end
    return end


def _unit_behind(atoms: Atoms, at: int, numeral: Numeral, end: int) -> Unit | None:
    if (
        numeral.form == "share"
        and not numeral.words
        and atoms.lower(end) == "of"
        and atoms.lower(end + 1) in ("a", "an")
    ):
        skip = end + 2 + (atoms.text(end + 2) in ("US", "UK"))
        return read_unit(atoms, skip)
    if numeral.form == "vague" and atoms.lower(end) == "of":
        end += 1
    unit = read_unit(atoms, end)
    if unit is None and atoms.text(end) == "'" and atoms.glued(end) and atoms.kind(at) == "digits":
        opened = any(a.text in ("'", "‘") for a in atoms.list[:at])
        return None if opened else Unit("foot", end + 1)
    if unit is not None and unit.name == "pound-mass" and _is_sterling(atoms, numeral, end):
        return Unit("pound sterling", unit.end, "money", "GBP")
    return unit


def _is_sterling(atoms: Atoms, numeral: Numeral, end: int) -> bool:
    """Say whether "pounds" is money here: nothing on earth but money is told in millions of pounds."""
    if not atoms.lower(end).startswith("pound"):
        return False
    if numeral.scaled and numeral.value >= 1_000_000:
        return True
    worth = _names("verbs_of_worth")
    return any(a.text in ("£", "€") for a in atoms.list) or any(
        t.lemma in worth for t in atoms.sentence.tokens
    )


@cache
def _names(table: str) -> frozenset[str]:
    return frozenset(lexicon()["names"][table])


def _read_age(atoms: Atoms, at: int, amount: Amount) -> None:
    """Recognise "Smith, 52, said", "aged 52", "over the age of 21"."""
    if amount.numeral.scaled or not 0 < amount.value < 120 or amount.value != int(amount.value):
        return
    before = atoms.lower(at - 1)
    aged = before in ("aged", "age", "ages") or (before == "of" and atoms.lower(at - 2) in ("age", "ages"))
    name = atoms.token(at - 2)
    apposed = (
        before == "," and atoms.text(amount.end) in (",", ".", ")", ";") and atoms.kind(at) == "digits"
        and name is not None and name.pos == "PROPN" and name.ent not in ("DATE", "GPE", "LOC", "FAC") and amount.value > 3
    )  # fmt: skip
    if aged or apposed:
        amount.of_age, amount.unit = True, Unit("year of age", amount.end)


# ---------------------------------------------------------------- two figures
def _ratio(atoms: Atoms, amount: Amount) -> Amount | None:
    """ "one in five", "nine out of ten": a share."""
    if amount.unit is not None or amount.numeral.scaled or amount.numeral.form != "number":
        return None
    out = atoms.lower(amount.end) == "out" and atoms.lower(amount.end + 1) == "of"
    at = amount.end + (2 if out else 1)
    if not out and atoms.lower(amount.end) != "in":
        return None
    if atoms.lower(at) == "every":
        at += 1
    base = read_numeral(atoms, at)
    if base is None or base.form != "number" or not amount.value < base.value or amount.value <= 0:
        return None
    follower = atoms.token(base.end)
    usual = (
        base.value in (10, 100, 1000)
        if out
        else (base.value <= 10 or base.value % 10 == 0) and base.value <= 100_000
    )
    timed = read_unit(atoms, base.end) is not None
    if not usual or timed or amount.value > 99 or atoms.kind(amount.number_end - 1) == "glyph":
        return None
    if (
        not out
        and follower is not None
        and follower.pos not in ("NOUN", "ADJ", "PROPN", "VERB", "AUX", "PUNCT", "ADP")
    ):
        return None
    value = amount.value / base.value
    share = base._replace(form="share", value=value)
    return replace(amount, number_end=base.end, end=base.end, value=value, numeral=share)


def _range(atoms: Atoms, amount: Amount) -> Amount | None:
    """Join two figures to a range, a change ("from 30 to 20") or a score ("2-1")."""
    joint = amount.end
    dash = atoms.text(joint) in DASHES
    word = atoms.lower(joint)
    if not dash and word not in ("to", "and", "or", "till", "through"):
        return None
    if amount.numeral.form == "vague" or amount.high is not None:
        return None
    other = _amount_behind(atoms, joint + 1, dash)
    if other is None or other.numeral.form == "vague" or not _joinable(atoms, amount, other, word, dash):
        return None
    return _joined(atoms, amount, other, dash=dash, word=word)


def _amount_behind(atoms: Atoms, i: int, dash: bool) -> Amount | None:
    """Read the second figure; a dash in front of it is no minus sign."""
    other = _amount(atoms, i)
    if other is not None:
        if dash and other.sign:
            other.value, other.sign, other.first = -other.value, False, i
        return other
    if not dash or atoms.kind(i) != "digits":
        return None
    numeral = read_numeral(atoms, i)
    if numeral is None or (
        atoms.text(numeral.end) in DASHES
        and atoms.kind(numeral.end + 1) == "digits"
        and atoms.glued(numeral.end)
    ):
        return None
    other = _with_unit(atoms, i, i, numeral, None)
    measured = other.unit is not None or numeral.scaled
    glued = atoms.glued(numeral.end) and atoms.kind(numeral.end) == "word" and not measured
    month = atoms.text(numeral.end)[:1].isupper() and atoms.lower(numeral.end) in _names("months")
    return None if month or glued else other


def _joinable(atoms: Atoms, left: Amount, right: Amount, word: str, dash: bool) -> bool:
    if left.unit is not None and right.unit is not None and left.unit.name != right.unit.name:
        return False
    opener = atoms.lower(left.first - 1)
    if word == "and":
        return opener in ("between", "both") or atoms.lower(left.first - 2) == "between"
    if left.unit is not None and right.unit is None and (dash or word != "to"):
        return dash and left.unit.kind == "money" and left.end == left.number_end
    if word == "or":
        small = left.value < right.value <= 2 * left.value + 1
        return small and left.numeral.words == right.numeral.words and left.unit is None
    if word == "to" and opener != "from":
        governed = change_before(atoms, left.first)
        if left.unit is not None and (opener == "by" or (governed is not None and opener != "between")):
            return False
    if left.unit is not None and right.unit is None:
        return counted_noun(atoms.sentence, atoms.list[right.end - 1].end) is None
    if dash and left.unit is None and right.unit is None and _is_season(atoms, left, right):
        return False
    return left.unit is None or right.unit is not None


def _is_season(atoms: Atoms, left: Amount, right: Amount) -> bool:
    """ "2012-13", "555-0123": two figures on a dash that are neither range nor score."""
    one, two = atoms.text(left.first), atoms.text(right.first)
    return (
        one.isdecimal()
        and two.isdecimal()
        and (len(one) == 4 and len(two) == 2 or len(two) == 4 and len(one) < 4)
    )


def _joined(atoms: Atoms, left: Amount, right: Amount, *, dash: bool, word: str) -> Amount | None:
    low, high = left.value, right.value
    if (left.unit is None or left.unit.kind == "money") and not left.numeral.scaled and 0 < low < 1000:
        low *= _trailing_factor(atoms, right, low)
    unit = right.unit or left.unit
    bare = unit is None and not left.numeral.scaled and not right.numeral.scaled
    opener = atoms.lower(left.first - 1)
    first = left.first - 1 if opener in ("between", "from") else left.first
    joined = replace(
        left, first=first, number_end=right.number_end, end=right.end, unit=unit, hedge=right.hedge
    )
    if low >= high and dash and bare and not left.sign:
        joined.value, joined.score = low, True
        return joined
    if word == "to" and (low > high or (opener == "from" and change_before(atoms, left.first - 1))):
        joined.value, joined.before, joined.first = high, low, first
        return joined
    if low >= high:
        return None
    joined.value, joined.high = low, high
    return joined


def _trailing_factor(atoms: Atoms, right: Amount, low: Decimal) -> Decimal:
    """The magnitude of the second figure where the first left it out: "$89 to $93 billion"."""
    tables = lexicon()["numerals"]
    word = atoms.lower(right.number_end - 1)
    factor = tables["magnitudes"].get(word) or tables["short"].get(word)
    if factor is None and right.unit is not None and right.unit.kind == "money":
        factor = tables["short_money"].get(word)
    if factor is None and word == "hundred":
        factor = 100
    return (
        Decimal(factor) if factor and low * factor < abs(right.value) and right.numeral.scaled else Decimal(1)
    )


# ---------------------------------------------------------------- mentions
def _mention(atoms: Atoms, amount: Amount, trail: _Trail) -> Mention | None:
    hedge = hedge_before(atoms, amount.first) or amount.hedge
    first = min(amount.first, hedge.at) if hedge is not None else amount.first
    change, moved = _change(atoms, first, amount, trail)
    comparator: Comparator = hedge.comparator if hedge else "exact"
    if (
        hedge is None
        and trail.comparator != "exact"
        and atoms.text(first - 1) == "("
        and trail.end >= first - 1
    ):
        comparator = trail.comparator
    kind = _kind(amount)
    counted = _counted(atoms, amount, kind)
    trail.end, trail.comparator, trail.moved = amount.end, comparator, moved
    if counted is not None and kind == "count":
        trail.end += sum(a.start < counted.end for a in atoms.list[amount.end : amount.end + 12])
    if change is not None:
        trail.change = change
    if counted is None and kind == "count" and _is_pronoun(atoms, amount):
        return None
    value = _quantity(atoms, amount, kind, comparator, change, counted)
    if kind == "count" and not amount.score:
        value = _take_over(value, trail)
    start, end = atoms.list[first].start, atoms.list[amount.end - 1].end
    head = counted.noun.i if counted is not None else None
    return Mention(
        kind=kind,
        start=start,
        end=end,
        value=value,
        head=head,
        checkable=_checkable(atoms, amount, kind, hedge, counted),
    )


def _take_over(value: Quantity, trail: _Trail) -> Quantity:
    """Give an elliptical count the unit of the count before it: "killed ten people and hurt 80"."""
    if value.unit is None and trail.unit is not None:
        return msgspec.structs.replace(value, unit=trail.unit)
    trail.unit = value.unit
    return value


def _change(atoms: Atoms, first: int, amount: Amount, trail: _Trail) -> tuple[Change | None, bool]:
    """Say which way a figure moved, and whether the figure itself is the distance moved."""
    found = change_before(atoms, first)
    if found is not None:
        kind, at = found
        percent = amount.unit is not None and amount.unit.kind == "percent"
        if is_transitive(atoms.lower(at)) and not percent and not _is_directed(atoms, at, first):
            if amount.unit is None or amount.unit.kind == "money":
                return None, False
        level = any(atoms.lower(k) in ("to", "at", "from") for k in range(at + 1, first))
        if atoms.lower(first - 1) == "from" or (atoms.lower(at + 1) == "from" and amount.before is None):
            return None, False
        return kind, not level
    if trail.change is not None:
        between = [a.lower for a in atoms.list[trail.end : first]]
        if (
            trail.moved
            and between in (["or"], [",", "or"], ["("], [","])
            and (between != [","] or amount.unit)
        ):
            return trail.change, True
        if (
            between[-1:] == ["by"]
            and len(between) <= 8
            and not any(t in ("increase", "decrease") for t in between)
        ):
            return trail.change, True
    noun = change_after(atoms, amount.end)
    return noun, noun is not None


def _is_directed(atoms: Atoms, at: int, first: int) -> bool:
    return any(atoms.lower(k) in ("to", "by", "from") for k in range(at + 1, first))


def _kind(amount: Amount) -> Kind:
    if amount.unit is not None:
        return amount.unit.kind
    return "share" if amount.numeral.form == "share" else "count"


def _counted(atoms: Atoms, amount: Amount, kind: Kind) -> Counted | None:
    offset = atoms.list[amount.end - 1].end
    if kind in ("share", "percent"):
        return part_of(atoms.sentence, offset)
    if kind != "count" or amount.score:
        return None
    if amount.numeral.form == "vague" and atoms.lower(amount.end) == "of":
        return part_of(atoms.sentence, offset)
    if atoms.lower(amount.end) == "of" or (
        atoms.lower(amount.end) == "out" and atoms.lower(amount.end + 1) == "of"
    ):
        return part_of(atoms.sentence, offset)
    return counted_noun(atoms.sentence, offset)


def _quantity(
    atoms: Atoms,
    amount: Amount,
    kind: Kind,
    comparator: Comparator,
    change: Change | None,
    counted: Counted | None,
) -> Quantity:
    text = atoms.sentence.document_text
    unit, unit_text = _unit_names(atoms, amount, kind, counted)
    whole = (
        text[counted.start : counted.end] if counted is not None and kind in ("share", "percent") else None
    )
    if (
        kind == "count"
        and counted is not None
        and atoms.lower(amount.end) in ("of", "out")
        and amount.high is None
    ):
        whole = text[counted.start : counted.end]
    ranged = amount.high is not None
    return Quantity(
        number=None if ranged else plain(amount.value),
        low=plain(amount.value) if ranged else None,
        high=plain(amount.high) if amount.high is not None else None,
        before=plain(amount.before) if amount.before is not None else None,
        comparator="range" if ranged and comparator == "exact" else comparator,
        change=change,
        unit=unit,
        unit_text=unit_text,
        of=whole,
        currency=amount.unit.currency if amount.unit is not None else None,
    )


def _unit_names(
    atoms: Atoms, amount: Amount, kind: Kind, counted: Counted | None
) -> tuple[str | None, str | None]:
    """The normalised unit and the unit as written."""
    text = atoms.sentence.document_text
    if amount.unit is None:
        if kind == "share":
            return "share", None
        if counted is None:
            return None, None
        return _counted_names(atoms, amount, counted)
    if amount.unit.name == "magnitude":
        return "magnitude", "magnitude"
    start, end = atoms.list[amount.number_end - 1].end, atoms.list[amount.unit.end - 1].end
    if atoms.kind(amount.first) == "digits" or amount.unit.end > amount.number_end:
        return amount.unit.name, text[start:end].strip(" -–") or None
    sign = text[atoms.list[amount.first].start : atoms.list[amount.number_end - 1].start]
    return amount.unit.name, sign.strip() or None


def _counted_names(atoms: Atoms, amount: Amount, counted: Counted) -> tuple[str, str]:
    """The unit of a count: the lemma of the noun, and the words around the number that belong to it."""
    text, tokens = atoms.sentence.document_text, atoms.sentence.tokens
    first = atoms.sentence.tokens[counted.noun.i]
    inside = [t for t in tokens[: counted.noun.i] if t.start >= counted.start]
    start = next((t.start for t in (*inside, first) if t.pos not in ("DET", "PRON")), first.start)
    written, end = text[start : counted.end], counted.end
    number = atoms.token(amount.first)
    if (
        number is not None
        and number.i
        and tokens[number.i - 1].dep in ("amod", "compound")
        and tokens[number.i - 1].head == first.i
    ):
        written = f"{tokens[number.i - 1].text} {written}"
    rate = _per(atoms, end)
    if rate is not None:
        return f"{counted.noun.lemma} per {rate.lemma}", f"{written} per {rate.text}"
    return counted.noun.lemma, written


def _per(atoms: Atoms, offset: int) -> Token | None:
    """The noun of a rate behind a counted noun: "tests per day"."""
    per = atoms.sentence.token_at(offset, offset + 2)
    at = per[0] + 1 if per else len(atoms.sentence.tokens)
    if at >= len(atoms.sentence.tokens) or atoms.sentence.tokens[at - 1].lower != "per":
        return None
    noun = atoms.sentence.tokens[at]
    return noun if noun.pos == "NOUN" and noun.lower != "cent" else None


# ---------------------------------------------------------------- worth checking
def _is_pronoun(atoms: Atoms, amount: Amount) -> bool:
    """Say whether "one" stands for something told before ("the one", "no one", "another one")."""
    if atoms.lower(amount.number_end - 1) != "one" or amount.number_end - amount.first > 1:
        return False
    before = atoms.lower(amount.first - 1)
    if before in (
        "no",
        "the",
        "this",
        "that",
        "any",
        "every",
        "each",
        "some",
        "another",
        "which",
        "a",
        "an",
        "other",
        "not",
    ):
        return True
    token = atoms.token(amount.first)
    return token is None or token.tag in ("PRP", "NN", "NNS") or token.dep in ("dobj", "pobj", "poss", "attr")


def _checkable(
    atoms: Atoms, amount: Amount, kind: Kind, hedge: Hedge | None, counted: Counted | None
) -> bool:
    if kind == "measure" and counted is None and amount.unit is not None and amount.unit.name == "millimetre":
        noun = counted_noun(atoms.sentence, atoms.list[amount.end - 1].end)
        return noun is None or noun.noun.lemma not in _names("calibre")
    if amount.value != 1 or kind != "count" or hedge is not None or amount.high is not None:
        return True
    if atoms.lower(amount.end) == "of" or counted is None:
        return atoms.lower(amount.end) != "of"
    return counted.noun.lemma not in _names("with_one")
