"""FC405: ages, anniversaries and lengths of time that their dates do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from factcheck.claims.comparison import DAYS, Interval, tells_age
from factcheck.claims.times.calendar import day_of
from factcheck.model import Duration, Ordinal, Quantity, Time
from factcheck.verdicts.arithmetic.article import Figure, Line, turn_of_phrase
from factcheck.verdicts.arithmetic.rounding import apart, meant, shown, times
from factcheck.verdicts.rules.base import Evidence, Noticed

_YEAR = 365.25
_BORN = turn_of_phrase(r"\bborn (?:on |in |<gap>in |<gap>on )?<date>")
_DIED = turn_of_phrase(r"\b(?:died|dead|death|killed|murdered|passed away)(?: <gap>)? ?<date>")
_WHEN_IN = turn_of_phrase(
    r"<value>,? (?:when (?:he|she|they) died |years? old |at (?:his|her) death )?(?:in|on) <date>"
)
_LIVED = turn_of_phrase(r"\(<period>\)")
# An age beside these is that of a day which the sentence need not give.
_AT_SOME_TIME = re.compile(r"\b(?:when|aged?|as a|since|until|before|after|then|was(?! $))\b", re.IGNORECASE)
_OF = r"of <gap>(?:in|of|on|from)? ?<date>"
_JUBILEE = turn_of_phrase(rf"<ordinal>[ -](?:wedding )?anniversary,?(?: <gap>)? ?(?:in <date>,? ?)?{_OF}")
_JUBILEE_OPENS = turn_of_phrase(rf"\bin <date>,?(?: <gap>)? <ordinal>[ -]anniversary {_OF}")
# How far from an article's year the anniversary it tells of may lie.
_ABOUT_NOW = 1
_LENGTHS = (
    ("PL", turn_of_phrase(
        r"<period>,? ?(?:a period of |or |\()?<duration>(?! (?:later|ago|before|after|earlier|old|from))"
    )),
    ("LP", turn_of_phrase(r"<duration>,? (?:from |between |\()<period>")),
    ("LP", turn_of_phrase(r"<duration> \(<period>\)")),
)  # fmt: skip
_AGO = turn_of_phrase(r"<date>,? (?:back )?(?:in|on) <date>")
_DECADES = re.compile(r"\b(?:decades?|century|centuries|generation)\b", re.IGNORECASE)
_ROUND = 0.15
_FIGURES = re.compile(r"\b[12][0-9]{3}\b")


class _Wrong(NamedTuple):
    figures: list[Figure]
    message: str


def span(evidence: Evidence) -> Iterator[Noticed]:
    """Report an age, an anniversary or a length of time that does not follow from the dates beside it.

    ## What to do

    Subtract the earlier date from the later. Where only years are given, a birthday may still lie ahead and a
    period may begin or end anywhere in its years; round lengths ("a decade") may be off by a seventh.

    ## Example

        article.txt: He ran the mill from 1926 to 1932, a decade.

    > 1926 to 1932 is 6 years, give or take, not a decade
    """
    for article in evidence.articles:
        for line in article.lines:
            found = (*_ages(line), *_anniversaries(line), *_lengths(line), *_agos(line))
            for wrong in found:
                yield Noticed(wrong.message, wrong.figures[0], wrong.figures[1:])


def _dates(figure: Figure) -> tuple[date, date] | None:
    """Return the first and the last day of a resolved date."""
    value = figure.value
    if not isinstance(value, Time) or not value.start or not value.end or value.comparator != "exact":
        return None
    try:
        first, end = date.fromisoformat(value.start[:10]), date.fromisoformat(value.end[:10])
    except ValueError:
        return None
    return first, date.fromordinal(max(first.toordinal(), end.toordinal() - 1))


# ---------------------------------------------------------------- ages
def _ages(line: Line) -> Iterator[_Wrong]:
    ages = [f for f in line.figures() if tells_age(f.value)]
    for (lived,) in line.find(_LIVED):
        ends = _dates(lived)
        if ends and len(ages) == 1 and re.search(r"\bdied\b", line.shape) and _FIGURES.search(lived.words):
            first, last = ends
            years = Interval(last.year - first.year - 1, last.year - first.year)
            yield from _age(ages[0], years, [lived], f"from {first.year} to {last.year}")
    births = [f for (f,) in line.find(_BORN) if _FIGURES.search(f.words)]
    if len(births) != 1:
        return
    born = births[0]
    deaths = [f for (f,) in line.find(_DIED) if f.mention != born.mention]
    told = [(f, d) for f, d in line.find(_WHEN_IN) if d.mention != born.mention and _is_age(f, ages)]
    if len(ages) > 1 or len(deaths) > 1:
        return
    if told:
        age, then = told[0]
    elif ages and deaths:
        age, then = ages[0], deaths[0]
    else:
        yield from _age_now(ages, born, line)
        return
    a, b = _dates(born), _dates(then)
    if a and b:
        years = Interval(_whole_years(a[1], b[0]), _whole_years(a[0], b[1]))
        yield from _age(age, years, [born, then], f"from {born.words} to {then.words}")


def _is_age(figure: Figure, ages: list[Figure]) -> bool:
    value = figure.value
    bare = isinstance(value, Quantity) and value.unit is None and figure.mention.kind == "count"
    return figure in ages or (bare and not ages)


def _age_now(ages: list[Figure], born: Figure, line: Line) -> Iterator[_Wrong]:
    """Check an age that is simply put beside a name against the article's date."""
    ends, now = _dates(born), day_of(line.document.published)
    if len(ages) != 1 or ends is None or now is None or _AT_SOME_TIME.search(line.shape.split("born")[0]):
        return
    if any(_dates(f) for f in line.figures() if f.mention != born.mention):
        return
    years = Interval(_whole_years(ends[1], now) - 1, _whole_years(ends[0], now))
    yield from _age(ages[0], years, [born], f"from {born.words} to {now.year}")


