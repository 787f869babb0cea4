"""What two short articles that differ in one sentence come to, from their texts to the verdict."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from factcheck.config import Config
from factcheck.model import Document, Span
from factcheck.pipeline import Engine, check

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/verdicts/otherwise.toml").read_text("utf-8"))[
    "case"
]
ARTICLES = (
    "A fire broke out at the Marlow paper mill on Tuesday morning. The mill, on the river Tame, employs 240 "
    "workers. Fire chief Anna Bell said the roof had collapsed. {} The cause is being investigated.",
    "MARLOW - Flames destroyed the roof of a paper mill in Marlow on Tuesday. {} The mill has 240 workers, "
    "fire chief Anna Bell told reporters. She said that the cause was not known.",
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Config(use_cache=False))


@pytest.mark.parametrize(("left", "right", "relation"), CASES, ids=lambda text: text or "neither")
def test_relation(engine: Engine, left: str, right: str, relation: str) -> None:
    texts = [article.format(told) for article, told in zip(ARTICLES, (left, right), strict=True)]
    report = check([_document(name, text) for name, text in zip("ab", texts, strict=True)], engine)
    claims = {c.id: c for c in report.claims}
    told = {
        pair.relation
        for pair in report.pairs
        if all(claims[c].quote in said for c, said in ((pair.left, left), (pair.right, right)))
    }
    decided = told - {"undecided"}
    assert relation in decided if relation == "contradiction" else decided == ({relation} - {""})


def _document(name: str, text: str) -> Document:
    return Document(id=name, path=name, text=text, blocks=(Span(start=0, end=len(text)),))
