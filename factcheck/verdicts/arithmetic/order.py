"""FC408: an end that comes before its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.model import Time
from factcheck.verdicts.arithmetic.article import Figure, turn_of_phrase
from factcheck.verdicts.rules.base import Evidence, Noticed

_BEGAN = (
    r"\b(?:born|founded|established|began|begun|started|opened|launched|built|set up|created|introduced"
    r"|signed|married|elected|hired)"
)
_ENDED = (
    r"\b(?:died|ended|closed|finished|dissolved|demolished|abolished|scrapped|collapsed|expired|divorced|retired"
    r"|repealed|torn down|shut down|shut|resigned)"
)
# The same thing goes on to be the subject.
_THEN = r"(?: (?:and|but|then|only|until|before|it|he|she|they|was|were|had|been|finally|later|to be)){1,5}"
_AT = r"(?:<gap> )?(?:in |on )?<date>"
_PHRASES = (
    turn_of_phrase(rf"{_BEGAN} {_AT},?{_THEN} {_ENDED} {_AT}"),
    turn_of_phrase(r"\bfrom <date> (?:to|until|till|through) <date>"),
)
_YEAR = re.compile(r"\b[12][0-9]{3}\b")


def order(evidence: Evidence) -> Iterator[Noticed]:
    """Report what ended before it began, by two dates in one sentence that both have their year.

    ## What to do

    One of the dates is wrong, or the sentence tells of two things and should say so.

    ## Example

        article.txt: The war began in 1990 and ended in 1985.

    > it ends before it begins: 1985 is before 1990
    """
    for article in evidence.articles:
        for line in article.lines:
            for phrase in _PHRASES:
                for first, last in line.find(phrase):
                    if _reversed(first, last):
                        message = f"it ends before it begins: {last.words} is before {first.words}"
                        yield Noticed(message, last, [first])


def _reversed(first: Figure, last: Figure) -> bool:
    a, b = first.value, last.value
    if not isinstance(a, Time) or not isinstance(b, Time) or not a.start or not b.end:
        return False
    return bool(_YEAR.search(first.words) and _YEAR.search(last.words)) and b.end <= a.start
