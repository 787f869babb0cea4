"""Read expressions that count from the article's date or from the last date of the text."""

from __future__ import annotations

from datetime import date, timedelta

from factcheck.claims.times import calendar
from factcheck.claims.times.calendar import Direction
from factcheck.claims.times.context import Context, Reading, dated, reference
from factcheck.claims.times.grammar import Found
from factcheck.claims.times.lexer import vocabulary
from factcheck.claims.times.parts import leans_on_text, month_of, step_of, weekday_of, year_of
from factcheck.claims.times.values import read_day


def read_weekday(found: Found, context: Context) -> Reading | None:
    """Monday, last Friday, early Sunday afternoon, Thursday night."""
    weekday, words = weekday_of(found), found.words("rel")
    part = vocabulary()["dayparts"].get(found.word("dp"), "")
    unknown = f"XXXX-WXX-{weekday + 1}{part}"
    base = context.referred("day") if leans_on_text(words) else context.published
    if base is None:
        return dated(None, unknown, weekday=weekday)
    day = calendar.near_weekday(base, weekday, _weekday_direction(words, context))
    return dated(day.isoformat() + part if day else None, unknown, weekday=weekday)


def _weekday_direction(words: list[str], context: Context) -> Direction:
    if {"that", "same"}.intersection(words):
        return "nearest"
    step = step_of(words)
    if step:
        return "next" if step > 0 else "past" if "this" in words else "last"
    return context.direction


def read_relative_unit(found: Found, context: Context) -> Reading | None:
    """Last week, this month, the following year, the same day."""
    words, unit = found.words("rel"), found.word("u")
    leaning = leans_on_text(words) or (unit == "day" and step_of(words) != 0)
    if "that" in words:
        base = context.spoken_of(unit)
    else:
        base = context.referred(unit) if leaning else context.published
    if base is None:
        return dated(None, _unknown(unit))
    if unit == "weekend":
        return _weekend(words, base, context)
    if unit == "week" and leaning and base.weekday() == 6:
        base += timedelta(days=1)  # from a Sunday, "the following week" does not start the next day
    return dated(calendar.shift(base, unit, step_of(words)), _unknown(unit))


def _unknown(unit: str) -> str:
    return {
        "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
        "quarter": "XXXX-QX",
    }.get(unit, "XXXX")  # fmt: skip


def _weekend(words: list[str], base: date, context: Context) -> Reading:
    step = step_of(words)
    if step == 0 and context.tense != "future" and "this" not in words:
        step = -1 if base.weekday() < 5 else 0
    elif step < 0 and base.weekday() >= 5 and "this" in words:
        step = 0
    return dated(calendar.shift(base, "weekend", step), "XXXX-WXX-WE")


def read_the_unit(found: Found, context: Context) -> Reading | None:
    """The year, the quarter: the one spoken of."""
    unit = found.word("u")
    if unit == "quarter" and context.quarter:
        return dated(context.quarter, "")
    if context.published is None:
        return dated(None, _unknown(unit))
    if unit == "weekend":
        return _weekend([], context.today, context)
    step = -1 if unit == "quarter" else 0
    return dated(calendar.shift(context.today, unit, step), _unknown(unit))


def read_unit_beside(found: Found, context: Context) -> Reading | None:
    """The day before, the year after: beside the last date, unless an event follows ("the vote")."""
    unit = found.word("u")
    following = found.lexemes[found.last].text if found.last < len(found.lexemes) else ""
    base = None if following in vocabulary()["determiners"]["words"] else context.referred(unit)
    step = 1 if found.word("bound") == "after" else -1
    return dated(calendar.shift(base, unit, step) if base else None, _unknown(unit))


def read_latest_quarter(_: Found, context: Context) -> Reading | None:
    """The latest quarter: the last that is over."""
    timex = calendar.shift(context.today, "quarter", -1) if context.published else None
    return dated(timex, "XXXX-QX")


def read_year_of_quarter(found: Found, context: Context) -> Reading | None:
    """The 1988 quarter: the one spoken of, in that year."""
    year = year_of(found)
    return dated(f"{year:04d}{context.quarter[4:] if context.quarter else ''}", "") if year else None


def read_year_ago(found: Found, context: Context) -> Reading | None:
    """A year earlier, the year-ago quarter: the date spoken of, a year before."""
    name = found.word("o")
    if name and context.published is not None:
        number = vocabulary()["ordinals"].get(name, 0)
        return dated(f"{context.today.year - 1:04d}-Q{number}", "") if 1 <= number <= 4 else None
    if context.quarter:
        return dated(calendar.shift_year(context.quarter, -1), "XXXX-QX")
    base = context.referred("year") if found.word("bound") == "earlier" else context.published
    return dated(calendar.shift(base, "year", -1) if base else None, "XXXX")


def read_dateword(found: Found, context: Context) -> Reading | None:
    """Today, late yesterday, tomorrow night, tonight, the day before yesterday."""
    word = found.word("dw")
    offset = {"yesterday": -1, "tomorrow": 1, "overnight": -1}.get(word, 0)
    offset += {"before": -1, "after": 1}.get(found.word("beside"), 0)
    part = vocabulary()["dayparts"].get(found.word("dp"), "TNI" if word in ("tonight", "overnight") else "")
    day = calendar.shift(context.today, "day", offset) if context.published else None
    return dated(day + part if day else None, f"XXXX-XX-XX{part}")


def read_daypart(found: Found, context: Context) -> Reading | None:
    """This morning, last night, the next evening, the morning."""
    words, part = found.words("rel"), vocabulary()["dayparts"][found.word("dp")]
    leaning = leans_on_text(words) or step_of(words) > 0 or not words
    base = context.referred("day") if leaning else context.published
    day = calendar.shift(base, "day", step_of(words)) if base else None
    return dated(day + part if day else None, f"XXXX-XX-XX{part}")


def read_week_of(found: Found, context: Context) -> Reading | None:
    """The week of March 6."""
    inner = read_day(found, context)
    if inner is None:
        return None
    day = calendar.first_day(inner.value.timex or "")
    return dated(calendar.value_at(day, "week") if day else None, "XXXX-WXX")


def read_reference(found: Found, _: Context) -> Reading | None:
    """Now, recently, the future."""
    text = found.phrase("ref")
    return reference(vocabulary()["references"][text])


def read_weekday_set(found: Found, _: Context) -> Reading | None:
    """Every Monday, Tuesdays."""
    name = found.word("w").removesuffix("s")
    part = vocabulary()["dayparts"].get(found.word("dp").removesuffix("s"), "")
    return reference(f"XXXX-WXX-{vocabulary()['weekdays'][name] + 1}{part}")


def read_daypart_set(found: Found, _: Context) -> Reading | None:
    """Every morning, each night."""
    return reference(f"XXXX-XX-XX{vocabulary()['dayparts'][found.word('dp')]}")


def read_month_set(found: Found, _: Context) -> Reading | None:
    """Each July."""
    return reference(f"XXXX-{month_of(found):02d}")
