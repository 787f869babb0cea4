"""Read an explicit date as bylines, datelines and metadata write it.

Relative words ("yesterday") are refused here: without an article's date they have no value, and an
article's date is what this module is asked for.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_LONGEST = 80
_YEARS = range(1000, 2200)
# A two-digit year from here on is of the last century: POSIX strptime draws the line at the same place.
_PIVOT = 69

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"
_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?<![0-9])(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])",
        r"(?<![0-9])(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})(?![0-9])",
        r"(?<![0-9])(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?:T[0-9]{4,6}Z?)?(?![0-9])",
        rf"\b{_MONTH} {{0,2}}{_DAY}(?![0-9]),? {{0,2}}{_YEAR}",
        rf"(?<![0-9]){_DAY}[ -]{{0,2}}(?:of )?{_MONTH},?[ -]{{0,2}}{_YEAR}",
        r"(?<![0-9])(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])",
        r"(?<![0-9])(?P<first>[0-9]{1,2})[/-](?P<second>[0-9]{1,2})[/-](?P<year>[0-9]{4}|[0-9]{2})(?![0-9])",
        rf"\b{_MONTH},? {{0,2}}{_YEAR}",
        r"^(?P<year>[0-9]{4})-(?P<month>[0-9]{2})$",
        r"^(?P<year>[0-9]{4})$",
    )
)


def parse_absolute(text: str) -> str | None:
    """Read an explicit date and keep its grain: ``2026-01-06``, ``2026-01`` or ``2026``.

    A time of day beside it is dropped, a month or day that is not written is not made up, and relative
    words give None. Numbers in slashes are month first, as English news writes them, unless that gives no
    date. Languages other than English are read by dateparser.
    """
    stripped = text.strip()
    if not stripped or len(stripped) > _LONGEST:
        return None
    for form in _FORMS:
        found = form.search(stripped)
        if found and (value := _value(found.groupdict())):
            return value
    return _read_foreign(stripped)


def full_year(digits: str) -> int:
    """Turn the year as written (two or four ASCII digits) into a year."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def month_first(first: int, second: int) -> tuple[int, int]:
    """Give (month, day) of a date in numbers: month first unless that is no month."""
    return (second, first) if first > 12 >= second else (first, second)


def _value(parts: dict[str, str | None]) -> str | None:
    year = full_year(parts["year"] or "0")
    if year not in _YEARS:
        return None
    if parts.get("first"):
        month, day = month_first(int(parts["first"] or 0), int(parts["second"] or 0))
        return _day(year, month, day)
    written = parts.get("month")
    if not written:
        return str(year)
    month = MONTHS.get(written.lower()) or int(written)
    if parts.get("day"):
        return _day(year, month, int(parts["day"] or 0))
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _read_foreign(text: str) -> str | None:
    if not re.search(r"[0-9]", text) or not re.search(r"[^\W\d_]", text):
        return None
    for parts, length in ((["day", "month", "year"], 10), (["month", "year"], 7)):
        found: datetime | None = _parser(tuple(parts)).get_date_data(text).date_obj
        # A year that stands nowhere in the text was taken from the base date.
        if found is not None and f"{found.year % 100:02d}" in text:
            return found.date().isoformat()[:length]
    return None


@cache
def _parser(parts: tuple[str, ...]) -> DateDataParser:
    from dateparser.date import DateDataParser

    return DateDataParser(
        settings={
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": list(parts),
            "RELATIVE_BASE": datetime(2000, 1, 1),
            "RETURN_AS_TIMEZONE_AWARE": False,
        }
    )
