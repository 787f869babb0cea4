"""Labelled stories: where they lie, and which predicted claims are the labelled ones."""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.model import Claim

NUMERIC = {
    "cardinal", "percent", "fraction", "money", "measure", "ordinal", "date", "date-range", "duration",
    "time", "superlative",
}  # fmt: skip
SAME_FACT = {"agreement", "contradiction", "update"}
# Of `same_fact.jsonl`: the labels of one fact, and of what says nothing of it.
ONE_FACT, OPEN = "ACU", "X"
FOLDS = 4


def data_folder() -> Path:
    """Return the folder of labelled data, or end the script with a reason."""
    named = os.environ.get("FACTCHECK_DATA")
    if not named or not Path(named).is_dir():
        sys.exit("skipped: FACTCHECK_DATA does not name a folder of labelled data")
    return Path(named)


@dataclass
class Story:
    """One labelled story: its articles as JSONL rows and its gold labels."""

    name: str
    rows: list[dict[str, Any]]
    gold: dict[str, Any]

    def jsonl(self) -> str:
        """Return the articles as the command line reads them."""
        return "".join(json.dumps(row) + "\n" for row in self.rows)


def stories(*, seeds: bool = False) -> Iterator[Story]:
    """Yield the labelled clusters in order of name, and the seeds where asked for."""
    root = data_folder()
    folders = sorted(p for p in (root / "clusters").iterdir() if p.is_dir())
    for folder in [*folders, *([root / "seeds"] if seeds else [])]:
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        rows = [
            {
                "id": m["file"], "path": m["file"], "text": (folder / m["file"]).read_text("utf-8"),
                "published": m.get("published"), "publisher": m.get("publisher"),
            }
            for m in gold["documents"]
        ]  # fmt: skip
        yield Story(folder.name, rows, gold)


def matches(gold: dict[str, Any], claim: Claim) -> bool:
    """Say whether a predicted claim of the same document is about the words of a labelled one."""
    if gold["kind"] in NUMERIC:
        return (
            claim.kind != "statement"
            and _shared(claim.anchor.start, claim.anchor.end, gold["anchor_start"], gold["anchor_end"]) > 0
        )
    both = _shared(claim.start, claim.end, gold["start"], gold["end"])
    shorter = min(claim.end - claim.start, gold["end"] - gold["start"])
    return claim.kind == "statement" and both >= 0.5 * shorter


def _shared(a: int, b: int, c: int, d: int) -> int:
    return max(0, min(b, d) - max(a, c))


@dataclass
class Labels:
    """The labelled relations of a story, looked up by predicted claims."""

    story: Story

    def __post_init__(self) -> None:
        self.by_document: dict[str, list[dict[str, Any]]] = {}
        for gold in self.story.gold["claims"]:
            self.by_document.setdefault(gold["document"], []).append(gold)
        self.relation = {frozenset((r["a"], r["b"])): r["relation"] for r in self.story.gold["relations"]}

    def golds(self, claim: Claim) -> list[str]:
        """Return the ids of the labelled claims that a predicted claim matches."""
        return [g["id"] for g in self.by_document.get(claim.document, ()) if matches(g, claim)]

    def contained(self, claim: Claim) -> list[str]:
        """Return the ids of the labelled figures whose anchor lies within a predicted claim's quote."""
        return [
            g["id"] for g in self.by_document.get(claim.document, ())
            if g["kind"] in NUMERIC and _shared(claim.start, claim.end, g["anchor_start"], g["anchor_end"])
        ]  # fmt: skip

    def label(self, left: Claim, right: Claim) -> int | None:
        """Return 1 for the same fact, 0 for different ones, None where the labels leave it open."""
        golds = self.golds(left), self.golds(right)
        found = self._relations(*golds)
        if left.kind == "statement" and not all(golds):
            # Not every statement was labelled, and two that were not may well say the same.
            return None
        if found & SAME_FACT:
            return 1
        if "compatible" in found:
            return None
        if (
            left.kind == "statement"
            and self._relations(self.contained(left), self.contained(right)) & SAME_FACT
        ):
            return None
        return 0

    def _relations(self, a: list[str], b: list[str]) -> set[str]:
        return {self.relation.get(frozenset((x, y)), "") for x in a for y in b}


@dataclass
class PairLabels:
    """Labels of some pairs of a story's claims, a line of `same_fact.jsonl` or `held_out.jsonl`.

    A line holds the articles of a story, and pairs of claims as group, left and right claim (number of the
    article, start and end of the value, or of the whole claim for statements and offices) and label: A one
    fact told compatibly, C one fact and a contradiction, U one fact at two times, P a part, another scope or
    an overlap, D different facts, X broken. It holds offsets into the articles and none of their text.
    """

    row: dict[str, Any]

    def __post_init__(self) -> None:
        self.pairs = [
            (group, self._place(left), self._place(right), label)
            for group, left, right, label in self.row["pairs"]
        ]
        self.told = {(group, left, right): label for group, left, right, label in self.pairs}

    def _place(self, spot: Sequence[int]) -> tuple[str, int, int]:
        return self.row["documents"][spot[0]], spot[1], spot[2]

    def label(self, group: str, left: Claim, right: Claim) -> int | None:
        """Return 1 for the same fact, 0 for different ones, None where nothing is known."""
        found = self.told.get((group, place(left), place(right)), OPEN)
        # Two statements that overlap may be one fact to one reader and two to the next.
        unclear = found == OPEN or (found == "P" and left.kind == "statement")
        return None if unclear else int(found in ONE_FACT)


def place(claim: Claim) -> tuple[str, int, int]:
    """Return by what a claim is known in `same_fact.jsonl`."""
    if claim.kind == "statement":
        return claim.document, claim.start, claim.end
    return claim.document, claim.anchor.start, claim.anchor.end


def pair_stories(*, held_out: bool = False) -> Iterator[tuple[Story, PairLabels]]:
    """Yield the stories of which some pairs are labelled, or those of them that no gate is trained on."""
    name = "held_out.jsonl" if held_out else "same_fact.jsonl"
    articles = {}
    for line in (data_folder() / "corpus_stories.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        articles[article["id"]] = article
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        row = json.loads(line)
        kept = ("id", "text", "published", "publisher")
        rows = [{"path": i, **{k: articles[i].get(k) or None for k in kept}} for i in row["documents"]]
        yield Story(row["story"], rows, {}), PairLabels(row)


def fold_of(story: str) -> str:
    """Return what a story is left out of training with: itself if it is labelled throughout, else a fold."""
    if (data_folder() / "clusters" / story).is_dir():
        return story
    return f"fold-{zlib.crc32(story.encode()) % FOLDS}"
