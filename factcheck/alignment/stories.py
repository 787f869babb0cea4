"""Group documents that tell of the same event, and find those that copy one another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from factcheck.alignment.embedding import Matrix
from factcheck.model import Extraction

# A news article says what it is about in its first sentences; later ones wander into background.
LEAD_SENTENCES = 5
# How alike two articles, and two groups of them, are from which on they are one story. Chosen on one half of
# 62 stories of unlabelled news: see `tests/benchmarks/stories.py`, and its figures in the README beside it.
SAME_STORY = 0.27
# How much of the likeness of the leads counts where an article names nobody.
LEAD_ALONE = 0.57
# What any two articles have in common, and how much it counts that two are like and unlike the same others.
COMMON = 0.2
BY_OTHERS = 0.3
# A word is weighed by its rarity among the articles of the run and as many others that do not have it: in a
# run over one story the name that all articles share says most.
OTHER_ARTICLES = 60
SHORTEST_WORD = 3
# Masked cosine and shared content words from which two sentences are one sentence, lightly edited.
TWIN_COSINE = 0.8
TWIN_WORDS = 0.5
# Share of the shorter document's sentences that have a twin from which the two are one telling.
SAME_ORIGIN = 0.3
# Fewer sentences say nothing about copying: two one-line briefs may be alike by chance.
MIN_SENTENCES = 4


def group_stories(extractions: Sequence[Extraction], sentences: Sequence[Matrix]) -> list[int]:
    """Return the story number of each document, from its names and the unit vectors of its sentences."""
    return _cluster(likeness(extractions, sentences))


def nearest(draft: Matrix, sources: Sequence[Matrix]) -> int | None:
    """Return the row of the source whose sentences are nearest to those of a draft, None without sources.

    A draft joins the story of that source, however short it is and whatever passage it takes up, for
    somebody said that these are its sources.
    """
    near = [(_nearness(draft, source), -row) for row, source in enumerate(sources)]
    return -max(near)[1] if near else None


def _nearness(draft: Matrix, source: Matrix) -> float:
    """Mean over the draft's sentences of the cosine of the nearest sentence of a source."""
    if not len(draft) or not len(source):
        return -1.0
    return round(float((draft @ source.T).max(axis=1).mean()), 6)


def likeness(extractions: Sequence[Extraction], sentences: Sequence[Matrix]) -> NDArray[np.float64]:
    """Return how alike each two documents are (documents, documents).

    The cosine of their words for one half, those of their leads and of their names for the other, and a part
    of how alike they are to the others: two reports of one thing may share few words, but both are like those
    that lie between.
    """
    count = len(sentences)
    # The encoder cannot tell the width of no vectors, so a document without sentences takes that of the rest.
    width = max((m.shape[1] for m in sentences), default=1)
    leads = np.array([_lead(m, width) for m in sentences], dtype=np.float64).reshape(count, width)
    names = _weighed([_name_words(e) for e in extractions])
    words = _weighed([_words(e) for e in extractions])
    named = names.any(axis=1)
    lead = leads @ leads.T
    both = np.logical_and.outer(named, named)
    about = np.where(both, (lead + names @ names.T) / 2, lead * LEAD_ALONE)
    near = (about + words @ words.T) / 2
    return np.asarray(np.round(near + BY_OTHERS * _by_others(near), 6), dtype=np.float64)


