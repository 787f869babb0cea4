"""Show how the gate came to a claim's partners: for ``factcheck explain``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from factcheck.alignment.features import Side, group_of
from factcheck.alignment.gate import INPUTS, Gate, Table, sigmoid
from factcheck.alignment.pairing import (
    Aligner,
    Sources,
    Text,
    draft_names,
    draft_sides,
    draft_tables,
    story_of_draft,
    tabulate,
)
from factcheck.model import Claim, Frozen


class Input(Frozen, frozen=True, kw_only=True):
    """One feature of a pair: its value, and by how much it moves the log-odds of being one fact."""

    name: str
    value: float
    push: float


class Weighed(Frozen, frozen=True, kw_only=True):
    """A claim of another document as a partner: the gate's probability, alone and beside its rivals.

    ``alone`` is the first layer's probability, which knows nothing of rivals, ``confidence`` that of both
    layers. ``inputs`` come in the order of their push, the strongest first.
    """

    other: str
    alone: float
    confidence: float
    inputs: tuple[Input, ...]


def weigh(claim: Claim, texts: Sequence[Text], sources: Sources, aligner: Aligner) -> list[Weighed]:
    """Return every candidate partner of a claim in the other documents of its story, most probable first.

    ``sources`` are those of :func:`factcheck.alignment.pairing.align`, of the same texts.
    """
    found = [
        w for part in _tables(claim, texts, sources, aligner) for w in _weighed(claim, part, aligner.gate)
    ]
    return sorted(found, key=lambda w: (-w.confidence, w.other))


class _Part(NamedTuple):
    """The candidate pairs of a claim's group, and what they are pairs of."""

    group: str
    tables: Sequence[Table]
    sides: Mapping[int, Mapping[str, Side]]


def _tables(claim: Claim, texts: Sequence[Text], sources: Sources, aligner: Aligner) -> Iterator[_Part]:
    """Describe the pairs of the sources of the claim's story, and those of each draft that it may be in."""
    group = group_of(claim)
    home = next((s for t, s in zip(sources.texts, sources.stories, strict=True)
                 if t.document.id == claim.document), None)  # fmt: skip
    if home is not None:
        told = sources.told[home]
        pairs = list(combinations(told.members, 2))
        yield _Part(group, tabulate(group, told.sides, pairs), told.sides)
    for draft in (t for t in texts if t.document.role == "draft"):
        story = story_of_draft(draft, sources)
        if story is not None and (draft.document.id == claim.document or story == home):
            told = sources.told[story]
            at, prepared = draft_sides(draft, told, draft_names(draft, told, aligner.house))
            tables = draft_tables(at, prepared, told)[group]
            yield _Part(group, tables, prepared)


def _weighed(claim: Claim, part: _Part, gate: Gate) -> Iterator[Weighed]:
    group = part.group
    for table in part.tables:
        rows = gate.inputs(group, table)
        chances = sigmoid(gate.ranked[group].score(rows, INPUTS))
        for row, (i, j) in enumerate(table.pairs):
            left, right = (
                part.sides[d][group].profiles[k].claim for d, k in ((table.left, i), (table.right, j))
            )
            if claim.id in (left.id, right.id):
                other = right.id if left.id == claim.id else left.id
                alone = float(sigmoid(rows[row, INPUTS.index("score")]))
                yield Weighed(
                    other=other, alone=round(alone, 4), confidence=round(float(chances[row]), 4),
                    inputs=tuple(_inputs(gate.pushes(group, rows[row]), rows[row])),
                )  # fmt: skip


def _inputs(pushes: dict[str, float], row: Sequence[float]) -> Iterator[Input]:
    values = dict(zip(INPUTS, row, strict=True))
    for name, push in sorted(pushes.items(), key=lambda item: (-abs(item[1]), item[0])):
        if round(push, 3):
            yield Input(name=name, value=round(float(values[name]), 3), push=round(push, 3))
