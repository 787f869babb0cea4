"""Places in a text as an editor counts them: lines from 0, and columns in the units it asked for."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from lsprotocol import types

from factcheck.verdicts.rules.base import line_starts

Encoding = Literal["utf-8", "utf-16", "utf-32"]
_BYTES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
MARK = "\ufeff"


@dataclass(frozen=True)
class Lines:
    """The lines of a text; they end at LF, CR or CRLF, whatever else Python takes for the end of a line.

    ``shift`` is how many code points the editor has before the text that offsets count in: one, where it
    shows a byte order mark.
    """

    text: str
    starts: list[int]
    encoding: Encoding
    shift: int

    @classmethod
    def of(cls, text: str, encoding: Encoding) -> Lines:
        """Take the text that an editor shows apart."""
        return cls(text, line_starts(text), encoding, int(text.startswith(MARK)))

    def position(self, offset: int) -> types.Position:
        """Return the place of an offset in code points."""
        at = min(offset + self.shift, len(self.text))
        line = bisect_right(self.starts, at) - 1
        return types.Position(line=line, character=self._units(self.text[self.starts[line] : at]))

    def range(self, start: int, end: int) -> types.Range:
        """Return the range between two offsets."""
        return types.Range(start=self.position(start), end=self.position(end))

    def offset(self, position: types.Position) -> int:
        """Return the offset of a place; one beyond the end of its line is the end of the line."""
        if position.line >= len(self.starts):
            return len(self.text) - self.shift
        start = self.starts[position.line]
        line = self.text[start : self.line_end(position.line)]
        before, units = 0, 0
        while before < len(line) and units < position.character:
            units += self._units(line[before])
            before += 1
        return max(start + before - self.shift, 0)

    def line_end(self, line: int) -> int:
        """Return where in the editor's text a line ends, without the characters that end it."""
        start = self.starts[line]
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
        return start + len(self.text[start:end].rstrip("\r\n"))

    def _units(self, part: str) -> int:
        if self.encoding == "utf-32":
            return len(part)
        name = "utf-16-le" if self.encoding == "utf-16" else self.encoding
        return len(part.encode(name, "surrogatepass")) // _BYTES[self.encoding]
