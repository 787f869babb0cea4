"""Read the date expressions the grammar found into values, relative to the article's and the last date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from factcheck.claims import calendar
from factcheck.claims.calendar import Direction
from factcheck.claims.time_grammar import Found
from factcheck.claims.time_lexer import vocabulary
from factcheck.model import Comparator, Duration, Kind, Time
from factcheck.sources.dates import full_year, month_first, parse_absolute

Tense = Literal["past", "present", "future"]


# How much farther off than the next occurrence the last one may lie and still be meant, by tense: months and
# quarters follow the tense of their verb closely, days less so ("declared a dividend to holders of Nov. 17").
_REACH: dict[str, dict[Tense | None, float]] = {
    "day": {"past": 3.0, "present": 1.0, None: 2.0, "future": 0.2},
    "month": {"past": 30.0, "present": 3.0, None: 3.0, "future": 0.2},
    "quarter": {"past": 30.0, "present": 3.0, None: 3.0, "future": 1.0},
}
_LEVELS = {
    "minute": "day", "hour": "day", "daypart": "day", "day": "day", "week": "day", "weekend": "day",
    "month": "month", "quarter": "month", "season": "month", "half": "month",
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """What an expression says. ``suffix`` is set where the year was not written ("-06-14"): a neighbour
    may still supply it; ``explicit`` where it was. ``vague`` values are found but are nothing to check."""

    kind: Kind
    value: Time | Duration
    suffix: str | None = None
    explicit: bool = False
    vague: bool = False


@dataclass
class Context:
    """What an expression may lean on: the article's date, the dates the text gave, the clause's tense.

    All are TIMEX3 values. ``reference`` is the last date, ``near`` the last of each level in the paragraph,
    ``topic`` the latest day the text spoke of, ``written`` the last date of the paragraph with its year,
    ``quarter`` the quarter spoken of, and ``day`` the last day of the sentence.
    """

    published: date | None
    reference: str | None = None
    near: dict[str, str] = field(default_factory=dict)
    topic: str | None = None
    written: str | None = None
    quarter: str | None = None
    day: str | None = None
    tense: Tense | None = None

    @cached_property
    def today(self) -> date:
        """The article's date; only asked for after `published` was seen to be there."""
        assert self.published is not None
        return self.published

    @property
    def direction(self) -> Direction:
        """Where a weekday lies."""
        return "future" if self.tense == "future" else "past"

    def enter_paragraph(self) -> None:
        """Forget what only holds within a paragraph."""
        self.near, self.written = {}, None

    def remember(self, reading: Reading) -> None:
        """Take a date of the text for what later ones may lean on."""
        value = reading.value
        if not isinstance(value, Time) or not value.start or not value.timex or "/" in value.timex:
            return
        level = _LEVELS.get(value.grain or "", "year")
        self.reference = self.near[level] = value.timex
        if level == "day":
            self.topic = max(self.topic or "", value.start[:10])
            self.day = value.start[:10] if value.grain == "day" else self.day
        if reading.suffix is None and reading.explicit and level != "year":
            self.written = value.timex
        if value.grain == "quarter" and self.published and abs((self.published - date.fromisoformat(value.start)).days) < 366:
            self.quarter = value.timex

    def referred(self, unit: str) -> date | None:
        """The first day of the date that "the following ``unit``" counts from, else the article's date."""
        level = _LEVELS.get(unit, "year")
        timex = self.reference if level == "year" else self.near.get("day") or self.near.get(level) or self.topic
        return (calendar.first_day(timex) if timex else None) or self.published


def dated(timex: str | None, unknown: str, *, suffix: str | None = None, weekday: int | None = None) -> Reading:
    """Make the reading of a date; ``unknown`` is its value where the year or day cannot be told."""
    limits = calendar.bounds(timex) if timex else None
    if timex is None or limits is None:
        value = Time(timex=timex or unknown, resolved=False, weekday=weekday)
        return Reading("date", value, suffix=suffix)
    start, end, grain = limits
    value = Time(timex=timex, start=start, end=end, grain=grain, weekday=weekday)
    return Reading("period" if "/" in timex else "date", value, suffix=suffix)


