"""The table of facts by source in the terminal report."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from factcheck.model import FactVerdict
from factcheck.report.matrix import MATRIX_KEY, VERDICT_MARKS, Matrix, Row, told_once_line
from factcheck.report.references import References, label
from factcheck.report.terminal_pieces import capped, heading, words

MOST_ROWS = 25
LABEL = 70
# What a column of values needs at least, and what the frame takes of each column.
_CELL_WIDTH, _FRAME = 9, 3
_STYLES: dict[FactVerdict, str] = {
    "contradiction": "red", "agreement": "green", "undecided": "yellow", "gap": "cyan",
}  # fmt: skip


def print_matrix(console: Console, matrix: Matrix, references: References) -> None:
    """Print which document says what; many documents take several tables, one below the other."""
    heading(console, "Facts by source", len(matrix.rows), "blue")

    def show(rows: Sequence[Row]) -> None:
        count = len(matrix.columns)
        tables = math.ceil(count / _fitting(console.width))
        size = math.ceil(count / tables)
        for first in range(0, count, size):
            columns = range(first, min(first + size, count))
            console.print(_table(rows, matrix, columns, references, console.width))

    capped(console, matrix.rows, MOST_ROWS, show)
    console.print(words(MATRIX_KEY, "dim"))
    if matrix.told_once:
        console.print(words(told_once_line(matrix), "dim"))


def _room(width: int, columns: int) -> int:
    """What the frame and the mark, a column of one, leave for labels and values."""
    return width - 1 - (columns + 2) * _FRAME


def _label_width(width: int) -> int:
    return min(26, width // 3)


def _fitting(width: int) -> int:
    return max(1, (_room(width, 0) - _label_width(width)) // (_CELL_WIDTH + _FRAME))


def _table(rows: Sequence[Row], matrix: Matrix, columns: range, references: References, width: int) -> Table:
    """Lay some columns out; every width is set here because rich would cut what it cannot fit."""
    names = [words(references.letters[matrix.columns[column]]) for column in columns]
    cells = [[words(row.cells[column], _STYLES[row.fact.verdict]) for column in columns] for row in rows]
    labels = [words(label(row.claim, LABEL)) for row in rows]
    room = _room(width, len(columns))
    share = max(1, (room - _label_width(width)) // len(columns))
    widths = [min(max(text.cell_len for text in column), share) for column in zip(names, *cells, strict=True)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", border_style="dim")
    table.add_column("", width=1)
    longest = max(text.cell_len for text in labels)
    table.add_column("Fact", overflow="fold", width=max(4, min(longest, room - sum(widths))))
    for name, cell_width in zip(names, widths, strict=True):
        table.add_column(name, overflow="fold", width=cell_width)
    for row, fact, said in zip(rows, labels, cells, strict=True):
        mark = words(VERDICT_MARKS[row.fact.verdict], f"bold {_STYLES[row.fact.verdict]}")
        table.add_row(mark, fact, *said)
    return table
