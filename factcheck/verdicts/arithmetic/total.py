"""FC403: parts that do not make up their total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.model import Quantity
from factcheck.verdicts.arithmetic.article import Figure, Line, turn_of_phrase
from factcheck.verdicts.arithmetic.rounding import apart, meant, number_of, plus, shown
from factcheck.verdicts.rules.base import Evidence, Noticed

# A part is a figure and a few words, no clause; a list is two parts or more and nothing else.
_WORDS = r"(?: <word>{0,4}[\w'’-]{1,20})?"
_PART = rf"(?:the )?(?:other |another |remaining )?<any amount>{_WORDS}"
_LIST = rf"({_PART}(?:(?:, and |, | and | plus |; |; and ){_PART}){{1,7}})"
_TOTAL_FIRST = (
    turn_of_phrase(rf"<amount>{_WORDS} ?: ?{_LIST} ?(?:[.]|$)"),
    turn_of_phrase(rf"<amount>{_WORDS} ?[(\[] ?{_LIST} ?[)\]]"),
    turn_of_phrase(rf"<amount>{_WORDS} ?[—–] ?{_LIST} ?(?:[—–.]|$)"),
    turn_of_phrase(rf"<amount>{_WORDS} -- ?{_LIST} ?(?:--|[.]|$)"),
)
_SO = r" ?[,—–:;(]? ?(?:or |making |for |which makes )?"
_TOTAL_LAST = (
    turn_of_phrase(rf"{_LIST}{_SO}a total of <amount>"),
    turn_of_phrase(rf"{_LIST}{_SO}<amount>(?: <word>{{0,2}})? ?(?:in all|in total|altogether|all told)\b"),
)
_REST = turn_of_phrase(
    r"\bof (?:the |those |these |its |their |all )?<count>(?: <gap>)?, <count> (?:[^;:.]{0,60} )?"
    r"(?:and|while|with) the (?:other|remaining) <count>"
)
# Of these some may be left out, so that only parts beyond their total are wrong; and the last has no verb of
# its own, or some might be both: "of 20 states 15 signed and 12 ratified".
_AMONG = turn_of_phrase(
    r"\b(?:of|out of) (?:the |those |these |its |all )?<count>(?: <gap>)?, <count>(?: <gap>)?,? and <count>"
    r"(?= (?:(?:from|of|in) )?(?:the )?(?!\w*(?:ed|re|ve|as|ad)\b)[\w'’-]{1,20}(?:[.,;]|$))"
)
_SCORE = re.compile(r"([0-9]{1,4})(?: ?[-–] ?| to )([0-9]{1,4})")
_HOUSE = (
    turn_of_phrase(
        r"\bof (?:the |all |its )?<count> <word>{0,2}(?:members|seats|lawmakers|senators|deputies)"
    ),
    turn_of_phrase(r"<count>-(?:member|seat|strong|person)"),
)
_NOT_CAST = turn_of_phrase(r"<count> <word>{0,2}(?:abstain\w*|abstentions?|not voting|absent|absentees)\b")
_VOTED = re.compile(r"\b(?:vot\w+|passed|approved|rejected|ballots?)\b", re.IGNORECASE)
# Points are made of other things than rebounds; of what differs by more, one is no part of the other.
_MADE_OF_OTHERS = frozenset({"point", "run", "yard"})
_PLAUSIBLE = 2.0
# A total and two parts.
_FEWEST = 3


def total(evidence: Evidence) -> Iterator[Noticed]:
    """Report a list of parts that does not come to the total it is said to make.

    ## What to do

    Add the parts up. Either the total or a part is wrong, or a part is missing. Only lists are added that are
    given as the whole: after a colon, in brackets, between dashes, "in all", "and the other". Counts below a
    hundred, and those that do not end in two zeros, are taken as exact.

    ## Example

        article.txt: Police arrested 23 people: 12 Danes and 10 Swedes.

    > 12 + 10 = 22, not 23
    """
    for article in evidence.articles:
        for line in article.lines:
            for whole, parts in (*_lists(line), *_rests(line), *_overfull(line)):
                if _is_list(whole, parts) and (message := _sum(whole, parts)):
                    yield Noticed(message, whole, parts)
            for whole, parts, message in _votes(line):
                yield Noticed(message, whole, parts)


def _lists(line: Line) -> Iterator[tuple[Figure, list[Figure]]]:
    if len(line.sentence.mentions) < _FEWEST:
        return
    for phrases, at in ((_TOTAL_FIRST, 0), (_TOTAL_LAST, -1)):
        for phrase in phrases:
            for found in line.search(phrase):
                groups = list(found.groups())
                whole = line.named([groups.pop(at)])
                yield whole[0], line.named(groups[0])


def _rests(line: Line) -> Iterator[tuple[Figure, list[Figure]]]:
    for whole, *parts in line.find(_REST):
        yield whole, parts


def _overfull(line: Line) -> Iterator[tuple[Figure, list[Figure]]]:
    for whole, *parts in line.find(_AMONG):
        if sum(map(number_of, parts)) > number_of(whole):
            yield whole, parts


def _is_list(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Say whether figures can be parts of a total: of one kind with it, and none as large."""
    value = whole.quantity
    if len(parts) < 2 or value.unit in _MADE_OF_OTHERS or value.number is None:
        return False
    alike = all(p.mention.kind == whole.mention.kind and p.quantity.currency == value.currency for p in parts)
    units = {p.quantity.unit for p in (whole, *parts)}
    if whole.mention.kind == "measure" and len(units) > 1:
        return False
    figures = [number_of(p) for p in parts]
    smaller = all(0 < n < value.number for n in figures)
    return alike and smaller and value.number < _PLAUSIBLE * sum(figures) < _PLAUSIBLE**2 * value.number


def _sum(whole: Figure, parts: Sequence[Figure]) -> str | None:
    counted = whole.mention.kind == "count"
    said, terms = meant(whole, counted=counted), [meant(p, counted=counted) for p in parts]
    if said is None or any(t is None for t in terms) or not apart(said, plus(*(t for t in terms if t))):
        return None
    figures = [number_of(p) for p in parts]
    return f"{' + '.join(map(shown, figures))} = {shown(sum(figures))}, not {shown(number_of(whole))}"


def _votes(line: Line) -> Iterator[tuple[Figure, list[Figure], str]]:
    """Yield votes that are more than there are members."""
    if not _VOTED.search(line.shape):
        return
    scores = [f for f in line.figures() if isinstance(f.value, Quantity) and _SCORE.fullmatch(f.words)]
    houses = [f for phrase in _HOUSE for (f,) in line.find(phrase) if f not in scores]
    if len(scores) != 1 or len(houses) != 1:
        return
    idle = [f for (f,) in line.find(_NOT_CAST) if f not in scores]
    cast = _SCORE.fullmatch(scores[0].words)
    assert cast is not None
    votes = [float(cast[1]), float(cast[2]), *map(number_of, idle)]
    members = meant(houses[0], counted=True)
    if members is not None and members.high < sum(votes):
        sum_ = f"{' + '.join(map(shown, votes))} = {shown(sum(votes))}"
        yield houses[0], [*scores, *idle], f"{sum_}, more than {shown(number_of(houses[0]))}"
