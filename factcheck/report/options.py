"""What a caller can choose about a report's looks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How to show a report.

    ``width`` is in terminal columns, None for the format's own choice; ``color`` allows ANSI colours;
    ``with_text`` adds the documents' texts. A format passes over what has no meaning for it.
    """

    width: int | None = None
    color: bool = False
    with_text: bool = False
