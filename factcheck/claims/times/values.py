"""Read days, months, years, seasons, quarters, decades and holidays."""

from __future__ import annotations

from datetime import date, timedelta

from factcheck.claims.times import calendar
from factcheck.claims.times.context import Context, Reading, dated, yearly
from factcheck.claims.times.grammar import Found
from factcheck.claims.times.lexer import vocabulary
from factcheck.claims.times.parts import (
    leans_on_text,
    month_of,
    number_of_day,
    relative_year,
    step_of,
    weekday_of,
    year_of,
)  # fmt: skip
from factcheck.sources.dates import month_first, parse_absolute


def read_iso(found: Found, _: Context) -> Reading | None:
    """2026-01-06, 01/06/98, and 11/27/2005 with spaces."""
    text = "".join(lexeme.text for lexeme in found.lexemes[found.first : found.last])
    day = parse_absolute(text)
    return dated(day, "", in_full=True) if day and len(day) == 10 else None


def read_fraction_day(found: Found, _: Context) -> Reading | None:
    """9/11, the day that is known by its figures."""
    return dated("2001-09-11", "") if found.lexemes[found.first].text == "9/11" else None


def read_day(found: Found, context: Context) -> Reading | None:
    """A day of a month, with or without its year and weekday."""
    month, day = month_of(found), number_of_day(found)
    weekday = weekday_of(found) if found.words("w") else None
    if calendar.day_value(2000, month, day) is None:
        return None
    suffix = f"-{month:02d}-{day:02d}"
    year = year_of(found) or relative_year(found, context)
    if year is not None:
        timex = f"{year:04d}{suffix}"
        in_full = year_of(found) is not None
        return dated(timex, timex, weekday=weekday, in_full=in_full) if calendar.bounds(timex) else None
    near = _on_weekday(suffix, weekday, context) or yearly(suffix, context)
    return dated(near, f"XXXX{suffix}", suffix=suffix, weekday=weekday)


def _on_weekday(suffix: str, weekday: int | None, context: Context) -> str | None:
    """Find the nearest year in which the day falls on the weekday that stands beside it."""
    if weekday is None or context.published is None:
        return None
    now = context.today.year
    years = sorted(range(now - 3, now + 4), key=lambda y: abs(y - now))
    days = (calendar.first_day(f"{year:04d}{suffix}") for year in years)
    return next((day.isoformat() for day in days if day and day.weekday() == weekday), None)


def read_weekday_of_month(found: Found, context: Context) -> Reading | None:
    """Friday the 13th, Tuesday the 4th."""
    weekday, number = weekday_of(found), number_of_day(found)
    base = context.published
    timex = calendar.near_weekday_numbered(base, weekday, number, context.direction) if base else None
    return dated(timex, f"XXXX-WXX-{weekday + 1}", weekday=weekday)


def read_day_range(found: Found, context: Context) -> Reading | None:
    """March 1-3, 10-12 June, between 4 and 7 January."""
    month, first, last = month_of(found), number_of_day(found), number_of_day(found, "e")
    if not first < last or calendar.day_value(2000, month, last) is None:
        return None
    year = year_of(found)
    if year is None and context.published is not None:
        near = yearly(f"-{month:02d}-{first:02d}", context)
        year = int(near[:4]) if near else None
    shown = f"{year:04d}" if year is not None else "XXXX"
    return _between(f"{shown}-{month:02d}-{first:02d}", f"{shown}-{month:02d}-{last:02d}")


def read_year_range(found: Found, _: Context) -> Reading | None:
    """2012-13, 1926-1932."""
    first, digits = year_of(found), found.word("z")
    if first is None:
        return None
    last = int(digits) if len(digits) == 4 else first - first % 100 + int(digits)
    return _between(f"{first:04d}", f"{last:04d}") if first < last else None


def _between(first: str, last: str) -> Reading | None:
    timex = f"{first}/{last}"
    if "XXXX" not in timex and calendar.bounds(timex) is None:
        return None
    reading = dated(timex, timex)
    reading.kind = "period"
    return reading


def read_month(found: Found, context: Context) -> Reading | None:
    """A month, with or without its year."""
    suffix = f"-{month_of(found):02d}"
    year = year_of(found) or relative_year(found, context)
    if year is not None:
        return dated(f"{year:04d}{suffix}", "", in_full=year_of(found) is not None)
    if found.words("yrel"):
        return dated(None, f"XXXX{suffix}")
    return dated(yearly(suffix, context), f"XXXX{suffix}", suffix=suffix)


def read_season(found: Found, context: Context) -> Reading | None:
    """Summer, the spring of 2015, last fall; "the summer before the vote" is as unknown as the vote."""
    suffix = "-" + vocabulary()["seasons"][found.word("s")]
    if found.last - found.first <= 2 and _beside_event(found):
        return dated(None, f"XXXX{suffix}")
    return _yearly_part(found, context, suffix)


