"""Offsets in code points, and the places that editors count in lines and units, lead to each other."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol.types import Position

from factcheck.editor.positions import Encoding, Lines

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
FERRY, FAMILY = "⛴", "👩‍👧"  # one unit of UTF-16; two people of two units each and a joiner
MARK = "\ufeff"


def units(words: str, encoding: Encoding) -> int:
    """Count the code units of a text, by way of its bytes."""
    if encoding == "utf-8":
        return len(words.encode())
    return len(words.encode(f"{encoding}-le")) // (2 if encoding == "utf-16" else 4)


# What stands before a place, the line it is in, and its column in units of UTF-8, UTF-16 and UTF-32.
PLACES = [
    ("", 0, (0, 0, 0)),
    ("ferry", 0, (5, 5, 5)),
    ("fähre", 0, (6, 5, 5)),
    (f"{FERRY} ", 0, (4, 2, 2)),
    ("😀 ", 0, (5, 3, 2)),
    (FAMILY, 0, (11, 5, 3)),
    # An e and its accent are two code points, whatever they look like.
    ("cafe\u0301", 0, (6, 5, 5)),
    ("one\ntwo", 1, (3, 3, 3)),
    ("one\r\ntwo", 1, (3, 3, 3)),
    ("one\rtwo", 1, (3, 3, 3)),
    ("one\n\rtwo", 2, (3, 3, 3)),
    ("one\r\r\ntwo", 2, (3, 3, 3)),
    ("one\n", 1, (0, 0, 0)),
    # Python takes these for ends of lines, the protocol does not.
    ("one\u2028two", 0, (9, 7, 7)),
    ("one\u2029two", 0, (9, 7, 7)),
    ("one\u0085two", 0, (8, 7, 7)),
    ("one\ftwo", 0, (7, 7, 7)),
    ("one\vtwo", 0, (7, 7, 7)),
    ("one\x1ctwo", 0, (7, 7, 7)),
    # Half a surrogate pair, which JSON can say, has the units of what editors show in its place.
    ("\ud800 ", 0, (4, 2, 2)),
]


@pytest.mark.parametrize("after", ["", "!", "!\n", "\n😀\n"])
@pytest.mark.parametrize(("before", "line", "columns"), PLACES, ids=[repr(p[0]) for p in PLACES])
def test_place(before: str, line: int, columns: tuple[int, ...], after: str) -> None:
    for encoding, column in zip(ENCODINGS, columns, strict=True):
        lines = Lines.of(before + after, encoding)
        assert lines.position(len(before)) == Position(line, column)
        assert lines.offset(Position(line, column)) == len(before)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_byte_order_mark_is_a_character_of_the_editor_only(encoding: Encoding) -> None:
    """Offsets count in the text that was read, and reading drops the mark."""
    lines = Lines.of(f"{MARK}one\ntwo", encoding)
    width = units(MARK, encoding)
    assert lines.position(0) == Position(0, width)
    assert lines.position(3) == Position(0, width + 3)
    assert lines.position(4) == Position(1, 0)
    assert lines.offset(Position(0, 0)) == lines.offset(Position(0, width)) == 0
    assert lines.offset(Position(1, 2)) == 6
    # A second one, and one within the text, are text.
    assert Lines.of(f"{MARK}{MARK}one", encoding).position(1) == Position(0, 2 * width)
    assert Lines.of(f"one{MARK}", encoding).position(4) == Position(0, 3 + width)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("text", "line", "offset"), [
    ("one\ntwo", 0, 3), ("one\r\ntwo", 0, 3), ("one\rtwo", 0, 3), ("one\ntwo", 1, 7), ("one\ntwo\n", 1, 7),
    ("one\ntwo\n", 2, 8), ("one\n", 9, 4), ("", 0, 0), ("", 5, 0), ("\n\n", 1, 1), ("one\f\r\n", 0, 4),
])  # fmt: skip
def test_beyond_the_end(text: str, line: int, offset: int, encoding: Encoding) -> None:
    """What lies beyond a line is its end, and what lies beyond the last line is the end of the text."""
    assert Lines.of(text, encoding).offset(Position(line, 2**31 - 1)) == offset
    assert Lines.of(text, encoding).position(len(text) + 9) == Lines.of(text, encoding).position(len(text))


@pytest.mark.parametrize(("text", "line", "end"), [
    ("one\ntwo", 0, 3), ("one\ntwo", 1, 7), ("one\r\n", 0, 3), ("one\r\n", 1, 5), ("one\r", 0, 3), ("", 0, 0),
    ("one\r\r\n", 0, 3), ("one\r\r\n", 1, 4), ("one\n\n", 1, 4), ("one\r\n\r\n", 1, 5),
])  # fmt: skip
def test_end_of_a_line(text: str, line: int, end: int) -> None:
    assert Lines.of(text, "utf-16").line_end(line) == end


def test_a_place_within_a_character_is_the_one_after_it() -> None:
    assert Lines.of("😀!", "utf-16").offset(Position(0, 1)) == 1
    assert Lines.of("😀!", "utf-8").offset(Position(0, 3)) == 1


def test_a_range() -> None:
    found = Lines.of("one\n😀 two", "utf-16").range(6, 9)
    assert (found.start, found.end) == (Position(1, 3), Position(1, 6))


# Letters of every width, all that ends a line somewhere, and what else has trapped editors.
ALPHABET = st.sampled_from("aé€😀\u0301\u200d\u202e\ufeff\n\r\u2028\u2029\x85\f\v\0\t ")


@settings(max_examples=500)
@given(st.text(ALPHABET | st.characters(), max_size=40), st.sampled_from(ENCODINGS), st.data())
def test_every_place_leads_back(text: str, encoding: Encoding, data: st.DataObject) -> None:
    lines = Lines.of(text, encoding)
    offset = data.draw(st.integers(0, len(text) - lines.shift))
    # No place is within a line end of two characters: an editor would see the end of the line there.
    split = text[offset + lines.shift - 1 : offset + lines.shift + 1] == "\r\n"
    assert lines.offset(lines.position(offset)) == offset - split


@given(st.text(ALPHABET, max_size=40), st.sampled_from(ENCODINGS))
def test_places_come_in_the_order_of_offsets(text: str, encoding: Encoding) -> None:
    lines = Lines.of(text, encoding)
    places = [lines.position(at) for at in range(len(text) - lines.shift + 1)]
    told = [(place.line, place.character) for place in places]
    assert told == sorted(set(told))


@given(st.text(ALPHABET, max_size=40), st.integers(0, 50), st.integers(0, 90), st.sampled_from(ENCODINGS))
def test_any_place_is_somewhere_in_the_text(text: str, line: int, column: int, encoding: Encoding) -> None:
    lines = Lines.of(text, encoding)
    assert 0 <= lines.offset(Position(line, column)) <= len(text) - lines.shift
