"""Find which claims of different documents are about the same fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from factcheck.alignment.embedding import Vectors
from factcheck.alignment.features import Floats, Side, describe, rarity, sides
from factcheck.alignment.gate import Gate, Table
from factcheck.alignment.names import NO_NAMES, fold_names
from factcheck.alignment.stories import group_origins, group_stories
from factcheck.model import Document, Extraction, Frozen

# The probability from which a pair joins two claims into one fact, and what is left of it for the pairs that
# follow from the joining.
JOIN = 0.5
INFERRED = 0.9


class Candidate(Frozen, frozen=True, kw_only=True):
    """Two claims, by id, that are likely about the same fact; see ``Pair`` for the figures."""

    left: str
    right: str
    similarity: float
    confidence: float


class Alignment(Frozen, frozen=True, kw_only=True):
    """Story and origin numbers of the documents, and the assigned pairs of claims."""

    stories: tuple[int, ...]
    origins: tuple[int, ...]
    candidates: tuple[Candidate, ...]


def align(
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    vectors: Sequence[Vectors],
    gate: Gate,
    *,
    floor: float,
    house: Mapping[str, str] = NO_NAMES,
    one_story: bool = False,
) -> Alignment:
    """Align the claims of documents of one story with each other.

    Drafts are not aligned with one another. ``floor`` is the probability (0..1) below which a pair is
    dropped; ``house`` maps keys of names to the keys they are to be folded into.
    With ``one_story`` all documents are of one story, whatever they say.
    """
    drafts = {i for i, d in enumerate(documents) if d.role == "draft"}
    sentences = [v.sentence for v in vectors]
    stories = [0] * len(documents) if one_story else group_stories(extractions, sentences, drafts)
    origins = group_origins(extractions, sentences, stories)
    found: list[Candidate] = []
    for story in sorted(set(stories)):
        members = [i for i, s in enumerate(stories) if s == story]
        found.extend(_align_story(members, documents, extractions, vectors, gate, floor, house))
    ordered = sorted(found, key=lambda c: (-c.confidence, c.left, c.right))
    return Alignment(stories=tuple(stories), origins=tuple(origins), candidates=tuple(ordered))


class Prepared(NamedTuple):
    """The documents of one story, by position: in order, their sides by group, and whom to compare."""

    ordered: list[int]
    sides: dict[int, dict[str, Side]]
    together: list[tuple[int, int]]


def prepare(
    members: Sequence[int],
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    vectors: Sequence[Vectors],
    house: Mapping[str, str] = NO_NAMES,
) -> Prepared:
    """Fold the names and weigh the words of a story; drafts are not compared with one another."""
    told = [extractions[i] for i in members]
    folded = fold_names([[n for s in e.sentences for n in s.names] for e in told], house)
    weight = rarity(told)
    prepared = {i: sides(extractions[i], vectors[i], folded, weight) for i in members}
    # The order of documents on the command line must not matter, so each pair has one direction.
    ordered = sorted(members, key=lambda i: documents[i].id)
    together = [
        (i, j) for i, j in combinations(ordered, 2) if not documents[i].role == documents[j].role == "draft"
    ]
    return Prepared(ordered, prepared, together)


def _align_story(
    members: Sequence[int],
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    vectors: Sequence[Vectors],
    gate: Gate,
    floor: float,
    house: Mapping[str, str],
) -> list[Candidate]:
    ordered, prepared, together = prepare(members, documents, extractions, vectors, house)
    found: list[Candidate] = []
    for group in sorted({g for told in prepared.values() for g in told}):
        tables = tabulate(group, prepared, together)
        chances = gate.probabilities(group, tables)
        for table, chance in zip(tables, chances, strict=True):
            left, right = prepared[table.left][group], prepared[table.right][group]
            found.extend(_assigned(left, right, table, chance, floor))
    place = {
        profile.claim.id: (at, side, row)
        for at, i in enumerate(ordered)
        for side in prepared[i].values()
        for row, profile in enumerate(side.profiles)
    }
    drafts = {at for at, i in enumerate(ordered) if documents[i].role == "draft"}
    return [*found, *_closure(found, place, drafts)]


def _closure(
    found: Sequence[Candidate], place: Mapping[str, tuple[int, Side, int]], drafts: set[int]
) -> Iterator[Candidate]:
    """Yield the pairs that follow from others: if A tells what B tells, and B what C tells, so do A and C.

    Claims are joined surest pair first, and never two of one document. A pair that follows is less sure
    than the weakest of those that joined its claims.
    """
    known = {(c.left, c.right) for c in found}
    cluster = {name: [name] for c in found for name in (c.left, c.right)}
    for c in sorted(found, key=lambda c: (-c.confidence, c.left, c.right)):
        a, b = cluster[c.left], cluster[c.right]
        if c.confidence < JOIN or a is b or {place[x][0] for x in a} & {place[x][0] for x in b}:
            continue
        for left, right in ((x, y) for x in a for y in b):
            (i, one, p), (j, two, q) = place[left], place[right]
            first, second = (left, right) if i < j else (right, left)
            if (first, second) not in known and not {i, j} <= drafts:
                similarity = float(one.clause[p] @ two.clause[q])
                yield Candidate(
                    left=first, right=second, similarity=round(similarity, 4),
                    confidence=round(c.confidence * INFERRED, 4),
                )  # fmt: skip
        a.extend(b)
        for x in b:
            cluster[x] = a


def tabulate(
    group: str, prepared: Mapping[int, Mapping[str, Side]], together: Sequence[tuple[int, int]]
) -> list[Table]:
    """Describe the candidate pairs of a group for each two documents that both have claims of it."""
    tables = []
    for i, j in together:
        if group in prepared[i] and group in prepared[j]:
            pairs, rows = describe(prepared[i][group], prepared[j][group])
            if pairs:
                tables.append(Table(i, j, pairs, rows))
    return tables


def _assigned(left: Side, right: Side, table: Table, chance: Floats, floor: float) -> Iterator[Candidate]:
    for at in assign(table.pairs, chance, floor):
        i, j = table.pairs[at]
        yield Candidate(
            left=left.profiles[i].claim.id,
            right=right.profiles[j].claim.id,
            similarity=round(float(left.clause[i] @ right.clause[j]), 4),
            confidence=round(float(chance[at]), 4),
        )


def assign(pairs: Sequence[tuple[int, int]], chance: Floats, floor: float) -> list[int]:
    """Pick pairs one-to-one, most probable first; returns positions in ``pairs``."""
    used_left: set[int] = set()
    used_right: set[int] = set()
    picked = []
    for at in np.lexsort((np.arange(len(pairs)), -np.round(chance, 6))):
        i, j = pairs[int(at)]
        if chance[at] < floor:
            break
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            picked.append(int(at))
    return picked
