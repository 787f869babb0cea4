"""FC302 contradicted, FC303 disputed and FC202 unsupported claims of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.model import Claim, DraftVerdict
from factcheck.verdicts.rules.base import Evidence, Noticed


def contradicted(evidence: Evidence) -> Iterator[Noticed]:
    """The draft says what sources contradict and none supports.

    The related places are the passages of the sources that tell the same fact with another value.

    ## What to do

    Compare the draft with the passages, and take over what the sources say. If the draft knows better, say
    in it from whom.

    ## Example

        draft.txt: The flood in Marlow killed 19 people, Mayor Anna Bell said.
        source.txt: Mayor Anna Bell said the flood in Marlow had killed 15 people.

    > the draft is contradicted: the values differ: “19” and “15”
    """
    yield from _of_verdict(evidence, "contradicted", "the draft is contradicted")


def disputed(evidence: Evidence) -> Iterator[Noticed]:
    """The draft says what some sources support and others contradict.

    One supporting source never outvotes a contradicting one. The related places are the passages of both
    camps, the surest first.

    ## What to do

    Attribute the value, or say that accounts differ; the contradiction of the sources is a finding of its
    own, FC301.

    ## Example

        draft.txt: The flood in Marlow killed 15 people, Mayor Anna Bell said.
        one.txt: The flood in Marlow killed 15 people, Mayor Anna Bell said.
        other.txt: Mayor Anna Bell said the flood in Marlow had killed 19 people.

    > the sources dispute this: some sources support it and others contradict it
    """
    yield from _of_verdict(evidence, "disputed", "the sources dispute this")


def unsupported(evidence: Evidence) -> Iterator[Noticed]:
    """The draft says what no source tells.

    That does not make it wrong: it may be told in words too different to be recognised, or come from a
    source that was not given. An undecided match that comes near is named in the reason. A statement around
    a figure that is contradicted or disputed is not reported beside it: that is one error, not two.

    ## What to do

    Name the source to yourself, and give it to factcheck with `--against`; if there is none, ask where the
    claim comes from.

    ## Example

        draft.txt: The museum in Marlow sold 4,300 tickets for its pottery exhibition.
        source.txt: Mayor Anna Bell said the flood in Marlow had killed 15 people.

    > no source supports this: no source says so
    """
    told = [evidence.claims[c.claim] for c in evidence.draft if c.verdict in ("contradicted", "disputed")]
    yield from _of_verdict(evidence, "unsupported", "no source supports this", told)


def _of_verdict(
    evidence: Evidence, verdict: DraftVerdict, what: str, told: Sequence[Claim] = ()
) -> Iterator[Noticed]:
    for check in evidence.draft:
        if check.verdict == verdict and not any(_within(c, evidence.claims[check.claim]) for c in told):
            related = [evidence.claims[c] for c in check.evidence]
            yield Noticed(f"{what}: {check.reason}", evidence.claims[check.claim], related)


def _within(claim: Claim, statement: Claim) -> bool:
    """Say whether a statement holds the value of another claim of its document."""
    if statement.kind != "statement" or claim.document != statement.document:
        return False
    return statement.start <= claim.anchor.start and claim.anchor.end <= statement.end
