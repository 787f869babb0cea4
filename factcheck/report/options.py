"""What a caller can choose about a report's looks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How to show a report.

    ``width`` is in terminal columns, None for the format's own choice; ``color`` allows ANSI colours;
    ``with_text`` adds the documents' texts; ``fail_on`` is the gravity from which on a finding fails a run;
    ``root`` is the absolute folder that paths for machines are relative to. A format passes over what has no
    meaning for it.
    """

    width: int | None = None
    color: bool = False
    with_text: bool = False
    fail_on: str = "contradiction"
    root: str | None = None
