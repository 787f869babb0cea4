"""Find which claims of different documents are about the same fact.

Sources are aligned with each other, and each draft then with the sources: what a draft says changes nothing
between sources or for other drafts, and a draft that is edited can be aligned again by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import NamedTuple

import numpy as np

from factcheck.alignment.embedding import Vectors
from factcheck.alignment.features import ALL_GROUPS, Floats, Known, Side, describe, rarity, sides, with_unseen
from factcheck.alignment.gate import Gate, Table
from factcheck.alignment.names import NO_NAMES, fold_into, fold_names
from factcheck.alignment.stories import copied, group_origins, group_stories, nearest, renumbered
from factcheck.model import Document, Extraction, Frozen

# The probability from which a pair joins two claims into one fact, and what is left of it for the pairs that
# follow from the joining.
JOIN = 0.5
INFERRED = 0.9


class Text(NamedTuple):
    """A document as alignment reads it: its claims, and a vector for each of them."""

    document: Document
    extraction: Extraction
    vectors: Vectors

    @property
    def names(self) -> list[str]:
        """The names of the document, once for every mention."""
        return [name for sentence in self.extraction.sentences for name in sentence.names]


class Candidate(Frozen, frozen=True, kw_only=True):
    """Two claims, by id, that are likely about the same fact; see ``Pair`` for the figures."""

    left: str
    right: str
    similarity: float
    confidence: float


class Alignment(Frozen, frozen=True, kw_only=True):
    """Story and origin numbers of the documents, what their names stand for, and the pairs of claims."""

    stories: tuple[int, ...]
    origins: tuple[int, ...]
    names: tuple[Mapping[str, str], ...]
    candidates: tuple[Candidate, ...]


class Aligner(NamedTuple):
    """What aligning goes by.

    ``floor`` is the probability (0..1) below which a pair is dropped; ``house`` maps keys of names to the
    keys they are to be folded into. With ``one_story`` all documents are of one story, whatever they say.
    """

    gate: Gate
    floor: float
    house: Mapping[str, str] = NO_NAMES
    one_story: bool = False


# The claims that are joined into one fact, by each of them.
Clusters = Mapping[str, list[str]]
# Where a claim is: the position of its document, its side and its row there.
Place = tuple[int, Side, int]


@dataclass(frozen=True)
class Story:
    """The sources of one story, by position, and what was found out between them."""

    members: tuple[int, ...]
    names: list[list[str]]
    folded: Mapping[str, str]
    weight: Mapping[str, float]
    sides: Mapping[int, Mapping[str, Side]]
    places: Mapping[str, Place]
    clusters: Clusters
    candidates: Sequence[Candidate]


@dataclass(frozen=True)
class Sources:
    """The sources of a run, aligned; ``stories`` and ``origins`` have a number for each text."""

    texts: Sequence[Text]
    stories: list[int]
    origins: list[int]
    told: Mapping[int, Story]


class DraftAlignment(NamedTuple):
    """The story of a draft, the origin it is a copy of, its names, folded, and its pairs with sources."""

    story: int | None
    origin: int | None
    names: Mapping[str, str]
    candidates: list[Candidate]


def align(texts: Sequence[Text], aligner: Aligner) -> tuple[Alignment, Sources]:
    """Align the claims of documents of one story with each other; drafts with sources only."""
    sources = align_sources([t for t in texts if t.document.role == "source"], aligner)
    drafts = [align_draft(t, sources, aligner) for t in texts if t.document.role == "draft"]
    return together(texts, sources, drafts), sources


def align_sources(texts: Sequence[Text], aligner: Aligner) -> Sources:
    """Group sources by story and origin, and align the claims of those of one story."""
    extractions, sentences = [t.extraction for t in texts], [t.vectors.sentence for t in texts]
    stories = [0] * len(texts) if aligner.one_story else group_stories(extractions, sentences)
    origins = group_origins(extractions, sentences, stories)
    members = {story: [i for i, s in enumerate(stories) if s == story] for story in stories}
    told = {story: _align_story(rows, texts, aligner) for story, rows in members.items()}
    return Sources(texts, stories, origins, told)


def story_of_draft(draft: Text, sources: Sources) -> int | None:
    """Return the number of the story that a draft belongs to, None without sources."""
    row = nearest(draft.vectors.sentence, [t.vectors.sentence for t in sources.texts])
    return None if row is None else sources.stories[row]


def align_draft(
    draft: Text, sources: Sources, aligner: Aligner, known: Known | None = None
) -> DraftAlignment:
    """Align the claims of a draft with those of the sources of its story.

    ``known`` keeps what was found out about pairs of claims, for the next call with the same sources.
    """
    story = story_of_draft(draft, sources)
    if story is None:
        return DraftAlignment(None, None, NO_NAMES, [])
    x = draft.vectors.sentence
    told = sources.told[story]
    near = [(i, sources.texts[i]) for i in told.members]
    copy = copied(draft.extraction, x, [(i, t.extraction, t.vectors.sentence) for i, t in near])
    origin = None if copy is None else sources.origins[copy]
    names, candidates = _align_draft(draft, told, aligner, known)
    return DraftAlignment(story, origin, names, candidates)


def together(texts: Sequence[Text], sources: Sources, drafts: Sequence[DraftAlignment]) -> Alignment:
    """Put what was found for sources and drafts into the order of the documents."""
    known = (sources.told[story].folded for story in sources.stories)
    found, told = iter(zip(sources.stories, sources.origins, known, strict=True)), iter(drafts)
    stories, origins, names = [], [], []
    for i, text in enumerate(texts):
        story, origin, folded = next(found) if text.document.role == "source" else next(told)[:3]
        names.append(folded)
        stories.append(-1 if story is None else story)
        # A text of its own: no other has this number.
        origins.append(-1 - i if origin is None else origin)
    candidates = chain(*(s.candidates for s in sources.told.values()), *(d.candidates for d in drafts))
    ordered = sorted(candidates, key=lambda c: (-c.confidence, c.left, c.right))
    return Alignment(
        stories=tuple(renumbered(stories)), origins=tuple(renumbered(origins)), names=tuple(names),
        candidates=tuple(ordered),
    )  # fmt: skip


def _align_story(members: Sequence[int], texts: Sequence[Text], aligner: Aligner) -> Story:
    """Fold the names and weigh the words of a story, and align its sources."""
    names = [texts[i].names for i in members]
    folded, weight = fold_names(names, aligner.house), rarity([texts[i].extraction for i in members])
    # The order of documents on the command line must not matter, so each pair has one direction.
    ordered = sorted(members, key=lambda i: texts[i].document.id)
    prepared = {i: sides(texts[i].extraction, texts[i].vectors, folded, weight) for i in ordered}
    tables = {g: tabulate(g, prepared, list(combinations(ordered, 2))) for g in ALL_GROUPS}
    found = list(_found(tables, prepared, aligner))
    places, clusters = _places(prepared), dict[str, list[str]]()
    found += _closure(found, places, clusters, lambda *_: True)
    return Story(tuple(ordered), names, folded, weight, prepared, places, clusters, found)


def _align_draft(
    draft: Text, told: Story, aligner: Aligner, known: Known | None
) -> tuple[Mapping[str, str], list[Candidate]]:
    folded = draft_names(draft, told, aligner.house)
    at, prepared = draft_sides(draft, told, folded)
    tables = draft_tables(at, prepared, told, known)
    if known is not None:
        here = {profile.content for side in prepared[at].values() for profile in side.profiles}
        for gone in known.keys() - here:
            del known[gone]
    found = list(_found(tables, prepared, aligner))
    mine = {c.id for c in draft.extraction.claims}
    clusters = {name: list(joined) for name, joined in told.clusters.items()}
    inferred = _closure(found, _places(prepared), clusters, lambda a, b: (a in mine) != (b in mine))
    return folded, [*found, *inferred]


def draft_names(draft: Text, told: Story, house: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the names of a draft stand for beside the sources of its story."""
    return fold_into(told.names, draft.names, told.folded, house)


