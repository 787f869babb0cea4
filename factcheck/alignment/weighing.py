"""Show how the gate came to a claim's partners: for ``factcheck explain``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from factcheck.alignment.embedding import Vectors
from factcheck.alignment.features import GROUPS
from factcheck.alignment.gate import INPUTS, Gate, sigmoid
from factcheck.alignment.pairing import prepare, tabulate
from factcheck.model import Claim, Document, Extraction, Frozen


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


def weigh(
    claim: Claim,
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    vectors: Sequence[Vectors],
    stories: Sequence[int],
    gate: Gate,
    house: Mapping[str, str],
) -> list[Weighed]:
    """Return every candidate partner of a claim in the other documents of its story, most probable first.

    The arguments are those of :func:`factcheck.alignment.pairing.align`, with the stories that it found.
    """
    at = next(i for i, d in enumerate(documents) if d.id == claim.document)
    members = [i for i, story in enumerate(stories) if story == stories[at]]
    prepared = prepare(members, documents, extractions, vectors, house)
    group = GROUPS[claim.kind]
    tables = tabulate(group, prepared.sides, prepared.together)
    found = []
    for table, rows in zip(tables, gate.inputs(group, tables), strict=True):
        if at not in (table.left, table.right):
            continue
        chances = sigmoid(gate.ranked[group].score(rows, INPUTS))
        for row, (i, j) in enumerate(table.pairs):
            left, right = (
                prepared.sides[d][group].profiles[k].claim for d, k in ((table.left, i), (table.right, j))
            )
            if claim.id in (left.id, right.id):
                other = right.id if left.id == claim.id else left.id
                alone = float(sigmoid(rows[row, INPUTS.index("score")]))
                found.append(
                    Weighed(
                        other=other, alone=round(alone, 4), confidence=round(float(chances[row]), 4),
                        inputs=tuple(_inputs(gate.pushes(group, rows[row]), rows[row])),
                    )
                )  # fmt: skip
    return sorted(found, key=lambda w: (-w.confidence, w.other))


def _inputs(pushes: dict[str, float], row: Sequence[float]) -> Iterator[Input]:
    values = dict(zip(INPUTS, row, strict=True))
    for name, push in sorted(pushes.items(), key=lambda item: (-abs(item[1]), item[0])):
        if round(push, 3):
            yield Input(name=name, value=round(float(values[name]), 3), push=round(push, 3))
