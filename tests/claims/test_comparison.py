"""Comparison levels as data, and the property that comparing has no direction."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import claims_of

from factcheck.claims.comparison import compare, compare_values
from factcheck.claims.extraction import extract
from factcheck.model import Claim, Document, Duration, Ordinal, Quantity, Span, Statement, Time, Value

TYPES: dict[str, type] = {"q": Quantity, "t": Time, "d": Duration, "o": Ordinal}
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/claims/comparison.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: next(k for k in c if k in TYPES) + ":" + c["level"])
def test_level(case: dict[str, Any]) -> None:
    key = next(k for k in case if k in TYPES)
    tag = {"q": "quantity", "t": "time", "d": "duration", "o": "ordinal"}[key]
    left, right = (msgspec.convert({"type": tag, **v}, TYPES[key]) for v in case[key])
    assert compare_values(left, right).name == case["level"]
    assert compare_values(right, left) == compare_values(left, right)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("150 nautical miles west of Nordby", "150 nautical miles east of Nordby", "opposite direction"),
        ("20 km (12 miles) north-east of Nordby", "20 kilometres southeast of Nordby", "opposite direction"),
        ("ten miles to the south of Nordby", "ten miles north of Nordby", "opposite direction"),
        ("ten miles north of Nordby", "ten miles north-west of Nordby", "equal"),
        ("ten miles from Nordby", "ten miles north of Nordby", "equal"),
        ("ten miles off the eastern cape", "ten miles off the western cape", "equal"),
    ],
)
def test_lengths_lead_one_way(nlp: Any, left: str, right: str, level: str) -> None:
    one, other = (_measure(nlp, f"The ferry sank {place}.") for place in (left, right))
    assert compare(one, other).name == compare(other, one).name == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (("3 p.m.", "2026-01-04"), ("3 p.m.", "2026-01-06"), "same words"),
        (("3 p.m.", "2026-01-04"), ("about 3 p.m.", "2026-01-06"), "equal at the coarser grain"),
        (("3 p.m.", "2026-01-04"), ("4 p.m.", "2026-01-04"), "different"),
        (("3 p.m.", "2026-01-06"), ("Sunday", "2026-01-06"), "incomparable"),
        (("3 p.m. Saturday", "2026-01-06"), ("Sunday", "2026-01-06"), "different"),
        (("Sept. 11", "2026-09-14"), ("September 11, 2001", "2026-09-14"), "equal at the coarser grain"),
        (("September 11, 2002", "2026-09-14"), ("September 11, 2001", "2026-09-14"), "different"),
        # A page that was changed or posted anew on another day.
        (("Saturday", "2026-01-05"), ("Saturday", "2026-01-12"), "incomparable"),
        (("yesterday", "2026-01-05"), ("Saturday", "2026-02-12"), "incomparable"),
        (("Saturday", "2026-01-05"), ("Sunday", "2026-01-05"), "different"),
        (("Saturday", "2026-01-05"), ("January 4", "2026-01-05"), "different"),
    ],
)
def test_days_are_compared_by_what_was_written(
    nlp: Any, left: tuple[str, str], right: tuple[str, str], level: str
) -> None:
    one, other = (_time(nlp, *told) for told in (left, right))
    assert compare(one, other).name == compare(other, one).name == level


def _time(nlp: Any, words: str, published: str) -> Claim:
    text = (
        f"The ferry sank at {words}."
        if words[0].isdigit() or words.startswith("about")
        else f"The ferry sank on {words}."
    )
    blocks = (Span(start=0, end=len(text)),)
    document = Document(id=text, path="-", text=text, published=published, blocks=blocks)
    return next(c for c in extract(document, nlp).claims if isinstance(c.value, Time))


def _measure(nlp: Any, text: str) -> Claim:
    return next(c for c in claims_of(nlp, text) if c.kind == "measure")


numbers = st.one_of(st.none(), st.integers(-(10**12), 10**12), st.floats(allow_nan=False))
quantities = st.builds(
    Quantity,
    number=numbers,
    low=numbers,
    high=numbers,
    comparator=st.sampled_from(["exact", "about", "above", "below", "range"]),
    change=st.sampled_from([None, "up", "down"]),
    unit=st.sampled_from(
        [None, "percentage", "share", "metre", "foot", "kilogram", "troop", "dollar", "year"]
    ),
    currency=st.sampled_from([None, None, "USD", "EUR"]),
)
days = st.dates().map(str)
times = st.builds(
    Time,
    timex=st.one_of(st.none(), days, days.map(lambda d: d[:7]), days.map(lambda d: "XXXX" + d[4:])),
    start=st.one_of(st.none(), days),
    end=st.one_of(st.none(), days),
    grain=st.sampled_from([None, "day", "month", "year"]),
    relation=st.sampled_from(["on", "since", "before", "after", "until", "between"]),
    resolved=st.booleans(),
    weekday=st.one_of(st.none(), st.integers(0, 6)),
)
durations = st.builds(
    Duration,
    timex=st.sampled_from([None, "P1D", "P2W"]),
    number=numbers,
    unit=st.sampled_from([None, "day", "week", "year"]),
    comparator=st.sampled_from(["exact", "about", "above", "below"]),
)
ordinals = st.builds(
    Ordinal,
    rank=st.one_of(st.none(), st.integers(1, 5)),
    adjective=st.sampled_from([None, "large", "old"]),
    since=st.sampled_from([None, "2017", "2019"]),
)
statements = st.builds(Statement, text=st.just("x"), polarity=st.sampled_from(["positive", "negative"]))
values = st.one_of(quantities, times, durations, ordinals, statements)


@given(values, values)
def test_mirror(left: Value, right: Value) -> None:
    assert compare_values(left, right) == compare_values(right, left)


@given(st.one_of(quantities, durations), st.one_of(quantities, durations))
def test_mirror_within_numbers(left: Value, right: Value) -> None:
    assert compare_values(left, right) == compare_values(right, left)
