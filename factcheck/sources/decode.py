"""Turn the bytes of a file into text, exactly: no line end is translated and no character replaced."""

from __future__ import annotations

import codecs
import re

from factcheck.errors import UnreadableDocument
from factcheck.sources.lines import UNSEEN

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536  # bytes from which an encoding is guessed
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_TOO_MANY_CONTROLS = 0.02


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode UTF-8, anything with a byte order mark, and otherwise what is ``declared`` or looks most likely.

    A declaration counts only for what is not UTF-8: pages that are saved anew often keep a wrong one.
    A byte order mark is dropped, so offsets count from the first character of the text.

    Raises:
        UnreadableDocument: the data is empty, binary, or in no encoding that can be told.
    """
    if not data.strip():
        raise UnreadableDocument("the file is empty")
    text = _decode(data, declared)
    if len(_CONTROLS.findall(text[:_SAMPLE])) > _TOO_MANY_CONTROLS * min(len(text), _SAMPLE):
        raise UnreadableDocument("this is binary data, not text")
    if not text.strip(UNSEEN):
        raise UnreadableDocument("the file is empty")
    return text


def _decode(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\0" in data[:_SAMPLE]:
        return _strictly(data, _wide_encoding(data[:_SAMPLE]))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, _known(declared) or _guessed_encoding(data))


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    # Latin-1 has control codes where Windows-1252 has quotes and dashes; browsers read it as the latter.
    # Source: WHATWG Encoding Standard, the labels of windows-1252.
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableDocument(f"the text cannot be decoded as {encoding}; save it as UTF-8") from error


def _wide_encoding(sample: bytes) -> str:
    """Tell UTF-16 without a mark by its zero bytes: in Latin script every other byte is one."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if min(even, odd) <= 0.05 * len(sample) and max(even, odd) >= 0.2 * len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    raise UnreadableDocument("this is binary data, not text")


def _guessed_encoding(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # Windows-1252 is what English text that is not UTF-8 nearly always is, and on a few accented letters
    # the statistics of its neighbours look as good.
    guesses = from_bytes(_informative(data))
    best = guesses.best()
    if best is None:
        raise UnreadableDocument("no text encoding fits the data; save it as UTF-8")
    alike = {guess.encoding for guess in guesses if guess.chaos <= best.chaos + 0.02}
    return "cp1252" if "cp1252" in alike else best.encoding


def _informative(data: bytes) -> bytes:
    """Give a part of the data around the first byte that is not ASCII."""
    first = next(found.start() for found in re.finditer(rb"[\x80-\xff]", data))
    start = max(0, first - _SAMPLE // 2)
    return data[start : start + _SAMPLE]
