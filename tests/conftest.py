"""Fixtures for all tests: the models, loaded once, and the command line."""

from __future__ import annotations

import io
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from command_line import Ended, Run, Write

from factcheck.alignment import embedding
from factcheck.config import Config
from factcheck.verdicts import entailment


@cache
def _parser(name: str) -> Any:
    from factcheck.claims.parse import load

    return load(name)


# Bound here, before a fixture puts the function below in its place.
_load_encoder, _load_entailment = embedding.load, entailment.load


@cache
def _encoder(name: str) -> Any:
    return _load_encoder(name)


@cache
def _entailment(name: str) -> Any:
    return _load_entailment(name)


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The spaCy pipeline, loaded once."""
    return _parser(Config().spacy_model)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the cache that tests share which do not test the cache."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def loaded_models(monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    """Give every engine of a test the models that are loaded already, and a cache that is not the user's."""
    monkeypatch.setattr("factcheck.pipeline.load", _parser)
    monkeypatch.setattr("factcheck.alignment.embedding.load", _encoder)
    monkeypatch.setattr("factcheck.verdicts.entailment.load", _entailment)
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept))


@pytest.fixture
def factcheck(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command line in this process: ``factcheck("check", path, stdin=b"...")``.

    An exception that would end the process with a traceback goes through and fails the test.
    """
    from factcheck.cli import main

    request.getfixturevalue("loaded_models")

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["factcheck", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        written = capsys.readouterr()
        return Ended(status, written.out, written.err)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file into the test's folder and return its path."""

    def to_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to_file
