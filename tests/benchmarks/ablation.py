"""Measure what each part of alignment and judgement buys: the labelled stories with one part taken out.

    FACTCHECK_DATA=... python tests/benchmarks/ablation.py FOLDER [PART...]

For each part (all of them, if none is named) the gate is trained anew without it, cross-validated by story,
and FOLDER/PART receives a JSON report a story, as `cross.py` writes them.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import numpy as np
import train_gate
from gold import Story, stories

from factcheck.alignment.features import NAMES
from factcheck.alignment.gate import COMPETITION, Gate, Layer
from factcheck.config import Config
from factcheck.model import Claim, Extraction
from factcheck.pipeline import Engine, check
from factcheck.report import render
from factcheck.sources import read

Fit = Callable[..., Layer]


@contextmanager
def blind(*hidden: str) -> Iterator[None]:
    """Train gates that give no weight to some features."""
    fit: Fit = train_gate.fit_layer

    def fitted(data: Any, rows: Sequence[np.ndarray], group: str, names: tuple[str, ...]) -> Layer:
        keep = np.array([n not in hidden for n in names])
        return fit(data, [np.where(keep, r, 0.0) for r in rows], group, names)

    with patch.object(train_gate, "fit_layer", fitted):
        yield


@contextmanager
def own_names() -> Iterator[None]:
    """Let each spelling of a name stand for itself."""

    def unfolded(names: Sequence[Sequence[str]], _house: object = None) -> dict[str, str]:
        return {name: name.casefold() for told in names for name in told}

    with (
        patch("factcheck.alignment.pairing.fold_names", unfolded),
        patch.object(train_gate, "fold_names", unfolded),
    ):
        yield


@contextmanager
def unmasked() -> Iterator[None]:
    """Embed clauses and sentences with their values in them."""
    extract = Engine.extract

    def shown(engine: Engine, document: Any) -> Extraction:
        found = extract(engine, document)
        sentences = tuple(
            msgspec.structs.replace(s, masked=document.text[s.start : s.end]) for s in found.sentences
        )
        claims = tuple(_unmasked(c, document.text, sentences) for c in found.claims)
        return msgspec.structs.replace(found, claims=claims, sentences=sentences)

    with patch.object(Engine, "extract", shown):
        yield


def _unmasked(claim: Claim, text: str, sentences: Sequence[Any]) -> Claim:
    whole = next((s.masked for s in sentences if s.start <= claim.start < s.end), claim.quote)
    quote = text[claim.start : claim.end]
    frame = msgspec.structs.replace(claim.frame, masked=quote, event=quote, phrase=quote, sentence=whole)
    return msgspec.structs.replace(claim, frame=frame)


@contextmanager
def timeless() -> Iterator[None]:
    """Know no older and newer figures, and no times apart."""
    with patch("factcheck.verdicts.judgement._overtaken", lambda *_: False), blind("times_apart"):
        yield


@contextmanager
def no_excuse() -> Iterator[None]:
    """Report every conflict, whatever may excuse it."""
    with patch("factcheck.verdicts.judgement._excuse", lambda *_: None):
        yield


PARTS: dict[str, Callable[[], Any]] = {
    "whole": ExitStack,
    "gate": lambda: blind(*NAMES[1:], *COMPETITION[1:]),
    "competition": lambda: blind(*COMPETITION[1:]),
    "names": own_names,
    "masking": unmasked,
    "time rule": timeless,
    "excuses": no_excuse,
}


def cross(told: Sequence[Story], gates: dict[str, Gate], target: Path) -> None:
    """Check each story with the gate that has not seen it."""
    target.mkdir(parents=True, exist_ok=True)
    for story in told:
        weights = target / f"{story.name}.gate.json"
        weights.write_bytes(msgspec.json.encode(gates[story.name]))
        found = read(["-"], input_format="jsonl", stdin=io.BytesIO(story.jsonl().encode()))
        report = check(found, Engine(Config(gate=str(weights))))
        (target / f"{story.name}.json").write_text(render(report, "json"), "utf-8")


def main() -> None:
    """Write the reports of each part."""
    told = list(stories())
    for part in sys.argv[2:] or PARTS:
        print(f"without {part}" if part != "whole" else part, flush=True)
        with PARTS[part]():
            engine = Engine(Config())
            data = train_gate.labelled(engine)
            gates = {s.name: train_gate.train([b for b in data if b.fold != s.name]) for s in told}
            cross(told, gates, Path(sys.argv[1]) / part.replace(" ", "_"))


if __name__ == "__main__":
    main()
