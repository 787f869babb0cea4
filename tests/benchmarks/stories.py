"""How well mixed articles are put into stories.

    FACTCHECK_DATA=... python tests/benchmarks/stories.py

Unlabelled stories of ECB+, of which every topic has two that are alike. Of each half of them: draws of five
stories with eight articles each, of five topics and of any; single stories, which must stay whole; five
articles of a story and a stranger, who must stay alone.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from gold import data_folder

from factcheck.alignment.embedding import Matrix
from factcheck.alignment.stories import group_stories, renumbered
from factcheck.config import Config
from factcheck.model import Document, Extraction, Span
from factcheck.pipeline import Engine

SEED = 1
DRAWS = 60
STORIES, EACH = 5, 8
# Characters with the first sentences, of which vectors are needed; names are those of the whole article.
LEAD = 1200

Article = tuple[Extraction, Matrix]
Drawn = list[tuple[Article, str]]


def articles(engine: Engine) -> dict[str, list[Article]]:
    """Return the articles of each story that has enough of them."""
    told = defaultdict(list)
    for line in (data_folder() / "corpus_stories.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["source"] == "ECB+":
            told[row["story"]].append(row)
    return {
        story: [(_read(r["id"], r["text"], engine), _vectors(r["id"], r["text"], engine)) for r in rows]
        for story, rows in sorted(told.items()) if len(rows) >= EACH
    }  # fmt: skip


def _read(name: str, text: str, engine: Engine) -> Extraction:
    return engine.extract(Document(id=name, path=name, text=text, blocks=(Span(start=0, end=len(text)),)))


def _vectors(name: str, text: str, engine: Engine) -> Matrix:
    return engine.encoder.vectors(_read(f"{name} lead", text[:LEAD], engine)).sentence


def topic(story: str) -> str:
    """Return the topic of a story: that of "ecb-12-plus" is 12."""
    return story.split("-")[1]


def mixed(told: dict[str, list[Article]], pool: Sequence[str], *, apart: bool) -> Iterator[Drawn]:
    """Yield shuffled articles of five stories; with ``apart`` of five topics."""
    chance = random.Random(SEED)
    for _ in range(DRAWS):
        chosen = chance.sample(pool, STORIES)
        while apart and len({topic(s) for s in chosen}) < STORIES:
            chosen = chance.sample(pool, STORIES)
        drawn = [(a, s) for s in chosen for a in chance.sample(told[s], EACH)]
        chance.shuffle(drawn)
        yield drawn


def single(told: dict[str, list[Article]], pool: Sequence[str], size: int) -> Iterator[Drawn]:
    """Yield articles of one story."""
    chance = random.Random(SEED)
    for story in pool:
        yield [(a, story) for a in chance.sample(told[story], size)]


def strangers(told: dict[str, list[Article]], pool: Sequence[str]) -> Iterator[Drawn]:
    """Yield five articles of a story and one of another topic."""
    chance = random.Random(SEED)
    for _ in range(DRAWS):
        one, other = chance.sample(pool, 2)
        if topic(one) != topic(other):
            yield [*((a, one) for a in chance.sample(told[one], 5)), (chance.choice(told[other]), other)]


def right(draws: Iterator[Drawn]) -> str:
    """Return the share of draws whose articles are all put right."""
    found = [
        group_stories([a[0] for a, _ in drawn], [a[1] for a, _ in drawn]) == renumbered([s for _, s in drawn])
        for drawn in draws
    ]
    return f"{sum(found) / len(found):.2f} of {len(found)}"


def main() -> None:
    """Print the shares of both halves; the thresholds were chosen on the first."""
    told = articles(Engine(Config()))
    names = list(told)
    random.Random(3).shuffle(names)
    middle = len(names) // 2
    for half, pool in (("first", names[:middle]), ("second", names[middle:])):
        print(f"{half} half, {len(pool)} stories")
        print(f"  five stories of five topics  {right(mixed(told, pool, apart=True))}")
        print(f"  five stories of any topics   {right(mixed(told, pool, apart=False))}")
        for size in (2, 4, 8):
            print(f"  {size} articles of one story     {right(single(told, pool, size))}")
        print(f"  five articles and a stranger {right(strangers(told, pool))}")


if __name__ == "__main__":
    main()
