"""How well sentences of one event are told from others of one topic: AUC on sentence pairs of ECB+.

    FACTCHECK_DATA=... python tests/benchmarks/same_event.py

A logistic regression over what the gate and the grouping of stories go by: likeness of the two sentences in
meaning, words and names, how alike they are to third ones, their rank among their rivals, and all that of the
articles, of which the first characters are read. Each topic is scored by a regression that has seen only the
others. It is no part of the package: the gate is trained on claims, of which single sentences have few.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from gold import data_folder
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from factcheck.alignment.embedding import Vectors
from factcheck.alignment.features import Bag, rarity, shared
from factcheck.alignment.gate import margins
from factcheck.alignment.names import fold_names, overlap
from factcheck.alignment.stories import likeness
from factcheck.config import Config
from factcheck.model import Document, Extraction, Span
from factcheck.pipeline import Engine

# An article says in its first sentences what it is about.
LEAD_CHARACTERS = 1200
FOLDS = 10
FEATURES = (
    "meaning",
    "words",
    "names",
    "no names",
    "by others",
    "articles",
    "articles by others",
    "rank left",
    "rank right",
    "margin left",
    "margin right",
)


class Sentence(NamedTuple):
    """A sentence by itself: its extraction, and the mean of the unit vectors of its parts."""

    extraction: Extraction
    vector: np.ndarray

    @property
    def words(self) -> set[str]:
        """Its content lemmas."""
        return {w for s in self.extraction.sentences for w in s.words}

    @property
    def names(self) -> list[str]:
        """Its names."""
        return [n for s in self.extraction.sentences for n in s.names]


def read(text: str, name: str, engine: Engine) -> tuple[Extraction, Vectors]:
    """Extract and encode a text as one paragraph."""
    document = Document(id=name, path=name, text=text, blocks=(Span(start=0, end=len(text)),))
    extraction = engine.extract(document)
    return extraction, engine.encoder.vectors(extraction)


def sentence(text: str, name: str, engine: Engine) -> Sentence:
    """Read one sentence."""
    extraction, vectors = read(text, name, engine)
    mean = vectors.sentence.mean(axis=0) if len(vectors.sentence) else np.zeros(1, dtype=np.float32)
    return Sentence(extraction, mean / (np.linalg.norm(mean) or 1.0))


def describe(rows: Sequence[dict[str, Any]], articles: dict[str, str], engine: Engine) -> np.ndarray:
    """Return the features (pairs, features) of the pairs of one topic."""
    told = {}
    for row in rows:
        for name, text in zip(row["id"].split("|"), (row["a"], row["b"]), strict=True):
            if name not in told:
                told[name] = sentence(text, name, engine)
    near = _articles({name.partition("#")[0] for name in told}, articles, told, engine)
    weight = rarity([s.extraction for s in told.values()])
    folded = fold_names([s.names for s in told.values()])
    bags = {name: Bag(sorted(s.words), weight) for name, s in told.items()}
    profile = _profiles(told, bags, weight)
    keys = {name: frozenset(folded[n] for n in s.names) for name, s in told.items()}
    out = []
    for row in rows:
        a, b = row["id"].split("|")
        alike = float(told[a].vector @ told[b].vector) if len(told[a].vector) == len(told[b].vector) else 0.0
        words = shared(bags[a], bags[b], weight)
        nameless = float(not (keys[a] and keys[b]))
        documents = frozenset(name.partition("#")[0] for name in (a, b))
        others = float(profile[a] @ profile[b])
        out.append((alike, words, overlap(keys[a], keys[b]), nameless, others, *near.get(documents, (1, 1))))
    plain = np.array(out)
    return np.hstack([plain, _ranks(rows, plain[:, 0] + plain[:, 1])])


def _articles(
    names: set[str], articles: dict[str, str], told: dict[str, Sentence], engine: Engine
) -> dict[frozenset[str], tuple[float, float]]:
    """Return how alike each two articles are, and how alike to third ones.

    One whose text is not given goes by its labelled sentences.
    """
    ordered = sorted(names)
    texts = []
    for name in ordered:
        own = " ".join(s.extraction.sentences[0].masked for n, s in told.items() if n.startswith(f"{name}#"))
        texts.append(articles.get(name.removesuffix(".xml"), own)[:LEAD_CHARACTERS])
    found = [read(text, name, engine) for name, text in zip(ordered, texts, strict=True)]
    near = likeness([e for e, _ in found], [v.sentence for _, v in found])
    second = _second(_second(near))
    return {
        frozenset((a, b)): (float(near[i, j]), float(second[i, j]))
        for i, a in enumerate(ordered) for j, b in enumerate(ordered) if i < j
    }  # fmt: skip


def _profiles(
    told: dict[str, Sentence], bags: dict[str, Bag], weight: Mapping[str, float]
) -> dict[str, np.ndarray]:
    """Return for each sentence a unit vector of its likeness to all sentences of the topic."""
    names = sorted(told)
    width = max(len(told[n].vector) for n in names)
    vectors = np.stack([np.resize(told[n].vector, width) * (len(told[n].vector) == width) for n in names])
    words = np.array([[shared(bags[a], bags[b], weight) for b in names] for a in names])
    rows = _centred(vectors @ vectors.T + words)
    return dict(zip(names, _centred(rows @ rows.T), strict=True))


def _second(near: np.ndarray) -> np.ndarray:
    """Return how alike each two are in what they are like."""
    rows = _centred(near)
    return rows @ rows.T


def _centred(near: np.ndarray) -> np.ndarray:
    """Return the rows less their mean, as unit vectors."""
    rows = near - near.mean(axis=0)
    norm = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(norm > 0, norm, 1.0)


def _ranks(rows: Sequence[dict[str, Any]], score: np.ndarray) -> np.ndarray:
    """Return for each pair whether it is the best of either sentence, and by what margin."""
    sides = []
    for side in (0, 1):
        numbers: dict[str, int] = {}
        own = [numbers.setdefault(r["id"].split("|")[side], len(numbers)) for r in rows]
        sides.append(margins(np.array(own), score))
    return np.stack([*(m >= 0 for m in sides), *sides], axis=1)


def main() -> None:
    """Print the AUC over all pairs, each scored without its topic, and that of each feature alone."""
    root = data_folder()
    rows = [json.loads(line) for line in (root / "align_ecbplus.jsonl").read_text("utf-8").splitlines()]
    stories = (json.loads(line) for line in (root / "corpus_stories.jsonl").read_text("utf-8").splitlines())
    articles = {story["id"].removeprefix("ecb-"): story["text"] for story in stories}
    by_topic = defaultdict(list)
    for row in rows:
        by_topic[row["topic"]].append(row)
    engine = Engine(Config())
    x = np.vstack([describe(part, articles, engine) for part in by_topic.values()])
    y = np.array([row["label"] for part in by_topic.values() for row in part])
    topics = np.concatenate([np.full(len(part), topic) for topic, part in by_topic.items()])
    chance = np.zeros(len(y))
    for train, test in GroupKFold(FOLDS).split(x, y, topics):
        scale = StandardScaler().fit(x[train])
        model = LogisticRegression(max_iter=1000).fit(scale.transform(x[train]), y[train])
        chance[test] = model.predict_proba(scale.transform(x[test]))[:, 1]
    print(f"{len(y)} pairs of {len(by_topic)} topics, AUC {roc_auc_score(y, chance):.3f}")
    for name, column in zip(FEATURES, x.T, strict=True):
        print(f"  {name:12} alone {roc_auc_score(y, column):.3f}")


if __name__ == "__main__":
    main()
