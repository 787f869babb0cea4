"""Date arithmetic on TIMEX3 values: where a value starts and ends, and which value lies near a date.

Everything here is pure: a day comes in as a ``date``, a value as its TIMEX3 text, and nothing asks what
day it is. Years run from 1 to 9999; what falls outside has no bounds.

Source: TimeML 1.2.1 annotation guidelines (TIMEX3 ``value``), which extend ISO 8601.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal

Direction = Literal["past", "future", "last", "next", "nearest"]

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # meteorological: the month each starts in
DAYPARTS = {"MO": (5, 12), "MI": (11, 14), "AF": (12, 18), "EV": (17, 24), "NI": (18, 30), "DT": (6, 18)}

_VALUE = re.compile(
    r"(?P<century>[0-9]{2})(?:XX)?$"
    r"|(?P<decade>[0-9]{3})X?$"
    r"|(?P<year>[0-9]{4})(?:"
    r"-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?P<clock>T[0-9A-Z:]{2,8})?)?"
    r"|-W(?P<week>[0-9]{2})(?:-(?P<weekday>WE|[1-7]))?"
    r"|-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI)"
    r")?$",
    re.ASCII,
)
_YEARLESS = re.compile(r"XXXX-([0-9]{2}(?:-[0-9]{2})?)$", re.ASCII)
_CLOCK = re.compile(r"T(?P<hour>[0-9]{2})(?::(?P<minute>[0-9]{2}))?(?::[0-9]{2})?Z?$", re.ASCII)


def bounds(timex: str) -> tuple[str, str, str] | None:
    """Give the start, the exclusive end and the grain of a TIMEX3 date value.

    Dates for grains of a day and more, date-times below. An interval ``A/B`` runs from the start of A to
    the end of B and has the grain of A. Durations, references and values with unknown parts give None.
    """
    if "/" in timex:
        return _interval_bounds(timex)
    found = _VALUE.match(timex)
    if not found:
        return None
    try:
        return _bounds(found)
    except (ValueError, OverflowError):
        return None


def _interval_bounds(timex: str) -> tuple[str, str, str] | None:
    first, _, last = timex.partition("/")
    start, end = (bounds(side) if "/" not in side else None for side in (first, last))
    if not start or not end or not start[0] < end[1]:
        return None
    return start[0], end[1], start[2]


def _bounds(value: re.Match[str]) -> tuple[str, str, str]:
    if value["century"]:
        return _years(int(value["century"]) * 100, 100, "century")
    if value["decade"]:
        return _years(int(value["decade"]) * 10, 10, "decade")
    year = int(value["year"])
    if value["day"]:
        day = date(year, int(value["month"]), int(value["day"]))
        return _clock_bounds(day, value["clock"]) if value["clock"] else _days(day, 1, "day")
    if value["week"]:
        return _week_bounds(year, int(value["week"]), value["weekday"])
    return _part_of_year(year, value)


def _part_of_year(year: int, value: re.Match[str]) -> tuple[str, str, str]:
    if value["month"]:
        return _months(year, int(value["month"]), 1, "month")
    if value["quarter"]:
        return _months(year, int(value["quarter"]) * 3 - 2, 3, "quarter")
    if value["half"]:
        return _months(year, int(value["half"]) * 6 - 5, 6, "half")
    if value["season"]:
        return _months(year, SEASONS[value["season"]], 3, "season")
    return _years(year, 1, "year")


def _week_bounds(year: int, week: int, weekday: str | None) -> tuple[str, str, str]:
    monday = date.fromisocalendar(year, week, 1)
    if weekday == "WE":
        return _days(monday + timedelta(days=5), 2, "weekend")
    if weekday:
        return _days(monday + timedelta(days=int(weekday) - 1), 1, "day")
    return _days(monday, 7, "week")


def _clock_bounds(day: date, clock: str) -> tuple[str, str, str]:
    midnight = datetime(day.year, day.month, day.day)
    if clock[1:] in DAYPARTS:
        first, last = DAYPARTS[clock[1:]]
        return _moments(midnight + timedelta(hours=first), timedelta(hours=last - first), "daypart")
    found = _CLOCK.match(clock)
    if not found or int(found["hour"]) > 24 or int(found["minute"] or 0) > 59:
        raise ValueError(clock)
    start = midnight + timedelta(hours=int(found["hour"]), minutes=int(found["minute"] or 0))
    if found["minute"]:
        return _moments(start, timedelta(minutes=1), "minute")
    return _moments(start, timedelta(hours=1), "hour")


def _moments(start: datetime, length: timedelta, grain: str) -> tuple[str, str, str]:
    return start.isoformat("T", "minutes"), (start + length).isoformat("T", "minutes"), grain


def _days(start: date, count: int, grain: str) -> tuple[str, str, str]:
    return start.isoformat(), (start + timedelta(days=count)).isoformat(), grain


def _months(year: int, month: int, count: int, grain: str) -> tuple[str, str, str]:
    after = year * 12 + month - 1 + count
    return date(year, month, 1).isoformat(), date(after // 12, after % 12 + 1, 1).isoformat(), grain


def _years(year: int, count: int, grain: str) -> tuple[str, str, str]:
    return date(year, 1, 1).isoformat(), date(year + count, 1, 1).isoformat(), grain


def yearless(timex: str) -> str | None:
    """Write a month or a day of an unknown year as a date: "XXXX-12-31" is "--12-31".

    Source: ISO 8601:2000, 5.2.1.3 (truncated representations); XML Schema part 2, gMonthDay and gMonth.
    """
    found = _YEARLESS.match(timex)
    return f"--{found[1]}" if found else None


# ---------------------------------------------------------------- from days to values
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def first_day(timex: str) -> date | None:
    """Give the day a resolved value starts on, or None."""
    found = bounds(timex)
    return date.fromisoformat(found[0][:10]) if found else None


def day_of(written: str | None) -> date | None:
    """Give the day of an ISO date, with or without a time behind it; None for anything else."""
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def day_value(year: int, month: int, day: int) -> str | None:
    """Give the value of a day, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def value_at(day: date, grain: str) -> str:
    """Give the value of the day, week, month, quarter, year, decade or century that holds a day."""
    if grain == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if grain == "weekend":
        return value_at(day, "week") + "-WE"
    if grain == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"century": 2, "decade": 3, "year": 4, "month": 7}.get(grain, 10)]


