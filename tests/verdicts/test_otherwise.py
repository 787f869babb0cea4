"""What two short articles that differ in one sentence come to, from their texts to the verdict."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from factcheck.config import Config
from factcheck.model import Document, Span
from factcheck.pipeline import Engine, check

TOPICS = tomllib.loads((Path(__file__).parents[1] / "cases/verdicts/otherwise.toml").read_text("utf-8"))[
    "topic"
]
CASES = [(number, *case) for number, topic in enumerate(TOPICS) for case in topic["case"]]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Config(use_cache=False))


@pytest.mark.parametrize(("topic", "left", "right", "relation"), CASES, ids=lambda x: str(x) or "neither")
def test_relation(engine: Engine, topic: int, left: str, right: str, relation: str) -> None:
    articles, published = TOPICS[topic]["articles"], TOPICS[topic].get("published")
    texts = [article.format(told) for article, told in zip(articles, (left, right), strict=True)]
    report = check([_document(name, text, published) for name, text in zip("ab", texts, strict=True)], engine)
    claims = {c.id: c for c in report.claims}
    told = {
        pair.relation
        for pair in report.pairs
        if all(claims[c].quote in said for c, said in ((pair.left, left), (pair.right, right)))
    }
    decided = told - {"undecided"}
    assert relation in decided if relation == "contradiction" else decided == ({relation} - {""})


def _document(name: str, text: str, published: str | None) -> Document:
    blocks = (Span(start=0, end=len(text)),)
    return Document(id=name, path=name, text=text, published=published, blocks=blocks)
