"""Say a value in words, as an editor would write it."""

from __future__ import annotations

from factcheck.model import Comparator, Duration, Number, Ordinal, Quantity, Statement, Time, Value
from factcheck.report.timex_words import WEEKDAYS, last_day, length_words, time_words

_HEDGES: dict[Comparator, str] = {"about": "about ", "above": "more than ", "below": "less than "}
_LARGEST = 10**18
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
# Only the signs no reader needs explained; other money is written with its unit.
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "dollar": "$", "euro": "€", "$": "$", "€": "€", "£": "£"}
_PERCENT_UNITS = frozenset({"percentage", "percent", "%"})
_SHARE_UNITS = frozenset({"share", "fraction", "proportion", "part", "one"})
_FRACTIONS = (
    (1 / 2, "half"), (1 / 3, "one-third"), (2 / 3, "two-thirds"), (1 / 4, "one-quarter"),
    (3 / 4, "three-quarters"), (1 / 5, "one-fifth"), (2 / 5, "two-fifths"), (3 / 5, "three-fifths"),
    (4 / 5, "four-fifths"), (1 / 10, "one-tenth"),
)  # fmt: skip
# A third is written 0.33 as often as 0.3333.
_FRACTION_TOLERANCE = 0.004
_RANKS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_SUPERLATIVES = {"good": "best", "bad": "worst", "many": "most", "much": "most", "little": "least"}
_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet"}
_UNCHANGED = frozenset({"people", "won", "yen", "yuan", "baht", "rand", "ringgit", "hertz"})
_VOWELS = frozenset("aeiou")


def value_words(value: Value) -> str:
    """Say a value in words: "about 28,500 troops", "since 2017", "first visit since 2019".

    Units, and the text of a statement, are the article's own words: pass the result through
    :func:`factcheck.report.text.visible` before showing it.
    """
    match value:
        case Quantity():
            return _quantity_words(value)
        case Ordinal():
            return _ordinal_words(value)
        case Time():
            return _time_words(value)
        case Duration():
            return _duration_words(value)
        case Statement():
            return value.text


def number_words(number: Number) -> str:
    """Write a number with thousands separators, or in millions and more where that stays exact."""
    # False for NaN too, and safe for integers that no float can hold
    if not -_LARGEST < number < _LARGEST:
        return _extreme_words(number)
    for scale, name in _SCALES:
        if abs(number) >= scale and (number * 1000) % scale == 0:
            return f"{_digits(number / scale)} {name}"
    return _digits(number)


# ---------------------------------------------------------------- numbers
def _extreme_words(number: Number) -> str:
    try:
        return f"{float(number):.3g}"
    except OverflowError:
        return "a number too large to write out"


def _digits(number: Number) -> str:
    if isinstance(number, int):
        return f"{number:,}"
    written = f"{number:,.4f}".rstrip("0").rstrip(".")
    return written if written.strip("-0") else f"{number:.3g}"


# ---------------------------------------------------------------- quantities
def _quantity_words(quantity: Quantity) -> str:
    amount = _HEDGES.get(quantity.comparator, "") + _amount_words(quantity)
    if quantity.before is not None and quantity.number is not None:
        amount = f"from {_one_amount(quantity, quantity.before)} to {amount}"
    change = f"{quantity.change} " if quantity.change else ""
    return change + amount + _unit_words(quantity) + _whole_words(quantity)


def _amount_words(quantity: Quantity) -> str:
    if quantity.number is not None:
        return _one_amount(quantity, quantity.number)
    return _bounds_words(
        None if quantity.low is None else _one_amount(quantity, quantity.low),
        None if quantity.high is None else _one_amount(quantity, quantity.high),
    )


def _bounds_words(low: str | None, high: str | None) -> str:
    if low and high:
        return f"{low} to {high}"
    if low:
        return f"at least {low}"
    return f"at most {high}" if high else "an unstated number"


def _one_amount(quantity: Quantity, number: Number) -> str:
    if quantity.unit in _PERCENT_UNITS:
        return f"{number_words(number)}%"
    if _is_share(quantity):
        return _share_words(number)
    sign = _money_sign(quantity)
    if sign and number < 0:
        return f"-{sign}{number_words(-number)}"
    return sign + number_words(number)


def _share_words(number: Number) -> str:
    if not 0 <= number <= 1:
        return number_words(number)
    for fraction, words in _FRACTIONS:
        if abs(number - fraction) <= _FRACTION_TOLERANCE:
            return words
    return f"{number_words(number * 100)}%"


def _unit_words(quantity: Quantity) -> str:
    if quantity.unit in _PERCENT_UNITS or _is_share(quantity):
        return ""
    if _money_sign(quantity):
        return _rate_words(quantity)
    written = quantity.unit_text
    # "three of the ships" counts ships and is a part of the ships: say it once
    if written and written == quantity.of:
        return ""
    if written and _is_wordy(written):
        return f" {written}"
    unit = quantity.unit or quantity.currency
    return f" {unit if quantity.number == 1 else _plural(unit)}" if unit else ""


