"""FC301: sources contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.verdicts.rules.base import Evidence, Noticed


def contradiction(evidence: Evidence) -> Iterator[Noticed]:
    """Two sources tell the same fact with values that cannot both be right.

    There is one finding for each pair of sources; the related place is the other side. Values that differ
    by rounding or a hedge, that are said of different parties, or of which one has overtaken the other, are
    no contradiction.

    ## What to do

    Find out which of the two is right before you use either, or attribute the value to whoever gives it.
    factcheck knows only what the sources say, not how things are.

    ## Example

        one.txt: The flood in Marlow killed 15 people, Mayor Anna Bell said on Monday.
        other.txt: Mayor Anna Bell said on Monday that the flood in Marlow had killed 19 people.

    > other.txt and one.txt contradict each other: the values differ: “19” and “15”
    """
    for pair in evidence.pairs:
        left, right = evidence.claims[pair.left], evidence.claims[pair.right]
        roles = {evidence.documents[c.document].role for c in (left, right)}
        if pair.relation == "contradiction" and roles == {"source"}:
            both = f"{evidence.publisher(left)} and {evidence.publisher(right)}"
            yield Noticed(f"{both} contradict each other: {pair.reason}", left, [right])
