"""Read the parts a rule captured: month, weekday, day of the month, year, "last" and "next"."""

from __future__ import annotations

from factcheck.claims.quantities.numerals import spelled
from factcheck.claims.times.context import Context
from factcheck.claims.times.grammar import Found
from factcheck.claims.times.lexer import vocabulary
from factcheck.sources.dates import full_year


def month_of(found: Found, name: str = "m") -> int:
    """Give the number of the captured month."""
    return int(vocabulary()["months"][found.word(name).rstrip(".")])


def weekday_of(found: Found) -> int:
    """Give the captured weekday, 0 = Monday."""
    return int(vocabulary()["weekdays"][found.word("w").rstrip(".")])


def number_of_day(found: Found, name: str = "d") -> int:
    """Give the captured day of the month or century as a number; 0 where it is none."""
    *tens, word = found.words(name) or [""]
    number = vocabulary()["ordinals"].get(word) or int("".join(c for c in word if c.isdigit()) or 0)
    if not tens:
        return int(number)
    return int(spelled(tens[0]) or 0) + number if number < 10 else 0


def year_of(found: Found, name: str = "y") -> int | None:
    """Give the captured year, written with two or four digits or in words ("nineteen ninety-one")."""
    if found.words("spelled"):
        return _spelled_year(found.words("spelled"))
    digits = found.word(name).lstrip("'")
    return full_year(digits) if digits.isdigit() else None


def _spelled_year(words: list[str]) -> int:
    parts = [int(spelled(word) or 0) for word in words]
    if "thousand" in words:
        return 2000 + sum(parts[2:])
    return 100 * parts[0] + sum(parts[1:])


def relative_year(found: Found, context: Context) -> int | None:
    """Give the year that "last year", "this year" or "that year" names."""
    if not found.words("yrel"):
        return None
    base = context.referred("year") if leans_on_text(found.words("yrel")) else context.published
    if base is None:
        return None
    return base.year + step_of(found.words("yrel"))


def step_of(words: list[str]) -> int:
    classes = vocabulary()["classes"]
    if any(w in classes["NEXT"] for w in words):
        return 1
    if "this" in words and "past" not in words:
        return 0
    return -1 if any(w in classes["LAST"] for w in words) else 0


def leans_on_text(words: list[str]) -> bool:
    return bool(
        {"previous", "prior", "preceding", "following", "same", "that", "succeeding"}.intersection(words)
    )
