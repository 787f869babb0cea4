"""FC404: percentages that their counts, or each other, do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.verdicts.arithmetic.article import Figure, Line, turn_of_phrase
from factcheck.verdicts.arithmetic.rounding import apart, exactly, meant, number_of, over, plus, shown, times
from factcheck.verdicts.rules.base import Evidence, Noticed

_OF = r"(?: of | out of |/)(?:the |its |their |all |a total of )?"
# A part, its whole and their share, and the same with the share in front.
_PARTS = (
    turn_of_phrase(rf"<count>(?: <gap>)?{_OF}<count>(?: <gap>)?(?:, or | \(|, which is |, i\.e\. )<percent>"),
    turn_of_phrase(rf"<count>(?: <gap>)?{_OF}<count>(?: <gap>)?(?:, or | \(|, )<share>[,.)]"),
)
_SHARES = (
    turn_of_phrase(rf"<percent>(?: of <gap>)?(?:, or | \(|, )<count>{_OF}<count>"),
    turn_of_phrase(rf"<share>(?: of <gap>)?(?:, or | \(|, )<count>{_OF}<count>"),
)
# Answers of which nobody gives two, and what those are called who gave none of them.
_SIDES = re.compile(
    r"\b(?:approv|disapprov|favou?r|oppos|support|agree|disagree|said yes|said no|voted|against)",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r"\b(?:undecided|unsure|not sure|no opinion|neither|(?:did|do)(?:n['’]t| not) (?:know|answer)|abstain)",
    re.IGNORECASE,
)
_TWO_VOTES = turn_of_phrase(r"<percent> (?:to|against|versus) <percent>")
_ELSEWHERE = re.compile(
    r"\b(?:compared|from|earlier|last (?:year|month|week|poll)|among|than)\b", re.IGNORECASE
)
_CONTEST = re.compile(r"\b(?:vot\w+|beat|defeat\w*|elect\w*|referendum|poll\w*|lead\w*|won)\b", re.IGNORECASE)
# More than this is no slip of a sum but an answer that could be given several times.
_MOST = 150.0


def share(evidence: Evidence) -> Iterator[Noticed]:
    """Report a percentage that its own counts do not give, and answers to one question that pass 100%.

    ## What to do

    Divide the part by the whole, or add the answers up. Answers are added only where the text has both sides
    and those who took neither, or one vote against another.

    ## Example

        article.txt: In all, 48 of 120 pupils, or 45%, failed.

    > 48 of 120 is 40%, not 45%
    """
    for article in evidence.articles:
        for line in article.lines:
            if not line.has("percent", "share"):
                continue
            for part, whole, said in _stated(line):
                if message := _division(part, whole, said):
                    yield Noticed(message, said, [part, whole])
            for answers in _questions(line):
                if message := _beyond(answers):
                    yield Noticed(message, answers[-1], answers[:-1])


def _stated(line: Line) -> Iterator[tuple[Figure, Figure, Figure]]:
    for phrase in _PARTS:
        for part, whole, said in line.find(phrase):
            yield part, whole, said
    for phrase in _SHARES:
        for said, part, whole in line.find(phrase):
            yield part, whole, said


def _division(part: Figure, whole: Figure, said: Figure) -> str | None:
    a, b, c = meant(part, counted=True), meant(whole, counted=True), meant(said)
    if a is None or b is None or c is None or number_of(part) > number_of(whole):
        return None
    quotient = over(a, b)
    if quotient is None:
        return None
    if said.mention.kind == "percent":
        quotient = times(quotient, exactly(100))
    if not apart(quotient, c):
        return None
    result = number_of(part) / number_of(whole) * 100
    return f"{shown(number_of(part))} of {shown(number_of(whole))} is {shown(result)}%, not {said.words}"


def _questions(line: Line) -> Iterator[list[Figure]]:
    """Yield the percentages of a sentence that shares out one question."""
    if _ELSEWHERE.search(line.shape):
        return
    answers = [f for f in line.figures() if f.mention.kind == "percent"]
    values = [f.quantity for f in answers]
    if any(v.change or v.number is None or v.unit != "percentage" for v in values):
        return
    if len(answers) >= 3 and _NEITHER.search(line.shape) and len(_SIDES.findall(line.shape)) >= 2:
        yield answers
    elif len(answers) == 2 and _CONTEST.search(line.shape):
        yield from line.find(_TWO_VOTES)


def _beyond(answers: list[Figure]) -> str | None:
    terms = [meant(f) for f in answers]
    if any(t is None for t in terms):
        return None
    figures = [number_of(f) for f in answers]
    least = plus(*(t for t in terms if t)).low
    if least <= 100 or sum(figures) > _MOST:
        return None
    return f"{' + '.join(shown(n) + '%' for n in figures)} = {shown(sum(figures))}%, more than 100%"
