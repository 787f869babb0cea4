"""Time expressions: invented sentences with their values, and properties that hold for any text."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.claims.parse import Sentence, Token, parse
from factcheck.claims.times.calendar import bounds, easter, near_weekday, near_year, shift, shift_year
from factcheck.claims.times.expressions import find_times
from factcheck.model import Mention, Span, Time
from factcheck.sources.dates import parse_absolute

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "claims" / "time.toml").read_text("utf-8"))[
    "case"
]
OF_MENTION = ("kind", "checkable")


def times(nlp: Any, text: str, published: str | None) -> list[Mention]:
    sentences = parse(nlp, text, [Span(start=0, end=len(text))])
    return [mention for found in find_times(sentences, published) for mention in found]


def bare_sentence(text: str) -> Sentence:
    """A sentence of one token: enough for the grammar, without a model."""
    token = Token(0, text, text.lower(), text, "X", "XX", "ROOT", 0, "", 0, len(text))
    return Sentence([token], 0, len(text), 0, text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(nlp: Any, case: dict[str, Any]) -> None:
    expected = dict(case)
    text, published = expected.pop("text"), expected.pop("published", "2026-01-14") or None
    found = times(nlp, text, published)
    anchor = expected.pop("anchor", None)
    if anchor is None:
        assert [text[m.start : m.end] for m in found] == []
        return
    by_anchor = {text[m.start : m.end]: m for m in found}
    assert anchor in by_anchor
    mention = by_anchor[anchor]
    got = {key: getattr(mention if key in OF_MENTION else mention.value, key) for key in expected}
    assert got == expected


HOSTILE = [
    "9" * 100_000,
    "1,111" * 20_000,
    "1." * 50_000,
    "9/" * 50_000,
    "12:" * 33_000,
    "- " * 50_000,
    "the late early " * 7_000,
    "twenty-one " * 9_000,
    "May 5 to " * 11_000,
    "from 1926 to 1932 " * 5_500,
    "more than at least about " * 4_000,
    "٣" * 100_000,
    "\0" * 100_000,
    "１２月３１日 " * 10_000,
    "'80s" * 25_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_time_grows_no_faster_than_the_text(text: str) -> None:
    def seconds(part: str) -> float:
        sentence = bare_sentence(part)
        started = time.process_time()
        found = find_times([sentence], "2026-01-14")[0]
        assert all(0 <= m.start < m.end <= len(part) for m in found)
        return time.process_time() - started

    seconds(text[:100])
    assert seconds(text) < 40 * seconds(text[: len(text) // 10]) + 0.5


@given(
    st.text(alphabet="0123456789-/:., 'sthMayJunweekdgof", max_size=60),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
def test_every_resolved_value_ends_after_it_starts(text: str, published: date) -> None:
    last = 0
    for mention in find_times([bare_sentence(text)], published.isoformat())[0]:
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
        if isinstance(mention.value, Time):
            assert mention.value.resolved == (mention.value.start is not None)
            assert mention.value.start is None or mention.value.start < (mention.value.end or "")


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=12))
def test_any_text_is_read_without_an_error(text: str, published: str) -> None:
    find_times([bare_sentence(text)], published)
    parse_absolute(text)
    bounds(text)


@pytest.mark.parametrize(
    ("timex", "expected"),
    [
        ("2026-01-04", ("2026-01-04", "2026-01-05", "day")),
        ("2026-W02", ("2026-01-05", "2026-01-12", "week")),
        ("2026-W02-WE", ("2026-01-10", "2026-01-12", "weekend")),
        ("2025-12", ("2025-12-01", "2026-01-01", "month")),
        ("2025-Q4", ("2025-10-01", "2026-01-01", "quarter")),
        ("2025-H1", ("2025-01-01", "2025-07-01", "half")),
        ("2025-WI", ("2025-12-01", "2026-03-01", "season")),
        ("2025", ("2025-01-01", "2026-01-01", "year")),
        ("199", ("1990-01-01", "2000-01-01", "decade")),
        ("19", ("1900-01-01", "2000-01-01", "century")),
        ("2026-01-04T09:00", ("2026-01-04T09:00", "2026-01-04T09:01", "minute")),
        ("2026-01-04TNI", ("2026-01-04T18:00", "2026-01-05T06:00", "daypart")),
        ("1926/1932", ("1926-01-01", "1933-01-01", "year")),
        ("1932/1926", None),
        ("2026-02-30", None),
        ("9999", None),
        ("XXXX-12-31", None),
        ("PRESENT_REF", None),
        ("P4D", None),
    ],
)
def test_bounds(timex: str, expected: tuple[str, str, str] | None) -> None:
    assert bounds(timex) == expected


def test_shifts_stay_on_the_calendar() -> None:
    assert shift(date(2024, 1, 31), "month", 1) == "2024-02"
    assert shift(date(9999, 12, 31), "day", 1) is None
    assert shift_year("2024-02-29", 1) == "2025-02"
    assert shift_year("2025-Q3", -1) == "2024-Q3"
    assert near_weekday(date(2026, 1, 14), 2, "past") == date(2026, 1, 14)
    assert near_weekday(date(2026, 1, 14), 2, "last") == date(2026, 1, 7)
    assert near_year(date(2026, 1, 14), "-02-29", "future") == "2028-02-29"
    assert easter(2026) == date(2026, 4, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-06T08:36:00Z", "2026-01-06"),
        ("Jan 06, 2026 08:36 PM", "2026-01-06"),
        ("Updated: January 6th, 2026, 8:36 p.m. ET", "2026-01-06"),
        ("Tue, 06 Jan 2026 08:36:00 +0000", "2026-01-06"),
        ("01/02/98", "1998-01-02"),
        ("13/02/1998", "1998-02-13"),
        ("6.1.2026", "2026-01-06"),
        ("14 janvier 2026", "2026-01-14"),
        ("6 января 2026", "2026-01-06"),
        ("March 2019", "2019-03"),
        ("2019", "2019"),
        ("yesterday", None),
        ("May 5", None),
        ("2,019", None),
        ("3 min read", None),
        ("", None),
    ],
)
def test_an_absolute_date_keeps_its_grain(text: str, expected: str | None) -> None:
    assert parse_absolute(text) == expected
