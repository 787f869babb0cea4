"""FC901 and FC902: what cannot be decided but may be worth a look."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.verdicts.rules.base import Evidence, Noticed


def possible(evidence: Evidence) -> Iterator[Noticed]:
    """Two values differ that may or may not be about the same fact: worth a look.

    The probability that both claims are about the same fact lies short of the bar for a contradiction.
    Such findings never fail a run.

    ## What to do

    Read both passages. If they tell of the same thing, treat the finding as a contradiction.

    ## Example

        one.txt: The bakery in Marlow sells 90% of its loaves before noon.
        other.txt: Bakers in Marlow threw away 12% of their bread on Monday.

    > worth a look: the values differ, if both are about the same fact: “12%” and “90%”
    """
    yield from _of_level(evidence, "possible", "worth a look")


def superseded(evidence: Evidence) -> Iterator[Noticed]:
    """A count is higher in a later report than in an earlier one, which it may have overtaken; or an age.

    Tolls and totals grow; an older figure is not wrong for its day. Both dates of publication must be
    known, save for ages, which differ by no more than the articles may lie apart. Such findings never fail a
    run.

    ## What to do

    Use the later figure, or say as of when the older one held.

    ## Example

        monday.txt: MARLOW, Jan. 5, 2026 - The flood in Marlow killed 15 people, Mayor Anna Bell said.
        tuesday.txt: MARLOW, Jan. 6, 2026 - The flood in Marlow killed 19 people, Mayor Anna Bell said.

    > an older figure: the later report may have overtaken the earlier one: “19” and “15”
    """
    yield from _of_level(evidence, "superseded", "an older figure")


def _of_level(evidence: Evidence, level: str, what: str) -> Iterator[Noticed]:
    for pair in evidence.pairs:
        if pair.relation == "undecided" and pair.level == level:
            left, right = evidence.claims[pair.left], evidence.claims[pair.right]
            yield Noticed(f"{what}: {pair.reason}", left, [right])
