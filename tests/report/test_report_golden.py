"""Every format of the shared report, letter by letter.

To accept a change, run ``python tests/report/shared_report.py`` and read the difference.
"""

from __future__ import annotations

import pytest
from shared_report import GOLDEN, rendered

RENDERED = rendered()


@pytest.mark.parametrize("name", sorted(RENDERED))
def test_report_is_as_it_was(name: str) -> None:
    assert RENDERED[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_same_report_gives_same_bytes() -> None:
    assert rendered() == RENDERED


def test_no_golden_file_is_left_over() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(RENDERED)
