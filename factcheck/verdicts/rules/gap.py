"""FC201: a source is silent on what others tell."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.verdicts.rules.base import Evidence, Noticed


def gap(evidence: Evidence) -> Iterator[Noticed]:
    """Only one document of a story gives a figure, date or rank.

    Statements that one article alone makes are the normal case and no finding; they are in the report's
    facts. A gap is relative to the articles given, and a fact told in very different words can appear as
    two gaps.

    ## What to do

    Decide whether your readers miss something if you leave it out, and whether one source is enough for it
    if you do not.

    ## Example

        one.txt: The flood in Marlow killed 15 people, Mayor Anna Bell said.
        other.txt: The flood in Marlow killed 15 people. The council will spend $3 million on new levees.

    > only other.txt gives “$3 million”
    """
    for fact in evidence.facts:
        claims = [evidence.claims[c] for c in fact.claims]
        if fact.verdict == "gap" and claims[0].kind != "statement":
            message = f"only {evidence.publisher(claims[0])} gives “{claims[0].anchor.text}”"
            yield Noticed(message, claims[0], claims[1:])