def _whole_years(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _age(age: Figure, years: Interval, dates: list[Figure], what: str) -> Iterator[_Wrong]:
    said = age.quantity.number
    if said is None or age.quantity.comparator != "exact" or years.low < 0 or said != int(said):
        return
    if not years.low <= said <= years.high:
        joint = " or " if years.high == years.low + 1 else " to "
        many = joint.join(dict.fromkeys((shown(years.low), shown(years.high))))
        yield _Wrong([age, *dates], f"{what} is {many} years, not {shown(said)}")


# ---------------------------------------------------------------- anniversaries
def _anniversaries(line: Line) -> Iterator[_Wrong]:
    for found in line.find(_JUBILEE):
        rank, *times_ = found
        yield from _anniversary(rank, times_[-1], times_[0] if len(times_) == 2 else None)
    for when, rank, event in line.find(_JUBILEE_OPENS):
        yield from _anniversary(rank, event, when)


def _anniversary(rank: Figure, event: Figure, when: Figure | None) -> Iterator[_Wrong]:
    began, said = _dates(event), rank.value.rank if isinstance(rank.value, Ordinal) else None
    if not said or not began or not _FIGURES.search(event.words):
        return
    held = _dates(when) if when else None
    now = day_of(rank.line.document.published)
    if when is not None and (held is None or not _FIGURES.search(when.words)):
        return
    year = held[0].year if held else now.year if now else None
    others = [f for f in rank.line.figures() if f not in (event, when) and isinstance(f.value, Time)]
    if year is None or (when is None and any(_FIGURES.search(f.words) for f in others)):
        return
    years = year - began[0].year
    if abs(years - said) > (0 if when else _ABOUT_NOW) and years > 0:
        related = [event, when] if when else [event]
        yield _Wrong([rank, *related], f"from {began[0].year} to {year} is {years} years, not {said}")


# ---------------------------------------------------------------- lengths
def _lengths(line: Line) -> Iterator[_Wrong]:
    for order, phrase in _LENGTHS:
        for found in line.find(phrase):
            by = dict(zip(order, found, strict=True))
            yield from _length(by["P"], by["L"])


def _length(period: Figure, length: Figure) -> Iterator[_Wrong]:
    ends, said, unit = _dates(period), meant(length), _unit(length)
    grain = period.value.grain if isinstance(period.value, Time) else None
    if ends is None or said is None or unit is None or grain not in ("year", "month", "day"):
        return
    days = (ends[1] - ends[0]).days + 1
    play = {"year": 2 * _YEAR, "month": 61, "day": 1}[grain]
    said = times(said, Interval(unit, unit))
    if _DECADES.search(length.words):
        said = Interval(said.low * (1 - _ROUND), said.high * (1 + _ROUND))
    if apart(Interval(days - play, days), said):
        middle = (days - play / 2) / unit
        name = length.value.unit if isinstance(length.value, Duration) else ""
        message = f"{period.words} is {shown(round(middle))} {name}s, give or take, not {length.words}"
        yield _Wrong([length, period], message)


def _unit(length: Figure) -> float | None:
    """Return how many days the unit of a length has; hours and less are no matter of dates."""
    unit = length.value.unit if isinstance(length.value, Duration) else None
    days = DAYS.get(unit or "")
    return days if days and days >= 1 else None


def _agos(line: Line) -> Iterator[_Wrong]:
    """Compare "ten years ago" with the year that follows it."""
    for ago, then in line.find(_AGO):
        a, b = ago.value, then.value
        if not isinstance(a, Time) or not isinstance(b, Time) or not a.start or not b.start:
            continue
        if not re.search(r"years? ago$", ago.words) or not _FIGURES.search(then.words) or b.grain != "year":
            continue
        off = int(a.start[:4]) - int(b.start[:4])
        published = day_of(line.document.published)
        if published is None:
            continue
        years = published.year - int(b.start[:4])
        if abs(off) > max(1.0, years * _ROUND if a.comparator == "about" else 0):
            sum_ = f"{b.start[:4]} is {years} years before {published.year}"
            yield _Wrong([ago, then], f"{sum_}, not {ago.words}")
