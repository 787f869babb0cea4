"""Quantities, ranks, units: behaviour as data, conversion, and what hostile text may cost."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from factcheck.claims.parse import Sentence, Token, parse
from factcheck.claims.quantities.listed import find_listed_singles
from factcheck.claims.quantities.numerals import parse_digits, plain
from factcheck.claims.quantities.ordinal import find_ordinals
from factcheck.claims.quantities.quantity import find_quantities
from factcheck.claims.quantities.units import convert, is_measure, normal_unit
from factcheck.claims.quantities.zero import find_zero_counts
from factcheck.model import Mention, Span

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/claims/quantity.toml").read_text("utf-8"))
FINDERS: dict[str, Callable[[Sentence], list[Mention]]] = {
    "case": find_quantities,
    "ordinal": find_ordinals,
    "zero": find_zero_counts,
    "listed": lambda sentence: find_listed_singles(sentence, find_quantities(sentence)),
}
LONG = 100_000


def _described(sentence: Sentence, mention: Mention) -> dict[str, Any]:
    fields = msgspec.to_builtins(mention.value)
    del fields["type"]
    fields.pop("unit_text", None)
    fields |= {"anchor": sentence.document_text[mention.start : mention.end], "kind": mention.kind}
    if mention.head is not None:
        fields["head"] = sentence.tokens[mention.head].text
    if not mention.checkable:
        fields["checkable"] = False
    return dict(fields)


@pytest.mark.parametrize(
    ("table", "case"),
    [(table, case) for table in FINDERS for case in CASES[table]],
    ids=lambda x: x if isinstance(x, str) else x["text"][:40],
)
def test_mentions(nlp: Any, table: str, case: dict[str, Any]) -> None:
    text = case["text"]
    sentences = parse(nlp, text, [Span(start=0, end=len(text))])
    found = [_described(s, m) for s in sentences for m in FINDERS[table](s)]
    assert [m["anchor"] for m in found] == [m["anchor"] for m in case["expect"]]
    for got, want in zip(found, case["expect"], strict=True):
        assert got == pytest.approx(want) if "comparator" not in want else got == want


def test_offsets_count_from_the_document(nlp: Any) -> None:
    text = "A heading\nThe farm keeps about 40 goats."
    sentences = parse(nlp, text, [Span(start=0, end=9), Span(start=10, end=len(text))])
    (mention,) = [m for s in sentences for m in find_quantities(s)]
    assert text[mention.start : mention.end] == "about 40"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("28,500", 28500),
        ("1,50,000", 150000),
        ("٣", 3),
        ("４５", 45),
        (".358", 0.358),
        ("1.234.567", 1234567),
    ],
)
def test_digits(text: str, number: float) -> None:
    value = parse_digits(text)
    assert value is not None
    assert plain(value) == number


@pytest.mark.parametrize("text", ["1,2,3", "3.5.2", "", "1,0000", "9" * LONG])
def test_not_one_number(text: str) -> None:
    assert parse_digits(text) is None


@pytest.mark.parametrize(
    ("number", "unit", "to", "expected"),
    [
        (1, "mile", "kilometre", 1.609344),
        (28, "celsius", "fahrenheit", 82.4),
        (100, "kilometre per hour", "mile per hour", 62.137119),
        (2, "square kilometre", "hectare", 200),
        (3, "week", "day", 21),
        (5, "gigabyte", "megabyte", 5000),
        (1, "tonne", "kilogram", 1000),
        (7, "kilometre", "kilometre", 7),
    ],
)
def test_convert(number: float, unit: str, to: str, expected: float) -> None:
    assert convert(number, unit, to) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("unit", "to"),
    [
        ("mile", "hour"),
        ("dollar", "euro"),
        ("boat", "ship"),
        ("magnitude", "metre"),
        ("__import__('os')", "metre"),
    ],
)
def test_incompatible(unit: str, to: str) -> None:
    assert convert(1, unit, to) is None


@pytest.mark.parametrize("number", [10**400, 1e308])
def test_convert_survives_overflow(number: float) -> None:
    assert convert(number, "kilometre", "nanometre") is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("km/h", "kilometre per hour"),
        ("US$", "dollar"),
        ("sq m", "square metre"),
        ("m²", "square metre"),
        ("kWh", "kilowatt-hour"),
        ("KM", "kilometre"),
        ("degrees Celsius", "celsius"),
        ("Widgets", "widgets"),
    ],
)
def test_normal_unit(written: str, name: str) -> None:
    assert normal_unit(written) == name


def test_is_measure() -> None:
    assert is_measure("square kilometre")
    assert is_measure("mile per hour")
    assert not is_measure("boat")


def _untagged(text: str) -> Sentence:
    """A sentence split at blanks without a tagger, for text no tagger should have to read."""
    tokens, at = [], 0
    for i, word in enumerate(text.split(" ")):
        kind = ("NUM", "CD") if word[:1].isdecimal() else ("NOUN", "NNS")
        tokens.append(Token(i, word, word.lower(), word.lower(), *kind, "nummod", i, "", at, at + len(word)))
        at += len(word) + 1
    return Sentence(tokens, 0, len(text), 0, text)


HOSTILE = [
    "9" * LONG, "1," * (LONG // 2), "1.1" * (LONG // 3), "1-" * (LONG // 2), "1/2" * (LONG // 3),
    "$" * LONG, "1 " * (LONG // 2), "half a " * (LONG // 7), "one in " * (LONG // 7),
    "twenty-" * (LONG // 7), "a" * LONG, "up by " * (LONG // 6), "more than 5 or more " * (LONG // 20),
    "5 pounds ' " * (LONG // 11), "½" * LONG, "two of the " * (LONG // 11), "5 a's " * (LONG // 6),
    "1 to " * (LONG // 5), "\0" * LONG, "٣" * LONG, "hundred and " * (LONG // 12),
    "from 1 to 2 " * (LONG // 12), "first since 2019 " * (LONG // 17), "'5' " * (LONG // 4),
    "second largest in two " * (LONG // 22), "no deaths " * (LONG // 10), "A-" * (LONG // 2),
    "5 km/" * (LONG // 5),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:12]))
def test_hostile_text_costs_linear_time(text: str) -> None:
    """Ten times the text takes ten times as long, on whatever machine; quadratic code takes a hundred."""

    def seconds(part: str) -> float:
        sentence = _untagged(part)
        began = time.process_time()
        for find in FINDERS.values():
            find(sentence)
        return time.process_time() - began

    seconds(text[:100])
    assert seconds(text) < 40 * seconds(text[: len(text) // 10]) + 0.5
