"""Read one figure with its sign, currency or unit: "$-1.5bn", "20 degrees Celsius", "magnitude 6.1"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from factcheck.claims.quantities.atoms import DASHES, Atoms
from factcheck.claims.quantities.designations import is_designation
from factcheck.claims.quantities.hedges import Hedge, hedge_after
from factcheck.claims.quantities.numerals import Numeral, is_negative, lexicon, read_numeral, spelled
from factcheck.claims.quantities.units import AGE, Unit, read_currency, read_rate, read_unit

_STRONGEST_QUAKE = 12
_OLDEST = 120
_MONEY_ONLY = 1_000_000  # nothing but money is told in millions of pounds


@dataclass(slots=True)
class Amount:
    """A figure with its unit, as atoms ``first`` to ``end`` (exclusive).

    The digits or words are atoms ``number`` to ``number_end``; a currency sign begins at ``sign``. ``high``
    is the upper end of a range, ``before`` the other end of a change, ``ratio`` marks "one in five",
    ``score`` "2-1"; ``hedge`` is one that stands behind the figure.
    """

    first: int
    number: int
    number_end: int
    end: int
    value: Decimal
    numeral: Numeral
    sign: int = 0
    unit: Unit | None = None
    high: Decimal | None = None
    before: Decimal | None = None
    hedge: Hedge | None = None
    negative: bool = False
    ratio: bool = False
    score: bool = False


def read_amount(atoms: Atoms, i: int) -> Amount | None:
    """Read the figure that begins at atom ``i``; None where there is none or it names or dates something."""
    if atoms.lower(i) == "magnitude":
        return _magnitude(atoms, i)
    if (aged := _decade_of_life(atoms, i)) is not None:
        return aged
    if (atoms.lower(i - 2), atoms.lower(i - 1)) == ("all", "but"):
        return None  # "all but two of the 14 survived" counts those who did
    money = read_currency(atoms, i)
    at = money[2] if money is not None else i
    signed = money is not None and atoms.text(at) in DASHES
    at += signed
    numeral = read_numeral(atoms, at, money=money is not None)
    if numeral is None:
        return None
    amount = bare_amount(atoms, i, at, numeral, money)
    if money is None and is_designation(atoms, at, numeral.end, measured=_is_measured(atoms, amount)):
        return None
    if amount.unit is None and numeral.value <= _STRONGEST_QUAKE and _is_of_magnitude(atoms, i):
        amount.unit = Unit("magnitude", numeral.end)
    if signed:
        amount.value, amount.negative = -amount.value, True
    elif is_negative(atoms, at):
        amount.value, amount.negative = -amount.value, True
        amount.first -= 2 if atoms.text(at - 1) in DASHES and atoms.lower(at - 2) == "minus" else 1
    return amount


def bare_amount(
    atoms: Atoms, first: int, at: int, numeral: Numeral, money: tuple[str, str, int] | None = None
) -> Amount:
    """Join a number read at atom ``at`` with the unit behind it, without asking what the number is."""
    hedge = hedge_after(atoms, numeral.end)
    end = hedge.at if hedge is not None else numeral.end
    suspended = _is_suspended(atoms, end)
    end += suspended
    amount = Amount(first, at, numeral.end, end, numeral.value, numeral, sign=first)
    amount.high, amount.hedge = numeral.upper, hedge
    if suspended:
        amount.unit = _shared_unit(atoms, end)
    elif money is not None:
        sum_of = Unit(money[0], _past_repetition(atoms, end), "money", money[1])
        amount.unit = read_rate(atoms, sum_of)
    else:
        amount.unit = _unit_behind(atoms, at, numeral, end) or _age(atoms, amount)
    if amount.unit is not None:
        amount.end = max(end, amount.unit.end)
    if hedge is None and (behind := hedge_after(atoms, amount.end)) is not None:
        amount.hedge, amount.end = behind, behind.at
    return amount


def _is_measured(atoms: Atoms, amount: Amount) -> bool:
    """Say whether a unit or magnitude shows the number to be one; the "s" of "Type 4s" does not."""
    numeral = amount.numeral
    if numeral.scaled or numeral.form != "number":
        return True
    plural = amount.end == numeral.end + 1 and atoms.lower(numeral.end) == "s"
    return amount.unit is not None and not plural


def _magnitude(atoms: Atoms, i: int) -> Amount | None:
    """ "magnitude 6.1", "magnitude-5.9", "magnitude of 6"."""
    at = i + 2 if atoms.text(i + 1) in DASHES or atoms.lower(i + 1) == "of" else i + 1
    numeral = read_numeral(atoms, at)
    if numeral is None or numeral.value > _STRONGEST_QUAKE:
        return None
    first = i if atoms.lower(i + 1) != "of" else at
    return Amount(
        first, at, numeral.end, numeral.end, numeral.value, numeral, unit=Unit("magnitude", numeral.end)
    )


def _is_of_magnitude(atoms: Atoms, i: int) -> bool:
    """Say whether a figure is told of a magnitude just before: "magnitude was at least 6", "put it at 6"."""
    if atoms.kind(i) != "digits":
        return False
    for at in range(i - 1, max(-1, i - 7), -1):
        if atoms.lower(at) == "magnitude":
            return True
        token = atoms.token(at)
        if token is None or token.pos in ("NOUN", "PROPN", "NUM", "PUNCT"):
            return False
    return False


def _is_suspended(atoms: Atoms, end: int) -> bool:
    """Say whether a hyphen waits for its noun: "4- to 6-foot"."""
    if atoms.text(end) not in DASHES or not atoms.glued(end) or atoms.glued(end + 1):
        return False
    return atoms.lower(end + 1) in ("to", "or", "and")


def _shared_unit(atoms: Atoms, end: int) -> Unit | None:
    """The unit that a figure with a suspended hyphen shares with the next one."""
    numeral = read_numeral(atoms, end + 1)
    unit = read_unit(atoms, numeral.end) if numeral is not None else None
    return unit._replace(end=end) if unit is not None else None


def _past_repetition(atoms: Atoms, end: int) -> int:
    """Step over what repeats the currency sign: "$31 US", "$23 billion dollar"."""
    word = atoms.lower(end)
    if word not in ("us", "usd", "dollar", "dollars", "euro", "euros", "pounds") or atoms.glued(end):
        return end
    follower = atoms.token(end + 1)
    return end if follower is not None and follower.pos in ("NOUN", "PROPN", "ADJ") else end + 1


def _unit_behind(atoms: Atoms, at: int, numeral: Numeral, end: int) -> Unit | None:
    if numeral.form == "share" and not numeral.words and atoms.lower(end) == "of":
        if atoms.lower(end + 1) not in ("a", "an"):
            return None
        return read_unit(atoms, end + 2 + (atoms.text(end + 2) in ("US", "UK")))
    if numeral.form == "vague" and atoms.lower(end) == "of":
        end += 1
    unit = read_unit(atoms, end)
    if unit is None:
        return _feet(atoms, at, end)
    if unit.name == "pound-mass" and _is_sterling(atoms, numeral, end):
        return Unit("pound sterling", unit.end, "money", "GBP")
    return unit


def _feet(atoms: Atoms, at: int, end: int) -> Unit | None:
    """The prime of "30'", unless it closes a quotation."""
    if atoms.text(end) != "'" or not atoms.glued(end) or atoms.kind(at) != "digits":
        return None
    opened = any(a.text in ("'", "‘") for a in atoms.list[max(0, at - 60) : at])
    return None if opened else Unit("foot", end + 1)


def _is_sterling(atoms: Atoms, numeral: Numeral, end: int) -> bool:
    """Say whether "pounds" are money here, by their number, another sign of money, or the verb."""
    if not atoms.lower(end).startswith("pound"):
        return False
    if (numeral.scaled and numeral.value >= _MONEY_ONLY) or not atoms.signs.isdisjoint("£€"):
        return True
    tokens, token = atoms.sentence.tokens, atoms.token(end)
    worth = lexicon()["names"]["verbs_of_worth"]
    for _ in range(4):
        if token is None or token.lemma in worth:
            return token is not None
        if token.pos == "VERB":
            break
        token = tokens[token.head]
    return False


_AGED = frozenset({"aged", "age", "ages"})
# Of whom "of 71" tells the age.
_SOMEBODY = frozenset(
    {"man", "woman", "boy", "girl", "child", "teenager", "youth", "pensioner", "widow", "widower"}
)
# Of whom "of three" tells the children: "the mother of three, 47".
_PARENTS = frozenset({"mother", "father", "parent", "mum", "dad", "grandmother", "grandfather"})
# What the recogniser takes for places; rare surnames are among them.
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def _age(atoms: Atoms, amount: Amount) -> Unit | None:
    """Recognise "Smith, 52, said", "aged 52", "over the age of 21"."""
    if amount.numeral.scaled or not 0 < amount.value < _OLDEST or amount.value != int(amount.value):
        return None
    at = _first_of_ages(atoms, amount.number)
    before = atoms.lower(at - 1)
    aged = before in _AGED or (before == "of" and atoms.lower(at - 2) in _SOMEBODY)
    if not aged and before in ("of", "between", "about", "around"):
        aged = atoms.lower(at - 2) in _AGED
    if aged or (before in (",", "(") and _is_apposed(atoms, amount)) or _is_of_somebody(atoms, amount):
        return Unit(AGE, amount.end)
    return None


# Where in a decade of somebody's life its years lie, as first and last.
_PARTS_OF_DECADE = {"early": (0, 4), "mid": (3, 7), "late": (5, 9)}
_WHOLE_DECADE = (0, 9)


def _decade_of_life(atoms: Atoms, i: int) -> Amount | None:
    """ "In his 30s", "in her late forties": from the first to the last of these years of age."""
    if atoms.lower(i - 2) != "in" or atoms.lower(i - 1) not in ("his", "her", "their", "my"):
        return None
    first, last = _PARTS_OF_DECADE.get(atoms.lower(i), _WHOLE_DECADE)
    at = i + (atoms.lower(i) in _PARTS_OF_DECADE)
    at += atoms.text(at) in DASHES
    decade, end = _decade(atoms, at)
    if decade is None or not decade < _OLDEST:
        return None
    numeral = Numeral(decade + first, end, words=True)
    unit = Unit(AGE, end)
    return Amount(i, at, end, end, numeral.value, numeral, sign=i, unit=unit, high=decade + last)


def _decade(atoms: Atoms, at: int) -> tuple[Decimal | None, int]:
    """Read "30s", "30's" or "thirties": its first year, and the atom behind it."""
    if atoms.kind(at) != "digits":
        word = atoms.lower(at)
        return (spelled(f"{word[:-3]}y") if word.endswith("ties") else None), at + 1
    end = at + 2 if atoms.text(at + 1) in ("'", "’") else at + 1
    told = atoms.text(at).isdecimal() and atoms.text(at)[1:] == "0" and atoms.lower(end) == "s"
    return (Decimal(atoms.text(at)) if told else None), end + 1


def _first_of_ages(atoms: Atoms, at: int) -> int:
    """Step back over the number that one is coordinated with: "brothers aged four and seven"."""
    joined = atoms.lower(at - 1) in ("and", "or") and atoms.lower(at - 3) in _AGED
    return at - 2 if joined and (atoms.kind(at - 2) == "digits" or spelled(atoms.lower(at - 2))) else at


def _is_apposed(atoms: Atoms, amount: Amount) -> bool:
    at = amount.number - 2
    if atoms.lower(at - 1) == "of" and atoms.lower(at - 2) in _PARENTS:
        at -= 2
    name, number = atoms.token(at), atoms.token(amount.number)
    if name is None or number is None or name.ent in ("DATE", "TIME"):
        return False
    if atoms.text(amount.number - 1) == "(" and (name.ent != "PERSON" or atoms.text(amount.end) != ")"):
        return False
    if name.ent in _PLACES and not (number.dep == "appos" and number.ent == "DATE"):
        return False
    if name.pos != "PROPN" and (name.tag != "NN" or atoms.text(amount.end) != ","):
        return False  # "the driver, 44, was hurt"
    if any(c.isdigit() for c in name.text) or atoms.kind(amount.end + 1) == "digits":
        return False  # "versions 6a, 7, 8 and 9"
    closed = atoms.text(amount.end) in (",", ".", ")", ";")
    return closed and atoms.kind(amount.number) == "digits" and amount.value > 3


def _is_of_somebody(atoms: Atoms, amount: Amount) -> bool:
    """Say whether a bare number is what somebody is: "Ida Kroll is 61", "he turned 40"."""
    verb = atoms.token(amount.number - 1)
    if verb is None or verb.lemma not in ("be", "turn"):
        return False
    tokens = atoms.sentence.tokens
    subjects = [tokens[c] for c in verb.children if tokens[c].dep == "nsubj"]
    subjects += [tokens[c] for t in subjects for c in t.children if tokens[c].dep == "appos"]
    somebody = any(t.ent == "PERSON" or t.lower in ("he", "she", "who") for t in subjects)
    somebody = somebody or (verb.lemma == "turn" and any(t.pos == "PROPN" for t in subjects))
    closed = verb.lemma == "turn" or atoms.text(amount.end) in (".", ",", ";", "")
    return somebody and closed and amount.value > 3