def draft_sides(
    draft: Text, told: Story, folded: Mapping[str, str]
) -> tuple[int, dict[int, Mapping[str, Side]]]:
    """Return the position of a draft beside the sources of its story, and the sides of all of them."""
    weight = with_unseen(told.weight, draft.extraction)
    at = max(told.members) + 1
    return at, {**told.sides, at: sides(draft.extraction, draft.vectors, folded, weight)}


def draft_tables(
    at: int, prepared: Mapping[int, Mapping[str, Side]], told: Story, known: Known | None = None
) -> dict[str, list[Table]]:
    """Describe the candidate pairs of a draft at position ``at`` and the sources, by group."""
    pairs = [(at, i) for i in told.members]
    return {group: tabulate(group, prepared, pairs, known) for group in ALL_GROUPS}


def _found(
    tables: Mapping[str, Sequence[Table]],
    prepared: Mapping[int, Mapping[str, Side]],
    aligner: Aligner,
) -> Iterator[Candidate]:
    for group, described in tables.items():
        for table in described:
            chance = aligner.gate.probabilities(group, table)
            left, right = prepared[table.left][group], prepared[table.right][group]
            yield from _assigned(left, right, table, chance, aligner.floor)


def _places(prepared: Mapping[int, Mapping[str, Side]]) -> dict[str, Place]:
    return {
        profile.claim.id: (at, side, row)
        for at, told in prepared.items()
        for side in told.values()
        for row, profile in enumerate(side.profiles)
    }


