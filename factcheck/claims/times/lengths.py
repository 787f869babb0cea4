"""Read durations, sets, "ago" and times of day."""

from __future__ import annotations

from typing import Any

from factcheck.claims.quantities.numerals import parse_digits, plain, spelled
from factcheck.claims.times import calendar
from factcheck.claims.times.context import Context, Reading, dated, reference, yearly
from factcheck.claims.times.grammar import Found
from factcheck.claims.times.lexer import vocabulary
from factcheck.claims.times.parts import month_of, number_of_day, weekday_of, year_of
from factcheck.claims.times.relative import read_year_ago
from factcheck.model import Duration, Number, Time

# Longer figures count no time.
_MOST_DIGITS = 6
# What no clock shows.
_NO_HOUR = 99
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
# The smaller unit in which TIMEX3 writes the rest of a length, and how many of it are one.
_PARTS = {"Y": ("M", 12), "H": ("M", 60), "m": ("S", 60)}


def amount(words: list[str]) -> Number | None:
    """Read a cardinal in figures or words; None for "several" and what is too large to be a time."""
    total: Number = 0
    for word in words:
        if word in ("-", "a"):
            continue
        scale = _SCALES.get(word)
        step = scale or _number(word)
        if step is None:
            return None
        total = max(total, 1) * step if scale else total + step
    return total or None


def _number(word: str) -> Number | None:
    value = spelled(word)
    if value is None and len(word) <= _MOST_DIGITS:
        value = parse_digits(word)
    return None if value is None else plain(value)


def _unit(word: str) -> tuple[str, str, int]:
    """Give the unit's name in the singular, its TIMEX3 letter and how many of that it stands for."""
    units: dict[str, Any] = vocabulary()["units"]
    name = {"centuries": "century", "millennia": "millennium"}.get(word, word)
    name = name if name in units else name.removesuffix("s")
    letter, count = units[name]
    base = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "m": "minute", "S": "second"}
    return base.get(letter, name), letter, count


def _timex(number: Number | None, letter: str) -> str:
    clock = "T" if letter in ("H", "m", "S") else ""
    shown = letter.upper()
    if number is None:
        return f"P{clock}X{shown}"
    whole = int(number)
    smaller, times = _PARTS.get(letter, ("", 0))
    rest = (number - whole) * times
    if rest and rest == int(rest):
        return f"P{clock}{f'{whole}{shown}' if whole else ''}{int(rest)}{smaller}"
    return f"P{clock}{number:g}{shown}" if number != whole else f"P{clock}{whole}{shown}"


def _length(found: Found) -> Number | None:
    if found.words("part"):
        return {"half": 0.5, "quarter": 0.25, "quarters": 0.75}[found.word("part")]
    whole = amount(found.words("n")) if found.words("n") else None
    if found.words("article"):
        whole = 1
    if "couple" in found.words("few") or "couple" in found.words("n"):
        whole = 2
    if whole is not None and found.words("fraction"):
        top, _, bottom = found.word("fraction").partition("/")
        whole += int(top) / int(bottom) if bottom and int(bottom) else 0
    return whole + 0.5 if whole is not None and found.words("plushalf") else whole


def read_duration(found: Found, context: Context) -> Reading | None:
    """Four days, about two weeks, a year and a half, several years, the next two years."""
    name, letter, count = _unit(found.word("u"))
    number = _length(found)
    comparator = context.hedge
    if number is not None:
        number *= count
        if "couple" in found.words("few"):
            comparator = "about"
    elif found.words("n"):
        return None
    value = Duration(timex=_timex(number, letter), number=number, unit=name, comparator=comparator)
    return Reading("duration", value, vague=number is None and not found.words("few"))


def read_duration_range(found: Found, _: Context) -> Reading | None:
    """Two to three weeks."""
    name, letter, count = _unit(found.word("u"))
    low, high = amount(found.words("n")), amount(found.words("n2"))
    if low is None or high is None or low >= high:
        return None
    timex = f"{_timex(low * count, letter)}/{_timex(high * count, letter)}"
    value = Duration(timex=timex, low=low * count, high=high * count, unit=name, comparator="range")
    return Reading("duration", value)


def read_set(found: Found, context: Context) -> Reading | None:
    """Every year, every two weeks, daily, twice a week."""
    if found.words("frequency"):
        timex = vocabulary()["frequencies"][found.word("frequency")]
        return Reading("duration", Duration(timex=timex), vague=True)
    reading = read_duration(found, context)
    if reading is None or not isinstance(reading.value, Duration):
        return None
    _, letter, count = _unit(found.word("u"))
    number = reading.value.number or count
    value = Duration(timex=_timex(number, letter), number=number, unit=reading.value.unit)
    return Reading("duration", value, vague=True)


