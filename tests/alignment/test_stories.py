"""Stories and origins on the sample articles, with the real models."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from factcheck.config import Config
from factcheck.model import Document
from factcheck.pipeline import Engine, check
from factcheck.sources import read

SEEDS = Path(__file__).parents[2] / "seeds"
UNRELATED = (
    "The river burst its banks near the old mill on Tuesday. Farmers moved 40 cows to higher ground. "
    "Nobody was hurt, the fire brigade said. Schools in the valley stay closed until Friday. "
    "The council expects repairs to cost 2 million euros."
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    found = read([str(SEEDS)])
    return {Path(d.path).name: d for d in found if isinstance(d, Document)}


def grouping(documents: list[Document], field: str) -> dict[str, str]:
    report = check(documents, Engine(Config(use_cache=False)))
    return {d.id: getattr(d, field) for d in report.documents}


def whole(name: str, text: str) -> Document:
    (found,) = read(["-"], input_format="text", stdin=BytesIO(text.encode()))
    assert isinstance(found, Document)
    return Document(id=name, path=name, text=text, blocks=found.blocks, boilerplate=found.boilerplate)


def test_five_articles_on_one_event_are_one_story_and_a_flood_is_another(seeds: dict[str, Document]) -> None:
    story = grouping([*seeds.values(), whole("flood", UNRELATED)], "story")
    flood = story.pop("flood")
    assert len(set(story.values())) == 1
    assert flood not in story.values()


def test_wire_copies_share_an_origin_and_nothing_else_does(seeds: dict[str, Document]) -> None:
    origin = grouping(list(seeds.values()), "origin")
    copies = {origin[d.id] for name, d in seeds.items() if name.startswith("state-visit")}
    others = [origin[d.id] for name, d in seeds.items() if not name.startswith("state-visit")]
    assert len(copies) == 1
    assert len({*others, *copies}) == 4


def test_a_copy_and_a_rewrite_share_the_origin(seeds: dict[str, Document]) -> None:
    article = seeds["scholar-interview.txt"]
    blocks = [article.text[b.start : b.end] for b in article.blocks]
    kept = blocks[: round(len(blocks) * 0.6)]
    rewrite = "\n\n".join([*kept, *UNRELATED.split(". ")])
    documents = [article, whole("copy", article.text), whole("rewrite", rewrite)]
    origin = grouping(documents, "origin")
    assert len(set(origin.values())) == 1
