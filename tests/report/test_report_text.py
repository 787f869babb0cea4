"""Text made safe and short."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.report.text import excerpt, sentence, shorten, visible, visible_path, without_commands


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\n\nlines\tand  spaces", "two lines and spaces"),
        (" edges stay ", " edges stay "),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]8;;http://a\x07", "␛]8;;http://a␇"),
        ("nul\x00 del\x7f c1\x9b", "nul␀ del␡ c1\\u009b"),
        ("\u202eevil\u202c\u200b\ufeff", "\\u202eevil\\u202c\\u200b\\ufeff"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("line\u2028separator", "line separator"),
        ("Zürich 東京 “quotes” – 5 €", "Zürich 東京 “quotes” – 5 €"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_visible_leaves_nothing_invisible(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("path", "shown"),
    [("a  b/c.txt", "a  b/c.txt"), ("a\n::error\u2028b", "a␊::error\\u2028b"), ("\ud800", "\\ud800")],
)
def test_visible_path_keeps_every_character(path: str, shown: str) -> None:
    assert visible_path(path) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a::b\n  ::error::c\n::d", "a::b\n  ∶∶error::c\n∶∶d"),
        ("see ##[error]x", "see ♯♯[error]x"),
        ("\n\n::x", "\n\n∶∶x"),
    ],
)
def test_without_commands(written: str, shown: str) -> None:
    assert without_commands(written) == shown
    assert without_commands(shown) == shown


@given(st.text(max_size=300), st.text(min_size=1, max_size=300), st.text(max_size=300), st.integers(20, 250))
def test_excerpt_keeps_the_part_and_the_length(before: str, part: str, after: str, limit: int) -> None:
    quote = before + part + after
    left, middle, right = excerpt(quote, len(before), len(before) + len(part), limit)
    if len(part) <= limit:
        assert middle == visible(part)
    if quote.isalnum():
        assert len(left + middle + right) <= limit + 3


def test_excerpt_cuts_between_words() -> None:
    quote = "word " * 100 + "28,500 troops" + " word" * 100
    left, part, right = excerpt(quote, 500, 506, 80)
    assert part == "28,500"
    assert left.startswith("…word ")
    assert right.startswith(" troops word")
    assert right.endswith(" word…")


def test_excerpt_gives_unused_room_to_the_other_side() -> None:
    left, _, right = excerpt("12 men " + "walked far " * 40, 0, 2, 100)
    assert not left
    assert 85 <= len(right) <= 100


def test_shorten_cuts_a_word_that_never_ends() -> None:
    assert shorten("x" * 50, 10) == "x" * 10 + "…"


@pytest.mark.parametrize(
    ("clause", "written"), [("the values differ", "The values differ."), ("Is it?", "Is it?"), ("", "")]
)
def test_sentence(clause: str, written: str) -> None:
    assert sentence(clause) == written
