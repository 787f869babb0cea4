"""Values in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.model import Duration, Ordinal, Quantity, Statement, Time, Value
from factcheck.report.timex_words import time_words
from factcheck.report.wording import value_words

QUANTITIES = [
    (Quantity(number=28500), "28,500"),
    (Quantity(number=28500, comparator="about", unit="troop", unit_text="troops"), "about 28,500 troops"),
    (Quantity(number=1, unit="ship"), "1 ship"),
    (Quantity(number=2, unit="city"), "2 cities"),
    (Quantity(number=3, unit="person"), "3 people"),
    (Quantity(number=0.5, comparator="about", of="the voters"), "about half of the voters"),
    (Quantity(number=1 / 3, comparator="about", unit="share"), "about one-third"),
    (Quantity(number=0.47, unit="share"), "47%"),
    (Quantity(number=48, unit="percentage", unit_text="%"), "48%"),
    (Quantity(low=3, high=4, comparator="range", unit="percentage"), "3% to 4%"),
    (Quantity(number=2, unit="percentage point", unit_text="percentage points"), "2 percentage points"),
    (Quantity(number=4.5e9, comparator="above", unit="dollar", currency="USD"), "more than $4.5 billion"),
    (Quantity(number=70, unit="dollar per barrel", currency="USD"), "$70 per barrel"),
    (Quantity(number=2000000, unit="won", unit_text="₩", currency="KRW"), "2 million won"),
    (Quantity(low=12, high=15, comparator="range"), "12 to 15"),
    (Quantity(low=12, unit="crew"), "at least 12 crews"),
    (Quantity(high=12), "at most 12"),
    (Quantity(number=9, comparator="below"), "less than 9"),
    (Quantity(number=5, change="up", unit="percentage"), "up 5%"),
    (Quantity(number=30, before=20, change="up", unit="boat"), "up from 20 to 30 boats"),
    (Quantity(number=3, unit="ship", unit_text="the ships", of="the ships"), "3 of the ships"),
    (Quantity(number=1234567), "1,234,567"),
    (Quantity(number=-3.25, unit="degree"), "-3.25 degrees"),
    (Quantity(number=0.00001, unit="metre", unit_text="m"), "1e-05 m"),
    (Quantity(), "an unstated number"),
]
OTHERS = [
    (Ordinal(rank=1, since="2019"), "first since 2019"),
    (Ordinal(rank=2, unit="meeting", within="2026"), "second meeting in 2026"),
    (Ordinal(rank=22), "22nd"),
    (Ordinal(rank=112), "112th"),
    (Ordinal(rank=1, adjective="large", unit="partner"), "largest partner"),
    (Ordinal(rank=2, adjective="big", unit="city"), "second biggest city"),
    (Ordinal(adjective="heavy"), "heaviest"),
    (Ordinal(adjective="new"), "newest"),
    (Ordinal(adjective="important"), "most important"),
    (Ordinal(adjective="good"), "best"),
    (Time(timex="2017", relation="since"), "since 2017"),
    (Time(timex="2026-01-04"), "4 January 2026"),
    (Time(timex="2025-11", comparator="about"), "about November 2025"),
    (Time(timex="2026-W02"), "week of 5 January 2026"),
    (Time(start="2026-01-05", end="2026-01-08", relation="between"), "5 January 2026 to 7 January 2026"),
    (Time(start="2026-01-05", end="2026-01-06"), "5 January 2026"),
    (
        Time(start="1926-01-01", end="1933-01-01", grain="year", relation="between"),
        "1926 to 1932",
    ),
    (Time(resolved=False, weekday=6), "Sunday"),
    (Time(resolved=False), "an unstated time"),
    (Duration(timex="P4D", number=4, unit="day"), "4 days"),
    (Duration(timex="P2M", comparator="about"), "about 2 months"),
    (Duration(low=4, high=6, unit="week", comparator="range"), "4 to 6 weeks"),
    (Duration(), "some time"),
    (Statement(text="The bridge is open."), "The bridge is open."),
]
TIMES = [
    ("199", "the 1990s"),
    ("19", "the 1900s"),
    ("2026-01-04T09:30", "4 January 2026, 09:30"),
    ("2026-01-04TMO", "4 January 2026, morning"),
    ("T09:30", "09:30"),
    ("TXX:XX", "no possible time of day"),
    ("2025-Q3", "third quarter of 2025"),
    ("2025-SU", "summer 2025"),
    ("XXXX-12-25", "25 December"),
    ("XXXX-WXX-7", "Sunday"),
    ("2026-W02-1", "5 January 2026"),
    ("PRESENT_REF", "now"),
    ("PT20M", "20 minutes"),
    ("2026-13-45", "2026-13-45"),
    ("PXD", "PXD"),
    ("", ""),
]


@pytest.mark.parametrize(("value", "words"), QUANTITIES + OTHERS)
def test_value_in_words(value: Value, words: str) -> None:
    assert value_words(value) == words


@pytest.mark.parametrize(("timex", "words"), TIMES)
def test_time_in_words(timex: str, words: str) -> None:
    assert time_words(timex) == words


@given(
    st.one_of(st.integers(), st.floats(), st.just(10**5000)),
    st.text(max_size=12),
    st.sampled_from(["exact", "about", "above", "below", "range"]),
)
def test_any_value_has_words(number: float, text: str, comparator: str) -> None:
    values: list[Value] = [
        Quantity(number=number, unit=text, unit_text=text, comparator=comparator),  # type: ignore[arg-type]
        Quantity(number=number, currency="USD"),
        Quantity(low=number, high=number, unit="percentage"),
        Duration(number=number, unit=text),
        Duration(timex=text),
        Ordinal(adjective=text, since=text, unit=text),
        Time(timex=text),
        Time(start=text, end=text),
    ]
    assert all(isinstance(value_words(value), str) for value in values)
