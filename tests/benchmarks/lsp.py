"""Time the language server, as an editor meets it, and print the figures as JSON.

    python tests/benchmarks/lsp.py [--invented]

The draft has about 1,000 words and ten sources: the articles of one story where FACTCHECK_DATA names the
labelled data, else, or with ``--invented``, the invented stories of the tests, told many times over.

first   seconds from the start of the process to the first diagnostics, with an empty cache
edit    the median of twenty edits, each of which puts a new sentence into another paragraph: seconds from the
        edit to its diagnostics, the pause that the server makes for further edits included
ratio   edit against first; the bar is 0.05 for the labelled story. The invented articles agree throughout,
        which is the hardest case and not a usual one
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "editor")]

from language_client import Editor  # noqa: E402
from newsroom import CASES  # noqa: E402

WORDS, SOURCES, EDITS = 1000, 10, 20
# No two alike, and none in the stories: a sentence that was seen before would cost nothing.
WHO = ("The harbour master", "A neighbour", "The union", "Her deputy", "The insurer")
DID = ("counted {} lorries outside the gate", "asked for {} more days", "spent {} crowns on lamps",
       "moved {} crates to the warehouse")  # fmt: skip
PLACES = ("Brennvik", "Orvelt", "Tarn Hill", "Kessmark", "Lisveil")
OTHER_PLACES = ("Hollin", "Mardale")
ROUNDS = len(OTHER_PLACES)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "story"
        home.mkdir()
        data = os.environ.get("FACTCHECK_DATA")
        texts = invented() if data is None or "--invented" in sys.argv else labelled(Path(data))
        draft, *sources = texts
        for number, text in enumerate(sources):
            (home / f"{number}.txt").write_text(text, "utf-8")
        first, edits = timed(home / "draft.txt", draft, {**os.environ, "XDG_CACHE_HOME": folder})
    edit = statistics.median(edits)
    told = {"words": len(draft.split()), "sources": len(sources), "first": first, "edit": edit}
    print(json.dumps({k: round(v, 3) for k, v in {**told, "ratio": edit / first}.items()}, indent=1))


def timed(path: Path, text: str, env: dict[str, str]) -> tuple[float, list[float]]:
    """Return the seconds of the first check and of each edit."""
    start = time.perf_counter()
    editor = Editor(env={**env, "PYTHONPATH": str(ROOT)})
    editor.initialize()
    uri = editor.open(path, text)
    editor.diagnostics(uri)
    first, edits = time.perf_counter() - start, []
    paragraphs = text.split("\n\n")
    for number in range(EDITS):
        at = number * len(paragraphs) // EDITS
        paragraphs[at] += f" {WHO[number % len(WHO)]} {DID[number % len(DID)].format(number + 31)}."
        start = time.perf_counter()
        editor.change(uri, "\n\n".join(paragraphs))
        editor.diagnostics(uri)
        edits.append(time.perf_counter() - start)
    editor.leave()
    return first, edits


def labelled(data: Path) -> list[str]:
    """Return the article that is nearest to the length, and others of its story."""
    rows = [json.loads(x) for x in (data / "corpus_stories.jsonl").read_text("utf-8").splitlines()]
    stories: dict[str, list[str]] = {}
    for row in rows:
        stories.setdefault(row["story"], []).append(row["text"])
    large = [story for story in stories.values() if len(story) > SOURCES]
    story = min(large, key=lambda texts: min(map(_off, texts)))
    draft = min(story, key=_off)
    return [draft, *[text for text in story if text is not draft][:SOURCES]]


def invented() -> list[str]:
    """Return articles that tell the invented stories of the tests, each of a place of its own.

    The draft tells of all places, each fact in all its wordings; a source of two places, in one wording.
    """
    stories = list(tomllib.loads(CASES.read_text("utf-8")).values())
    pairs = [(n % ROUNDS, (n + 1) % ROUNDS) for n in range(SOURCES)]
    draft = [_paragraph(story, name, at, wording) for at in range(ROUNDS)
             for story, name in zip(stories, PLACES, strict=True) for wording in range(3)]  # fmt: skip
    sources = [
        [_paragraph(story, name, at, n) for at in pair for story, name in zip(stories, PLACES, strict=True)]
        for n, pair in enumerate(pairs)
    ]
    return ["\n\n".join(paragraphs) + "\n" for paragraphs in (draft, *sources)]


def _paragraph(story: dict[str, list[list[str]]], name: str, at: int, wording: int) -> str:
    told = " ".join(fact[(wording + row) % len(fact)] for row, fact in enumerate(story["facts"]))
    # Other figures too, so that no two places have anything in common.
    return _counted_on(told, at).replace(name, OTHER_PLACES[at])


def _counted_on(text: str, by: int) -> str:
    return re.sub(r"\d", lambda found: str((int(found[0]) + by) % 10 or 1), text)


def _off(text: str) -> int:
    return abs(len(text.split()) - WORDS)


if __name__ == "__main__":
    main()