def _rate_words(quantity: Quantity) -> str:
    """Say what an amount of money is paid for: " per barrel"."""
    _, per, what = (quantity.unit or "").partition(" per ")
    return per + what


def _is_wordy(unit_text: str) -> bool:
    """Tell words and abbreviations from signs such as "C$"."""
    return all(character.isalnum() or character in " -'’./²³°" for character in unit_text)


def _whole_words(quantity: Quantity) -> str:
    return f" of {quantity.of}" if quantity.of else ""


def _is_share(quantity: Quantity) -> bool:
    """Say whether the figure is out of one; a share need not have a unit."""
    if quantity.unit is not None or quantity.currency:
        return quantity.unit in _SHARE_UNITS
    given = [number for number in (quantity.number, quantity.low, quantity.high) if number is not None]
    return bool(given) and all(0 < number < 1 for number in given)


def _money_sign(quantity: Quantity) -> str:
    return _SIGNS.get(quantity.currency or (quantity.unit or "").partition(" per ")[0], "")


def _plural(noun: str) -> str:
    if noun in _UNCHANGED or noun.endswith("s"):
        return noun
    for joint in (" per ", " of "):
        if joint in noun:
            counted, _, rest = noun.partition(joint)
            return _plural(counted) + joint + rest
    if noun.endswith(("x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return _IRREGULAR.get(noun, f"{noun}s")


# ---------------------------------------------------------------- ranks
def _ordinal_words(ordinal: Ordinal) -> str:
    words = [_rank_words(ordinal)]
    words += [ordinal.unit] if ordinal.unit else []
    words += [f"since {time_words(ordinal.since)}"] if ordinal.since else []
    words += [f"in {time_words(ordinal.within)}"] if ordinal.within else []
    return " ".join(words)


def _rank_words(ordinal: Ordinal) -> str:
    rank = ordinal.rank
    if ordinal.adjective:
        superlative = _superlative(ordinal.adjective)
        return superlative if rank in (None, 1) else f"{_place(rank)} {superlative}"
    return "ranked" if rank is None else _place(rank)


def _place(rank: int | None) -> str:
    if rank is None:
        return ""
    if 1 <= rank <= len(_RANKS):
        return _RANKS[rank - 1]
    last = "th" if 10 <= abs(rank) % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(abs(rank) % 10, "th")
    return f"{number_words(rank)}{last}"


def _superlative(adjective: str) -> str:
    """Form the superlative: largest, heaviest, biggest, most important.

    Source: the regular spelling rules of English; words of two and more syllables take "most" unless
    they end in a consonant and y.
    """
    word = adjective.lower()
    if word in _SUPERLATIVES:
        return _SUPERLATIVES[word]
    if word.startswith(("most ", "least ")) or word.endswith("est"):
        return word
    if word.endswith("y") and _syllables(word) <= 2:
        return f"{word[:-1]}iest"
    if _syllables(word.removesuffix("e")) > 1 or not word.isalpha():
        return f"most {word}"
    if word.endswith("e"):
        return f"{word}st"
    doubled = len(word) > 2 and word[-3] not in _VOWELS and word[-2] in _VOWELS and word[-1] not in "aeiouwxy"
    return f"{word}{word[-1]}est" if doubled else f"{word}est"


def _syllables(word: str) -> int:
    """Count the groups of vowels, y among them."""
    sounds = [letter in _VOWELS or letter == "y" for letter in word]
    return sum(now and not last for now, last in zip(sounds, [False, *sounds], strict=False))


# ---------------------------------------------------------------- time
def _time_words(time: Time) -> str:
    if time.relation == "between" and time.start and time.end:
        return _span_words(time, time.start, time.end)
    hedge = "about " if time.comparator == "about" else ""
    relation = "" if time.relation in ("on", "between") else f"{time.relation} "
    return relation + hedge + _moment_words(time)


def _span_words(time: Time, start: str, end: str) -> str:
    """Say from when to when, no finer than it was said: "1926 to 1932"."""
    length = {"year": 4, "month": 7}.get(time.grain or "")
    first, last = start[:length], last_day(end)[:length]
    return time_words(first) if first == last else f"{time_words(first)} to {time_words(last)}"


def _moment_words(time: Time) -> str:
    if not time.resolved and time.weekday is not None and 0 <= time.weekday < 7:
        return WEEKDAYS[time.weekday]
    if time.timex:
        return time_words(time.timex)
    if time.start and time.end and last_day(time.end) != time.start:
        return _span_words(time, time.start, time.end)
    return time_words(time.start) if time.start else "an unstated time"


def _duration_words(duration: Duration) -> str:
    hedge = _HEDGES.get(duration.comparator, "")
    if duration.number is None and duration.low is None and duration.high is None:
        return hedge + ((duration.timex and (length_words(duration.timex) or duration.timex)) or "some time")
    if duration.number is not None:
        amount = number_words(duration.number)
    else:
        low, high = duration.low, duration.high
        amount = _bounds_words(
            None if low is None else number_words(low), None if high is None else number_words(high)
        )
    unit = duration.unit or ""
    return (
        f"{hedge}{amount} {unit if duration.number == 1 else _plural(unit)}".rstrip()
        if unit
        else hedge + amount
    )