def read_ago(found: Found, context: Context) -> Reading | None:
    """Two weeks ago, a decade earlier, several years later; with a hedge it is a length, not a date."""
    number, bound = _length(found), found.word("bound")
    forward = bound == "later"
    if number is None:
        return None if found.words("n") else reference("FUTURE_REF" if forward else "PAST_REF")
    name, _, count = _unit(found.word("u"))
    if context.hedge != "exact" or name in ("hour", "minute", "second") or number != int(number):
        return read_duration(found, context)
    if number * count == 1 and name == "year" and not forward:
        return read_year_ago(found, context)
    base = context.published if bound == "ago" else context.referred(name)
    steps = int(number * count) * (1 if forward else -1)
    timex = calendar.shift(base, name, steps) if base else None
    reading = dated(timex, {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(name, "XXXX"))
    if name == "year" and abs(steps) >= 10 and steps % 5 == 0 and isinstance(reading.value, Time):
        reading.value = _about(reading.value)
    return reading


def _about(value: Time) -> Time:
    """Round figures of years are round dates."""
    return Time(
        timex=value.timex, start=value.start, end=value.end, grain=value.grain, comparator="about",
        resolved=value.resolved,
    )  # fmt: skip


# ---------------------------------------------------------------- times of day
def read_clock(found: Found, context: Context) -> Reading | None:
    """5:30 p.m. EST, noon Saturday, 11 p.m. last night, 1100 hours, 4 in the morning."""
    if found.words("impossible"):
        return _impossible(found.word("impossible"))
    clock = _clock(found)
    if clock is None:
        return None
    day = _day_of_clock(found, clock, context)
    if day is None:
        return Reading("date", Time(timex=clock, grain="minute", resolved=False))
    return dated(day + clock, "")


def _impossible(figures: str) -> Reading | None:
    """ "At 3300 hours" is a time of day, and a slip of the pen."""
    if len(figures) != 4 or not figures.isdigit():
        return None
    return Reading("date", Time(timex="TXX:XX", grain="minute", resolved=False))


def read_clock_set(found: Found, _: Context) -> Reading | None:
    """9 a.m. every day, every Sunday at 9:30, 7 p.m. on Fridays."""
    clock, name = _clock(found), found.word("w") or found.word("days").removesuffix("s")
    if clock is None:
        return None
    weekday = vocabulary()["weekdays"].get(name)
    return reference(("XXXX-XX-XX" if weekday is None else f"XXXX-WXX-{weekday + 1}") + clock)


def _clock(found: Found) -> str | None:
    figures = found.word("military") or found.word("clock") or found.word("h")
    if found.words("part") or found.words("minutes") or spelled(figures):
        hour, minute = _spoken(found)
    elif found.words("noon"):
        return str(vocabulary()["clock"][found.word("noon")])
    elif found.words("military"):
        hour, minute = int(figures[:2]), int(figures[2:])
    else:
        parts = figures.replace(".", ":").split(":")
        hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    half = found.word("ampm")[:1] or ("" if found.words("clock") and hour > 12 else _half_of_day(found))
    if (half and hour > 12) or hour > 24 or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02d}:{minute:02d}"


def _spoken(found: Found) -> tuple[int, int]:
    """Half past ten, a quarter to six, twenty past seven, one o'clock; what is no time is no hour."""
    noon = {"midnight": 24}.get(found.word("noon"), 12) if found.words("noon") else None
    hour = noon or amount(found.words("h"))
    minute = {"half": 30, "quarter": 15}.get(found.word("part")) or amount(found.words("minutes")) or 0
    if not isinstance(hour, int) or not isinstance(minute, int) or minute > 30 or hour > (noon or 12):
        return _NO_HOUR, 0
    if found.words("turn"):
        return (hour - 1) or 12, 60 - minute
    return hour % 24, minute


def _half_of_day(found: Found) -> str:
    """Give "a" or "p" by the part of the day that is named ("in the morning", "last night"), or ""."""
    part = found.word("dp") or ("night" if found.word("dw") == "tonight" else "")
    return "a" if part == "morning" else "p"[: bool(part)]


def _day_of_clock(found: Found, clock: str, context: Context) -> str | None:
    if found.words("m"):
        suffix = f"-{month_of(found):02d}-{number_of_day(found):02d}"
        year = year_of(found)
        if year is not None:
            return f"{year:04d}{suffix}" if calendar.bounds(f"{year:04d}{suffix}") else None
        return yearly(suffix, context)
    if context.published is not None and found.words("w"):
        day = calendar.near_weekday(context.today, weekday_of(found), context.direction)
        return day.isoformat() if day else None
    if context.published is not None and found.words("dw"):
        return calendar.shift(context.today, "day", {"yesterday": -1, "tomorrow": 1}.get(found.word("dw"), 0))
    if context.published is not None and found.words("rel"):
        # The early hours of "last night" are this morning's.
        yesterday = found.word("rel") == "last" and not (clock < "T06" and found.word("dp") == "night")
        return calendar.shift(context.today, "day", -1 if yesterday else 0)
    if found.words("w") or found.words("dw") or found.words("rel"):
        return None
    return context.day or (context.published.isoformat() if context.published else None)