def _by_others(near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosines of the rows of likeness, less what any two articles have in common."""
    rows = near - COMMON
    np.fill_diagonal(rows, 1 - COMMON)
    norm = np.linalg.norm(rows, axis=1, keepdims=True)
    rows = rows / np.where(norm > 0, norm, 1.0)
    return np.asarray(rows @ rows.T, dtype=np.float64)


def _weighed(counts: Sequence[Counter[str]]) -> NDArray[np.float64]:
    """Return a unit row for each document over the words of all: frequency by rarity."""
    spread = Counter(word for found in counts for word in found)
    column = {word: at for at, word in enumerate(sorted(spread))}
    rows = np.zeros((len(counts), len(column)))
    for row, found in zip(rows, counts, strict=True):
        for word, times in found.items():
            rarity = math.log((1 + len(counts) + OTHER_ARTICLES) / spread[word])
            row[column[word]] = (1 + math.log(times)) * rarity
    norm = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(norm > 0, norm, 1.0)


def _name_words(extraction: Extraction) -> Counter[str]:
    names = Counter(name for s in extraction.sentences for name in s.names)
    found: Counter[str] = Counter()
    for name, times in names.items():
        words = {w.removesuffix("'s").removesuffix("’s") for w in name.casefold().split()}
        found.update({w: times for w in words if len(w) >= SHORTEST_WORD})
    return found


def _words(extraction: Extraction) -> Counter[str]:
    return Counter(w for s in extraction.sentences for w in s.words if len(w) >= SHORTEST_WORD)


def _cluster(near: NDArray[np.float64]) -> list[int]:
    """Group documents by their likeness (documents, documents).

    Average linkage: a document joins a story when it is near all of it, so that an article about a similar
    event does not chain two stories together. Numbers count from 0 in the order of first appearance.
    """
    count = len(near)
    near = np.array(near)
    np.fill_diagonal(near, -2.0)
    label = list(range(count))
    size = np.ones(count)
    while count > 1:
        i, j = sorted(divmod(int(near.argmax()), count))
        if near[i, j] < SAME_STORY:
            break
        near[i] = near[:, i] = (near[i] * size[i] + near[j] * size[j]) / (size[i] + size[j])
        near[j, :] = near[:, j] = near[i, i] = -2.0
        size[i] += size[j]
        label = [i if x == j else x for x in label]
    return renumbered(label)


def _lead(matrix: Matrix, width: int) -> NDArray[np.float32]:
    if not len(matrix):
        return np.zeros(width, dtype=np.float32)
    mean = matrix[:LEAD_SENTENCES].mean(axis=0)
    norm = float(np.linalg.norm(mean))
    return np.asarray(mean / norm if norm else mean, dtype=np.float32)


def group_origins(
    extractions: Sequence[Extraction], sentences: Sequence[Matrix], stories: Sequence[int]
) -> list[int]:
    """Return the origin number of each document: documents that share one copy one another."""
    count = len(extractions)
    label = list(range(count))
    for i in range(count):
        for j in range(i + 1, count):
            if label[i] != label[j] and stories[i] == stories[j]:
                share = shared_sentences(extractions[i], sentences[i], extractions[j], sentences[j])
                if share >= SAME_ORIGIN:
                    low, high = sorted((label[i], label[j]))
                    label = [low if x == high else x for x in label]
    return renumbered(label)


def copied(draft: Extraction, x: Matrix, sources: Iterable[tuple[int, Extraction, Matrix]]) -> int | None:
    """Return the number of the source of which a draft is a copy, the nearest one, or None."""
    shares = [(shared_sentences(draft, x, source, y), -row) for row, source, y in sources]
    share, row = max(shares, default=(0.0, 0))
    return -row if share >= SAME_ORIGIN else None


def shared_sentences(left: Extraction, x: Matrix, right: Extraction, y: Matrix) -> float:
    """Return the share (0..1) of the shorter document's sentences that the other has too, lightly edited."""
    if len(left.sentences) > len(right.sentences):
        left, x, right, y = right, y, left, x
    if len(left.sentences) < MIN_SENTENCES:
        return 0.0
    near = x @ y.T >= TWIN_COSINE
    twins = 0
    for i, sentence in enumerate(left.sentences):
        mine = set(sentence.words)
        others = (set(right.sentences[int(j)].words) for j in np.flatnonzero(near[i]))
        twins += any(len(mine & o) >= TWIN_WORDS * max(1, min(len(mine), len(o))) for o in others)
    return twins / len(left.sentences)


def renumbered(label: Sequence[int]) -> list[int]:
    """Number from 0 in the order of first appearance."""
    order: dict[int, int] = {}
    return [order.setdefault(x, len(order)) for x in label]