def _beside_event(found: Found) -> bool:
    """Say whether "before the", "after his" and the like follow."""
    behind = [lexeme.text for lexeme in found.lexemes[found.last : found.last + 2]]
    return (
        len(behind) == 2
        and behind[0] in ("before", "after")
        and behind[1] in vocabulary()["determiners"]["words"]
    )


def read_quarter(found: Found, context: Context) -> Reading | None:
    """The third quarter, Q3 2025, next year's first quarter, the first half of 2019."""
    name = found.word("o")
    number = int(name[1:]) if name[1:].isdigit() else vocabulary()["ordinals"].get(name, 0)
    letter = "H" if found.words("half") else "Q"
    if not 1 <= number <= (2 if letter == "H" else 4):
        return None
    return _yearly_part(found, context, f"-{letter}{number}")


def _yearly_part(found: Found, context: Context, suffix: str) -> Reading:
    year = year_of(found) or relative_year(found, context)
    if year is not None:
        return dated(f"{year:04d}{suffix}", "")
    if found.words("rel"):
        return dated(_relative(found.words("rel"), suffix, context), f"XXXX{suffix}")
    return dated(yearly(suffix, context), f"XXXX{suffix}", suffix=suffix)


def _relative(words: list[str], suffix: str, context: Context) -> str | None:
    base = context.referred("month") if leans_on_text(words) else context.published
    if base is None:
        return None
    step = step_of(words)
    if step == 0:
        return f"{base.year:04d}{suffix}"
    return calendar.near_year(base, suffix, "next" if step > 0 else "past" if "this" in words else "last")


def read_relative_month(found: Found, context: Context) -> Reading | None:
    """Last November, the previous November, this June 5."""
    suffix = f"-{month_of(found):02d}"
    if found.words("d"):
        suffix += f"-{number_of_day(found):02d}"
    timex = _relative(found.words("rel"), suffix, context)
    return dated(timex, f"XXXX{suffix}")


def read_year(found: Found, _: Context) -> Reading | None:
    """A year in figures, with "early", "fiscal" or "the year"."""
    year = year_of(found)
    return dated(f"{year:04d}", "") if year else None


def read_decade(found: Found, context: Context) -> Reading | None:
    """The 1990s, the '80s, the mid-2010s, the nineties."""
    words = vocabulary()["decades"]
    name = found.word("dec")
    digits = "".join(c for c in name if c.isdigit())
    if len(digits) == 4:
        # "The 1800s" are a century, those of "the 1890s and 1900s" and "the 2000s" ten years to most.
        hundred = digits.endswith("00") and digits < "2000" and found.words("lead")
        return dated(digits[:2] if hundred else digits[:3], "")
    decade = words[name] if name in words else int(digits[0])
    now = context.published.year if context.published else 2000
    century = now // 100
    if century * 100 + decade * 10 > now:
        century -= 1
    return dated(f"{century:02d}{decade}", "")


def read_century(found: Found, _: Context) -> Reading | None:
    """The 20th century."""
    number = number_of_day(found, "o")
    return dated(f"{number - 1:02d}", "") if 1 < number <= 22 else None


def read_holiday(found: Found, context: Context) -> Reading | None:
    """Christmas Day, Thanksgiving 2019."""
    rule = vocabulary()["holidays"][found.phrase("hol").replace(" '", "'")]
    year = year_of(found) or relative_year(found, context)
    suffix = "-" + rule["day"] if "day" in rule else None
    if year is None and context.published is not None:
        years = [context.today.year + n for n in (-1, 0, 1)]
        days = sorted(d for y in years if (d := holiday(rule, y)))
        if found.words("rel") and step_of(found.words("rel")):
            forward = step_of(found.words("rel")) > 0
        else:
            forward = context.tense == "future"
        ahead = [d for d in days if d >= context.today]
        behind = [d for d in days if d <= context.today]
        day = ahead[0] if forward and ahead else behind[-1] if behind else None
        return dated(day.isoformat() if day else None, "XXXX-XX-XX")
    if year is None:
        return dated(None, f"XXXX{suffix}" if suffix else "XXXX-XX-XX")
    fixed = holiday(rule, year)
    return dated(fixed.isoformat() if fixed else None, "XXXX-XX-XX")


def holiday(rule: dict[str, int | str], year: int) -> date | None:
    """Give the day of a holiday in a year; the rule's forms are described beside the list."""
    if "day" in rule:
        return date.fromisoformat(f"{year:04d}-{rule['day']}")
    if "easter" in rule:
        return calendar.easter(year) + timedelta(days=int(rule["easter"]))
    day = calendar.nth_weekday(year, int(rule["month"]), int(rule["weekday"]), int(rule["nth"]))
    return day + timedelta(days=int(rule.get("after", 0))) if day else None


def spaced_day(found: Found, _: Context) -> Reading | None:
    """11 / 27 / 2005."""
    month, day = month_first(int(found.word("a")), int(found.word("b")))
    year = year_of(found)
    return dated(calendar.day_value(year, month, day), "") if year else None
