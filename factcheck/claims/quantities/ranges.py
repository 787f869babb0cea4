"""Join two figures: "between 20 and 30", "$10-12 million", "from 30 to 20", "one in five", "2-1"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from factcheck.claims.quantities.amounts import Amount, bare_amount, read_amount
from factcheck.claims.quantities.atoms import DASHES, Atoms
from factcheck.claims.quantities.counted import counted_noun
from factcheck.claims.quantities.designations import is_month
from factcheck.claims.quantities.hedges import change_before
from factcheck.claims.quantities.numerals import lexicon, read_numeral
from factcheck.claims.quantities.units import Unit, read_unit

_ROUND = frozenset({10, 100, 1000})


def read_quantity(atoms: Atoms, i: int) -> tuple[Amount | None, int]:
    """Read the quantity that begins at atom ``i``, ranges and ratios included, and where to go on reading.

    The amount is None where there is no quantity at ``i``, or only a chain of figures such as a telephone
    number, which is passed over as a whole.
    """
    if atoms.text(i) == "+" and (end := _past_telephone(atoms, i)) > i:
        return None, end
    amount = read_amount(atoms, i)
    if amount is None:
        return None, i + 1
    joined = _ratio(atoms, amount) or _range(atoms, amount)
    if joined is not None:
        return joined, joined.end
    end = amount.end
    if amount.unit is None and _is_chain(atoms, end):
        while _is_chain(atoms, end):
            end += 2
        return None, end
    return amount, max(end, i + 1)


def _past_telephone(atoms: Atoms, i: int) -> int:
    """Find the end of the "+44 20 7946 0000" that begins at a plus sign; ``i`` where it begins none."""
    at, groups = i + 1, 0
    while atoms.kind(at) == "digits" or atoms.text(at) in ("(", ")", *DASHES):
        groups += atoms.kind(at) == "digits"
        at += 1
    return at if groups > 2 and atoms.glued(i + 1) else i


def _is_chain(atoms: Atoms, end: int) -> bool:
    """Say whether a dash and another figure are glued to the figure that ends at an atom."""
    return (
        atoms.text(end) in DASHES
        and atoms.glued(end)
        and atoms.glued(end + 1)
        and atoms.kind(end - 1) == atoms.kind(end + 1) == "digits"
    )


# ---------------------------------------------------------------- ratios
def _ratio(atoms: Atoms, amount: Amount) -> Amount | None:
    """ "one in five", "nine out of ten": a share. "Three out of the four" is a count and stays one."""
    if amount.unit is not None or amount.numeral.scaled or amount.numeral.form != "number":
        return None
    out = atoms.lower(amount.end) == "out" and atoms.lower(amount.end + 1) == "of"
    if not out and atoms.lower(amount.end) != "in":
        return None
    at = amount.end + (2 if out else 1)
    if atoms.lower(at) == "every":
        at += 1
    base = read_numeral(atoms, at)
    if base is None or base.form != "number" or not 0 < amount.value < min(base.value, Decimal(100)):
        return None
    if not _is_base(base.value, out) or read_unit(atoms, base.end) is not None:
        return None
    follower = atoms.token(base.end)
    if not out and follower is not None and follower.pos in ("DET", "PRON", "NUM", "SYM"):
        return None
    share = base._replace(form="share", value=amount.value / base.value)
    return replace(amount, number_end=base.end, end=base.end, value=share.value, numeral=share, ratio=True)


def _is_base(base: Decimal, out: bool) -> bool:
    """Say whether a share is told out of a number: round ones, and after "in" the small ones."""
    if out:
        return base in _ROUND
    return base <= 10 or (base % 10 == 0 and base <= 100_000 and not 1800 <= base <= 2100)


# ---------------------------------------------------------------- ranges
def _range(atoms: Atoms, amount: Amount) -> Amount | None:
    """Join two figures to a range, a change or a score."""
    word, dash = atoms.lower(amount.end), atoms.text(amount.end) in DASHES
    if (not dash and word not in ("to", "and", "or")) or amount.high is not None:
        return None
    other = _second(atoms, amount.end + 1, dash)
    if other is None or other.high is not None or not _joinable(atoms, amount, other, word):
        return None
    return _joined(atoms, amount, other, word)


def _second(atoms: Atoms, i: int, dash: bool) -> Amount | None:
    """Read the second figure; a dash in front of it is no minus sign."""
    other = read_amount(atoms, i)
    if other is not None:
        if dash and other.negative and other.first < i:
            other.value, other.negative, other.first = -other.value, False, i
        return other
    if not dash or atoms.kind(i) != "digits":
        return None
    numeral = read_numeral(atoms, i)
    if numeral is None or _is_chain(atoms, numeral.end) or is_month(atoms, numeral.end):
        return None
    other = bare_amount(atoms, i, i, numeral)
    named = atoms.glued(numeral.end) and atoms.kind(numeral.end) == "word"
    return other if other.unit is not None or numeral.scaled or not named else None


def _joinable(atoms: Atoms, left: Amount, right: Amount, word: str) -> bool:
    opener = atoms.lower(left.first - 1)
    if (left.numeral.form == "share") != (right.numeral.form == "share"):
        return False  # "cut by a third to eight months"
    if word == "and":
        return "between" in (opener, atoms.lower(left.first - 2)) and _same_unit(left, right)
    if not _same_unit(left, right):
        return False
    if word == "or":
        close = left.value < right.value <= 2 * left.value + 1
        waiting = atoms.text(left.end - 1) in DASHES
        return close and left.numeral.words == right.numeral.words and left.unit is None and not waiting
    if word == "to":
        return _is_span(atoms, left, right, opener)
    if left.unit is not None and right.unit is None:
        return left.unit.kind == "money" and left.end == left.number_end
    return left.unit is not None or right.unit is not None or not _is_season(atoms, left, right)


def _same_unit(left: Amount, right: Amount) -> bool:
    return left.unit is None or right.unit is None or left.unit.name == right.unit.name


def _is_span(atoms: Atoms, left: Amount, right: Amount, opener: str) -> bool:
    """Say whether "to" joins the ends of a span; in "rose by 4% to 30%" it joins a step and a level."""
    if left.unit is None:
        return True
    if opener != "from" and (opener == "by" or change_before(atoms, left.first) is not None):
        return False
    return right.unit is not None or counted_noun(atoms.sentence, atoms.list[right.end - 1].end) is None


def _is_season(atoms: Atoms, left: Amount, right: Amount) -> bool:
    """ "2012-13", "555-0123": two figures on a dash that are neither range nor score."""
    one, two = atoms.text(left.number), atoms.text(right.number)
    if not (one.isdecimal() and two.isdecimal()):
        return False
    return len(two) == 2 if len(one) == 4 else len(two) == 4 and len(one) < 4


def _joined(atoms: Atoms, left: Amount, right: Amount, word: str) -> Amount | None:
    low, high = left.value, right.value
    if (left.unit is None or left.unit.kind == "money") and not left.numeral.scaled:
        low *= _borrowed_factor(atoms, right, low)
    unit = _joined_unit(left, right)
    opener = atoms.lower(left.first - 1)
    joined = replace(
        left, number_end=right.number_end, end=right.end, unit=unit, hedge=right.hedge or left.hedge
    )
    if opener in ("between", "from"):
        joined.first = left.first - 1
    vote = opener != "from" and unit is None and not left.numeral.scaled  # "by 220 to 212"
    if word == "to" and (
        (low > high and not vote) or (opener == "from" and change_before(atoms, joined.first))
    ):
        joined.value, joined.before = high, low
        return joined
    if low < high or (word == "and" and low > high):
        joined.value, joined.high = min(low, high), max(low, high)
        return joined
    if (word in DASHES or word == "to") and unit is None and not (left.numeral.scaled or left.negative):
        joined.score = True
        return joined
    return None


def _joined_unit(left: Amount, right: Amount) -> Unit | None:
    """The unit of both; a sign before the first figure reaches over the second."""
    unit = right.unit or left.unit
    return unit._replace(end=max(unit.end, right.number_end)) if unit is not None else None


def _borrowed_factor(atoms: Atoms, right: Amount, low: Decimal) -> Decimal:
    """The magnitude of the second figure where the first left it out: "$8 to $9 billion"."""
    tables = lexicon()["numerals"]
    word = atoms.lower(right.number_end - 1)
    factor = tables["magnitudes"].get(word) or tables["short"].get(word)
    if factor is None and right.unit is not None and right.unit.kind == "money":
        factor = tables["short_money"].get(word)
    if factor is None and word == "hundred":
        factor = 100
    if factor is None:
        return _written_out(right, low)
    return Decimal(factor) if right.numeral.scaled and 0 < low * factor < abs(right.value) else Decimal(1)


def _written_out(right: Amount, low: Decimal) -> Decimal:
    """The thousands that the first figure of a sum left to the second: "between $140 and $150,000"."""
    factors = (Decimal(10) ** zeros for zeros in (3, 6, 9))
    money = right.unit is not None and right.unit.kind == "money"
    return next((f for f in factors if money and right.value / 2 <= low * f < right.value), Decimal(1))
