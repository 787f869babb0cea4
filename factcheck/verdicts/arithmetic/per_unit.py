"""FC409: so much a year, for so many years, that does not come to the sum given."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.claims.comparison import DAYS
from factcheck.model import Duration, Finding
from factcheck.verdicts.arithmetic.article import Figure, turn_of_phrase
from factcheck.verdicts.arithmetic.rounding import apart, exactly, meant, number_of, over, shown, times
from factcheck.verdicts.rules.base import Evidence, slip

_ALL = r"(?:in all|in total|altogether|all told|overall)"
# The rate R, the length L and the whole W, in the order they stand in.
_PHRASES = (
    ("RLW", turn_of_phrase(rf"<amount>,? (?:for|over) (?:the next |each of )?<duration>(?: <gap>)?,? (?:or |for )?<amount>,? {_ALL}\b")),
    ("RLW", turn_of_phrase(r"<amount>,? (?:for|over) (?:the next )?<duration>(?: <gap>)?,? (?:or |for )?a total of <amount>")),
    ("WRL", turn_of_phrase(rf"<amount> {_ALL},? (?:or |at )?<amount>,? (?:for|over) (?:the next )?<duration>")),
    ("WLR", turn_of_phrase(r"<amount> over (?:the next )?<duration>,? (?:or|that is|i\.e\.,?) <amount>")),
)  # fmt: skip


def per_unit(evidence: Evidence) -> Iterator[Finding]:
    """Report a rate that, over the time it is paid for, does not come to the whole that is given.

    Multiply: so much a year by so many years. One of the three figures is wrong, or the rate changes on the
    way and the text should say so.

    Example: "The firm will pay $8 million a year for eight years, $54 million in all." 8 x 8 = 64.
    """
    for article in evidence.articles:
        for line in article.lines:
            for order, phrase in _PHRASES:
                for found in line.find(phrase):
                    by = dict(zip(order, found, strict=True))
                    if message := _product(by["R"], by["L"], by["W"]):
                        yield slip("FC409", message, by["W"], [by["R"], by["L"]], evidence)


def _product(rate: Figure, length: Figure, whole: Figure) -> str | None:
    unit, _, per = (rate.quantity.unit or "").rpartition(" per ")
    if per not in DAYS or unit != whole.quantity.unit or not isinstance(length.value, Duration):
        return None
    each, lasts, said = meant(rate), meant(length, counted=True), meant(whole)
    days = DAYS.get(length.value.unit or "")
    if each is None or lasts is None or said is None or days is None:
        return None
    units = times(lasts, exactly(days / DAYS[per]))
    if not apart(times(each, units), said) or over(said, each) is None:
        return None
    factor = number_of(length) * days / DAYS[per]
    result = number_of(rate) * factor
    return f"{shown(number_of(rate))} × {shown(factor)} = {shown(result)}, not {shown(number_of(whole))}"
