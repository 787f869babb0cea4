"""The table of facts by source in the terminal report."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from factcheck.model import FactVerdict
from factcheck.report.matrix import MATRIX_KEY, VERDICT_MARKS, Matrix, Row
from factcheck.report.references import References, label
from factcheck.report.summary import number_of
from factcheck.report.terminal_pieces import capped, heading, words

MOST_ROWS = 40
LABEL = 70
# The least a fact's label and a column of values need, and what the frame of a column takes.
_LABEL_WIDTH, _CELL_WIDTH, _FRAME = 26, 11, 3
_STYLES: dict[FactVerdict, str] = {
    "contradiction": "red", "agreement": "green", "undecided": "yellow", "gap": "cyan",
}  # fmt: skip


def print_matrix(console: Console, matrix: Matrix, references: References) -> None:
    """Print which document says what; many documents take several tables, one below the other."""
    heading(console, "Facts by source", len(matrix.rows), "blue")

    def show(rows: Sequence[Row]) -> None:
        # The mark takes a column of one.
        fitting = max(1, (console.width - _LABEL_WIDTH - 2 * _FRAME - 1) // (_CELL_WIDTH + _FRAME))
        for first in range(0, len(matrix.columns), fitting):
            columns = range(first, min(first + fitting, len(matrix.columns)))
            console.print(_table(rows, matrix, columns, references, console.width))

    capped(console, matrix.rows, MOST_ROWS, show)
    console.print(words(MATRIX_KEY, "dim"))
    if matrix.told_once:
        once = f"{number_of(matrix.told_once, 'fact')} told by one document only: see gaps."
        console.print(words(once, "dim"))


def _table(rows: Sequence[Row], matrix: Matrix, columns: range, references: References, width: int) -> Table:
    """Lay some columns out; every width is set here because rich would cut what it cannot fit."""
    names = [words(references.letters[matrix.columns[column]]) for column in columns]
    cells = [[words(row.cells[column], _STYLES[row.fact.verdict]) for column in columns] for row in rows]
    labels = [words(label(row.claim, LABEL)) for row in rows]
    room = width - 2 * _FRAME - 1 - _FRAME * len(columns)
    share = max(1, (room - _LABEL_WIDTH) // len(columns))
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
