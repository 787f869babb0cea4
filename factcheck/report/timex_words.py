"""Say TIMEX3 values and ISO dates in words: "2026-01-04" is "4 January 2026"."""

from __future__ import annotations

import datetime
import re

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Source: TimeML annotation guidelines 1.2.1, values of TIMEX3: seasons, halves, parts of the day.
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_QUARTERS = {"Q1": "first", "Q2": "second", "Q3": "third", "Q4": "fourth"}
_HALVES = {"H1": "first", "H2": "second"}
_DAY_PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night"}
_REFERENCES = {"PRESENT_REF": "now", "PAST_REF": "in the past", "FUTURE_REF": "in the future"}
_UNITS = {
    "Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter",
    "DE": "decade", "CE": "century", "TH": "hour", "TM": "minute", "TS": "second",
}  # fmt: skip

_DATE = re.compile(r"(\d{4}|XXXX)-(\d\d)(?:-(\d\d))?", re.ASCII)
_WEEK = re.compile(r"(\d{4}|XXXX)-W(\d\d|XX)(?:-(\d|WE))?", re.ASCII)
_PART = re.compile(r"(\d{4}|XXXX)-(S[PU]|FA|WI|Q[1-4]|H[12])", re.ASCII)
_CLOCK = re.compile(r"(\d\d)(?::?(\d\d))?(?::\d\d)?(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_LENGTH = re.compile(r"P(T?)(\d{1,12}(?:\.\d{1,12})?)(DE|CE|[YMWDQHS])", re.ASCII)


def time_words(timex: str) -> str:
    """Say a TIMEX3 date, time or duration in words; a form not known here is given back as it is."""
    if timex == "TXX:XX":
        return "no possible time of day"
    date, _, clock = timex.partition("T") if not timex.startswith("P") else (timex, "", "")
    if clock and not date:
        return _clock_words(clock).removeprefix(", ")
    said = _date_words(date)
    if said is None:
        return length_words(timex) or timex
    return said + _clock_words(clock)


def length_words(timex: str) -> str | None:
    """Say a TIMEX3 duration of one unit ("P4D") in words, or return None."""
    found = _LENGTH.fullmatch(timex)
    if not found:
        return None
    clock, number, letter = found.groups()
    unit = _UNITS.get(("T" if clock else "") + letter)
    return f"{number} {unit if number == '1' else f'{unit}s'}" if unit else None


def last_day(end: str) -> str:
    """Return the last day before an exclusive end; anything but an ISO date comes back as it is."""
    try:
        return str(datetime.date.fromisoformat(end) - datetime.timedelta(days=1))
    except (ValueError, OverflowError):
        return end


def _date_words(date: str) -> str | None:
    if date in _REFERENCES:
        return _REFERENCES[date]
    if date.isascii() and date.isdigit() and 2 <= len(date) <= 4:
        return _year_words(date)
    for pattern, words in ((_DATE, _day_words), (_WEEK, _week_words), (_PART, _part_words)):
        if found := pattern.fullmatch(date):
            return words(*found.groups())
    return None


def _year_words(digits: str) -> str:
    if len(digits) == 4:
        return digits
    return f"the {digits}0s" if len(digits) == 3 else f"the {digits}00s"


def _day_words(year: str, month: str, day: str | None) -> str | None:
    if not 1 <= int(month) <= 12:
        return None
    words = [str(int(day))] if day else []
    words.append(MONTHS[int(month) - 1])
    return " ".join(words + ([year] if year != "XXXX" else []))


def _week_words(year: str, week: str, day: str | None) -> str | None:
    if day and day != "WE" and not 1 <= int(day) <= 7:
        return None
    if "X" in year + week:
        return {None: "one week", "WE": "weekend"}.get(day) or WEEKDAYS[int(day or 1) - 1]
    try:
        monday = datetime.date.fromisocalendar(int(year), int(week), 1)
        at = (
            monday
            if day in (None, "WE")
            else datetime.date.fromisocalendar(int(year), int(week), int(day or 1))
        )
    except ValueError:
        return None
    words = f"{at.day} {MONTHS[at.month - 1]} {at.year}"
    return {None: f"week of {words}", "WE": f"weekend of the week of {words}"}.get(day, words)


def _part_words(year: str, part: str) -> str:
    known = "" if year == "XXXX" else f" {year}"
    if part in _SEASONS:
        return _SEASONS[part] + known
    if part in _QUARTERS:
        return f"{_QUARTERS[part]} quarter" + (f" of{known}" if known else "")
    return f"{_HALVES[part]} half" + (f" of{known}" if known else "")


def _clock_words(clock: str) -> str:
    if not clock:
        return ""
    if clock in _DAY_PARTS:
        return f", {_DAY_PARTS[clock]}"
    found = _CLOCK.fullmatch(clock)
    return f", {found[1]}:{found[2] or '00'}" if found else f", {clock}"