def reference(timex: str) -> Reading:
    """Make the reading of PRESENT_REF and the like, or of a recurring date: nothing to check."""
    return Reading("date", Time(timex=timex, resolved=False), vague=True)


# ---------------------------------------------------------------- parts
def month_of(found: Found, name: str = "m") -> int:
    """Give the number of the captured month."""
    return int(vocabulary()["months"][found.word(name).rstrip(".")])


def weekday_of(found: Found) -> int:
    """Give the captured weekday, 0 = Monday."""
    return int(vocabulary()["weekdays"][found.word("w").rstrip(".")])


def number_of_day(found: Found, name: str = "d") -> int:
    """Give the captured day of the month as a number; 0 where it is none."""
    ordinals = vocabulary()["ordinals"]
    words = [w for w in found.words(name) if w != "-"]
    if all(w in ordinals or w in vocabulary()["tens"] for w in words):
        return sum(ordinals.get(w) or vocabulary()["tens"][w] for w in words)
    digits = "".join(c for c in words[-1] if c.isdigit())
    return int(digits) if digits else 0


def year_of(found: Found, name: str = "y") -> int | None:
    """Give the captured year, written with two or four digits or in words ("nineteen ninety-one")."""
    if found.words("spelled"):
        return _spelled_year(found.words("spelled"))
    digits = found.word(name).lstrip("'")
    return full_year(digits) if digits.isdigit() else None


def _spelled_year(words: list[str]) -> int:
    numbers, tens = vocabulary()["numbers"], vocabulary()["tens"]
    parts = [numbers.get(w, tens.get(w, 0)) for w in words]
    if "thousand" in words:
        return 2000 + sum(parts[2:])
    return 100 * parts[0] + sum(parts[1:])


def relative_year(found: Found, context: Context) -> int | None:
    """Give the year that "last year", "this year" or "that year" names."""
    if not found.words("yrel"):
        return None
    base = context.referred("year") if _leans_on_text(found.words("yrel")) else context.published
    if base is None:
        return None
    return base.year + _step(found.words("yrel"))


def _step(words: list[str]) -> int:
    classes = vocabulary()["classes"]
    if any(w in classes["NEXT"] for w in words):
        return 1
    if "this" in words and "past" not in words:
        return 0
    return -1 if any(w in classes["LAST"] for w in words) else 0


def _leans_on_text(words: list[str]) -> bool:
    return bool({"previous", "prior", "preceding", "following", "same", "that", "succeeding"}.intersection(words))


# ---------------------------------------------------------------- explicit dates
def read_iso(found: Found, _: Context) -> Reading | None:
    """2026-01-06, 01/06/98, and 11/27/2005 with spaces."""
    text = "".join(lexeme.text for lexeme in found.lexemes[found.first : found.last])
    day = parse_absolute(text)
    return dated(day, "") if day and len(day) == 10 else None


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
        return _written(f"{year:04d}{suffix}", weekday)
    timex = _on_weekday(suffix, weekday, context) or yearly(suffix, context)
    return dated(timex, f"XXXX{suffix}", suffix=suffix, weekday=weekday)


def _written(timex: str, weekday: int | None = None) -> Reading | None:
    reading = dated(timex, timex, weekday=weekday)
    reading.explicit = True
    return reading if reading.value.timex and calendar.bounds(timex) else None


def _on_weekday(suffix: str, weekday: int | None, context: Context) -> str | None:
    """Find the nearest year in which the day falls on the weekday that stands beside it."""
    if weekday is None or context.published is None:
        return None
    years = sorted(range(context.today.year - 3, context.today.year + 4), key=lambda y: abs(y - context.today.year))
    days = (calendar.first_day(f"{year:04d}{suffix}") for year in years)
    return next((day.isoformat() for day in days if day and day.weekday() == weekday), None)


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
    reading = dated(f"{first}/{last}", "")
    if not reading.value.timex or "XXXX" not in first and isinstance(reading.value, Time) and not reading.value.start:
        return None
    reading.kind = "period"
    return reading


def read_month(found: Found, context: Context) -> Reading | None:
    """A month, with or without its year."""
    suffix = f"-{month_of(found):02d}"
    year = year_of(found) or relative_year(found, context)
    if year is not None:
        return _written(f"{year:04d}{suffix}")
    if found.words("yrel"):
        return dated(None, f"XXXX{suffix}")
    return dated(yearly(suffix, context), f"XXXX{suffix}", suffix=suffix)