def shift(day: date, grain: str, count: int) -> str | None:
    """Give the value of ``grain`` that lies ``count`` of it after (negative: before) the one of a day.

    None where the calendar ends, and for units without a fixed place in it: last season may be a year ago.
    """
    try:
        if grain in ("day", "week", "weekend"):
            return value_at(day + timedelta(days=count * (1 if grain == "day" else 7)), grain)
        months = MONTHS_IN.get(grain)
        if months is None:
            return None
        at = day.year * 12 + day.month - 1 + count * months
        return value_at(date(at // 12, at % 12 + 1, 1), grain)
    except (ValueError, OverflowError):
        return None


def shift_year(timex: str, count: int) -> str | None:
    """Move a value by whole years and keep its grain: 2025-Q3 becomes 2024-Q3.

    A day the other year does not have (29 February) gives its month; a week keeps its number.
    """
    if not re.match(r"[0-9]{4}(?:$|-)", timex, re.ASCII):
        return None
    moved = f"{int(timex[:4]) + count:04d}{timex[4:]}"
    return moved if bounds(moved) else (moved[:7] if bounds(moved[:7]) else None)


def near_weekday(day: date, weekday: int, direction: Direction) -> date | None:
    """Find the given weekday (0 = Monday) near a day.

    "past" and "future" may be the day itself, "last" and "next" may not.
    """
    ahead = (weekday - day.weekday()) % 7
    if direction == "nearest":
        offset = ahead if ahead <= 3 else ahead - 7
    elif direction in ("future", "next"):
        offset = 7 if direction == "next" and ahead == 0 else ahead
    else:
        offset = ahead - 7 if ahead or direction == "last" else 0
    try:
        return day + timedelta(days=offset)
    except OverflowError:
        return None


def near_weekday_numbered(day: date, weekday: int, number: int, direction: Direction) -> str | None:
    """Find the value of the nearest weekday with a number ("Friday the 13th") in a direction from a day.

    None where fourteen months have no such day, which is so only of the 29th and later.
    """
    month = day.year * 12 + day.month - 1
    values = (day_value((month + n) // 12, (month + n) % 12 + 1, number) for n in range(-14, 15))
    fitting = [d for v in values if v and (d := date.fromisoformat(v)).weekday() == weekday]
    ahead = direction in ("future", "next")
    chosen = [d for d in fitting if (d >= day if ahead else d <= day)]
    return min(chosen, key=lambda d: abs(d - day)).isoformat() if chosen else None


def near_year(day: date, suffix: str, direction: Direction) -> str | None:
    """Find the year that puts a yearly value ("-06", "-06-14", "-Q3", "-SU") near a day.

    "past" gives the last one that began by that day, "future" the next one that is not over,
    "last"/"next" the one before/after that excludes the day.
    """
    begun, over, pending, ahead = _candidates(day, suffix)
    chosen = {"past": begun[-1:], "last": over[-1:], "future": pending[:1], "next": ahead[:1]}.get(direction)
    return chosen[0] if chosen else None


def likely_year(day: date, suffix: str, reach: float) -> str | None:
    """Find the likelier of the last and the next occurrence of a yearly value.

    The last one counts as nearer while it lies at most ``reach`` times as far off as the next.
    """
    begun, _, _, ahead = _candidates(day, suffix)
    if not begun or not ahead:
        return begun[-1] if begun else ahead[0] if ahead else None
    start, coming = first_day(begun[-1]), first_day(ahead[0])
    if start is None or coming is None or (day - start).days <= reach * (coming - day).days:
        return begun[-1]
    return ahead[0]


def _candidates(day: date, suffix: str) -> tuple[list[str], list[str], list[str], list[str]]:
    found = [
        (value, date.fromisoformat(limits[0]), date.fromisoformat(limits[1]))
        for value in (f"{day.year + n:04d}{suffix}" for n in range(-4, 5))
        if (limits := bounds(value))
    ]
    begun = [value for value, start, _ in found if start <= day]
    over = [value for value, _, end in found if end <= day]
    pending = [value for value, _, end in found if end > day]
    ahead = [value for value, start, _ in found if start > day]
    return begun, over, pending, ahead


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar. Source: the anonymous algorithm (Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Give the nth (from 1; -1 for the last) weekday (0 = Monday) of a month."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)
