"""The shared report as a fixture."""

from __future__ import annotations

import pytest
from shared_report import shared_report

from factcheck.model import Report


@pytest.fixture(scope="session")
def report() -> Report:
    """The report that every format is tested with."""
    return shared_report()