def read_season(found: Found, context: Context) -> Reading | None:
    """Summer, the spring of 2015, last fall."""
    suffix = "-" + vocabulary()["seasons"][found.word("s")]
    return _yearly_part(found, context, suffix)


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


def yearly(suffix: str, context: Context) -> str | None:
    """Choose the year of a month, day, season or quarter that was written without one."""
    if context.published is None:
        return None
    told = calendar.first_day(context.written) if context.written else None
    if told is not None and told.year < context.today.year and context.tense != "future":
        return calendar.near_year(told, suffix, "future")
    grain = "quarter" if "Q" in suffix or "H" in suffix else "day" if len(suffix) > 4 else "month"
    return calendar.likely_year(context.today, suffix, _REACH[grain][context.tense])


def _relative(words: list[str], suffix: str, context: Context) -> str | None:
    base = context.referred("month") if _leans_on_text(words) else context.published
    if base is None:
        return None
    step = _step(words)
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
        return dated(digits[:3], "")
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
    rule = vocabulary()["holidays"][found.phrase("hol").replace(" 's", "'s")]
    year = year_of(found) or relative_year(found, context)
    suffix = "-" + rule["day"] if "day" in rule else None
    if year is None and context.published is not None:
        years = [context.today.year + n for n in (-1, 0, 1)]
        days = sorted(d for y in years if (d := holiday(rule, y)))
        if found.words("rel") and _step(found.words("rel")):
            forward = _step(found.words("rel")) > 0
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
    return calendar.nth_weekday(year, int(rule["month"]), int(rule["weekday"]), int(rule["nth"]))


# ---------------------------------------------------------------- relative to a date
def read_weekday(found: Found, context: Context) -> Reading | None:
    """Monday, last Friday, early Sunday afternoon, Thursday night."""
    weekday, words = weekday_of(found), found.words("rel")
    part = vocabulary()["dayparts"].get(found.word("dp"), "")
    unknown = f"XXXX-WXX-{weekday + 1}{part}"
    base = context.referred("day") if _leans_on_text(words) else context.published
    if base is None:
        return dated(None, unknown, weekday=weekday)
    day = calendar.near_weekday(base, weekday, _weekday_direction(words, context))
    return dated(day.isoformat() + part if day else None, unknown, weekday=weekday)


def _weekday_direction(words: list[str], context: Context) -> Direction:
    if {"that", "same"}.intersection(words):
        return "nearest"
    step = _step(words)
    if step:
        return "next" if step > 0 else "past" if "this" in words else "last"
    return context.direction


def read_relative_unit(found: Found, context: Context) -> Reading | None:
    """Last week, this month, the following year, the same day."""
    words, unit = found.words("rel"), found.word("u")
    leaning = _leans_on_text(words) or (unit == "day" and _step(words) != 0)
    base = context.referred(unit) if leaning else context.published
    if base is None:
        return dated(None, _unknown(unit))
    if unit == "weekend":
        return _weekend(words, base, context)
    if unit == "week" and _step(words) and base.weekday() == 6:
        base += timedelta(days=1)  # said on a Sunday, "next week" does not start tomorrow
    return dated(calendar.shift(base, unit, _step(words)), _unknown(unit))


def _unknown(unit: str) -> str:
    return {
        "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    }.get(unit, "XXXX")  # fmt: skip


def _weekend(words: list[str], base: date, context: Context) -> Reading:
    step = _step(words)
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
    leaning = _leans_on_text(words) or _step(words) > 0 or not words
    base = context.referred("day") if leaning else context.published
    day = calendar.shift(base, "day", _step(words)) if base else None
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


def read_month_set(found: Found, _: Context) -> Reading | None:
    """Each July."""
    return reference(f"XXXX-{month_of(found):02d}")


def spaced_day(found: Found, _: Context) -> Reading | None:
    """11 / 27 / 2005."""
    month, day = month_first(int(found.word("a")), int(found.word("b")))
    year = year_of(found)
    return dated(calendar.day_value(year, month, day), "") if year else None
