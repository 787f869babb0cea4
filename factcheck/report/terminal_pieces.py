"""The pieces the terminal report is built from, made with rich.

Article data only ever reaches rich as ``Text`` objects made here, never as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from factcheck.model import Claim
from factcheck.report.references import QUOTE_LENGTH, quoted
from factcheck.report.text import visible

T = TypeVar("T")


def words(text: str, style: str = "") -> Text:
    """Return article data, or our own words, as text that wraps and is never cut or interpreted."""
    return Text(visible(text), style=style, overflow="fold")


def quote(claim: Claim, style: str, limit: int = QUOTE_LENGTH) -> Text:
    """Return a claim's quote in quotation marks, its value in bold."""
    before, value, after = quoted(claim, limit)
    return Text.assemble("“", before, (value, f"bold {style}"), after, "”", overflow="fold")


def grid(*widths: int | None) -> Table:
    """Return a borderless table with columns of these widths, None for as wide as need be."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for width in widths:
        table.add_column(width=width, overflow="fold")
    return table


def indented(renderable: RenderableType, columns: int = 2) -> Padding:
    """Move something to the right."""
    return Padding(renderable, (0, 0, 0, columns))


def heading(console: Console, title: str, count: int, style: str) -> None:
    """Print the heading of a section with the number of its entries."""
    console.print()
    console.print(Rule(Text(f"{title} ({count})", style=f"bold {style}"), align="left", style="dim"))


def capped(console: Console, entries: Sequence[T], most: int, show: Callable[[Sequence[T]], None]) -> None:
    """Show the first entries and say how many there are besides."""
    show(entries[:most])
    if len(entries) > most:
        console.print(indented(words(f"and {len(entries) - most} more (see --format markdown)", "dim")))
