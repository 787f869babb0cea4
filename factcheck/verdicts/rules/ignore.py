"""FC001 and FC002: comments that ask to ignore findings and do not get it."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.verdicts.rules.base import Evidence, Noticed


def unused(evidence: Evidence) -> Iterator[Noticed]:
    """A document asks to ignore a finding that there is none of.

    The passage was mended, a source changed, or the comment stands beside another line than the one it is
    about. A comment holds for its own line; alone on a line it holds for the paragraph after it.

    ## What to do

    Take the comment away, or move it to the line it is about.

    ## Example

        draft.txt: The dam at Orsk is 40 metres high. <!-- factcheck: ignore FC302 told us by the owner -->
        source.txt: The dam at Orsk is 40 metres high.

    > there is no finding of FC302 here to ignore: the comment can go
    """
    for ignore, rule in evidence.unused:
        yield Noticed(f"there is no finding of {rule} here to ignore: the comment can go", ignore, ())


def bare(evidence: Evidence) -> Iterator[Noticed]:
    """A document asks to ignore a finding, but does not say which, or why.

    Whoever reads the draft next has to know why a finding was set aside, so nothing is ignored without a
    reason.

    ## What to do

    Write the code of the rule and then the reason.

    ## Example

        draft.txt: The dam at Orsk is 40 metres high. <!-- factcheck: ignore FC302 -->
        source.txt: The dam at Orsk is 40 metres high.

    > nothing is ignored here: expected the codes of rules and then a reason
    """
    for document in evidence.documents.values():
        for ignore in document.ignores:
            if not (ignore.rules and ignore.reason):
                message = "nothing is ignored here: expected the codes of rules and then a reason"
                yield Noticed(message, ignore, ())