def _closure(
    found: Iterable[Candidate],
    places: Mapping[str, Place],
    clusters: dict[str, list[str]],
    wanted: Callable[[str, str], bool],
) -> Iterator[Candidate]:
    """Yield the pairs that follow from others: if A tells what B tells, and B what C tells, so do A and C.

    Claims are joined into ``clusters`` surest pair first, and never two of one document. A pair that follows
    is less sure than the weakest of those that joined its claims; it is told if it is ``wanted``.
    """
    ordered = sorted(found, key=lambda c: (-c.confidence, c.left, c.right))
    known = {frozenset((c.left, c.right)) for c in ordered}
    for name in (name for c in ordered for name in (c.left, c.right)):
        clusters.setdefault(name, [name])
    for c in ordered:
        a, b = clusters[c.left], clusters[c.right]
        if c.confidence < JOIN or a is b or {places[x][0] for x in a} & {places[x][0] for x in b}:
            continue
        for left, right in ((x, y) for x in a for y in b):
            if wanted(left, right) and frozenset((left, right)) not in known:
                yield _inferred(left, right, places, c.confidence * INFERRED)
        a.extend(b)
        for x in b:
            clusters[x] = a


def _inferred(left: str, right: str, places: Mapping[str, Place], confidence: float) -> Candidate:
    left, right = sorted((left, right), key=lambda name: places[name][0])
    (_, one, p), (_, two, q) = places[left], places[right]
    similarity = round(float(one.clause[p] @ two.clause[q]), 4)
    return Candidate(left=left, right=right, similarity=similarity, confidence=round(confidence, 4))


def tabulate(
    group: str,
    prepared: Mapping[int, Mapping[str, Side]],
    pairs: Sequence[tuple[int, int]],
    known: Known | None = None,
) -> list[Table]:
    """Describe the candidate pairs of a group for each two documents that both have claims of it."""
    tables = []
    for i, j in pairs:
        if group in prepared[i] and group in prepared[j]:
            candidates, rows = describe(prepared[i][group], prepared[j][group], known)
            if candidates:
                tables.append(Table(i, j, candidates, rows))
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
    for at in np.lexsort((np.arange(len(pairs)), -np.round(chance, 4))):
        i, j = pairs[int(at)]
        if chance[at] < floor:
            continue
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            picked.append(int(at))
    return picked
