"""FC402: a change that its two ends do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from factcheck.claims.comparison import Interval
from factcheck.model import Finding, Quantity
from factcheck.verdicts.arithmetic.article import Figure, Line, turn_of_phrase
from factcheck.verdicts.arithmetic.rounding import (
    apart,
    coin,
    exactly,
    meant,
    minus,
    number_of,
    over,
    plus,
    shown,
    times,
)
from factcheck.verdicts.rules.base import Evidence, slip

_NOUN = r"(?:rise|increase|gain|jump|growth|fall|drop|decline|decrease|cut|surge|climb|slump|plunge|dip)"
_BY = r"(?:sharply |slightly |steadily |by |this year |last year )?"
_THUS = rf"(?:or |an? |up |down |by )?(?:{_NOUN} of )?"
# The same sum told again by the share: "or 98 cents a share,".
_ASIDE = r"(?:,? or <any amount>(?: [\w ]{1,20})?)?"
_IN, _TO, _UP = r"(?: in the [\w ]{1,30})?", r"to (?:a record )?", r"(?:up |down )?"
# Turns of phrase with a percentage P and the two ends A and B, which began and ended it, in their order.
_ENDS = (
    ("PAB", turn_of_phrase(rf"<percent><when>,? ?{_BY}from <amount><when> to <amount>")),
    ("PBA", turn_of_phrase(rf"<percent>{_IN}<when>,? ?{_TO}<amount>{_ASIDE}<when>,? {_UP}from <amount>")),
    ("BPA", turn_of_phrase(rf"<amount>{_ASIDE}<when>,? (?:up|down) (?:by )?<percent><when> from <amount>")),
    ("BPA", turn_of_phrase(rf"<amount><when>, an? <percent> {_NOUN} (?:from|over|on) <amount>")),
    ("BPA", turn_of_phrase(rf"<amount><when>, an? {_NOUN} of <percent><when> (?:from|over|on) <amount>")),
    ("ABP", turn_of_phrase(rf"from <amount><when> to <amount><when>,? {_THUS}<percent>")),
    ("BAP", turn_of_phrase(rf"to <amount><when>,? from <amount><when>, {_THUS}<percent>")),
    ("BAP", turn_of_phrase(
        rf"<amount><when>,? (?:compared with|compared to|against|versus|up from|down from) <amount><when>"
        rf"(?: <gap>)?, {_THUS}<percent>")),
)  # fmt: skip
# The same where one value holds both ends: "from 20 to 35".
_BOTH = (
    turn_of_phrase(rf"<percent>,? ?{_BY}<amount>"),
    turn_of_phrase(rf"<amount><when>,? {_THUS}<percent>"),
)
# A step and the percentage it makes, to where it led: "rose 12 cents, or 0.4%, to $28.40".
_STEPS = (
    ("SPB", turn_of_phrase(r"<amount>,? (?:or|\() ?<percent>\)?,? to (?:close at |end at )?<amount>")),
    ("PSB", turn_of_phrase(r"<percent>,? (?:or|\() ?<amount>\)?,? to (?:close at |end at )?<amount>")),
)
# What a multiple says of the end that is reached; "doubled" is said of anything near.
_MULTIPLES = {
    "doubl": ("doubled", Interval(1.75, 2.4)), "tripl": ("tripled", Interval(2.6, 3.5)),
    "trebl": ("trebled", Interval(2.6, 3.5)), "quadrupl": ("quadrupled", Interval(3.5, 4.6)),
    "halv": ("halved", Interval(0.42, 0.57)),
}  # fmt: skip
_VERB = r"\b(doubl|tripl|trebl|quadrupl|halv)(?:ed|ing|e|es)\b"
_MULTIPLIED = (
    ("AB", turn_of_phrase(rf"{_VERB} <gap>from <amount><when> to <amount>")),
    ("BA", turn_of_phrase(rf"{_VERB} <gap>to <amount><when>,? from <amount>")),
    ("", turn_of_phrase(rf"{_VERB} <gap><amount>")),
)
_LOOSE = re.compile(r"\b(?:more than|over|nearly|almost|about|roughly|at least|not quite|and more)\b")
# Of these a lower number is better, or a rate is told the other way round.
_INVERTED = re.compile(
    r"\b(?:rank\w*|place|seed\w*|spot|position|table|chart\w*|odds|handicap|loss\w*|deficit|yen|yuan|rouble|ruble"
    r"|rupee|rupiah|peso|lira|won|baht|rand|krona|krone|currency|franc|mark|marks|dollar|exchange|minus)s?\b"
    r"|No\. ?$", re.IGNORECASE)  # fmt: skip
# Past this a unit or a scale word has been left out rather than a sum got wrong.
_FAR = 40.0


def change(evidence: Evidence) -> Iterator[Finding]:
    """Report a rise or fall whose percentage, multiple or direction does not follow from its two ends.

    Work it out anew: the change divided by where it began. One of the three figures is wrong, or the ends
    are not those of this change. Each figure may be rounded by half a unit of its last digit, and hedges
    widen.

    Example: "Sales rose 50% from 20 tonnes to 35 tonnes." From 20 to 35 is a rise of 75%.
    """
    for article in evidence.articles:
        for line in article.lines:
            told: set[int] = set()
            for figures, message in (*_percentages(line), *_steps(line), *_multiples(line), *_ways(line)):
                if figures[0].mention.start not in told:
                    told.add(figures[0].mention.start)
                    yield slip("FC402", message, figures[0], figures[1:], evidence)


Wrong = tuple[list[Figure], str]


# ---------------------------------------------------------------- percentages
def _percentages(line: Line) -> Iterator[Wrong]:
    if not line.has("percent"):
        return
    for order, phrase in _ENDS:
        for found in line.find(phrase):
            by = dict(zip(order, found, strict=True))
            yield from _percentage(by["P"], by["A"], by["B"])
    for phrase in _BOTH:
        for found in line.find(phrase):
            percent, both = sorted(found, key=lambda f: f.mention.kind != "percent")
            ends = _ends(both)
            if ends:
                yield from _percentage(percent, *ends)


def _ends(both: Figure) -> tuple[Figure, Figure] | None:
    """Take apart a value that holds both ends of a change, "from 20 to 35" or "from 40 to 35"."""
    value, words = both.quantity, both.words
    if not words.casefold().startswith("from ") or " to " not in words:
        return None
    if value.before is not None and value.number is not None:
        ends = value.before, value.number
    elif value.low is not None and value.high is not None:
        ends = value.low, value.high
    else:
        return None
    parts = words[len("from ") :].split(" to ", 1)
    first, last = (
        replace(value, number=n, low=None, high=None, comparator="exact", before=None) for n in ends
    )
    return both.worth(first, parts[0]), both.worth(last, parts[1])


def _percentage(percent: Figure, first: Figure, last: Figure) -> Iterator[Wrong]:
    said, a, b = meant(percent), meant(first), meant(last)
    if said is None or a is None or b is None or not _comparable(first, last) or a.low <= 0 or b.low < 0:
        return
    ratio = over(b, a)
    if ratio is None or ratio.high > _FAR:
        return
    grown = times(minus(ratio, exactly(1)), exactly(100))
    rose = number_of(last) > number_of(first)
    change = percent.quantity.change
    if not rose:
        grown = Interval(-grown.high, -grown.low)
    if apart(said, grown) or (change is not None and (change == "up") != rose and grown.low > 0):
        what = "rise" if rose else "fall"
        result = abs(number_of(last) / number_of(first) - 1) * 100
        sum_ = f"from {_bare(first)} to {_bare(last)} is a {what} of {shown(result)}%"
        yield [percent, first, last], f"{sum_}, not {_said(percent)}"


def _said(percent: Figure) -> str:
    change = {"up": "a rise of ", "down": "a fall of ", None: ""}[percent.quantity.change]
    return f"{change}{shown(number_of(percent))}%"


def _bare(figure: Figure) -> str:
    return figure.words.removeprefix("from ").removeprefix("to ")


def _comparable(first: Figure, last: Figure) -> bool:
    """Say whether two ends are in one unit; the second may leave it out, or the first."""
    a, b = first.quantity, last.quantity
    if a.currency != b.currency and a.currency and b.currency:
        return False
    counts = first.mention.kind == last.mention.kind == "count"
    return a.unit == b.unit or a.unit is None or b.unit is None or counts


# ---------------------------------------------------------------- steps
def _steps(line: Line) -> Iterator[Wrong]:
    if not line.has("percent"):
        return
    for order, phrase in _STEPS:
        for found in line.find(phrase):
            by = dict(zip(order, found, strict=True))
            yield from _step(by["S"], by["P"], by["B"])


def _step(step: Figure, percent: Figure, last: Figure) -> Iterator[Wrong]:
    move, said, b = meant(step), meant(percent), meant(last)
    way = step.quantity.change or percent.quantity.change
    if move is None or said is None or b is None or way is None:
        return
    scale = coin(step) / coin(last)
    if step.mention.kind != last.mention.kind:
        return
    move = times(move, exactly(scale))
    before = minus(b, move) if way == "up" else plus(b, move)
    share = over(move, before) if before.low > 0 else None
    if share is None:
        return
    grown = times(share, exactly(100))
    if apart(said, grown):
        began = number_of(last) + (-1 if way == "up" else 1) * number_of(step) * scale
        result = shown(number_of(step) * scale / began * 100)
        message = (
            f"{'up' if way == 'up' else 'down'} {_bare(step)} to {_bare(last)} is a change of {result}% from"
            f" {shown(began)}, not {shown(number_of(percent))}%"
        )
        yield [percent, step, last], message


# ---------------------------------------------------------------- multiples and directions
def _multiples(line: Line) -> Iterator[Wrong]:
    for order, phrase in _MULTIPLIED:
        for found in phrase.finditer(line.shape):
            verb, figures = found[1].casefold(), line.named(found.groups()[1:])
            ends = _ends(figures[0]) if not order else tuple(figures if order == "AB" else figures[::-1])
            if ends:
                yield from _multiple(line, verb, found.start(), ends[0], ends[1])


def _multiple(line: Line, verb: str, at: int, first: Figure, last: Figure) -> Iterator[Wrong]:
    word, said = _MULTIPLES[verb]
    a, b = meant(first), meant(last)
    ratio = over(b, a) if a and b and a.low > 0 and _comparable(first, last) else None
    if ratio is None or ratio.high > _FAR:
        return
    if _LOOSE.search(line.shape[max(0, at - 20) : at]):
        said = Interval(said.low * 0.85, said.high * 1.25)
    if apart(ratio, said):
        result = shown(number_of(last) / number_of(first))
        yield [first, last], f"from {_bare(first)} to {_bare(last)} is {result} times as much, not {word}"


def _ways(line: Line) -> Iterator[Wrong]:
    """Yield what is said to have risen to less than it came from, or fallen to more."""
    if _INVERTED.search(line.shape):
        return
    for figure in line.figures():
        value = figure.value
        if not isinstance(value, Quantity) or value.change is None or value.before is None:
            continue
        if value.number is None or value.comparator not in ("exact", "about"):
            continue
        if (value.number < value.before) if value.change == "up" else (value.number > value.before):
            way, other = ("up", "down") if value.change == "up" else ("down", "up")
            moved = f"from {shown(value.before)} to {shown(value.number)}"
            yield [figure], f"{moved} is {other}, not {way}"
