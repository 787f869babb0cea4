"""What a test of the command line gives and gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SEEDS = str(Path(__file__).parent.parent / "seeds")


@dataclass(frozen=True)
class Ended:
    """A run of the command line that has ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ended]
Write = Callable[[str, str | bytes], Path]
