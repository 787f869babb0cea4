"""Fixtures for all tests: the models, loaded once, and the command line, run in this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from factcheck.config import Config

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@dataclass(frozen=True)
class Ended:
    """A run of the command line that has ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ended]


@cache
def _parser(name: str) -> Any:
    from factcheck.claims import parse

    return parse.load(name)


@cache
def _encoder(name: str) -> Any:
    from factcheck.alignment import embedding

    return embedding.load(name)


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The spaCy pipeline, loaded once."""
    return _parser(Config().spacy_model)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder that tests share which do not test the cache."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def models_once(monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    """Let every engine of a test use the models that are loaded already, and no cache of the user's."""
    real_parser, real_encoder = _parser, _encoder
    monkeypatch.setattr("factcheck.pipeline.load", real_parser)
    monkeypatch.setattr("factcheck.alignment.embedding.Encoder._load", real_encoder, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept))
