"""Tell in plain text how factcheck came to a verdict: the candidates of a claim, weighed and compared."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from factcheck.alignment.weighing import Input, Weighed
from factcheck.model import Claim, Document, Frozen, Pair, label_at
from factcheck.report.references import is_statement
from factcheck.report.text import shorten, visible
from factcheck.report.wording import value_words
from factcheck.verdicts.rules.base import line_starts

QUOTE = 160
# How many inputs of the gate are told for each candidate.
TOLD = 8


class Rival(Frozen, frozen=True, kw_only=True):
    """One candidate partner, what comparing the two values found, and what came of it.

    ``excuse`` is why a conflict is not reported, ``bar`` the probability it had to reach.
    """

    claim: Claim
    weighed: Weighed
    level: str
    reason: str
    bar: float
    excuse: str | None
    pair: Pair | None


class Explained(Frozen, frozen=True, kw_only=True):
    """A claim with its candidates, most probable first; ``others`` were less probable than those."""

    claim: Claim
    verdict: str | None
    rivals: tuple[Rival, ...]
    others: int


def render_explanation(explained: Sequence[Explained], documents: dict[str, Document]) -> str:
    """Return the explanations of claims, one after the other; ``documents`` by id."""
    return "\n".join("\n".join(_claim(e, documents)) + "\n" for e in explained)


def _claim(explained: Explained, documents: dict[str, Document]) -> Iterator[str]:
    claim = explained.claim
    yield f"claim {claim.id}, {_where(claim, documents)}"
    yield f"  “{shorten(claim.quote, QUOTE)}”"
    yield f"  {_kind(claim)}"
    if explained.verdict:
        yield f"  verdict: {visible(explained.verdict)}"
    if not explained.rivals:
        yield "  no claim of its kind in the other articles of its story"
    for number, rival in enumerate(explained.rivals, 1):
        yield ""
        yield from _rival(number, rival, documents)
    if explained.others:
        yield ""
        yield f"  {explained.others} less probable candidates are not shown"


def _kind(claim: Claim) -> str:
    """The kind of a claim and its value; that of a statement is the quote."""
    return claim.kind if is_statement(claim) else f"{claim.kind}: {visible(value_words(claim.value))}"


def _rival(number: int, rival: Rival, documents: dict[str, Document]) -> Iterator[str]:
    claim, weighed = rival.claim, rival.weighed
    yield f"  {number}. {_where(claim, documents)}, claim {claim.id}"
    yield f"     “{shorten(claim.quote, QUOTE)}”"
    yield f"     {_kind(claim)}"
    yield (
        f"     same fact: {weighed.confidence:.2f}, by itself {weighed.alone:.2f}; "
        f"the bar for this is {rival.bar:.2f}"
    )
    yield f"     compared: {rival.level}, {visible(rival.reason)}"
    for sign, words in ((1, "for"), (-1, "against")):
        told = [i for i in weighed.inputs if i.push * sign > 0][:TOLD]
        if told:
            yield f"     {words} it: " + ", ".join(map(_input, told))
    yield f"     outcome: {_outcome(rival)}"


def _input(found: Input) -> str:
    return f"{found.name} {found.value:g} ({found.push:+.2f})"


def _outcome(rival: Rival) -> str:
    if rival.pair is not None:
        return f"{rival.pair.relation} ({rival.pair.level})"
    if rival.excuse:
        return f"not reported: {rival.excuse}"
    return "not reported: not probable enough, or another candidate was taken"


def _where(claim: Claim, documents: dict[str, Document]) -> str:
    document = documents[claim.document]
    label = label_at(document.places, claim.anchor.start)
    line = bisect_right(line_starts(document.text), claim.anchor.start)
    return f"{visible(document.path)}, {label}" if label else f"{visible(document.path)}:{line}"
