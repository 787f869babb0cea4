"""FC409: so much a year, for so many years, that does not come to the sum given."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from factcheck.claims.comparison import DAYS, Interval
from factcheck.model import Duration
from factcheck.verdicts.arithmetic.article import Figure, turn_of_phrase
from factcheck.verdicts.arithmetic.rounding import apart, exactly, meant, number_of, over, shown, times
from factcheck.verdicts.rules.base import Evidence, Noticed

_ALL = r"(?:in all|in total|altogether|all told|overall)"
_FOR = r",? (?:for |over )?(?:the next |each of )?<duration>"
# The rate R, the length L and the whole W, in the order they stand in.
_PHRASES = (
    ("RLW", turn_of_phrase(rf"<amount>{_FOR}(?: <gap>)?,? (?:or |for )?<amount>,? {_ALL}\b")),
    ("RLW", turn_of_phrase(rf"<amount>{_FOR}(?: <gap>)?,? (?:or |for )?a total of <amount>")),
    ("WRL", turn_of_phrase(rf"<amount> {_ALL},? (?:or |at )?<amount>{_FOR}")),
    ("WLR", turn_of_phrase(rf"<amount>{_FOR},? (?:or|that is|i\.e\.,?) <amount>")),
)  # fmt: skip


def per_unit(evidence: Evidence) -> Iterator[Noticed]:
    """Report a rate that, over the time it is paid for, does not come to the whole that is given.

    ## What to do

    Multiply: so much a year by so many years. One of the three figures is wrong, or the rate changes on the
    way and the text should say so.

    ## Example

        article.txt: The firm will pay $8 million a year for eight years, $54 million in all.

    > 8 million × 8 = 64 million, not 54 million
    """
    for article in evidence.articles:
        for line in article.lines:
            for order, phrase in _PHRASES:
                for found in line.find(phrase):
                    by = dict(zip(order, found, strict=True))
                    if message := _product(by["R"], by["L"], by["W"]):
                        yield Noticed(message, by["W"], [by["R"], by["L"]])


def _product(rate: Figure, length: Figure, whole: Figure) -> str | None:
    unit, _, per = (rate.quantity.unit or "").rpartition(" per ")
    if per not in DAYS or unit != whole.quantity.unit or not isinstance(length.value, Duration):
        return None
    each, lasts, said = meant(rate), _lasts(length), meant(whole)
    days = DAYS.get(length.value.unit or "")
    if each is None or lasts is None or said is None or days is None:
        return None
    units = times(lasts, exactly(days / DAYS[per]))
    if not apart(times(each, units), said) or over(said, each) is None:
        return None
    factor = number_of(length) * days / DAYS[per]
    result = number_of(rate) * factor
    return f"{shown(number_of(rate))} × {shown(factor)} = {shown(result)}, not {shown(number_of(whole))}"


def _lasts(length: Figure) -> Interval | None:
    """Return a length of time; "over" before it says that it is spent, not that it is longer."""
    if isinstance(length.value, Duration) and length.words.casefold().startswith("over "):
        length = length.worth(replace(length.value, comparator="exact"), length.words)
    return meant(length, counted=True)
