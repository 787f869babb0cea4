"""Write a folder of forty invented articles in five stories, as a newsroom's repository would hold it."""

from __future__ import annotations

import tomllib
from pathlib import Path

PUBLISHERS = (
    "Harbour Post", "The Courier", "Valley News", "Morning Wire", "Nordby Gazette", "Tidende", "The Beacon",
)  # fmt: skip
CASES = Path(__file__).parent / "cases" / "newsroom" / "stories.toml"


def write_newsroom(folder: Path) -> None:
    """Write each story into a folder of its own: a draft and seven sources, which agree with each other."""
    for name, story in tomllib.loads(CASES.read_text("utf-8")).items():
        home = folder / name
        home.mkdir(parents=True)
        for number, publisher in enumerate(PUBLISHERS):
            told = [fact[(number + row) % len(fact)] for row, fact in enumerate(story["facts"])]
            title = story["titles"][number % len(story["titles"])]
            front = f"---\ntitle: {title}\npublisher: {publisher}\ndate: 2026-01-{number + 5:02}\n---\n\n"
            (home / f"{number + 1}.md").write_text(front + "\n\n".join(told) + "\n", "utf-8")
        told = [fact[0] for fact in story["facts"]]
        (home / "draft.md").write_text("\n\n".join(told) + "\n", "utf-8")
