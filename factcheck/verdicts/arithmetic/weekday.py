"""FC401: a weekday and a date that do not meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from factcheck.claims.times.calendar import day_of
from factcheck.model import Time
from factcheck.verdicts.arithmetic.article import Article, Figure, turn_of_phrase
from factcheck.verdicts.rules.base import Evidence, Noticed

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_YEAR = re.compile(r"\b[12][0-9]{3}\b|['’/][0-9]{2}\b")
_DIGIT = re.compile(r"[0-9]")
# The last of the countries that news comes from went over to the Gregorian calendar in 1923.
_GREGORIAN = 1924
# A day without its year is one of the news if it lies so many days around the article's date.
_NEWS_DAYS = 31
_BESIDE = (turn_of_phrase(r"<date> ?\((?:on )?<date>\)"), turn_of_phrase(r"<date>, (?:on )?<date>[,.;]"))


def weekday(evidence: Evidence) -> Iterator[Noticed]:
    """Report a date that does not fall on the weekday that stands beside it.

    ## What to do

    Look the day up in a calendar: the weekday, the day, the month or the year is wrong. A day without its
    year is taken for the one nearest to the article's date, if that is near and no other year that the
    article names makes it right.

    ## Example

        article.txt: The council met on Monday, January 5, 2025.

    > “Monday, January 5, 2025”: 5 January 2025 is a Sunday, not a Monday
    """
    for article in evidence.articles:
        for name, dated in _pairs(article):
            said = _time(name).weekday
            day = _day_of(dated, said, article)
            if day is not None and said is not None and day.weekday() != said:
                when = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
                message = f"“{name.words}”: {when} is a {_DAYS[day.weekday()]}, not a {_DAYS[said]}"
                yield Noticed(message, name, [] if dated is name else [dated])


def _pairs(article: Article) -> Iterator[tuple[Figure, Figure]]:
    """Yield each weekday with the date that stands beside it, often in one expression."""
    for line in article.lines:
        for figure in line.figures():
            if isinstance(figure.value, Time) and figure.value.weekday is not None:
                yield figure, figure
        for phrase in _BESIDE:
            for one, other in line.find(phrase):
                named, dated = sorted((one, other), key=lambda f: _time(f).weekday is None)
                if _time(dated).weekday is None and not _DIGIT.search(named.words):
                    yield named, dated


def _time(figure: Figure) -> Time:
    assert isinstance(figure.value, Time)
    return figure.value


def _day_of(figure: Figure, weekday: int | None, article: Article) -> date | None:
    """Return the day that a date with figures means, or None where its year is anybody's guess.

    A year is one where another that the article names makes it the ``weekday`` that it is said to be.
    """
    value = _time(figure)
    if value.grain != "day" or value.start is None or not _DIGIT.search(figure.words):
        return None
    day = day_of(value.start)
    if day is None or day.year < _GREGORIAN or _YEAR.search(figure.words):
        return day if day and day.year >= _GREGORIAN else None
    published = day_of(article.document.published)
    if published is None:
        return None
    around = [_in_year(day, published.year + n) for n in (-1, 0, 1)]
    near = [d for d in around if d and abs((d - published).days) <= _NEWS_DAYS]
    named = {t.start[:4] for t in _times(article) if t.start}
    right = {str(d.year) for y in named if (d := _in_year(day, int(y))) and d.weekday() == weekday}
    return near[0] if near and not right else None


def _times(article: Article) -> Iterator[Time]:
    """Yield the dates whose year the article gives in figures."""
    for line in article.lines:
        for figure in line.figures():
            if isinstance(figure.value, Time) and _YEAR.search(figure.words):
                yield figure.value


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None
